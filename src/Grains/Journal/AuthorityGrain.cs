using System.Collections.Immutable;
using ConsultHub.Live;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>
/// A grain that alone decides about its state: it decides on an immutable head, stores in groups, and tells only what is stored:
/// other authorities by outbox, browsers by the web nodes that observe it. Grain classes are reentrant, so decisions are made
/// without awaiting between reading <see cref="Head"/> and <see cref="CommitAsync"/>.
/// </summary>
/// <typeparam name="TState">Bounded, immutable, serializable.</typeparam>
/// <typeparam name="TEvent">What happened, in the past tense; serializable.</typeparam>
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
    private long _reminderDue = long.MaxValue; // ticks of UTC, seen from outside too; never where none stands

    /// <param name="stateName">Unique for each grain class: stored rows are keyed by it, not by the class.</param>
    protected AuthorityGrain(string stateName, AuthorityServices services)
    {
        Clock = services.Clock;
        _log = services.Loggers.CreateLogger(GetType());
        _journal = new(new(services, stateName, this.GetGrainId()), Clock, _log, PrepareAsync, Publish, DeactivateOnIdle);
        _pump = new(() => _journal.Outbox, GrainFactory, this.GetGrainId(), Clock, _log, _journal.RecordDeliveriesAsync);
        _observers = new(Clock);
    }

    protected TimeProvider Clock { get; }

    /// <summary>All that has been decided, stored or not: what the next decision is made on.</summary>
    protected TState Head => _journal.Head;

    /// <summary>What is stored: what is served and told.</summary>
    protected TState Stored => _journal.Stored;

    protected long StoredVersion => _journal.StoredVersion;

    /// <summary>Whether a command was decided before (among the newest few thousand), and the version it led to.</summary>
    protected bool IsRepeat(Guid command, out long version) => _journal.IsRepeat(command, out version);

    /// <summary>Completes once the version is stored.</summary>
    protected Task WhenStoredAsync(long version) => _journal.WhenStoredAsync(version);

    /// <summary>Completes once all that is decided now is stored.</summary>
    protected Task WhenAllStoredAsync() => _journal.WhenAllStoredAsync();

    /// <summary>Applies a decision to the head at once and completes with its version when it is stored.</summary>
    /// <exception cref="JournalWriteException">The write failed: nothing was acknowledged; a repeat carries the same command
    /// id.</exception>
    protected Task<long> CommitAsync(Decision<TEvent> decision) => _journal.CommitAsync([decision]);

    /// <summary>As <see cref="CommitAsync"/> for several decisions: one row, all or nothing; the last one's version.</summary>
    protected Task<long> CommitAllAsync(ImmutableArray<Decision<TEvent>> decisions) => _journal.CommitAsync(decisions);

    /// <summary>Stored entries newest first, with their free text.</summary>
    /// <param name="subject">One subject's, or everything where null.</param>
    /// <param name="before">Only versions below it.</param>
    protected IAsyncEnumerable<(JournalEntry<TEvent> Entry, string? Reason)> HistoryAsync(string? subject, long? before) =>
        _journal.HistoryAsync(subject, before);

    /// <summary>Reads again where an operator's command has written beside this grain. Costs a read; for what such a command leads to
    /// alone.</summary>
    protected Task CatchUpAsync() => _journal.CatchUpAsync();

    /// <summary>Fetches what <see cref="Receive"/> will need from others.</summary>
    protected virtual Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message) => Task.CompletedTask;

    /// <summary>What a message leads to, decided on <see cref="Head"/>; null where it changes nothing.</summary>
    protected virtual Decision<TEvent>? Receive(GrainId sender, OutboxMessage message) => null;

    /// <summary>Whether the reminder must stay for other reasons than undelivered messages, such as an open deadline.</summary>
    protected virtual bool HasOpenWork(TState state) => false;

    /// <summary>Whether others have yet to be told something that is no message. Any thread may ask.</summary>
    protected virtual bool IsTelling(TState state) => false;

    /// <summary>Brings about what is overdue: called after activation and by the reminder. May be called at any time and more than
    /// once.</summary>
    protected virtual Task ReconcileAsync() => Task.CompletedTask;

    /// <summary>Called after each stored commit, for timers and the like.</summary>
    protected virtual void OnStored(TState before, TState after) { }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _journal.LoadAsync();
        if (!_journal.Outbox.IsEmpty || HasOpenWork(Stored))
            ExpectReminder();
        AwakeAuthorities.Add(this);
        // Not awaited here: it may call grains that call back.
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
            since is { } known
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
        // Also where a message was a repeat: what it repeats may be decided and not yet stored.
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

    private LivePosition Position => new(_journal.Epoch, StoredVersion);

    private LiveChange Snapshot() => new(null, Position, [.. Stored.ItemsSince(-1)], Stored.Tombstones.Kept, Stored.Tombstones.From);

    private async Task ReconcileAndSendAsync(CancellationToken cancel)
    {
        await ReconcileAsync();
        _pump.Kick();
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
            // Registered anew meanwhile, by a commit that needs it.
        }
    }

    /// <summary>The reminder stands before what it guards is stored.</summary>
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
                        // More left at once than is remembered.
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

    [LoggerMessage(Level = LogLevel.Error, Message = "A stored change could not be told; observers find the gap when they renew.")]
    private partial void LogNotTold(Exception failure);
}
