using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Programmes;

/// <summary>What a logbook needs to know of its programme.</summary>
/// <param name="Rotations">The person's own, in this cohort, with the day that it is now at the host.</param>
internal sealed record LogbookFacts(
    EducationProgramme Programme,
    PersonId Person,
    ImmutableArray<(Rotation Rotation, DateOnly Today)> Rotations
)
{
    /// <summary>The trainers of sessions of the cohort that have begun.</summary>
    public ImmutableHashSet<PersonId> Trainers { get; init; } = [];

    public bool Has(string activity) => Programme.Activities.Any(a => a.Id == activity);

    /// <summary>Whether somebody supervises or trains the person now, or has done so.</summary>
    public bool IsSupervisor(PersonId person) =>
        Trainers.Contains(person) || Rotations.Any(r => r.Rotation.Supervisor == person && r.Rotation.From <= r.Today);

    /// <summary>
    /// Whether somebody may sign an entry: the supervisor at the time when it was logged, and whoever supervises that rotation now.
    /// </summary>
    public bool MaySign(PersonId person, LoggedCases entry) =>
        entry.Supervisor == person || Rotations.Any(r => r.Rotation.Supervisor == person && r.Rotation.Has(entry.Day));
}

/// <summary>Decides about logbooks, entrustment and assessments. Pure.</summary>
internal static class LogbookRules
{
    public const int MostEntries = 2_000,
        MostCases = 100,
        MostAtOnce = 200,
        MostReason = 1_000;

    /// <param name="version">The version that the logbook will have after the command.</param>
    /// <returns>What changes, or a refusal.</returns>
    public static (ImmutableArray<TopicItem> Items, Refusal? Refusal) Decide(
        Logbook logbook,
        LogbookFacts facts,
        PersonId by,
        LogbookCommand command,
        DateTimeOffset now,
        long version
    )
    {
        if (command.Reason?.Length > MostReason)
            return Refused(LogbookCodes.BadCommand, "$.reason", $"A comment has at most {MostReason} characters.");
        var isOwn = command is LogCases or RemoveCases;
        if (isOwn != (by == facts.Person))
            return Refused(isOwn ? LogbookCodes.OthersLogbook : LogbookCodes.OwnLogbook);
        return command switch
        {
            LogCases log => Log(logbook, facts, log, now, version),
            RemoveCases remove => Change(
                logbook,
                [remove.Entry],
                known => known with { Status = LogStatus.Removed },
                now,
                version,
                "$.entry"
            ),
            SignCases sign => Judge(logbook, facts, by, sign, sign.Entries, LogStatus.SignedOff, now, version),
            ReturnCases when IsBlank(command.Reason) => Refused(LogbookCodes.ReasonMissing, "$.reason"),
            ReturnCases back => Judge(logbook, facts, by, back, back.Entries, LogStatus.Returned, now, version),
            Entrust entrust => SetLevel(logbook, facts, by, entrust, now, version),
            Assess when IsBlank(command.Reason) => Refused(LogbookCodes.ReasonMissing, "$.reason"),
            Assess assess => SetResult(logbook, facts, by, assess, now, version),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
    }

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);

    private static (ImmutableArray<TopicItem>, Refusal?) Log(
        Logbook logbook,
        LogbookFacts facts,
        LogCases log,
        DateTimeOffset now,
        long version
    )
    {
        if (!TextId.IsValid(log.Entry))
            return Refused(LogbookCodes.BadCommand, "$.entry", "The id of the entry is not valid.");
        if (log.Cases is < 1 or > MostCases)
            return Refused(LogbookCodes.BadCommand, "$.cases", $"An entry has 1 to {MostCases} cases.");
        if (!Enum.IsDefined(log.Role))
            return Refused(LogbookCodes.BadCommand, "$.role", "There is no such role.");
        if (!facts.Has(log.Activity))
            return Refused(LogbookCodes.UnknownActivity, "$.activity");
        var (rotation, today) = facts.Rotations.FirstOrDefault(r => r.Rotation.Has(log.Day));
        if (rotation is null)
            return Refused(LogbookCodes.NoRotation, "$.day");
        if (log.Day > today)
            return Refused(LogbookCodes.InFuture, "$.day");
        var known = logbook.Entries.GetValueOrDefault(log.Entry);
        if (known is null && logbook.Entries.Count >= MostEntries)
            return Refused(LogbookCodes.Full);
        if (Closed(known) is { } closed)
            return Refused(closed);
        return (
            [
                new LoggedCases
                {
                    Id = log.Entry,
                    Activity = log.Activity,
                    Day = log.Day,
                    Cases = log.Cases,
                    Role = log.Role,
                    Supervisor = rotation.Supervisor,
                    ChangedAt = now,
                    Version = version,
                },
            ],
            null
        );
    }

