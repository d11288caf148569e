namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// The clock of the hub's authorities. It stands still until the test moves it forward, so that a seed gets nearly the same times in each
/// run. Its timers use real time but run twenty times as fast. The one second for which an outbox pauses is a twentieth of a second here.
/// </summary>
internal sealed class BusyClock : TimeProvider
{
    private const int Faster = 20;
    private long _now;

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _now, now.UtcTicks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period));

    private static TimeSpan Shorter(TimeSpan time) => time > TimeSpan.Zero ? time / Faster : time;
}
