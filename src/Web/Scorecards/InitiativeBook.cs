using System.Collections.Concurrent;
using ConsultHub.Live;
using ConsultHub.Research;

namespace ConsultHub.Web.Scorecards;

/// <param name="Position">The position at which the initiative was asked. The initiative may be newer.</param>
/// <param name="Entered">UTC. When the initiative was first entered.</param>
internal sealed record InitiativePage(LivePosition Position, Initiative? Initiative, DateTimeOffset Entered);

/// <summary>
/// This node's copies of initiatives. A copy is kept with its position, and the initiative is read again only after it has changed.
/// </summary>
internal sealed class InitiativeBook(IGrainFactory grains)
{
    /// <summary>When the node has this many initiatives, it begins anew.</summary>
    private const int MostKept = 5_000;

    private readonly ConcurrentDictionary<string, InitiativePage> _pages = new();
    private readonly ConcurrentDictionary<(string Initiative, LivePosition At), InitiativePage> _earlier = new();

    public async Task<InitiativePage> ReadAsync(string id)
    {
        var known = _pages.GetValueOrDefault(id);
        var grain = grains.GetGrain<IInitiativeGrain>(id);
        // An initiative has no items of its own, so this answer is only its position.
        var position = (await grain.ReadSinceAsync(known?.Position)).To;
        if (known is not null && position == known.Position)
            return known;
        var entered = position.Epoch == known?.Position.Epoch ? known.Entered : await grain.EnteredAsync();
        var page = new InitiativePage(position, await grain.GetAsync(), entered ?? default);
        if (_pages.Count >= MostKept)
            _pages.Clear();
        return entered is null ? page : _pages[id] = page;
    }

    /// <summary>
    /// The initiative as it was at an earlier version. It never changes, so the node keeps it for the next look at a report.
    /// </summary>
    public async Task<InitiativePage> ReadAtAsync(string id, long version)
    {
        var page = await ReadAsync(id);
        if (page.Initiative?.Version == version)
            return page;
        var key = (id, page.Position with { Version = version });
        if (_earlier.TryGetValue(key, out var known))
            return known;
        if (_earlier.Count >= MostKept)
            _earlier.Clear();
        return _earlier[key] = page with { Initiative = await grains.GetGrain<IInitiativeGrain>(id).AtAsync(version) };
    }
}
