using System.Diagnostics;

namespace ConsultHub.Load.Changes;

/// <summary>Begins actions at a rate, whether or not the earlier ones have ended.</summary>
internal static class Pace
{
    /// <param name="begin">Must not block. It is called several times in a row to catch up after the machine was busy.</param>
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
