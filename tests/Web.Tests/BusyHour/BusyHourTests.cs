using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// Sends hundreds of random commands from many people, and then checks that all surfaces that show the same thing agree.
/// <c>HUB_BUSY_SEEDS=200</c> runs the first 200 seeds, and <c>HUB_BUSY_SEEDS=17-17</c> runs only seed 17.
/// </summary>
public sealed class BusyHourTests(ITestOutputHelper output)
{
    /// <summary>An itinerary reads all networks of a hub, so one hub must not have too many of them.</summary>
    private const int RunsOfAHub = 5;
    private const int MostTries = 120;

    [Fact]
    public async Task All_surfaces_that_show_the_same_thing_agree_after_a_busy_hour()
    {
        var (first, last) = Seeds();
        var clock = Stopwatch.StartNew();
        var (done, all) = (0, 0);
        Dictionary<int, IReadOnlyList<Contradiction>> failed = [];
        for (var seed = first; seed <= last; )
        {
            await using var hub = new BusyHub();
            for (var runs = 0; runs < RunsOfAHub && seed <= last; runs++, seed++)
            {
                var (contradictions, count) = await BusyHourRun.RunAsync(hub, Steps.Of(seed));
                (done, all) = (done + count.Done, all + count.All);
                if (contradictions.Count > 0)
                    failed[seed] = contradictions;
            }
        }
        output.WriteLine(
            $"Seeds {first} to {last}: {all} commands, {done} of them carried out, {failed.Count} seeds with contradictions, "
                + $"{clock.Elapsed.TotalSeconds:0} s"
        );
        if (failed.Count > 0)
            Assert.Fail(await ReportAsync(failed));
    }

    private static (int First, int Last) Seeds() =>
        Environment.GetEnvironmentVariable("HUB_BUSY_SEEDS") switch
        {
            null or "" => (1, 10),
            var text when text.Split('-') is [var from, var to] => (Number(from), Number(to)),
            var text => (1, Number(text)),
        };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Lists each kind of contradiction with its seeds and an example, and a short list of steps that shows one of them.</summary>
    private static async Task<string> ReportAsync(Dictionary<int, IReadOnlyList<Contradiction>> failed)
    {
        var text = new StringBuilder($"{failed.Count} seeds show contradictions.\n");
        foreach (
            var kind in failed
                .SelectMany(f => f.Value.Select(c => (Seed: f.Key, Contradiction: c)))
                .GroupBy(c => c.Contradiction.Check)
                .OrderByDescending(g => g.Count())
        )
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {kind.Key}: {kind.Count()} in seeds {string.Join(", ", kind.Select(k => k.Seed).Distinct())}. Example: "
                    + $"{kind.First().Contradiction.What}\n"
            );
        var (seed, contradictions) = failed.First();
        var check = Environment.GetEnvironmentVariable("HUB_BUSY_CHECK") is { Length: > 0 } wanted ? wanted : contradictions[0].Check;
        if (failed.All(f => f.Value.All(c => c.Check != check)))
            return text.ToString();
        (seed, contradictions) = failed.First(f => f.Value.Any(c => c.Check == check));
        var (steps, example) = await ShrinkAsync(seed, check);
        text.Append(CultureInfo.InvariantCulture, $"Seed {seed} shows \"{check}\" with only these {steps.Count} steps:\n");
        foreach (var step in steps)
            text.Append(CultureInfo.InvariantCulture, $"  {step}\n");
        return text.Append(example).ToString();
    }

    private static async Task<(IReadOnlyList<Step> Steps, string Example)> ShrinkAsync(int seed, string check)
    {
        var (hub, runs, example) = (new BusyHub(), 0, "");
        try
        {
            var steps = await Shrinker.ShrinkAsync(
                Steps.Of(seed),
                async list =>
                {
                    if (++runs % (4 * RunsOfAHub) == 0)
                    {
                        await hub.DisposeAsync();
                        hub = new();
                    }
                    var shown = (await BusyHourRun.RunAsync(hub, list)).Contradictions.FirstOrDefault(c => c.Check == check);
                    if (shown is not null)
                        example = shown.What;
                    return shown is not null;
                },
                MostTries
            );
            return (steps, example);
        }
        finally
        {
            await hub.DisposeAsync();
        }
    }
}
