using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Web.Scorecards;

/// <summary>The engagements of a week at one position of its roster.</summary>
internal sealed record RosterPage(LivePosition Position, ImmutableDictionary<string, Engagement> Engagements)
{
    public static RosterPage Empty { get; } = new(default, ImmutableDictionary<string, Engagement>.Empty);

    /// <summary>This page with what has changed since. A snapshot replaces it.</summary>
    public RosterPage With(LiveChange change)
    {
        if (change.From == change.To.Version && change.To == Position)
            return this;
        var engagements = (change.From is null ? Empty.Engagements : Engagements).ToBuilder();
        if (change.From is not null)
            foreach (var gone in change.Removed)
                engagements.Remove(gone.Key);
        foreach (var engagement in change.Items.OfType<Engagement>())
            engagements[engagement.Key] = engagement;
        return new(change.To, engagements.ToImmutable());
    }
}

/// <summary>
/// This node's pages of rosters. A page is kept with its position, and the roster is asked only for what has changed since. So a scorecard
/// of many weeks is made without reading them again.
/// </summary>
internal sealed class RosterBook(IGrainFactory grains)
{
    /// <summary>When the node has this many weeks, it begins anew. Five years of a network are 260 weeks.</summary>
    private const int MostKept = 3_000;

    private readonly ConcurrentDictionary<string, RosterPage> _pages = new();

    /// <param name="key">For example <c>ehs/2026-W48</c>.</param>
    public async Task<RosterPage> ReadAsync(string key)
    {
        var known = _pages.GetValueOrDefault(key, RosterPage.Empty);
        LivePosition? since = known.Position == default ? null : known.Position;
        var page = known.With(await grains.GetGrain<IRosterGrain>(key).ReadSinceAsync(since));
        if (ReferenceEquals(page, known))
            return known;
        if (_pages.Count >= MostKept)
            _pages.Clear();
        return _pages[key] = page;
    }

    /// <summary>The week as it was at an earlier version.</summary>
    public async Task<IEnumerable<Engagement>> ReadAtAsync(string key, long version) =>
        await ReadAsync(key) is { } page && page.Position.Version == version
            ? page.Engagements.Values
            : await grains.GetGrain<IRosterGrain>(key).AtAsync(version);
}
