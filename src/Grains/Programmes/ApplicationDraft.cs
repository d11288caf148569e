using System.Collections.Immutable;

namespace ConsultHub.Programmes;

/// <summary>The applications of one cohort while a command is decided.</summary>
internal sealed class ApplicationDraft(EducationProgramme programme, Cohort cohort, DateTimeOffset now, long version)
{
    private readonly Dictionary<PersonId, Application> _all = programme.ApplicationsFor(cohort.Id).ToDictionary(a => a.Person);
    private readonly HashSet<PersonId> _changed = [];
    private readonly CohortSelection _selection = programme.Selections.GetValueOrDefault(cohort.Id) ?? new();
    private CohortSelection? _after;

    public EducationProgramme Programme => programme;

    public Cohort Cohort => cohort;

    public DateTimeOffset Now => now;

    public long Version => version;

    public IEnumerable<Application> All => _all.Values;

    public CohortSelection Selection
    {
        get => _after ?? _selection;
        set => _after = value;
    }

    public int LastRank => _all.Values.Max(a => a.Rank) ?? 0;

    public ApplicationsChanged Event =>
        new(
            [.. _changed.Order(Comparer<PersonId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))).Select(p => _all[p])],
            _after is null || _after == _selection
                ? ImmutableSortedDictionary<string, CohortSelection>.Empty
                : ImmutableSortedDictionary<string, CohortSelection>.Empty.Add(cohort.Id, _after)
        );

    public Application? Find(PersonId person) => _all.GetValueOrDefault(person);

    /// <summary>When an open offer ends. Null if there is none.</summary>
    public DateTimeOffset? EndOf(Application application) => ApplicationRules.EndOf(application, cohort);

    /// <summary>Sets an application, with another status if one is given. Only an offered place has an end.</summary>
    public void Set(Application application, ApplicationStatus? status = null, DateTimeOffset? offeredUntil = null)
    {
        if (status is { } other && other != application.Status)
            application = application with { Status = other, ChangedAt = now };
        _all[application.Person] = application with { OfferedUntil = offeredUntil, Version = version };
        _changed.Add(application.Person);
    }

    /// <summary>Gives the free places to those who wait, in the order of their ranks, until the cohort begins.</summary>
    public void Promote()
    {
        if (now >= cohort.Begins)
            return;
        var free = cohort.Places - _all.Values.Count(a => a.TakesPlace);
        var next = _all.Values.Where(a => a.Status == ApplicationStatus.Waiting).OrderBy(a => a.Rank).ThenBy(a => a.SubmittedAt);
        foreach (var application in next.Take(Math.Max(0, free)).ToList())
            if (programme.Profile.Admission == Admission.FirstCome)
                Set(application, ApplicationStatus.Accepted);
            else
                Set(application, ApplicationStatus.Offered, Earlier(now.AddDays(cohort.AnswerDays), cohort.Begins));
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
