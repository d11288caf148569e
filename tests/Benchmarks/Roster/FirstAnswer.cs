using System.Diagnostics;
using System.Globalization;
using ConsultHub.Rostering;

namespace ConsultHub.Benchmarks.Roster;

/// <summary>
/// Measures how soon a restarted hub answers a question about a stored week. The hub runs in a new process, where nothing is cached or
/// compiled yet.
/// </summary>
internal static class FirstAnswer
{
    public const string Command = "first-answer";

    /// <returns>Milliseconds from the start of the process until the silo is up, and from then until the answer.</returns>
    public static async Task<(double Boot, double Answer)> InNewProcessAsync(string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(FirstAnswer).Assembly.Location, Command, folder]) { RedirectStandardOutput = true }
        )!;
        var words = (await process.StandardOutput.ReadToEndAsync()).Split(' ');
        await process.WaitForExitAsync();
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The main routine of the new process.</summary>
    public static async Task RunAsync(string folder)
    {
        await using var hub = await BenchHub.StartAsync(folder);
        var boot = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        var start = Stopwatch.GetTimestamp();
        var engagement = await hub.Grains.GetGrain<IRosterGrain>(BenchNetwork.RosterKey).GetAsync(BenchNetwork.Engagement(0));
        if (engagement is null)
            throw new InvalidOperationException("The stored week is empty.");
        Console.Write(FormattableString.Invariant($"{boot:F1} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1}"));
    }
}
