namespace ConsultHub.Web.Hosting;

/// <summary>
/// Collects the calls of many callers and sends them in batches. A call that arrives during a batch, or during the pause after it, waits
/// for the next batch. Any other call is sent at once. Each call is answered together with its batch.
/// </summary>
/// <param name="pace">The least time between two batches.</param>
/// <param name="send">Sends a batch and returns its answers in the same order.</param>
/// <param name="hurry">Cancelled when the node stops. Then no batch waits for the pace.</param>
internal sealed class Batch<T>(
    TimeSpan pace,
    TimeProvider clock,
    Func<IReadOnlyList<T>, Task<IReadOnlyList<string?>>> send,
    CancellationToken hurry = default
)
{
    private const int MostAtOnce = 5_000,
        MostWaiting = 50_000;

    private readonly Lock _lock = new();
    private readonly Queue<(T Input, TaskCompletionSource<string?> Answer)> _waiting = new();
    private bool _sending;

    /// <summary>True if no call waits, no batch is being sent, and the pause after the last batch is over.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return !_sending;
        }
    }

    /// <exception cref="TimeoutException">50,000 calls wait already.</exception>
    public Task<string?> SayAsync(T said)
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting)
                throw new TimeoutException("Calls arrive faster than they can be stored.");
            _waiting.Enqueue((said, answer));
            if (!_sending)
                _ = SendAsync();
            _sending = true;
        }
        return answer.Task;
    }

    private async Task SendAsync()
    {
        await Task.Yield(); // so that the batch includes calls of the same moment
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                var answers = await send([.. batch.Select(b => b.Input)]);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Answer.SetResult(answers[i]);
            }
            catch (Exception failure) // each call of the batch gets the failure, whatever it was
            {
                foreach (var (_, answer) in batch)
                    answer.SetException(failure);
            }
            await Task.Delay(pace, clock, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The next batch. It is empty when no call waits, and then the next call starts sending again.</summary>
    private List<(T Input, TaskCompletionSource<string?> Answer)> Take()
    {
        lock (_lock)
        {
            List<(T, TaskCompletionSource<string?>)> batch = [];
            while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var next))
                batch.Add(next);
            _sending = batch.Count > 0;
            return batch;
        }
    }
}
