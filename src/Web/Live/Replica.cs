using System.Collections.Immutable;
using System.Threading.Channels;
using ConsultHub.Live;

namespace ConsultHub.Web.Live;

/// <summary>What a web node knows of an authority, at one version.</summary>
public sealed record ReplicaState(LivePosition Position, ImmutableDictionary<string, TopicItem> Items, Tombstones Tombstones)
{
    private const int TombstonesKept = 2_000;

    /// <summary>
    /// Whether a delta from the position can be told. Where nothing had been stored yet, everything is new and nothing can have left.
    /// </summary>
    public bool CanTellFrom(LivePosition since) =>
        since == default || (since.Epoch == Position.Epoch && since.Version <= Position.Version && since.Version >= Tombstones.From);

    public bool IsBehind(LivePosition told) => told.Epoch == Position.Epoch && told.Version > Position.Version;

    public static ReplicaState Of(LiveChange snapshot) =>
        new(snapshot.To, snapshot.Items.ToImmutableDictionary(i => i.Key), new Tombstones(snapshot.Removed, snapshot.TombstonesFrom));

    /// <summary>With a change on top; an item never gives way to an older version of itself.</summary>
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
/// The one read-only copy that this node keeps of an authority somebody watches. Fed by one observer; a gap, found by what a change
/// builds on or by the version that a renewal answers with, is closed by reading since the last known position.
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

    public Replica(ILiveAuthority authority, IGrainFactory grains, TimeProvider clock)
    {
        (_authority, _grains, _clock) = (authority, grains, clock);
        _reference = grains.CreateObjectReference<ILiveObserver>(this); // weak: this object is kept by LiveTopics
        _feeding = FeedAsync();
    }

    /// <summary>Raised after each change of <see cref="State"/>; handlers only signal.</summary>
    public event Action? Changed;

    /// <summary>Topics that use the replica; whoever counts them sees to it that they take turns.</summary>
    public int Users { get; set; }

    public ReplicaState State => _state ?? throw new InvalidOperationException("The replica has not been read yet.");

    public Task ChangedAsync(LiveChange change)
    {
        _changes.Writer.TryWrite((change, null));
        return Task.CompletedTask;
    }

    /// <summary>Registers, and reads for the first time: once for all topics, again after a failure.</summary>
    public Task StartAsync()
    {
        lock (_gate)
            return _started is null or { IsFaulted: true } ? _started = FirstReadAsync() : _started;
    }

    private async Task FirstReadAsync()
    {
        await _authority.ObserveAsync(_reference);
        if (_state is null)
            Interlocked.CompareExchange(ref _state, ReplicaState.Of(await _authority.ReadSinceAsync(null)), null);
        _changes.Writer.TryWrite((null, null)); // whatever came before the first read is repaired by a second
    }

    /// <summary>Renews the registration; the answer shows whether something was missed. One that is still under way is not joined by
    /// another.</summary>
    public Task RenewAsync()
    {
        lock (_gate)
            return _renewed is null or { IsCompleted: true } ? _renewed = RenewNowAsync() : Task.CompletedTask;
    }

    private async Task RenewNowAsync()
    {
        var position = await _authority.ObserveAsync(_reference);
        if (_state is { } state && position != state.Position)
            _changes.Writer.TryWrite((null, null));
    }

    /// <summary>Completes once the state holds everything that was stored when this was called: whoever was answered reads what was
    /// done.</summary>
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
                // The authority cannot be read just now, whatever the reason; the next renewal asks again, and says what is wrong.
                done?.TrySetException(failure);
            }
            done?.TrySetResult();
        }
    }

    private async Task ReadSinceAsync(ReplicaState state)
    {
        var change = await _authority.ReadSinceAsync(state.Position);
        if (change.To == state.Position)
            return;
        Set(After(state, change));
    }

    private static ReplicaState After(ReplicaState state, LiveChange change) =>
        change.From is null ? ReplicaState.Of(change) : state.With(change);

    private void Set(ReplicaState state)
    {
        _state = state;
        Changed?.Invoke();
    }
}
