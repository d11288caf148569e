using System.Collections.Immutable;
using System.Threading.Channels;
using ConsultHub.Live;

namespace ConsultHub.Web.Live;

/// <summary>The state of an authority on a web node, at one version.</summary>
public sealed record ReplicaState(LivePosition Position, ImmutableDictionary<string, TopicItem> Items, Tombstones Tombstones)
{
    private const int TombstonesKept = 2_000;

    /// <summary>
    /// Whether a delta from the position can be computed. A watcher whose position is from before the first row needs no tombstones.
    /// </summary>
    public bool CanTellFrom(LivePosition since) =>
        since == default || (since.Epoch == Position.Epoch && since.Version <= Position.Version && since.Version >= Tombstones.From);

    public bool IsBehind(LivePosition told) => told.Epoch == Position.Epoch && told.Version > Position.Version;

    public static ReplicaState Of(LiveChange snapshot) =>
        new(snapshot.To, snapshot.Items.ToImmutableDictionary(i => i.Key), new Tombstones(snapshot.Removed, snapshot.TombstonesFrom));

    /// <summary>Returns this state with a change applied. An older version of an item never replaces a newer one.</summary>
    public ReplicaState With(LiveChange change)
    {
        var items = Items.ToBuilder();
        foreach (var gone in change.Removed)
            if (items.TryGetValue(gone.Key, out var item) && item.Version <= gone.Version)
                items.Remove(gone.Key);
        foreach (var item in change.Items)
            if (!items.TryGetValue(item.Key, out var known) || known.Version <= item.Version)
                items[item.Key] = item;
        return new(change.To, items.ToImmutable(), Tombstones.With(change.Removed, TombstonesKept));
    }
}

/// <summary>
/// This node's only copy of an authority that somebody watches. It is read-only, and one observer keeps it current. A change was missed if
/// the next change starts from a version that the replica does not have, or if a renewal answers with another version. The replica then
/// reads everything since its last position.
/// </summary>
internal sealed class Replica : ILiveObserver
{
    private readonly ILiveAuthority _authority;
    private readonly ILiveObserver _reference;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly Channel<(LiveChange? Change, TaskCompletionSource? Done)> _changes = Channel.CreateUnbounded<(
        LiveChange?,
        TaskCompletionSource?
    )>(new() { SingleReader = true });
    private readonly Task _feeding;
    private readonly Lock _gate = new();
    private Task? _started,
        _renewed;
    private volatile ReplicaState? _state;
    private long _confirmed;

    public Replica(ILiveAuthority authority, IGrainFactory grains, TimeProvider clock)
    {
        (_authority, _grains, _clock) = (authority, grains, clock);
        _reference = grains.CreateObjectReference<ILiveObserver>(this); // a weak reference; LiveTopics keeps this object alive
        _feeding = FeedAsync();
    }

    /// <summary>Raised after each change of <see cref="State"/>, but not after the first read. Handlers must return at once.</summary>
    public event Action? Changed;

    /// <summary>How many topics and borrowers use the replica. LiveTopics changes this number under its lock.</summary>
    public int Users { get; set; }

    public ReplicaState State => _state ?? throw new InvalidOperationException("The replica has not been read yet.");

    /// <summary>
    /// How long ago the authority last confirmed that the replica has everything. This uses no wall clock, so a clock that jumps does not
    /// change it.
    /// </summary>
    public TimeSpan SinceConfirmed => _clock.GetElapsedTime(Interlocked.Read(ref _confirmed));

    public Task ChangedAsync(LiveChange change)
    {
        _changes.Writer.TryWrite((change, null));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Registers the observer and reads the state for the first time. This happens once for all topics, and again after a failure.
    /// </summary>
    public Task StartAsync()
    {
        lock (_gate)
            return _started is null or { IsFaulted: true } ? _started = FirstReadAsync() : _started;
    }

    private async Task FirstReadAsync()
    {
        var began = _clock.GetTimestamp();
        await _authority.ObserveAsync(_reference);
        if (_state is null)
            Interlocked.CompareExchange(ref _state, ReplicaState.Of(await _authority.ReadSinceAsync(null)), null);
        Interlocked.Exchange(ref _confirmed, began);
        _changes.Writer.TryWrite((null, null)); // reads again, because a change before the first read may be lost
    }

    /// <summary>
    /// Renews the registration. The answer shows whether a change was missed. This method does nothing while an earlier renewal is under
    /// way.
    /// </summary>
    public Task RenewAsync()
    {
        lock (_gate)
            return _renewed is null or { IsCompleted: true } ? _renewed = RenewNowAsync() : Task.CompletedTask;
    }

    private async Task RenewNowAsync()
    {
        var began = _clock.GetTimestamp();
        var position = await _authority.ObserveAsync(_reference);
        if (_state is not { } state)
            return;
        if (position == state.Position)
            Interlocked.Exchange(ref _confirmed, began);
        else
            _changes.Writer.TryWrite((null, null));
    }

    /// <summary>
    /// Completes when the state holds everything that was stored before this call. So a client whose change was acknowledged also reads
    /// that change.
    /// </summary>
    public async Task CatchUpAsync()
    {
        var position = await _authority.ObserveAsync(_reference);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (position != State.Position && _changes.Writer.TryWrite((null, done)))
            await done.Task;
    }

    public async Task StopAsync()
    {
        _changes.Writer.TryComplete();
        await _feeding;
        await _authority.UnobserveAsync(_reference);
        _grains.DeleteObjectReference<ILiveObserver>(_reference);
    }

    private async Task FeedAsync()
    {
        await foreach (var (change, done) in _changes.Reader.ReadAllAsync())
        {
            if (_state is not { } state)
                continue;
            try
            {
                if (change is null)
                    await ReadSinceAsync(state);
                else if (change.To.Epoch != state.Position.Epoch || change.From > state.Position.Version)
                {
                    LiveMeter.Gaps.Add(1);
                    await ReadSinceAsync(state);
                }
                else if (change.To.Version > state.Position.Version)
                    Set(After(state, change));
                if (change?.StoredAt is { } storedAt)
                    LiveMeter.RelayLag.Record(Math.Max(0, (_clock.GetUtcNow() - storedAt).TotalSeconds));
            }
            catch (Exception failure)
            {
                // The authority cannot be read now. The next renewal tries again. Only a renewal that fails is logged.
                done?.TrySetException(failure);
            }
            done?.TrySetResult();
        }
    }

    private async Task ReadSinceAsync(ReplicaState state)
    {
        var began = _clock.GetTimestamp();
        var change = await _authority.ReadSinceAsync(state.Position);
        if (change.To != state.Position)
            Set(After(state, change));
        Interlocked.Exchange(ref _confirmed, began);
    }

    private static ReplicaState After(ReplicaState state, LiveChange change) =>
        change.From is null ? ReplicaState.Of(change) : state.With(change);

    private void Set(ReplicaState state)
    {
        _state = state;
        Changed?.Invoke();
    }
}
