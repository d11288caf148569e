using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// Hundreds of random commands of everybody at once; then everything that shows one thing is asked whether it says the same.
/// <c>HUB_BUSY_SEEDS=200</c> lives through the first 200 seeds, <c>HUB_BUSY_SEEDS=17-17</c> through one alone.
/// </summary>
public sealed class BusyHourTests(ITestOutputHelper output)
{
    /// <summary>Itineraries look into all networks of a hub, so that it must not have too many.</summary>
    private const int LivesOfAHub = 5;
    private const int MostTries = 120;

    [Fact]
    public async Task After_a_busy_hour_everything_that_shows_one_thing_says_the_same()
    {
        var (first, last) = Seeds();
        var clock = Stopwatch.StartNew();
        var (done, all) = (0, 0);
        Dictionary<int, IReadOnlyList<Contradiction>> failed = [];
        for (var seed = first; seed <= last; )
        {
            await using var hub = new BusyHub();
            for (var lives = 0; lives < LivesOfAHub && seed <= last; lives++, seed++)
            {
                var (contradictions, count) = await Life.LiveAsync(hub, Steps.Of(seed));
                (done, all) = (done + count.Done, all + count.All);
                if (contradictions.Count > 0)
                    failed[seed] = contradictions;
            }
        }
        output.WriteLine(
            $"Seeds {first} to {last}: {all} commands, {done} of them done, {failed.Count} seeds with contradictions, {clock.Elapsed.TotalSeconds:0} s"
        );
        if (failed.Count > 0)
            Assert.Fail(await ReportAsync(failed));
    }

    private static (int First, int Last) Seeds() =>
        Environment.GetEnvironmentVariable("HUB_BUSY_SEEDS") switch
        {
            null or "" => (1, 20),
            var text when text.Split('-') is [var from, var to] => (Number(from), Number(to)),
            var text => (1, Number(text)),
        };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Every kind of contradiction with its seeds and an example, and the shortest list of steps that shows the first.</summary>
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
                $"- {kind.Key}: {kind.Count()} in seeds {string.Join(", ", kind.Select(k => k.Seed).Distinct())}. Such as: {kind.First().Contradiction.What}\n"
            );
        var (seed, contradictions) = failed.First();
        var check = Environment.GetEnvironmentVariable("HUB_BUSY_CHECK") is { Length: > 0 } wanted ? wanted : contradictions[0].Check;
        if (failed.All(f => f.Value.All(c => c.Check != check)))
            return text.ToString();
        (seed, contradictions) = failed.First(f => f.Value.Any(c => c.Check == check));
        var (steps, example) = await ShrinkAsync(seed, check);
        text.Append(CultureInfo.InvariantCulture, $"Seed {seed} shows \"{check}\" with these {steps.Count} steps already:\n");
        foreach (var step in steps)
            text.Append(CultureInfo.InvariantCulture, $"  {step}\n");
        return text.Append(example).ToString();
    }

    private static async Task<(IReadOnlyList<Step> Steps, string Example)> ShrinkAsync(int seed, string check)
    {
        var (hub, lives, example) = (new BusyHub(), 0, "");
        try
        {
            var steps = await Shrinker.ShrinkAsync(
                Steps.Of(seed),
                async list =>
                {
                    if (++lives % (4 * LivesOfAHub) == 0)
                    {
                        await hub.DisposeAsync();
                        hub = new();
                    }
                    var shown = (await Life.LiveAsync(hub, list)).Contradictions.FirstOrDefault(c => c.Check == check);
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
