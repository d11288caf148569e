using System.Collections.Immutable;
using System.Security.Cryptography;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Records;

/// <summary>The changes of one owner in an import.</summary>
/// <param name="Owner">The grain that owns the records.</param>
/// <param name="Rows">For each edit of the command, the line of the file.</param>
[GenerateSerializer, Immutable, Alias("hub.ImportStep")]
public sealed record ImportStep(
    [property: Id(0)] GrainId Owner,
    [property: Id(1)] EditRecords Command,
    [property: Id(2)] ImmutableArray<int> Rows
);

/// <summary>A row that could be stored when the import began, and not when its turn came.</summary>
/// <param name="Line">The line of the file, from 1.</param>
[GenerateSerializer, Immutable, Alias("hub.ImpossibleRow")]
public sealed record ImpossibleRow([property: Id(0)] int Line, [property: Id(1)] RecordFault Fault);

/// <summary>How far an import is.</summary>
/// <param name="By">The person who imports.</param>
/// <param name="Done">The number of rows that are stored or impossible.</param>
/// <param name="Of">The number of rows that the import changes.</param>
[GenerateSerializer, Immutable, Alias("hub.ImportProgress")]
public sealed record ImportProgress(
    [property: Id(0)] PersonId By,
    [property: Id(1)] string Table,
    [property: Id(2)] int Done,
    [property: Id(3)] int Of,
    [property: Id(4)] ImmutableArray<ImpossibleRow> Impossible
)
{
    public bool IsDone => Done == Of;
}

/// <summary>
/// Stores the rows of one file. The rows are stored here first, all of them or none. Then they are sent to their owners, also after a
/// crash. Key: the import.
/// </summary>
[Alias("hub.IImportGrain")]
public interface IImportGrain : IGrainWithStringKey
{
    /// <summary>Stores the steps and begins with them. A repeat changes nothing.</summary>
    [Alias("Begin")]
    Task BeginAsync(Actor actor, string table, ImmutableArray<ImportStep> steps);

    /// <summary>Null if there is no such import.</summary>
    [Alias("Progress")]
    Task<ImportProgress?> ProgressAsync();
}

[GenerateSerializer, Immutable, Alias("hub.ImportEvent")]
internal abstract record ImportEvent;

[GenerateSerializer, Immutable, Alias("hub.ImportBegan")]
internal sealed record ImportBegan([property: Id(0)] string Table, [property: Id(1)] ImmutableArray<ImportStep> Steps) : ImportEvent;

/// <param name="Steps">The number of steps that are done, from the first.</param>
[GenerateSerializer, Immutable, Alias("hub.ImportAdvanced")]
internal sealed record ImportAdvanced([property: Id(0)] int Steps, [property: Id(1)] ImmutableArray<ImpossibleRow> Impossible)
    : ImportEvent;

[GenerateSerializer, Immutable, Alias("hub.ImportState")]
internal sealed record ImportState : IAuthorityState<ImportState, ImportEvent>
{
    [Id(0)]
    public ImportProgress? Progress { get; init; }

    [Id(1)]
    public Actor By { get; init; } = Actor.System;

    /// <summary>The steps that are left.</summary>
    [Id(2)]
    public ImmutableArray<ImportStep> Steps { get; init; } = [];

    public ImportState Apply(JournalEntry<ImportEvent> entry) =>
        entry.Events.Aggregate(this, (state, happened) => state.After(happened, entry.By));

    private ImportState After(ImportEvent happened, Actor by) =>
        happened switch
        {
            ImportBegan began => new()
            {
                By = by,
                Steps = began.Steps,
                Progress = new(by.Person, began.Table, 0, began.Steps.Sum(s => s.Rows.Length), []),
            },
            ImportAdvanced advanced => this with
            {
                Steps = Steps.RemoveRange(0, advanced.Steps),
                Progress = Progress! with
                {
                    Done = Progress.Done + Steps.Take(advanced.Steps).Sum(s => s.Rows.Length),
                    Impossible = Progress.Impossible.AddRange(advanced.Impossible),
                },
            },
            _ => throw new InvalidOperationException($"Unknown import event {happened.GetType().Name}."),
        };

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("import")]
internal sealed class ImportGrain(AuthorityServices services) : AuthorityGrain<ImportState, ImportEvent>("import", services), IImportGrain
{
    /// <summary>How many owners are changed at the same time. After them, the progress is stored.</summary>
    private const int AtOnce = 32;

