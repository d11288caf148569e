using System.Diagnostics;

namespace ConsultHub.Load.Changes;

/// <summary>Begins things at a rate, whether or not those begun before have ended.</summary>
internal static class Pace
{
    /// <param name="begin">Must not block. Called again and again to catch up where the machine was busy.</param>
    public static async Task RunAsync(double perSecond, Action begin, CancellationToken until)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(Math.Clamp(1 / perSecond, 0.002, 0.1)));
        var (start, begun) = (Stopwatch.GetTimestamp(), 0L);
        while (!until.IsCancellationRequested)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond) + 1; begun < due; begun++)
                begin();
            await ticks.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
