using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Live;
using ConsultHub.Programmes;

namespace ConsultHub.Web.Scorecards;

/// <summary>What figures need of an education programme at one position.</summary>
/// <param name="Profile">Null if there is no such programme.</param>
/// <param name="Applications">The status of the applications that have a place or wait for one.</param>
internal sealed record CohortPage(
    LivePosition Position,
    ProgrammeProfile? Profile,
    ImmutableArray<Cohort> Cohorts,
    ImmutableDictionary<(string Cohort, PersonId Person), ApplicationStatus> Applications
)
{
    public static CohortPage Empty { get; } = new(default, null, [], ImmutableDictionary<(string, PersonId), ApplicationStatus>.Empty);

    private readonly FrozenDictionary<(string Cohort, ApplicationStatus Status), int> _counts = Applications
        .CountBy(a => (a.Key.Cohort, a.Value))
        .ToFrozenDictionary();

    /// <summary>How many places of a cohort are accepted.</summary>
    public int AcceptedIn(string cohort) => _counts.GetValueOrDefault((cohort, ApplicationStatus.Accepted));

    /// <summary>How many people are on the waiting list of a cohort.</summary>
    public int WaitingFor(string cohort) => _counts.GetValueOrDefault((cohort, ApplicationStatus.Waiting));

    /// <summary>This page with what has changed since. A snapshot replaces it.</summary>
    public CohortPage With(LiveChange change)
    {
        if (change.From == change.To.Version && change.To == Position)
            return this;
        var before = change.From is null ? Empty : this;
        // Applications are never removed. A programme that was removed is in no directory.
        var shown = change.Items.OfType<ProgrammeSummary>().FirstOrDefault();
        return new(
            change.To,
            shown?.Profile ?? before.Profile,
            shown is null ? before.Cohorts : [.. shown.Cohorts.Select(c => c.Cohort)],
            With(before.Applications, change.Items.OfType<Application>())
        );
    }

    public static CohortPage Of(EducationProgramme programme) =>
        new(default, programme.Profile, programme.Cohorts, With(Empty.Applications, programme.Applications.Values));

    private static ImmutableDictionary<(string, PersonId), ApplicationStatus> With(
        ImmutableDictionary<(string, PersonId), ApplicationStatus> known,
        IEnumerable<Application> applications
    )
    {
        var after = known.ToBuilder();
        foreach (var application in applications)
            if (application.Status is ApplicationStatus.Accepted or ApplicationStatus.Waiting)
                after[(application.Cohort, application.Person)] = application.Status;
            else
                after.Remove((application.Cohort, application.Person));
        return after.ToImmutable();
    }
}

/// <summary>
/// This node's pages of education programmes. A page is kept with its position, and the programme is asked only for what has changed
/// since.
/// </summary>
internal sealed class CohortBook(IGrainFactory grains)
{
    /// <summary>When the node has this many programmes, it begins anew.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, CohortPage> _pages = new();
    private readonly ConcurrentDictionary<(string Programme, LivePosition At), CohortPage> _earlier = new();

    public async Task<CohortPage> ReadAsync(string programme)
    {
        var known = _pages.GetValueOrDefault(programme, CohortPage.Empty);
        LivePosition? since = known.Position == default ? null : known.Position;
        var page = known.With(await grains.GetGrain<IProgrammeGrain>(programme).ReadSinceAsync(since));
        if (ReferenceEquals(page, known))
            return known;
        if (_pages.Count >= MostKept)
            _pages.Clear();
        return _pages[programme] = page;
    }

    /// <summary>
    /// The programme as it was at an earlier version. It never changes, so the node keeps it for the next look at a report.
    /// </summary>
    public async Task<CohortPage> ReadAtAsync(string programme, long version)
    {
        var page = await ReadAsync(programme);
        if (page.Position.Version == version)
            return page;
        var key = (programme, page.Position with { Version = version });
        if (_earlier.TryGetValue(key, out var known))
            return known;
        if (_earlier.Count >= MostKept)
            _earlier.Clear();
        return _earlier[key] = await grains.GetGrain<IProgrammeGrain>(programme).AtAsync(version) is { } then
            ? CohortPage.Of(then)
            : CohortPage.Empty;
    }
}
