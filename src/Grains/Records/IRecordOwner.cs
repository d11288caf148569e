using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Networks;
using Orleans.Runtime;

namespace ConsultHub.Records;

/// <summary>A grain whose records people enter, one by one or from a file.</summary>
[Alias("hub.IRecordTarget")]
public interface IRecordTarget : IGrainWithStringKey
{
    /// <summary>
    /// Changes records: all of them, or none if one change is refused. A repeated command is answered and not decided again.
    /// </summary>
    [Alias("Edit")]
    Task<RecordReply> EditAsync(Actor actor, EditRecords command);

    /// <summary>Says what a command would lead to. Nothing is stored.</summary>
    [Alias("CheckEdit")]
    Task<RecordCheck> CheckAsync(EditRecords command);

    /// <summary>All records of the owner. Empty if there is no such owner.</summary>
    [Alias("ReadRecords")]
    Task<ImmutableArray<IRecord>> RecordsAsync();
}

/// <summary>A grain that owns facts that people enter: a network, a hospital, a consultant, or the hub's list of specialties.</summary>
[Alias("hub.IRecordOwner")]
public interface IRecordOwner : IRecordTarget, IFactOwner
{
    /// <summary>The changes of records, the newest first.</summary>
    /// <param name="record">The record whose changes are read, or null for all records of the owner.</param>
    /// <param name="before">Only changes with a lower version are read.</param>
    /// <param name="take">How many changes are read at most.</param>
    [Alias("RecordHistory")]
    Task<ImmutableArray<RecordHistoryEntry>> HistoryAsync(RecordId? record, long? before, int take);

    /// <summary>The rosters that use the facts of this owner.</summary>
    [Alias("Rosters")]
    Task<ImmutableArray<GrainId>> RostersAsync();
}

/// <summary>Puts or removes one record.</summary>
/// <param name="Record">The record.</param>
/// <param name="Value">What is stored, or null to remove the record.</param>
/// <param name="Expected">
///     The <see cref="RecordTag"/> of the record that the person saw, <see cref="RecordTag.None"/> if the record must not exist yet, or
///     <see cref="RecordTag.Any"/>. Null skips the check.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.RecordEdit")]
public sealed record RecordEdit(
    [property: Id(0)] RecordId Record,
    [property: Id(1)] IRecord? Value,
    [property: Id(2)] string? Expected = null
)
{
    public static RecordEdit Put(IRecord value, string? expected = null) => new(value.Record, value, expected);
}

/// <summary>A command that changes records of one owner.</summary>
/// <param name="CommandId">The client chooses one id for a command and all its retries.</param>
/// <param name="Edits">At most <see cref="MostEdits"/>.</param>
/// <param name="Reason">The reason in the person's words, at most 500 characters. The history keeps it.</param>
[GenerateSerializer, Immutable, Alias("hub.EditRecords")]
public sealed record EditRecords(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] ImmutableArray<RecordEdit> Edits,
    [property: Id(2)] string? Reason = null
)
{
    public const int MostEdits = 20_000;
}

/// <summary>The answer to a command that changes records.</summary>
[GenerateSerializer, Immutable, Alias("hub.RecordReply")]
public abstract record RecordReply;

/// <summary>The changes are stored.</summary>
/// <param name="Version">The owner's version after them.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordsEdited")]
public sealed record RecordsEdited([property: Id(0)] long Version) : RecordReply;

/// <summary>At least one change was refused, and nothing was stored.</summary>
[GenerateSerializer, Immutable, Alias("hub.RecordsRefused")]
public sealed record RecordsRefused([property: Id(0)] ImmutableArray<RecordFault> Faults) : RecordReply;

/// <summary>The reason why a change of a record is refused.</summary>
/// <param name="Record">The record that the command would change.</param>
/// <param name="Code">A stable code, such as <c>record.required</c>.</param>
/// <param name="Message">An English sentence.</param>
/// <param name="Field">The field at fault, such as <c>name.en</c>. Null if the fault is in no single field.</param>
/// <param name="Overridable">Whether a reason overrides the fault.</param>
/// <param name="Current">The record as it is now, if somebody else has changed it meanwhile.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordFault")]
public sealed record RecordFault(
    [property: Id(0)] RecordId Record,
    [property: Id(1), CodesOf<Refusal>] string Code,
    [property: Id(2)] string Message,
    [property: Id(3)] string? Field = null,
    [property: Id(4)] IRecord? Current = null,
    [property: Id(5)] bool Overridable = false
)
{
    [JsonIgnore]
    public Refusal Refusal => new(Codes.Of(Code), Message) { Place = Field is null ? null : $"$.{Field}", Current = Current };
}

/// <summary>What a command would lead to.</summary>
/// <param name="Faults">Empty if the command would be stored.</param>
/// <param name="Changes">The records that would change. Edits that change nothing are left out.</param>
/// <param name="After">The facts after the command, for rosters. Null if the command is refused, or would remove the owner.</param>
/// <param name="Rosters">The rosters that use the facts.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordCheck")]
public sealed record RecordCheck(
    [property: Id(0)] ImmutableArray<RecordFault> Faults,
    [property: Id(1)] ImmutableArray<RecordChange> Changes,
    [property: Id(2)] IProfile? After,
    [property: Id(3)] ImmutableArray<GrainId> Rosters
);

/// <summary>One record before and after a change.</summary>
[GenerateSerializer, Immutable, Alias("hub.RecordChange")]
public sealed record RecordChange([property: Id(0)] RecordId Record, [property: Id(1)] IRecord? Before, [property: Id(2)] IRecord? After);

/// <summary>A stored change of one record: who made it, when and why.</summary>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordHistoryEntry")]
public sealed record RecordHistoryEntry(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] Role Role,
    [property: Id(4)] string? Reason,
    [property: Id(5)] RecordChange Change
);
