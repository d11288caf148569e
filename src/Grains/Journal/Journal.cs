using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace ConsultHub.Journal;

/// <summary>
/// Event-sourced state with group commit. A decision changes <see cref="Head"/> at once. Only one write is under way at a time. All
/// decisions that are made during a write are stored together in the next one. The class is not thread-safe: only its grain's scheduler may
/// call its methods.
/// </summary>
/// <param name="prepare">Called before a row is written, with the state after that row.</param>
/// <param name="stored">Called after each stored row, with the state and the version before it. It must not throw.</param>
/// <param name="broken">Called if another writer may have stored rows, or if the stored rows cannot be read.</param>
internal sealed partial class Journal<TState, TEvent>(
    JournalStore<TState, TEvent> store,
    TimeProvider clock,
    ILogger log,
    Func<TState, ImmutableArray<JournalEntry<TEvent>>, Task> prepare,
    Action<TState, long> stored,
    Action broken
)
    where TState : class, IAuthorityState<TState, TEvent>, new()
{
    /// <summary>After this many rows, the next snapshot is written. This limits how many rows a start reads.</summary>
    private const int SnapshotEvery = 256;

    private sealed class Group
    {
        public List<JournalEntry<TEvent>> Entries { get; } = [];
        public List<SaltedText> Texts { get; } = [];
        public Guid TextRow { get; } = Guid.NewGuid();
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private readonly Dictionary<string, long> _trail = [];
    private readonly Dictionary<GrainId, long> _received = [],
        _storedReceived = [];
    private readonly ProvenRows _rows = new(store.Journal, store.ReadRowAsync, store.ReadFirstRowAsync);
    private CommandMemory _commands = new();
    private TState? _head;
    private long _headVersion,
        _row,
        _snapshotRow,
        _lastMessage,
        _storedMessage;
    private byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private Group _current = new(),
        _next = new();
    private Task _writing = Task.CompletedTask,
        _snapshotting = Task.CompletedTask;

    public Outbox Outbox { get; private set; } = new();
    public Guid Epoch { get; private set; }
    public TState Stored { get; private set; } = new();
    public long StoredVersion { get; private set; }

    /// <exception cref="JournalWriteException">A write has just failed and the stored state is being read again.</exception>
    public TState Head => _head ?? throw new JournalWriteException("The last write failed. The stored state is being read again.");

    /// <summary>The version of <see cref="Head"/>.</summary>
    public long HeadVersion => _headVersion;

    /// <summary>Whether a row is being written, or stored rows are being read again.</summary>
    public bool IsBusy => !_writing.IsCompleted;

    public long Received(GrainId sender) => _received.GetValueOrDefault(sender);

    public bool IsRepeat(Guid command, out long version) => _commands.TryGet(command, out version);

    /// <summary>Reads the newest snapshot and the rows after the snapshot. Decisions that were not stored are dropped.</summary>
    public async Task LoadAsync()
    {
        _head = null;
        _trail.Clear();
        _received.Clear();
        _storedReceived.Clear();
        _commands = new();
        Outbox = new();
        var snapshot = await store.ReadSnapshotAsync();
        (Stored, StoredVersion, Epoch) = (snapshot?.State ?? new(), snapshot?.Version ?? 0, snapshot?.Epoch ?? Guid.Empty);
        (_row, _snapshotRow) = (snapshot?.Row ?? 0, snapshot?.Row ?? 0);
        _lastMessage = _storedMessage = snapshot?.LastMessage ?? 0;
        _hash = snapshot?.Hash ?? new byte[SHA256.HashSizeInBytes];
        if (snapshot is not null)
        {
            foreach (var message in snapshot.Outbox)
                Outbox.Add(message);
            foreach (var mark in snapshot.Received)
                _received[mark.Other] = _storedReceived[mark.Other] = mark.Number;
            foreach (var command in snapshot.Commands)
                _commands.Add(command.Id, command.Version);
            foreach (var link in snapshot.Trail)
                _trail[link.Subject] = link.Row;
        }
        _rows.Begin(_row, _hash, snapshot?.Marks ?? []);
        while (await store.ReadRowAsync(_row + 1) is { } row)
            Replay(row, store.Open(row));
        (_head, _headVersion) = (Stored, StoredVersion);
        if (_row > 0)
            store.Anchor(_row, _hash, read: true);
    }

    private void Replay(JournalRow row, JournalBody<TEvent> body)
    {
        if (row.Number != _row + 1 || !row.PreviousHash.AsSpan().SequenceEqual(_hash))
            throw new JournalAlteredException(store.Journal, row.Number, "does not follow the row before it");
        foreach (var entry in body.Entries)
        {
            Stored = Stored.Apply(entry);
            StoredVersion = entry.Version;
            Remember(entry);
        }
        Settle(row, body.Entries);
        foreach (var mark in body.Delivered)
            Outbox.Delivered(mark, record: false);
    }

    private void Remember(JournalEntry<TEvent> entry)
    {
        _commands.Add(entry.CommandId, entry.Version);
        if (entry.Received is { } mark)
            _received[mark.Other] = mark.Number;
        if (entry.Outbox.Length > 0)
            _lastMessage = entry.Outbox[^1].Number;
    }

    /// <summary>Updates the fields that describe stored rows, after a row is stored or read.</summary>
    private void Settle(JournalRow row, ImmutableArray<JournalEntry<TEvent>> entries)
    {
        (_row, _hash, Epoch) = (row.Number, row.Hash(), row.Epoch);
        _rows.Add(_row, _hash);
        foreach (var entry in entries)
        {
            foreach (var subject in entry.Subjects)
                _trail[subject] = row.Number;
            foreach (var message in entry.Outbox)
                Outbox.Add(message);
            if (entry.Outbox.Length > 0)
                _storedMessage = entry.Outbox[^1].Number;
            if (entry.Received is { } mark)
                _storedReceived[mark.Other] = mark.Number;
        }
    }

    /// <summary>
    /// Applies decisions to <see cref="Head"/> at once. The task completes when all of them are stored in one row. Its result is the
    /// version after the last decision.
    /// </summary>
    /// <exception cref="JournalWriteException">Nothing was acknowledged. The caller may try again with the same command id.</exception>
    public async Task<long> CommitAsync(ImmutableArray<Decision<TEvent>> decisions, MessageMark? received = null)
    {
        if (decisions.IsEmpty)
            return StoredVersion;
        var group = _next;
        foreach (var decision in decisions)
        {
            var entry = ToEntry(decision, received, group);
            _head = Head.Apply(entry);
            _headVersion = entry.Version;
            group.Entries.Add(entry);
            Remember(entry);
        }
        var version = _headVersion;
        if (_writing.IsCompleted)
            _writing = WriteAsync();
        await group.Done.Task;
        return version;
    }

    private JournalEntry<TEvent> ToEntry(Decision<TEvent> decision, MessageMark? received, Group group)
    {
        TextReference? reason = null;
        if (!string.IsNullOrEmpty(decision.Reason))
        {
            var text = SaltedText.Of(decision.Reason);
            reason = new TextReference(group.TextRow, group.Texts.Count, text.Hash());
            group.Texts.Add(text);
        }
        var (now, outbox) = (clock.GetUtcNow(), decision.Outbox);
        if (outbox.Length > 0)
        {
            var numbered = ImmutableArray.CreateBuilder<OutboxMessage>(outbox.Length);
            var number = _lastMessage;
            foreach (var message in outbox)
                numbered.Add(message with { Number = ++number, At = now });
            outbox = numbered.MoveToImmutable();
        }
        return new(_headVersion + 1, now, decision.By, decision.CommandId, decision.Events, outbox, reason, decision.Subjects, received);
    }

    /// <summary>
    /// Completes when the version is stored. If the commit of the version fails, throws the same exception as the commit.
    /// </summary>
    public Task WhenStoredAsync(long version) =>
        version <= StoredVersion ? Task.CompletedTask
        : _current.Entries.Count > 0 && version <= _current.Entries[^1].Version ? _current.Done.Task
        : _next.Done.Task;

    /// <summary>Completes when everything that has been decided so far is stored.</summary>
    public Task WhenAllStoredAsync() => WhenStoredAsync(_headVersion);

    /// <summary>Stores the deliveries that no row records yet, so that the messages are not sent again after a restart.</summary>
    public async Task RecordDeliveriesAsync()
    {
        // Waits for a write that is under way. Its row may have been built before the last delivery, and then it does not record that
        // delivery.
        while (!_writing.IsCompleted)
            await _writing;
        if (Outbox.HasUnrecorded && _head is not null)
            await (_writing = WriteAsync());
    }

    private async Task WriteAsync()
    {
        // Lets the grain finish its current turn first, so that all decisions of this turn share one row.
        await Task.Yield();
        do
        {
            (_current, _next) = (_next, new());
            var (before, versionBefore) = (Stored, StoredVersion);
            try
            {
                await StoreAsync(_current, Head);
            }
            catch (Exception failure)
            {
                store.Meter.Failed();
                await FailAsync(failure);
                return;
            }
            _current.Done.SetResult();
            stored(before, versionBefore);
            if (_row - _snapshotRow >= SnapshotEvery && _snapshotting.IsCompleted)
                _snapshotting = SnapshotAsync();
        } while (_next.Entries.Count > 0);
    }

    private async Task StoreAsync(Group group, TState after)
    {
        var began = Stopwatch.GetTimestamp();
        ImmutableArray<JournalEntry<TEvent>> entries = [.. group.Entries];
        await prepare(after, entries);
        if (group.Texts.Count > 0)
            await store.InsertTextsAsync(group.TextRow, new TextRow([.. group.Texts]));
        var body = new JournalBody<TEvent>(entries, Links(entries), Outbox.TakeUnrecorded());
        var row = store.Seal(_row + 1, Epoch == Guid.Empty ? Guid.NewGuid() : Epoch, _hash, body);
        await store.InsertRowAsync(row);
        store.Meter.Stored(entries, began);
        Settle(row, entries);
        store.Anchor(_row, _hash);
        Stored = after;
        if (entries.Length > 0)
            StoredVersion = entries[^1].Version;
    }

    private ImmutableArray<SubjectLink> Links(ImmutableArray<JournalEntry<TEvent>> entries)
    {
        HashSet<string> subjects = [];
        foreach (var entry in entries)
            subjects.UnionWith(entry.Subjects);
        var links = ImmutableArray.CreateBuilder<SubjectLink>(subjects.Count);
        foreach (var subject in subjects)
            if (_trail.TryGetValue(subject, out var row))
                links.Add(new SubjectLink(subject, row));
        return links.DrainToImmutable();
    }

    /// <summary>
    /// Reports a failed write to all callers that wait for the current group or the next one. Then loads the stored state again.
    /// </summary>
    private async Task FailAsync(Exception failure)
    {
        LogFailed(failure);
        _head = null;
        var told = new JournalWriteException("The write failed and nothing was acknowledged. Try again with the same command id.");
        foreach (var group in (Group[])[_current, _next])
        {
            group.Done.SetException(told);
            _ = group.Done.Task.Exception; // Marks the exception as observed, in case nobody waits for the group.
        }
        (_current, _next) = (new(), new());
        if (failure is InconsistentStateException)
            broken();
        await ReloadAsync();
    }

    /// <summary>
    /// Writes a snapshot of the stored state while commits go on. If this fails, the only effect is that a start reads more rows.
    /// </summary>
    private async Task SnapshotAsync()
    {
        var snapshotBefore = _snapshotRow;
        var snapshot = ToSnapshot();
        _snapshotRow = _row;
        try
        {
            await store.WriteSnapshotAsync(snapshot);
        }
        catch (Exception failure)
        {
            LogFailed(failure);
            _snapshotRow = Math.Max(snapshotBefore, _row - (SnapshotEvery * 7 / 8)); // tries again later, but not with each commit
        }
    }

    private JournalSnapshot<TState> ToSnapshot() =>
        new(
            Epoch,
            _row,
            _hash,
            StoredVersion,
            Stored,
            _storedMessage,
            Outbox.ToSnapshot(),
            [.. _storedReceived.Select(r => new MessageMark(r.Key, r.Value))],
            _commands.ToSnapshot(StoredVersion),
            [.. _trail.Select(t => new SubjectLink(t.Key, t.Value))],
            _rows.ToSnapshot()
        );

    [LoggerMessage(Level = LogLevel.Error, Message = "A journal could not be written or read.")]
    private partial void LogFailed(Exception failure);

    /// <summary>Waits for the writes that are under way. Then writes a snapshot if the next start would otherwise read many rows.</summary>
    public async Task CloseAsync()
    {
        await _writing;
        await RecordDeliveriesAsync();
        await _snapshotting;
        if (_head is not null && _row - _snapshotRow > SnapshotEvery / 8)
            await SnapshotAsync();
    }
}
