using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Web.Records;

/// <summary>What a change of records of one owner would lead to, or has led to.</summary>
/// <param name="Refusal">Null if the change is allowed.</param>
/// <param name="Faults">The faults of single records. Empty if the change is refused as a whole or not at all.</param>
/// <param name="Changes">The records that change.</param>
/// <param name="Affects">The planned engagements that become illegal.</param>
/// <param name="UsedBy">What uses the records that would be removed.</param>
internal sealed record RecordResult(
    Refusal? Refusal,
    ImmutableArray<RecordFault> Faults,
    ImmutableArray<RecordChange> Changes,
    ImmutableArray<AffectedEngagement> Affects,
    ImmutableArray<RecordUse> UsedBy
)
{
    /// <summary>The partner whose consultant the records are about.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>What a person should know about the change. It refuses nothing.</summary>
    public ImmutableArray<RecordHint> Hints { get; init; } = [];

    /// <summary>The affected engagements that a viewer may read. The others only count.</summary>
    public IEnumerable<AffectedEngagement> AffectsFor(Viewer viewer) =>
        Affects
            .Where(a => Access.MayReadUse(viewer, "engagements", new Subject(a.Network) { Hospital = a.Hospital, Partner = Partner }))
            .Take(RecordUses.Most);

    /// <summary>The uses that a viewer may read. The others only count.</summary>
    public IEnumerable<RecordUse> UsedByFor(Viewer viewer) =>
        UsedBy.Where(u => Access.MayReadUse(viewer, u.Table, u.Of with { Partner = Partner })).Take(RecordUses.Most);

    public static RecordResult Of(params ImmutableArray<RecordFault> faults) => new(faults[0].Refusal, faults, [], [], []);

    public static RecordResult Of(Refusal refusal) => new(refusal, [], [], [], []);
}

/// <summary>Something that a person may have overlooked. It refuses nothing.</summary>
/// <param name="Message">An English sentence.</param>
public sealed record RecordHint([property: CodesOf<RecordHint>] string Code, string Message);