    private static (ImmutableArray<TopicItem>, Refusal?) Judge(
        Logbook logbook,
        LogbookFacts facts,
        PersonId by,
        LogbookCommand command,
        ImmutableArray<string> entries,
        LogStatus status,
        DateTimeOffset now,
        long version
    )
    {
        if (entries.IsDefaultOrEmpty || entries.Length > MostAtOnce || entries.Distinct().Count() < entries.Length)
            return Refused(LogbookCodes.BadCommand, "$.entries", $"The list names 1 to {MostAtOnce} entries, each once.");
        for (var i = 0; i < entries.Length; i++)
            if (logbook.Entries.GetValueOrDefault(entries[i]) is { } known)
            {
                if (!command.Decides && !facts.MaySign(by, known))
                    return Refused(LogbookCodes.OtherSupervisor, $"$.entries[{i}]");
                if (known.Version > command.Seen)
                    return Refused(LogbookCodes.Stale, $"$.entries[{i}]");
            }
        return Change(logbook, entries, known => known with { Status = status, JudgedBy = by }, now, version, "$.entries");
    }

    private static (ImmutableArray<TopicItem>, Refusal?) Change(
        Logbook logbook,
        ImmutableArray<string> entries,
        Func<LoggedCases, LoggedCases> change,
        DateTimeOffset now,
        long version,
        string place
    )
    {
        var items = ImmutableArray.CreateBuilder<TopicItem>(entries.Length);
        foreach (var entry in entries)
        {
            if (logbook.Entries.GetValueOrDefault(entry) is not { } known)
                return Refused(LogbookCodes.UnknownEntry, place);
            if (Closed(known) is { } closed)
                return Refused(closed, place);
            items.Add(change(known) with { ChangedAt = now, Version = version });
        }
        return (items.DrainToImmutable(), null);
    }

    private static Code? Closed(LoggedCases? entry) =>
        entry?.Status switch
        {
            LogStatus.SignedOff => LogbookCodes.AlreadySigned,
            LogStatus.Removed => LogbookCodes.Removed,
            _ => null,
        };

    private static (ImmutableArray<TopicItem>, Refusal?) SetLevel(
        Logbook logbook,
        LogbookFacts facts,
        PersonId by,
        Entrust entrust,
        DateTimeOffset now,
        long version
    )
    {
        if (!facts.Has(entrust.Activity))
            return Refused(LogbookCodes.UnknownActivity, "$.activity");
        if (!Enum.IsDefined(entrust.Level))
            return Refused(LogbookCodes.BadCommand, "$.level", "There is no such level.");
        if (!facts.IsSupervisor(by) && !entrust.Decides)
            return Refused(LogbookCodes.OtherSupervisor);
        if (logbook.Entrustments.GetValueOrDefault(entrust.Activity)?.Version > entrust.Seen)
            return Refused(LogbookCodes.Stale);
        return (
            [
                new Entrustment
                {
                    Activity = entrust.Activity,
                    Level = entrust.Level,
                    By = by,
                    At = now,
                    Version = version,
                },
            ],
            null
        );
    }

    private static (ImmutableArray<TopicItem>, Refusal?) SetResult(
        Logbook logbook,
        LogbookFacts facts,
        PersonId by,
        Assess assess,
        DateTimeOffset now,
        long version
    )
    {
        if (!Enum.IsDefined(assess.Kind) || !Enum.IsDefined(assess.Result))
            return Refused(LogbookCodes.BadCommand, "$.result", "There is no such assessment.");
        if (!facts.IsSupervisor(by) && !assess.Decides)
            return Refused(LogbookCodes.OtherSupervisor);
        if (logbook.Find(assess.Kind)?.Version > assess.Seen)
            return Refused(LogbookCodes.Stale);
        return (
            [
                new Assessment
                {
                    Kind = assess.Kind,
                    Result = assess.Result,
                    By = by,
                    At = now,
                    Version = version,
                },
            ],
            null
        );
    }

    private static (ImmutableArray<TopicItem>, Refusal?) Refused(Code code, string? place = null, string? message = null) =>
        ([], new Refusal(code, message ?? code.Message!) { Place = place });
}
