namespace ConsultHub.Web.Hosting;

/// <summary>Collects what many say at once and sends it together: the first at once, what comes meanwhile with the next. Each is answered
/// when its own batch is.</summary>
/// <param name="pace">The least time between two batches.</param>
/// <param name="send">Answers each of a batch, in its order.</param>
/// <param name="hurry">From then on nothing waits for the pace: the node is being stopped.</param>
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
    private readonly Queue<(T Said, TaskCompletionSource<string?> Answer)> _waiting = new();
    private bool _sending;

    /// <summary>Whether nothing waits or is under way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return !_sending;
        }
    }

    /// <exception cref="TimeoutException">Too much waits already.</exception>
    public Task<string?> SayAsync(T said)
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting)
                throw new TimeoutException("More is being said than can be stored.");
            _waiting.Enqueue((said, answer));
            if (!_sending)
                _ = SendAsync();
            _sending = true;
        }
        return answer.Task;
    }

    private async Task SendAsync()
    {
        await Task.Yield(); // what comes in the same moment goes along
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                var answers = await send([.. batch.Select(b => b.Said)]);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Answer.SetResult(answers[i]);
            }
            catch (Exception failure) // whatever it was, each of those who wait is told
            {
                foreach (var (_, answer) in batch)
                    answer.SetException(failure);
            }
            await Task.Delay(pace, clock, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Empty where nothing waits; then the next to say something begins anew.</summary>
    private List<(T Said, TaskCompletionSource<string?> Answer)> Take()
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