/// <summary>
/// Changes records. Screens, scripts and files go this way: first the right, then references to other things, then the rules of the owner,
/// then what the change does to planned engagements.
/// </summary>
internal sealed class RecordStore(
    IGrainFactory grains,
    OwnerBook owners,
    RecordScopes scopes,
    RecordReferences references,
    RecordUses uses,
    RecordTables tables,
    IServiceProvider services
)
{
    /// <summary>Says what a change would lead to. Nothing is stored.</summary>
    /// <param name="table">A table of the owner's kind. The edits may belong to other tables of this kind.</param>
    /// <param name="ownerId">The owner. It may be new if the edits enter it.</param>
    public async Task<RecordResult> CheckAsync(Viewer viewer, RecordTable table, string ownerId, EditRecords command)
    {
        var entered = command.Edits.FirstOrDefault(e => e is { Record.Part: RecordTable.Profile, Value: not null })?.Value;
        if (entered is not null && !TextId.IsValid(ownerId))
            return RecordResult.Of(new RecordFault(entered.Record, RecordCodes.BadId, RecordCodes.BadId.Message!, table.OwnerColumn));
        var owner = await owners.FindAsync(table.Owner, ownerId);
        if (owner is null && entered is null)
            return RecordResult.Of(
                new RecordFault(command.Edits[0].Record, RecordCodes.Unknown, $"There is no {ownerId}.", table.OwnerColumn)
            );
        if (owner is null && entered is ConsultantProfile consultant && !Owner.NetworksOf(consultant).Any())
            return RecordResult.Of(Unlisted(entered.Record));
        var grain = table.GrainOf(grains, ownerId);
        var before = (await grain.RecordsAsync()).DistinctBy(r => r.Record).ToDictionary(r => r.Record);
        var (faults, isFresh) = (ImmutableArray.CreateBuilder<RecordFault>(), false);
        foreach (var edit in command.Edits)
        {
            var known = before.GetValueOrDefault(edit.Record);
            var may = await MayAsync(viewer, table, owner, entered, known, edit);
            if (!may && !isFresh)
            {
                // The directories may have changed just now.
                isFresh = true;
                owner = await owners.FindAsync(table.Owner, ownerId, fresh: true);
                may = await MayAsync(viewer, table, owner, entered, known, edit);
            }
            if (!may)
                faults.Add(new(edit.Record, AccessCodes.Denied, "You may not change this record."));
            else if (
                edit.Value is { } value
                && IsChanged(known, value)
                && await references.FaultOfAsync(viewer, OwnerOf(owner, entered, edit), value, known) is { } wrong
                && !(wrong.Overridable && !string.IsNullOrWhiteSpace(command.Reason))
            )
                faults.Add(wrong);
        }
        if (faults.FirstOrDefault(f => f.Code == AccessCodes.Denied) is { } denied)
            return RecordResult.Of(new Refusal(AccessCodes.Denied, denied.Message)) with { Faults = faults.DrainToImmutable() };
        if (faults.Count > 0)
            return RecordResult.Of(faults.DrainToImmutable());
        var check = await grain.CheckAsync(command);
        if (!check.Faults.IsEmpty)
            return RecordResult.Of(check.Faults);
        if (check.After is Consultant { OnlyStays: false } after && !after.ListedIn.Any())
            return RecordResult.Of(Unlisted(command.Edits[0].Record));
        foreach (var removed in check.Changes.Where(c => c is { Before: not null, After: null }))
            if (await uses.OfAsync(owner!, removed.Before!, check.Rosters) is { IsEmpty: false } used)
                return new(new(RecordCodes.InUse, RecordCodes.InUse.Message!), [], check.Changes, [], used) { Partner = owner!.Home };
        if (
            check.Changes is [{ Before: NetworkProfile was, After: NetworkProfile now }]
            && was.TimeZone != now.TimeZone
            && await uses.OfZoneAsync(check.Rosters) is { IsEmpty: false } planned
        )
            return new(
                new(RecordCodes.InUse, "The zone cannot change while there are engagements.") { Place = "$.timeZone" },
                [],
                check.Changes,
                [],
                planned
            );
        return new(null, [], check.Changes, check.Changes.IsEmpty ? [] : await uses.AffectedByAsync(check), [])
        {
            Partner = owner?.Home,
            Hints = HintsOf(check),
        };
    }

    private static ImmutableArray<RecordHint> HintsOf(RecordCheck check) =>
        check.After is Hospital hospital
        && check.Changes.Any(c => (c.After ?? c.Before) is WorkingHours)
        && OpenHours.IsClosedOtherwise(hospital)
            ?
            [
                new(
                    HintCodes.ClosedOtherwise,
                    "The working hours are only for a part of the year. On all other days, the hospital is closed."
                ),
            ]
            : [];

    /// <summary>What a record refers to was checked when it was entered. So a record that stays as it is can always be sent back.</summary>
    private static bool IsChanged(IRecord? known, IRecord value) => known is null || RecordTag.Of(known) != RecordTag.Of(value);

    /// <summary>Stores a change, unless it is refused.</summary>
    public async Task<RecordResult> EditAsync(Viewer viewer, RecordTable table, string ownerId, EditRecords command)
    {
        var result = await CheckAsync(viewer, table, ownerId, command);
        if (result.Refusal is not null)
            return result;
        if (!result.Affects.IsEmpty && string.IsNullOrWhiteSpace(command.Reason))
            return result with { Refusal = new(RecordCodes.Affects, RecordCodes.Affects.Message!) };
        return await StoreAsync(viewer, table, ownerId, command, result);
    }

    /// <summary>Stores a change that has been checked. The owner checks its own rules once more.</summary>
    public async Task<RecordResult> StoreAsync(
        Viewer viewer,
        RecordTable table,
        string ownerId,
        EditRecords command,
        RecordResult checkedBefore
    )
    {
        if (
            checkedBefore.Changes.FirstOrDefault(c => c is { Record.Part: RecordTable.Profile, Before: null }) is { } entered
            && await tables.Find(table.Owner, entered.Record)!.Creating(services, viewer, ownerId) is { } refusal
        )
            return RecordResult.Of(refusal);
        if (await table.GrainOf(grains, ownerId).EditAsync(viewer.Actor, command) is not RecordsRefused refused)
            return checkedBefore;
        // Somebody else was faster. The rights are checked again, because the record may now be one that the viewer may not read.
        var again = await CheckAsync(viewer, table, ownerId, command);
        return again.Refusal is null ? RecordResult.Of(refused.Faults) : again;
    }

    /// <summary>Whether the owner has stored the command already, and its answer was lost.</summary>
    public async Task<bool> IsRepeatAsync(Viewer viewer, RecordTable table, string ownerId, EditRecords command) =>
        await table.GrainOf(grains, ownerId).EditAsync(viewer.Actor, command) is RecordsEdited;

    private static RecordFault Unlisted(RecordId record) =>
        new(record, RecordCodes.Required, "At least one network must list the consultant, or nobody could read the record.", "networks");

    /// <param name="entered">The profile of a new owner, if the command enters it.</param>
    private async ValueTask<bool> MayAsync(
        Viewer viewer,
        RecordTable table,
        Owner? owner,
        IRecord? entered,
        IRecord? before,
        RecordEdit edit
    ) =>
        tables.Find(table.Owner, edit.Record) is not { } of ? false
        : of.Create is { } create && owner is null ? Access.May(viewer, create, default)
        : await scopes.MayChangeAsync(viewer, of.Change, OwnerOf(owner, entered, edit), before, edit.Value);

    /// <summary>The owner of a record. Records that are entered together with their owner belong to it already.</summary>
    private static Owner? OwnerOf(Owner? owner, IRecord? entered, RecordEdit edit) =>
        owner ?? (edit.Value == entered || entered is null ? null : Owner.Of(entered));
}
