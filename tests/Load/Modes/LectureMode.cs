using System.Diagnostics;
using System.Net.Http.Json;
using ConsultHub.Benchmarks;
using ConsultHub.Lectures;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Lectures;

namespace ConsultHub.Load.Modes;

/// <summary>
/// Measures how soon each frame of a speaker reaches many viewers, and how soon a viewer who joins has a picture. Also measures the effect
/// on the other viewers when a tenth of them stops reading.
/// </summary>
internal static class LectureMode
{
    private const int OneIn = 10,
        Joiners = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Options options, Report report)
    {
        using var own = options.Hubs.Count == 0 ? await OwnHub.StartAsync(options.Port) : null;
        List<Node> nodes = [];
        if (own is not null)
            nodes.Add(await Node.SignInAsync(own.Address, options, own.Process));
        foreach (var (i, hub) in options.Hubs.Index())
            nodes.Add(await Node.SignInAsync(hub, options, i < options.Processes.Count ? options.Processes[i] : null));
        await OpenAsync(nodes[0], options.Session);
        var stalling = Math.Max(1, options.Watchers / OneIn);
        Console.WriteLine(Machine.Describe(Path.GetTempPath()));
        var speed = options.Browser ? "from Chromium" : FormattableString.Invariant($"at {options.Megabits} Mbit/s");
        Console.WriteLine(
            FormattableString.Invariant($"{options.Watchers:N0} viewers of one lecture {speed} on {nodes.Count} web node(s), ")
                + FormattableString.Invariant($"{options.Seconds} s; the generator runs on the same machine")
        );

        if (options.Browser)
        {
            await InBrowsersAsync(nodes, options, report);
            return;
        }
        await using var speaker = await Speaker.StartAsync(
            new Uri(Audience.HubOf(nodes[0])),
            nodes[0].Cookie,
            options.Session,
            options.Megabits
        );
        using var audience = await Audience.StartAsync(nodes, options.Session, options.Watchers, options.PerProcess, stalling);
        await Task.Delay(options.Time / 2); // warm up
        var all = await MeasureAsync(audience, options.Time);
        double[] pictures;
        using (var joiners = await Audience.StartAsync(nodes, options.Session, Joiners, Joiners))
            pictures = await joiners.PicturesAsync();

        long? Held() => nodes.TrueForAll(n => n.Process is not null) ? nodes.Sum(n => Memory.Of(n.Process)) : null;
        var (before, most) = (Held(), Held());
        await audience.StallAsync();
        var others = await MeasureAsync(audience, options.Time);
        double[] ended = [];
        for (var until = DateTime.UtcNow + Patience; ended.Length < stalling && DateTime.UtcNow < until; await Task.Delay(500))
        {
            ended = await audience.EndedAsync();
            if (Held() is { } now && now > most)
                most = now;
        }

        var aim = options.Watchers <= 1000 ? 150 : 400;
        report.Add("speaker to viewer, p50", "", Figures.Ms(all.Delays.At(0.5)));
        report.Add("speaker to viewer, p99", $"{aim} ms", Figures.Ms(all.Delays.At(0.99)));
        report.Add("frames delivered", "", Figures.Rate(all.Delays.Count / options.Seconds));
        report.Add(
            "messages a viewer",
            "20/s at most",
            FormattableString.Invariant($"{all.Messages / options.Seconds / all.Viewers:F1}/s")
        );
        report.Add("frames left out for a viewer who reads", "", Report.Count(all.Gaps));
        report.Add(
            "a joining viewer's first picture, p50 and longest",
            "500 ms",
            FormattableString.Invariant($"{pictures[pictures.Length / 2]:F0} and {pictures[^1]:F0} ms")
        );
        report.Add(
            "p99 of the others, 10 % stalled",
            "within 10 %",
            FormattableString.Invariant($"{others.Delays.At(0.99):F2} ms ({(others.Delays.At(0.99) / all.Delays.At(0.99)) - 1:+0 %;-0 %})")
        );
        report.Add("working set a stalled viewer, at most", "", Memory.Each(before, most, stalling));
        report.Add(
            "stalled viewers ended",
            Report.Count(stalling),
            FormattableString.Invariant(
                $"{ended.Length:N0}, after {(ended.Length == 0 ? 0 : ended.Min()):F0} to {(ended.Length == 0 ? 0 : ended.Max()):F0} s"
            )
        );
        report.Never("viewers without a picture", all.Delays.Count == 0 ? options.Watchers : 0);
        if (nodes is [.., { Process: not null }] && nodes.Count > 1)
            await KillAsync(nodes, options, report);
    }

    /// <summary>Kills the last node with kill -9. Only viewers use that node.</summary>
    private static async Task KillAsync(List<Node> nodes, Options options, Report report)
    {
        using var audience = await Audience.StartAsync(
            [nodes[^1]],
            options.Session,
            options.Watchers / nodes.Count,
            options.PerProcess,
            elsewhere: nodes[0]
        );
        var killed = DateTime.UtcNow;
        using (var process = Process.GetProcessById(nodes[^1].Process!.Value))
            process.Kill();
        var (lost, again) = (0, Array.Empty<DateTime>());
        for (var until = killed + Patience; (lost == 0 || again.Length < lost) && DateTime.UtcNow < until; await Task.Delay(250))
            (lost, again) = await audience.LossAsync();
        var times = again.Select(at => (at - killed).TotalSeconds).ToArray();
        report.Add(
            "time until viewers of a killed web node see a picture again, p50 and longest",
            "3 s",
            times.Length == 0 ? "never" : FormattableString.Invariant($"{times[times.Length / 2]:F1} and {times[^1]:F1} s")
        );
        report.Never("viewers who never saw a picture again", lost - again.Length);
        if (options.Restart is { } command)
            await Shell.RunAsync(command);
    }

    private static async Task InBrowsersAsync(List<Node> nodes, Options options, Report report)
    {
        await using var pair = await BrowserPair.StartAsync(nodes[0].Address, nodes[^1].Address, nodes[0].Cookie, options.Session);
        await Task.Delay(options.Time); // warm up
        var alone = await pair.AgesAsync(options.Time);
        using var audience = await Audience.StartAsync(nodes, options.Session, options.Watchers, options.PerProcess);
        await Task.Delay(options.Time);
        await audience.BeginAsync();
        var ages = await pair.AgesAsync(options.Time);
        var all = await audience.MeasureAsync();
        report.Add("capture to render in Chromium, p50", "100 ms", Figures.Ms(ages[ages.Length / 2]));
        report.Add("capture to render in Chromium, p99", "250 ms", Figures.Ms(ages[ages.Length * 99 / 100]));
        report.Add(
            "the same with no other viewer, p50 and p99",
            "",
            $"{Figures.Ms(alone[alone.Length / 2])} and {Figures.Ms(alone[alone.Length * 99 / 100])}"
        );
        report.Add("pictures that were seen", "25/s", FormattableString.Invariant($"{ages.Length / options.Seconds:F1}/s"));
        report.Add(
            "messages a viewer",
            "20/s at most",
            FormattableString.Invariant($"{all.Messages / options.Seconds / all.Viewers:F1}/s")
        );
        report.Add(
            "received by a viewer",
            "",
            FormattableString.Invariant($"{all.Bytes * 8 / options.Seconds / all.Viewers / 1e6:F2} Mbit/s")
        );
        report.Never("viewers without a picture", all.Messages == 0 ? options.Watchers : 0);
    }

    private static async Task<Viewing> MeasureAsync(Audience audience, TimeSpan time)
    {
        await audience.BeginAsync();
        await Task.Delay(time);
        return await audience.MeasureAsync();
    }

    private static async Task OpenAsync(Node node, string session)
    {
        foreach (
            var command in (LectureCommand[])
                [
                    new OpenRoom { CommandId = Guid.NewGuid(), Conference = new("demo-congress") },
                    new SetStage { CommandId = Guid.NewGuid(), Stage = LectureStage.Live },
                ]
        )
        {
            using var answer = await node.Http.PostAsJsonAsync($"api/lectures/{session}/commands", command, HubJson.Options);
            // SetStage is refused if the lecture is already live, and that refusal is ignored.
            if (!answer.IsSuccessStatusCode && command is OpenRoom)
                throw new LoadException($"The room of {session} cannot be opened: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
