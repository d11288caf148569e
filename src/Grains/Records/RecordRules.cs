using System.Collections.Immutable;

namespace ConsultHub.Records;

/// <summary>The result of deciding about edits.</summary>
internal sealed record RecordOutcome<T>(T? After, ImmutableArray<RecordChange> Changes, ImmutableArray<RecordFault> Faults);

/// <summary>Decides about changes of records. Pure.</summary>
internal static class RecordRules
{
    public const int MostReason = 500;

    /// <summary>
    /// Applies all edits, or none. Each record is checked alone, and the whole profile after all edits. Faults that were there before and
    /// are in records that the command does not name do not count.
    /// </summary>
    public static RecordOutcome<T> Decide<T>(T? profile, EditRecords command)
        where T : class, IProfile<T>
    {
        var faults = ImmutableArray.CreateBuilder<RecordFault>();
        if (command.Edits.IsDefaultOrEmpty || command.Edits.Length > EditRecords.MostEdits)
            return Refused(new RecordFault(default, RecordCodes.TooMany, $"A command has 1 to {EditRecords.MostEdits} edits."));
        if (command.Reason?.Length > MostReason)
            return Refused(new RecordFault(command.Edits[0].Record, RecordCodes.TooLong, $"A reason has at most {MostReason} characters."));
        // Earlier releases stored some records twice, such as the way between two hospitals in both directions. The first one counts.
        var known = (profile?.Records ?? []).DistinctBy(r => r.Record).ToDictionary(r => r.Record);
        var (after, changes) = (profile, ImmutableArray.CreateBuilder<RecordChange>());
        HashSet<RecordId> named = [];
        foreach (var edit in command.Edits)
        {
            if (!named.Add(edit.Record))
            {
                faults.Add(new(edit.Record, RecordCodes.Twice, "The record is named twice."));
                continue;
            }
            var before = known.GetValueOrDefault(edit.Record);
            if (FaultsOf(edit, before) is { Count: > 0 } wrong)
            {
                faults.AddRange(wrong);
                continue;
            }
            if (profile is not null && T.Forbids(profile, edit) is { } forbidden)
            {
                faults.Add(forbidden);
                continue;
            }
            if (edit.Value is null ? before is null : before is not null && RecordTag.Of(before) == RecordTag.Of(edit.Value))
                continue;
            changes.Add(new(edit.Record, before, edit.Value));
            after = T.With(after, edit.Record, edit.Value);
            if (after is null && edit.Value is not null)
                return Refused(faults.Count > 0 ? [.. faults] : [new(edit.Record, RecordCodes.Unknown, "Its owner does not exist yet.")]);
        }
        if (after is not null && changes.Count > 0)
        {
            var there = profile is null ? [] : T.FaultsOf(profile).ToHashSet();
            faults.AddRange(T.FaultsOf(after).Where(f => named.Contains(f.Record) || !there.Contains(f)));
        }
        return faults.Count > 0 ? Refused([.. faults]) : new(after, changes.DrainToImmutable(), []);

        static RecordOutcome<T> Refused(params ImmutableArray<RecordFault> all) => new(null, [], all);
    }

    private static IReadOnlyList<RecordFault> FaultsOf(RecordEdit edit, IRecord? before)
    {
        if (edit.Expected is { } expected && !RecordTag.Meets(expected, before is null ? RecordTag.None : RecordTag.Of(before)))
            return [new(edit.Record, RecordCodes.Changed, RecordCodes.Changed.Message!, Current: before)];
        if (edit.Value is null)
            return before is null && edit.Expected is not null ? [new(edit.Record, RecordCodes.Unknown, RecordCodes.Unknown.Message!)] : [];
        if (edit.Value.Record != edit.Record)
            return [new(edit.Record, RecordCodes.OtherId, RecordCodes.OtherId.Message!, "id")];
        var faults = new RecordFaults(edit.Record);
        (edit.Value as ICheckedRecord)?.Check(faults);
        return faults.All;
    }

    /// <summary>Refuses the records of one kind beyond a number.</summary>
    public static IEnumerable<RecordFault> TooMany<T>(ImmutableArray<T> records, int most)
        where T : IRecord =>
        records.Skip(most).Select(r => new RecordFault(r.Record, RecordCodes.TooMany, $"There can be at most {most}."));
}