    private bool _working;

    public async Task BeginAsync(Actor actor, string table, ImmutableArray<ImportStep> steps)
    {
        if (Head.Progress is null)
            await CommitAsync(new(actor, Guid.Empty, [new ImportBegan(table, steps)]));
        else
            await WhenAllStoredAsync();
        // The caller learns the progress by asking for it.
        this.RegisterGrainTimer(
            _ => ReconcileAsync(),
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true }
        );
    }

    public Task<ImportProgress?> ProgressAsync() => Task.FromResult(Stored.Progress);

    protected override bool HasOpenWork(ImportState state) => !state.Steps.IsEmpty;

    protected override async Task ReconcileAsync()
    {
        if (_working)
            return;
        _working = true;
        try
        {
            while (!Stored.Steps.IsEmpty)
            {
                ImmutableArray<ImportStep> now = [.. Stored.Steps.Take(AtOnce)];
                var impossible = await Task.WhenAll(now.GroupBy(step => step.Owner).Select(steps => StoreAsync([.. steps])));
                await CommitAsync(new(Actor.System, Guid.Empty, [new ImportAdvanced(now.Length, [.. impossible.SelectMany(i => i)])]));
                DelayDeactivation(TimeSpan.FromMinutes(1));
            }
        }
        finally
        {
            _working = false;
        }
    }

    /// <summary>Changes the records of one owner in the order of the file.</summary>
    private async Task<ImmutableArray<ImpossibleRow>> StoreAsync(ImmutableArray<ImportStep> steps)
    {
        var impossible = ImmutableArray.CreateBuilder<ImpossibleRow>();
        foreach (var step in steps)
            impossible.AddRange(await StoreAsync(step));
        return impossible.DrainToImmutable();
    }

    /// <summary>Changes the records of one owner. Rows that have become impossible are left out.</summary>
    private async Task<ImmutableArray<ImpossibleRow>> StoreAsync(ImportStep step)
    {
        var owner = GrainFactory.GetGrain<IRecordTarget>(step.Owner);
        var impossible = ImmutableArray.CreateBuilder<ImpossibleRow>();
        var command = step.Command;
        while (!command.Edits.IsEmpty && await owner.EditAsync(Stored.By, command) is RecordsRefused refused)
        {
            // A fault may also be about a record that the file does not name, such as another visit at the same time.
            var faults = refused.Faults.DistinctBy(f => f.Record).ToDictionary(f => f.Record);
            var tried = command.Edits.Select(e => e.Record).ToHashSet();
            var isWhole = !tried.Overlaps(faults.Keys);
            foreach (var (edit, line) in step.Command.Edits.Zip(step.Rows).Where(row => tried.Contains(row.First.Record)))
                if (isWhole)
                    impossible.Add(new(line, refused.Faults[0]));
                else if (faults.TryGetValue(edit.Record, out var fault) && !IsStored(edit, fault))
                    impossible.Add(new(line, fault));
            if (isWhole)
                break;
            var left = command.Edits.RemoveAll(e => faults.ContainsKey(e.Record));
            command = command with { CommandId = Next(command.CommandId), Edits = left };
        }
        return impossible.DrainToImmutable();
    }

    /// <summary>
    /// Whether a row is refused only because it is stored already. This happens after a crash: the first attempt is repeated, although a
    /// later attempt has stored the rows that were left.
    /// </summary>
    private static bool IsStored(RecordEdit edit, RecordFault fault) =>
        fault.Current is { } now && edit.Value is { } row && RecordTag.Of(now) == RecordTag.Of(row);

    /// <summary>The id of the next attempt. It is the same after a crash, so an attempt that was stored is not stored again.</summary>
    private static Guid Next(Guid command) => new(SHA256.HashData(command.ToByteArray()).AsSpan(0, 16));
}
