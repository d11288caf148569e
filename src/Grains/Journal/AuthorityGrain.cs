using System.Collections.Immutable;
using ConsultHub.Live;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>
/// A grain that owns its state: no other grain changes it. It makes each decision on the immutable <see cref="Head"/> and stores decisions
/// in groups. Others learn only of decisions that are stored: other authorities through the outbox, and browsers through the web nodes that
/// observe the grain. Grain classes are reentrant. Therefore a decision must not await anything between reading <see cref="Head"/> and
/// calling <see cref="CommitAsync"/>.
/// </summary>
/// <typeparam name="TState">A bounded, immutable and serializable state.</typeparam>
/// <typeparam name="TEvent">A serializable event, named in the past tense.</typeparam>
public abstract partial class AuthorityGrain<TState, TEvent> : Grain, ILiveAuthority, IOutboxReceiver, IRemindable, IAwakeAuthority
    where TState : class, IAuthorityState<TState, TEvent>, new()
{
    private const string ReminderName = "reconcile";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1),
        ReminderGrace = TimeSpan.FromSeconds(30);

    private readonly Journal<TState, TEvent> _journal;
    private readonly OutboxPump _pump;
    private readonly LiveObservers _observers;
    private readonly ILogger _log;
    private IGrainReminder? _reminder;
    private long _reminderDue = long.MaxValue; // in UTC ticks, also read by other threads, MaxValue if no reminder is registered

    /// <param name="stateName">A name that no other grain class uses. Rows are stored under this name and not under the name of the
    /// class.</param>
    protected AuthorityGrain(string stateName, AuthorityServices services)
    {
        Clock = services.Clock;
        _log = services.Loggers.CreateLogger(GetType());
        _journal = new(new(services, stateName, this.GetGrainId()), Clock, _log, PrepareAsync, Publish, DeactivateOnIdle);
        _pump = new(() => _journal.Outbox, GrainFactory, this.GetGrainId(), Clock, _log, _journal.RecordDeliveriesAsync);
        _observers = new(Clock);
    }

    protected TimeProvider Clock { get; }

    /// <summary>The state after all decisions, including those that are not stored yet. The next decision is based on it.</summary>
    protected TState Head => _journal.Head;

    /// <summary>The version of <see cref="Head"/>. The next decision gets the version after it.</summary>
    protected long HeadVersion => _journal.HeadVersion;

    /// <summary>The state after all stored decisions. Readers and observers get this state.</summary>
    protected TState Stored => _journal.Stored;

    protected long StoredVersion => _journal.StoredVersion;

    /// <summary>
    /// Whether the command was already decided. If so, <paramref name="version"/> is the version after that decision. Only the newest
    /// <see cref="CommandMemory.Capacity"/> commands are remembered.
    /// </summary>
    protected bool IsRepeat(Guid command, out long version) => _journal.IsRepeat(command, out version);

    /// <summary>Completes when the version is stored.</summary>
    protected Task WhenStoredAsync(long version) => _journal.WhenStoredAsync(version);

    /// <summary>Completes when everything that has been decided so far is stored.</summary>
    protected Task WhenAllStoredAsync() => _journal.WhenAllStoredAsync();

    /// <summary>
    /// Applies a decision to <see cref="Head"/> at once. The task completes when the decision is stored. Its result is the version after
    /// the decision.
    /// </summary>
    /// <exception cref="JournalWriteException">The write failed and nothing was acknowledged. The caller may try again with the same
    /// command id.</exception>
    protected Task<long> CommitAsync(Decision<TEvent> decision) => _journal.CommitAsync([decision]);

    /// <summary>
    /// Works like <see cref="CommitAsync"/> for several decisions. They are stored in one row, all or none. The result is the version of
    /// the last decision.
    /// </summary>
    protected Task<long> CommitAllAsync(ImmutableArray<Decision<TEvent>> decisions) => _journal.CommitAsync(decisions);

    /// <summary>Reads stored entries with their free text, the newest first.</summary>
    /// <param name="subject">The subject whose entries are read, or null for all entries.</param>
    /// <param name="before">Only entries with a lower version are read.</param>
    protected IAsyncEnumerable<(JournalEntry<TEvent> Entry, string? Reason)> HistoryAsync(string? subject, long? before) =>
        _journal.HistoryAsync(subject, before);

    /// <summary>Returns the version of the first stored entry that was decided at the given time or later. Null if there is none.</summary>
    protected Task<long?> VersionAtAsync(DateTimeOffset at) => _journal.VersionAtAsync(at);

    /// <summary>
    /// Erases the free texts of stored entries for good. Their salted hashes stay, so the chain of rows stays whole. Backups keep the
    /// texts that they have.
    /// </summary>
    /// <param name="from">The number of the first row, or 0.</param>
    /// <param name="most">How many rows are read at most.</param>
    /// <returns>The number of the row with which to go on. Null if no row is left.</returns>
    protected Task<long?> EraseReasonsAsync(long from, int most) => _journal.EraseTextsAsync(from, most);

    /// <summary>
    /// Reads rows that an operator's command may have stored while this grain was active. Each call reads the storage, so call it only
    /// where such rows make a difference.
    /// </summary>
    protected Task CatchUpAsync() => _journal.CatchUpAsync();

    /// <summary>Reads from other grains the data that <see cref="Receive"/> will need.</summary>
    protected virtual Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message) => Task.CompletedTask;

    /// <summary>Returns the decision to which a message leads, based on <see cref="Head"/>. Null if the message changes nothing.</summary>
    protected virtual Decision<TEvent>? Receive(GrainId sender, OutboxMessage message) => null;

    /// <summary>Whether the reminder is needed even if all messages are delivered, for example because of an open deadline.</summary>
    protected virtual bool HasOpenWork(TState state) => false;

    /// <summary>Whether the grain still has to send others something that is not an outbox message. May be called on any thread.</summary>
    protected virtual bool IsTelling(TState state) => false;

    /// <summary>
    /// Does the work that is overdue. This method is called after activation and by the reminder. Calling it at any other time, or more
    /// than once, must do no harm.
    /// </summary>
    protected virtual Task ReconcileAsync() => Task.CompletedTask;

    /// <summary>Called after each stored commit, for example to set timers.</summary>
    protected virtual void OnStored(TState before, TState after) { }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _journal.LoadAsync();
        if (!_journal.Outbox.IsEmpty || HasOpenWork(Stored))
            ExpectReminder();
        AwakeAuthorities.Add(this);
        // Activation does not await this work, because the work may call grains that call this grain.
        this.RegisterGrainTimer(
            ReconcileAndSendAsync,
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true }
        );
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        AwakeAuthorities.Remove(this);
        _pump.Stop();
        await _journal.CloseAsync();
    }

    public Task<LivePosition> ObserveAsync(ILiveObserver observer)
    {
        _observers.Renew(observer);
        return Task.FromResult(Position);
    }

    public Task UnobserveAsync(ILiveObserver observer)
    {
        _observers.Remove(observer);
        return Task.CompletedTask;
    }

    public Task<LiveChange> ReadSinceAsync(LivePosition? since) =>
        Task.FromResult(
            since == Position ? new LiveChange(StoredVersion, Position, [], []) // the usual answer, so nothing is searched
            : since is { } known
            && known.Epoch == _journal.Epoch
            && known.Version <= StoredVersion
            && Stored.Tombstones.Since(known.Version) is { } removed
                ? new LiveChange(known.Version, Position, [.. Stored.ItemsSince(known.Version)], [.. removed])
            : Snapshot()
        );

    public async Task ReceiveAsync(GrainId sender, ImmutableArray<OutboxMessage> messages)
    {
        List<Task> commits = [];
        foreach (var message in messages)
        {
            if (message.Number <= _journal.Received(sender))
                continue;
            await PrepareToReceiveAsync(sender, message);
            if (message.Number <= _journal.Received(sender))
                continue;
            var decision = Receive(sender, message) ?? new Decision<TEvent>(Actor.System, Guid.Empty, []);
            commits.Add(_journal.CommitAsync([decision], new MessageMark(sender, message.Number)));
        }
        await Task.WhenAll(commits);
        // Waits even if all messages were repeats, because the decisions on their first copies may not be stored yet.
        await _journal.WhenAllStoredAsync();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        ExpectReminder();
        return ReconcileAndSendAsync(default);
    }

    TimeSpan IAwakeAuthority.OutboxAge => _journal.Outbox.Oldest is { } oldest ? Clock.GetUtcNow() - oldest : TimeSpan.Zero;

    long? IAwakeAuthority.RestsAt => _journal.IsBusy || !_journal.Outbox.IsEmpty || IsTelling(Stored) ? null : StoredVersion;

    bool IAwakeAuthority.IsReminderLate =>
        Volatile.Read(ref _reminderDue) is var due and < long.MaxValue && Clock.GetUtcNow().UtcTicks > due + ReminderGrace.Ticks;

    private void ExpectReminder() => Volatile.Write(ref _reminderDue, (Clock.GetUtcNow() + ReminderPeriod).UtcTicks);

    /// <summary>The position of <see cref="Stored"/>.</summary>
    protected LivePosition Position => new(_journal.Epoch, StoredVersion);

    private LiveChange Snapshot() => new(null, Position, [.. Stored.ItemsSince(-1)], Stored.Tombstones.Kept, Stored.Tombstones.From);

    private async Task ReconcileAndSendAsync(CancellationToken cancel)
    {
        await ReconcileAsync();
        _pump.Kick();
        if (HasOpenWork(Stored))
            // An earlier release may have seen no open work in the same state. Then there is no reminder yet.
            _reminder ??=
                await this.GetReminder(ReminderName, cancel)
                ?? await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod, cancel);
        if (_journal.IsBusy || !_journal.Outbox.IsEmpty || HasOpenWork(Stored))
            return;
        var reminder = _reminder ?? await this.GetReminder(ReminderName, cancel);
        _reminder = null;
        Volatile.Write(ref _reminderDue, long.MaxValue);
        if (reminder is null)
            return;
        try
        {
            await this.UnregisterReminder(reminder, cancel);
        }
        catch (ReminderException)
        {
            // A commit that needs the reminder has registered it again in the meantime.
        }
    }

    /// <summary>Registers the reminder before the row that needs it is stored.</summary>
    private async Task PrepareAsync(TState after, ImmutableArray<JournalEntry<TEvent>> entries)
    {
        if (_reminder is not null || !(HasOpenWork(after) || entries.Any(e => e.Outbox.Length > 0)))
            return;
        _reminder = await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        ExpectReminder();
    }

    private void Publish(TState before, long versionBefore)
    {
        try
        {
            _observers.Tell(() =>
                (
                    Stored.Tombstones.Since(versionBefore) is { } removed
                        ? new LiveChange(versionBefore, Position, [.. Stored.ItemsSince(versionBefore)], [.. removed])
                        // So many items left the topic at once that some of their tombstones were dropped.
                        : Snapshot()
                ) with
                {
                    StoredAt = Clock.GetUtcNow(),
                }
            );
            OnStored(before, Stored);
            _pump.Kick();
        }
        catch (Exception failure)
        {
            LogNotTold(failure);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A stored change could not be sent to the observers. They will notice the gap when they renew their registration."
    )]
    private partial void LogNotTold(Exception failure);
}
