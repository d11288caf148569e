using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Journal;

/// <summary>
/// The services that every authority grain needs: the storage named <see cref="StorageName"/>, the serializer, the clock and the logs.
/// </summary>
public sealed class AuthorityServices(IServiceProvider services)
{
    /// <summary>The name of the grain storage that holds every journal.</summary>
    public const string StorageName = "hub";

    public IGrainStorage Storage { get; } = services.GetRequiredKeyedService<IGrainStorage>(StorageName);
    public Serializer Serializer { get; } = services.GetRequiredService<Serializer>();
    public TimeProvider Clock { get; } = services.GetService<TimeProvider>() ?? TimeProvider.System;
    public ILoggerFactory Loggers { get; } = services.GetRequiredService<ILoggerFactory>();

    /// <summary>Null if the host keeps no anchors.</summary>
    public IJournalAnchors? Anchors { get; } = services.GetService<IJournalAnchors>();
}

/// <summary>
/// The rows of one authority in grain storage. The state names are <c>{name}.head</c>, <c>.sealed-snapshot</c>, <c>.row</c> and
/// <c>.text</c>. The keys are <c>{key}~head</c>, <c>{key}~{number}</c> for snapshots and rows, and <c>{key}~text-{id}</c>. Because of the
/// tilde, no key looks like a hexadecimal number, which ADO.NET storage would convert.
/// </summary>
internal sealed class JournalStore<TState, TEvent>(AuthorityServices services, string name, GrainId grain)
    where TState : class
{
    private readonly string _headName = name + ".head",
        _snapshotName = name + ".sealed-snapshot",
        _rowName = name + ".row",
        _textName = name + ".text";
    private GrainState<JournalHead> _head = new();

    public JournalMeter Meter { get; } = new(name);

    /// <summary>The journal's name, such as <c>roster ehs/2026-W48</c>.</summary>
    public string Journal { get; } = $"{name} {grain.Key}";

    /// <summary>The newest snapshot, or null if none has been written yet.</summary>
    public async Task<JournalSnapshot<TState>?> ReadSnapshotAsync()
    {
        await ReadHeadAsync();
        var row = _head is { RecordExists: true, State: { } head }
            ? await ReadAsync<SnapshotRow>(_snapshotName, Number(head.SnapshotRow))
            : null;
        return row is null ? null : services.Serializer.Deserialize<JournalSnapshot<TState>>(row.Body);
    }

    public Task<JournalRow?> ReadRowAsync(long number) => ReadAsync<JournalRow>(_rowName, Number(number));

    /// <summary>
    /// Reads from the storage the number of the first row that is not in an archive. The result is 0 if no row is in an archive.
    /// </summary>
    public async Task<long> ReadFirstRowAsync() => await ReadAsync<JournalHead>(_headName, Key("head")) is { } head ? head.FirstRow : 0;

    /// <summary>Reports the number and hash of the journal's newest row to the anchors.</summary>
    /// <param name="read">Whether the grain has just read its journal. If false, the row was stored just now.</param>
    public void Anchor(long row, byte[] hash, bool read = false)
    {
        if (read)
            services.Anchors?.RowRead(Journal, row, hash);
        else
            services.Anchors?.RowStored(Journal, row, hash);
    }

    /// <exception cref="JournalAlteredException">The row cannot be read, so it was altered.</exception>
    public JournalBody<TEvent> Open(JournalRow row)
    {
        if (row.Body.Length == 0)
            return new([], [], []);
        try
        {
            if (
                services.Serializer.Deserialize<JournalBody<TEvent>>(row.Body) is
                { Entries.IsDefault: false, Links.IsDefault: false, Delivered.IsDefault: false } body
            )
                return body;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // With altered bytes the serializer may throw any exception.
            throw new JournalAlteredException(Journal, row.Number, $"cannot be read ({e.GetType().Name})");
        }
        throw new JournalAlteredException(Journal, row.Number, "cannot be read");
    }

    public JournalRow Seal(long number, Guid epoch, byte[] previousHash, JournalBody<TEvent> body) =>
        new(number, epoch, previousHash, services.Serializer.SerializeToArray(body));

    /// <exception cref="InconsistentStateException">The row exists, so there is a second writer.</exception>
    public Task InsertRowAsync(JournalRow row) => InsertAsync(_rowName, Number(row.Number), row);

    public Task InsertTextsAsync(Guid id, TextRow texts) => InsertAsync(_textName, Key("text-" + id), texts);

    public Task<TextRow?> ReadTextsAsync(Guid id) => ReadAsync<TextRow>(_textName, Key("text-" + id));

    /// <summary>Replaces stored texts with <see cref="SaltedText.Erased"/>.</summary>
    public async Task EraseTextsAsync(Guid id)
    {
        var stored = new GrainState<TextRow>();
        await ReadAsync(_textName, Key("text-" + id), stored);
        if (!stored.RecordExists || stored.State!.Texts.All(text => text.IsErased))
            return;
        stored.State = new TextRow([.. stored.State.Texts.Select(_ => SaltedText.Erased)]);
        await services.Storage.WriteStateAsync(_textName, Key("text-" + id), stored);
    }

    /// <param name="firstRow">The new number of the first row that is not in an archive, or 0 if no row is in an archive. Null keeps the
    /// stored number.</param>
    public async Task WriteSnapshotAsync(JournalSnapshot<TState> snapshot, long? firstRow = null)
    {
        byte[]? written = null;
        try
        {
            // The serializer runs outside the grain's turn and before the write enters the storage's queue, so that it delays no commit.
            var (body, hash) = await Task.Run(() =>
                services.Serializer.SerializeToArray(snapshot) is var bytes ? (bytes, SHA256.HashData(bytes)) : default
            );
            await InsertAsync(_snapshotName, Number(snapshot.Row), new SnapshotRow(body));
            written = hash;
        }
        catch (InconsistentStateException)
        {
            // A snapshot of this row is stored already, for example because an earlier run crashed before it wrote the head. The stored
            // snapshot was made from the same rows, so its content is the same.
        }
        for (var again = false; ; again = true)
        {
            _head.State = new JournalHead(snapshot.Epoch, snapshot.Row, firstRow ?? _head.State?.FirstRow ?? 0);
            try
            {
                await services.Storage.WriteStateAsync(_headName, Key("head"), _head);
                if (written is not null)
                    services.Anchors?.SnapshotStored(Journal, snapshot.Row, written);
                return;
            }
            catch (InconsistentStateException) when (!again)
            {
                // Either the silo that ran the grain before wrote a snapshot while it stopped, or the storage's answer to an earlier write
                // of the head was lost. The stored head is read again. It is overwritten unless it names this snapshot or a newer one.
                await ReadHeadAsync();
                if (_head is { RecordExists: true, State: { } there } && there.Epoch == snapshot.Epoch && there.SnapshotRow >= snapshot.Row)
                    return;
            }
        }
    }

    private Task ReadHeadAsync()
    {
        _head = new();
        return ReadAsync(_headName, Key("head"), _head);
    }

    private async Task<T?> ReadAsync<T>(string stateName, GrainId key)
        where T : class
    {
        var state = new GrainState<T>();
        await ReadAsync(stateName, key, state);
        return state.RecordExists ? state.State : null;
    }

    /// <exception cref="JournalReadException">The storage cannot be read. The reason is in the storage's log.</exception>
    private async Task ReadAsync<T>(string stateName, GrainId key, GrainState<T> state)
    {
        try
        {
            await services.Storage.ReadStateAsync(stateName, key, state);
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            // The inner exception is left out, because the caller may be on another machine, and a database's exceptions cannot be
            // serialized.
            throw new JournalReadException("The storage cannot be read at the moment.");
        }
    }

    private Task InsertAsync<T>(string stateName, GrainId key, T value) =>
        services.Storage.WriteStateAsync(stateName, key, new GrainState<T> { State = value });

    private GrainId Number(long number) => Key(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private GrainId Key(string part) => GrainId.Create(grain.Type, IdSpan.Create($"{grain.Key}~{part}"));
}
