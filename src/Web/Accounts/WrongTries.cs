using System.Collections.Concurrent;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Counts wrong passwords by account and address together. From the fourth wrong try on, each answer takes longer: 0.25 s, doubled each
/// time, at most 4 s. The right password is never delayed. So wrong tries do not delay the account's owner, even if they come from the
/// owner's address. A separate limit counts all tries of an address.
/// </summary>
internal sealed class WrongTries(TimeProvider clock)
{
    /// <summary>How many wrong tries are answered without a delay, because people often mistype.</summary>
    private const int Free = 3;

    private const int MostKept = 10_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.25),
        Longest = TimeSpan.FromSeconds(4),
        Remembered = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Account, string Address), (int Count, DateTimeOffset Last)> _tries = new();

    /// <summary>The delay of an answer after this many earlier wrong tries.</summary>
    public static TimeSpan DelayAfter(int wrong) =>
        wrong < Free ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(wrong - Free, 10)));

    /// <returns>The delay before this try is answered.</returns>
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

    /// <summary>Forgets the wrong tries after the right password.</summary>
    public void Clear(string account, string address) => _tries.TryRemove((account, address), out _);

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, (_, last)) in _tries)
            if (now - last > Remembered || _tries.Count >= MostKept)
                _tries.TryRemove(key, out _);
    }
}
