using System.Collections.Concurrent;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Wrong passwords by account and address together. Each is answered later than the one before, and the right one at once: so nobody can
/// lock
/// another person out by trying from the same address. How many tries an address has at all is a limit of its own.
/// </summary>
internal sealed class WrongTries(TimeProvider clock)
{
    /// <summary>What people mistype before it costs time.</summary>
    private const int Free = 3;

    private const int MostKept = 10_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.25),
        Longest = TimeSpan.FromSeconds(4),
        Remembered = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Account, string Address), (int Count, DateTimeOffset Last)> _tries = new();

    /// <summary>How long the next wrong try is answered late, after so many.</summary>
    public static TimeSpan DelayAfter(int wrong) =>
        wrong < Free ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(wrong - Free, 10)));

    /// <returns>How long the answer waits.</returns>
    public TimeSpan Note(string account, string address)
    {
        var now = clock.GetUtcNow();
        if (_tries.Count >= MostKept)
            Forget(now);
        var (count, _) = _tries.AddOrUpdate(
            (account, address),
            (1, now),
            (_, before) => (now - before.Last > Remembered ? 1 : before.Count + 1, now)
        );
        return DelayAfter(count - 1);
    }

    /// <summary>The right password has come.</summary>
    public void Clear(string account, string address) => _tries.TryRemove((account, address), out _);

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, (_, last)) in _tries)
            if (now - last > Remembered || _tries.Count >= MostKept)
                _tries.TryRemove(key, out _);
    }
}
