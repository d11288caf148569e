using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>
/// Sends an authority's stored messages: in order for each destination, to at most four destinations at a time, and again after a failure.
/// </summary>
internal sealed partial class OutboxPump(
    Func<Outbox> outbox,
    IGrainFactory grains,
    GrainId sender,
    TimeProvider clock,
    ILogger log,
    Func<Task> allDelivered
)
{
    private const int Batch = 64,
        AtATime = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a destination rests after a delivery. Replaceable messages, which a newer message may replace, wait until the rest is over.
    /// If a message waits that is not replaceable, all messages are sent at once. If ten replaceable messages with the same key follow each
    /// other within a second, the destination therefore usually receives only two of them.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<GrainId, (DateTimeOffset RetryAt, TimeSpan Pause)> _failing = [];
    private readonly HashSet<GrainId> _sending = [],
        _resting = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Starts sending to destinations to which nothing is being sent and that need not wait after a delivery or a failure. Returns at once.
    /// </summary>
    public void Kick()
    {
        if (_stopped.Task.IsCompleted)
            return;
        var now = clock.GetUtcNow();
        foreach (var destination in outbox().Destinations)
        {
            if (_sending.Count >= AtATime)
                return;
            if (
                _sending.Contains(destination)
                || (_resting.Contains(destination) && !outbox().HasLasting(destination))
                || (_failing.TryGetValue(destination, out var failure) && failure.RetryAt > now)
            )
                continue;
            _sending.Add(destination);
            _ = SendAsync(destination);
        }
    }

    public void Stop() => _stopped.TrySetResult();

    private async Task SendAsync(GrainId destination)
    {
        await Task.Yield();
        try
        {
            var receiver = grains.GetGrain(destination).AsReference<IOutboxReceiver>();
            while (!_stopped.Task.IsCompleted && outbox().Peek(destination, Batch) is { Length: > 0 } batch)
            {
                await receiver.ReceiveAsync(sender, batch);
                outbox().Delivered(new MessageMark(destination, batch[^1].Number), record: true);
            }
            _failing.Remove(destination);
        }
        catch (Exception failure)
        {
            var pause = _failing.TryGetValue(destination, out var before) ? before.Pause * 2 : TimeSpan.FromSeconds(1);
            if (pause > LongestPause)
                pause = LongestPause;
            _failing[destination] = (clock.GetUtcNow() + pause, pause);
            LogNotDelivered(destination, pause, failure);
            if (!_stopped.Task.IsCompleted)
                _ = RetryAfterAsync(destination, pause);
        }
        _sending.Remove(destination);
        if (!_stopped.Task.IsCompleted && _resting.Add(destination))
            _ = RestAsync(destination);
        Kick();
        if (_sending.Count == 0 && outbox().IsEmpty && !_stopped.Task.IsCompleted)
            await allDelivered();
    }

    private async Task RestAsync(GrainId destination)
    {
        await WaitAsync(Rest);
        _resting.Remove(destination);
        Kick();
    }

    private async Task RetryAfterAsync(GrainId destination, TimeSpan pause)
    {
        await WaitAsync(pause);
        // A timer may fire a moment before the clock shows its time.
        if (_failing.TryGetValue(destination, out var failure))
            _failing[destination] = failure with { RetryAt = DateTimeOffset.MinValue };
        Kick();
    }

    /// <summary>If the grain is deactivated first, its reminder continues the work.</summary>
    private async Task WaitAsync(TimeSpan pause) => await Task.WhenAny(Task.Delay(pause, clock), _stopped.Task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages to {Destination} could not be delivered. Next attempt in {Pause}.")]
    private partial void LogNotDelivered(GrainId destination, TimeSpan pause, Exception failure);
}
