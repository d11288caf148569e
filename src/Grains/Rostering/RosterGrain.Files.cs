using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Journal;
using ConsultHub.Records;

namespace ConsultHub.Rostering;

/// <summary>Plans the engagements of a file. Each row is decided like a plan of a person.</summary>
internal sealed partial class RosterGrain
{
    public async Task<RecordReply> EditAsync(Actor actor, EditRecords command)
    {
        if (await FaultsAsync(actor, command) is { IsEmpty: false } faults)
            return new RecordsRefused(faults);
        // A plan that reaches into the next week is decided alone, because that week must hold the time.
        var alone = Plans(command).ToLookup(p => p.End > _book.Facts!.Bounds.End);
        foreach (var some in alone[false].Chunk(CommandLimits.MostCommands))
            if ((await DecideAllAsync(actor, [.. some])).OfType<Refused>().FirstOrDefault() is { } refused)
                return Of(refused, some[0]);
        foreach (var plan in alone[true])
            if (await DecideAsync(actor, plan) is Refused refused)
                return Of(refused, plan);
        await WhenAllStoredAsync();
        return new RecordsEdited(Stored.Engagements.IsEmpty ? 0 : StoredVersion);
    }

    public async Task<RecordCheck> CheckAsync(EditRecords command)
    {
        var faults = await FaultsAsync(new Actor(Actor.System.Person, Role.Coordinator), command);
        ImmutableArray<RecordChange> changes = faults.IsEmpty
            ? [.. command.Edits.Where(e => e.Value is not null).Select(e => new RecordChange(e.Record, null, e.Value))]
            : [];
        return new(faults, changes, null, []);
    }

    public Task<ImmutableArray<IRecord>> RecordsAsync() =>
        Task.FromResult<ImmutableArray<IRecord>>([
            .. Stored
                .Engagements.Values.Where(e => e is { TakesTime: true, Moving: null })
                .OrderBy(e => e.Start)
                .ThenBy(e => e.Id.Value, StringComparer.Ordinal)
                .Select(PlannedEngagement.Of),
        ]);

    /// <summary>
    /// Decides all rows on a copy of the roster, one after the other. A row also conflicts with the rows before it. Nothing is stored.
    /// </summary>
    private async Task<ImmutableArray<RecordFault>> FaultsAsync(Actor actor, EditRecords command)
    {
        var (faults, sound) = (ImmutableArray.CreateBuilder<RecordFault>(), new List<Plan>());
        foreach (var edit in command.Edits)
        {
            var wrong = new RecordFaults(edit.Record);
            if (edit.Value is PlannedEngagement planned)
                ((ICheckedRecord)planned).Check(wrong);
            else
                wrong.Add(RecordCodes.InUse, "An engagement of a file is cancelled and not removed.");
            faults.AddRange(wrong.All);
            if (wrong.All.Count == 0 && !IsPlanned((PlannedEngagement)edit.Value!))
                sound.Add(PlanOf(command, (PlannedEngagement)edit.Value!));
        }
        var (roster, now, version) = (Head, Clock.GetUtcNow(), HeadVersion);
        foreach (var plan in sound)
            if (CommandLimits.Against(plan) is { } beyond)
                return [Fault(plan, beyond)];
            else if (await ReadFactsAsync(plan) is Refused unknown)
                return [Fault(plan, unknown.Findings[0])];
        roster = Head;
        var reaching = new List<(Plan Plan, Engagement Engagement)>();
        foreach (var plan in sound)
        {
            if (IsRepeat(plan.CommandId, out _))
                continue;
            var outcome = RosterRules.Decide(roster, actor, plan, _book.Facts!, now);
            if (outcome.Change is not { } change)
            {
                faults.Add(Fault(plan, outcome.Findings.FirstOrDefault(f => !f.Overridable) ?? outcome.Findings[0]));
                continue;
            }
            roster = roster.Apply(new JournalEntry<RosterEvent>(++version, now, actor, plan.CommandId, [change], [], null, [], null));
            if (ConcernsAnotherWeek(change))
                reaching.Add((plan, change.After!));
        }
        foreach (var (plan, engagement) in reaching)
            if (await Of(_week.Next).HoldAsync(engagement, tryOnly: true) is [var taken, ..])
                faults.Add(Fault(plan, taken));
        return faults.DrainToImmutable();
    }

    /// <summary>The plans of the rows that are not planned yet.</summary>
    private IEnumerable<Plan> Plans(EditRecords command) =>
        command
            .Edits.Select(e => e.Value)
            .OfType<PlannedEngagement>()
            .Where(planned => !IsPlanned(planned))
            .Select(planned => PlanOf(command, planned));

    /// <summary>Whether the week has exactly this engagement, because an earlier attempt of the same import has planned it.</summary>
    private bool IsPlanned(PlannedEngagement planned) =>
        Head.Engagements.TryGetValue(planned.Id, out var engagement)
        && RecordTag.Of(PlannedEngagement.Of(engagement)) == RecordTag.Of(planned);

    /// <summary>The same row of the same command always has the same id, so it is not planned twice.</summary>
    private static Plan PlanOf(EditRecords command, PlannedEngagement planned) =>
        planned.AsPlan(
            new(SHA256.HashData(Encoding.UTF8.GetBytes($"{command.CommandId}/{planned.Id}")).AsSpan(0, 16)),
            string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason
        );

    private static RecordsRefused Of(Refused refused, Plan plan) =>
        new([Fault(plan, refused.Findings.FirstOrDefault(f => !f.Overridable) ?? refused.Findings[0])]);

    private static RecordFault Fault(Plan plan, Finding finding) =>
        new(
            new(PlannedEngagement.Part, plan.Engagement.Value),
            finding.Code,
            finding.Message,
            finding.Code == RosterCodes.UnknownHospital ? "hospital"
                : finding.Code == RosterCodes.RoomUnknown || finding.Code == RosterCodes.RoomOverlap ? "room"
                : finding.Code == RosterCodes.RoomCapacity ? "attendees"
                : finding.Code == RosterCodes.RoomEquipment ? "needs"
                : finding.Code == RosterCodes.UnknownSpecialty || finding.Code == RosterCodes.NoCredential ? "specialty"
                : finding.Code == RosterCodes.UnknownPurpose
                    ? plan.Purpose?.Initiative is null ? "cohort"
                        : "initiative"
                : finding.Person is not null ? "consultants"
                : "start",
            Overridable: finding.Overridable
        );
}
