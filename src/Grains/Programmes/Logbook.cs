using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>What a person did in logged cases.</summary>
public enum CaseRole
{
    Observed,
    Assisted,

    /// <summary>The person did it, and the supervisor was present.</summary>
    Supervised,

    /// <summary>The person did it alone.</summary>
    Alone,
}

/// <summary><c>Returned</c>: the supervisor does not agree, and the person corrects or removes it.</summary>
public enum LogStatus
{
    Submitted,
    SignedOff,
    Returned,
    Removed,
}

/// <summary>
/// Cases of one kind that a person took part in on one day. There is nothing in it about a single patient, and no free text.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.LoggedCases")]
[JsonTypeName("loggedCases")]
public sealed record LoggedCases : TopicItem
{
    public override string Key => $"cases/{Id}";

    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The activity of the programme.</summary>
    [Id(1)]
    public required string Activity { get; init; }

    /// <summary>The day in the host's calendar.</summary>
    [Id(2)]
    public required DateOnly Day { get; init; }

    /// <summary>How many cases, 1 to <see cref="LogbookRules.MostCases"/>.</summary>
    [Id(3)]
    public required int Cases { get; init; }

    [Id(4)]
    public required CaseRole Role { get; init; }

    /// <summary>The supervisor of the rotation on that day, who signs.</summary>
    [Id(5)]
    public required PersonId Supervisor { get; init; }

    [Id(6)]
    public LogStatus Status { get; init; }

    /// <summary>Who signed or returned it. Null before.</summary>
    [Id(7)]
    public PersonId? JudgedBy { get; init; }

    /// <summary>UTC. When the status last changed.</summary>
    [Id(8)]
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>How far a person is entrusted with an activity, as the last judgement says.</summary>
[GenerateSerializer, Immutable, Alias("hub.Entrustment")]
[JsonTypeName("entrustment")]
public sealed record Entrustment : TopicItem
{
    public override string Key => $"entrustment/{Activity}";

    [Id(0)]
    public required string Activity { get; init; }

    [Id(1)]
    public required EntrustmentLevel Level { get; init; }

    [Id(2)]
    public required PersonId By { get; init; }

    /// <summary>UTC.</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }
}

public enum AssessmentKind
{
    MidTerm,
    Final,
}

public enum AssessmentResult
{
    Meets,

    /// <summary>The person must improve what the comment says.</summary>
    NeedsWork,
    DoesNotMeet,
}

/// <summary>An assessment of a person as a whole. Its comment is the reason of the history entry.</summary>
[GenerateSerializer, Immutable, Alias("hub.Assessment")]
[JsonTypeName("assessment")]
public sealed record Assessment : TopicItem
{
    public override string Key => $"assessment/{Kind}";

    [Id(0)]
    public required AssessmentKind Kind { get; init; }

    [Id(1)]
    public required AssessmentResult Result { get; init; }

    [Id(2)]
    public required PersonId By { get; init; }

    /// <summary>UTC.</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>The logbook of one person in one cohort, and how others have judged the person there.</summary>
[GenerateSerializer, Immutable, Alias("hub.Logbook")]
public sealed record Logbook : ILiveProfile
{
    /// <summary>By their ids. At most <see cref="LogbookRules.MostEntries"/>.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<string, LoggedCases> Entries { get; init; } =
        ImmutableSortedDictionary.Create<string, LoggedCases>(StringComparer.Ordinal);

    /// <summary>By the ids of activities.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<string, Entrustment> Entrustments { get; init; } =
        ImmutableSortedDictionary.Create<string, Entrustment>(StringComparer.Ordinal);

    [Id(2)]
    public ImmutableArray<Assessment> Assessments { get; init; } = [];

    public Assessment? Find(AssessmentKind kind) => Assessments.FirstOrDefault(a => a.Kind == kind);

    /// <summary>How many cases of an activity are logged and not removed, and how many of them are signed.</summary>
    public (int Logged, int SignedOff) CasesOf(string activity)
    {
        var entries = Entries.Values.Where(e => e.Activity == activity && e.Status != LogStatus.Removed).ToList();
        return (entries.Sum(e => e.Cases), entries.Where(e => e.Status == LogStatus.SignedOff).Sum(e => e.Cases));
    }

    IEnumerable<TopicItem> ILiveProfile.ItemsSince(long version, long last, long recorded) =>
        Entries.Values.Concat<TopicItem>(Entrustments.Values).Concat(Assessments).Where(item => item.Version > version);
}

/// <summary>Entries, entrustments or assessments were made or changed.</summary>
[GenerateSerializer, Immutable, Alias("hub.LogbookChanged")]
public sealed record LogbookChanged([property: Id(0)] ImmutableArray<TopicItem> Items) : ProfileEvent<Logbook>
{
    public override Logbook After(Logbook? logbook)
    {
        var after = logbook ?? new();
        foreach (var item in Items)
            after = item switch
            {
                LoggedCases cases => after with { Entries = after.Entries.SetItem(cases.Id, cases) },
                Entrustment entrustment => after with { Entrustments = after.Entrustments.SetItem(entrustment.Activity, entrustment) },
                Assessment assessment => after with
                {
                    Assessments = [.. after.Assessments.Where(a => a.Kind != assessment.Kind), assessment],
                },
                _ => throw new InvalidOperationException($"A logbook has no {item.GetType().Name}."),
            };
        return after;
    }
}

/// <summary>How far a person is with one activity.</summary>
/// <param name="Logged">How many cases are logged, signed or not.</param>
/// <param name="SignedOff">How many of them are signed.</param>
/// <param name="Level">The level that the last judgement says. Null if nobody has judged it.</param>
/// <param name="IsMet">Whether the person has done what the programme needs of it.</param>
public sealed record ActivityProgress(ProgrammeActivity Activity, int Logged, int SignedOff, Entrustment? Level, bool IsMet);

/// <summary>What a person has done of what the programme needs. Computed, and never stored.</summary>
/// <param name="IsComplete">Whether everything is done: each activity, and a final assessment that the person meets.</param>
public sealed record ProgrammeProgress(ImmutableArray<ActivityProgress> Activities, bool IsComplete)
{
    public static ProgrammeProgress Of(EducationProgramme programme, Logbook? logbook)
    {
        logbook ??= new();
        ImmutableArray<ActivityProgress> activities = [.. programme.Activities.Select(a => Of(a, logbook))];
        return new(activities, activities.All(a => a.IsMet) && logbook.Find(AssessmentKind.Final) is { Result: AssessmentResult.Meets });
    }

    private static ActivityProgress Of(ProgrammeActivity activity, Logbook logbook)
    {
        var (logged, signed) = logbook.CasesOf(activity.Id);
        var level = logbook.Entrustments.GetValueOrDefault(activity.Id);
        var isMet = signed >= activity.Cases && (activity.Level is not { } needed || level?.Level >= needed);
        return new(activity, logged, signed, level, isMet);
    }
}
