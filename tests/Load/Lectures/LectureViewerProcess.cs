using System.Text.Json;

namespace ConsultHub.Load.Lectures;

/// <summary>
/// The main routine of a process of viewers. It reads its order, watches, reports "ready" and then answers one question on each line. It
/// ends when its input ends.
/// </summary>
internal static class LectureViewerProcess
{
    public const string Command = "viewers";

    private const int AtOnce = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync()
    {
        var order = JsonSerializer.Deserialize<LectureOrder>((await Console.In.ReadLineAsync())!)!;
        List<Viewer> viewers = [.. Enumerable.Range(0, order.Count).Select(i => new Viewer(order, i))];
        var round = 0;
        using var pings = new Timer(
            _ =>
            {
                for (var i = 0; i < viewers.Count; i++)
                    if (i % 10 == round % 10 || viewers[i].StalledAt != 0)
                        _ = viewers[i].PingAsync();
                round++;
            },
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)
        );
        try
        {
            foreach (var batch in viewers.Chunk(AtOnce))
            {
                foreach (var viewer in batch)
                    _ = viewer.RunAsync();
                await Task.WhenAll(batch.Select(v => v.Picture)).WaitAsync(Patience);
            }
        }
        catch (Exception e)
        {
            Console.WriteLine($"failed {e.Message.ReplaceLineEndings(" ")}");
            return;
        }
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var reading = viewers.Skip(order.Stalling).ToList();
            Console.WriteLine(
                JsonSerializer.Serialize<object>(
                    line switch
                    {
                        "begin" => Count(viewers, v => v.Begin()),
                        "measure" => Measure(reading),
                        "stall" => Count(viewers.Take(order.Stalling), v => v.Stall()),
                        "ended" => viewers
                            .Take(order.Stalling)
                            .Where(v => v.EndedAt != 0)
                            .Select(v => TimeSpan.FromTicks(v.EndedAt - v.StalledAt).TotalSeconds)
                            .ToArray(),
                        "again" => viewers.Where(v => v.AgainAt != 0).Select(v => v.AgainAt).ToArray(),
                        "lost" => viewers.Count(v => v.EndedAt != 0 && v.StalledAt == 0),
                        "pictures" => viewers.Select(v => v.Picture.Result).ToArray(),
                        _ => throw new InvalidOperationException($"Unknown question {line}."),
                    }
                )
            );
        }
        viewers.ForEach(v => v.Dispose());
    }

    private static int Count(IEnumerable<Viewer> viewers, Action<Viewer> action) =>
        viewers.Count(v =>
        {
            action(v);
            return true;
        });

    private static Viewing Measure(List<Viewer> viewers)
    {
        var all = viewers.ConvertAll(v => v.Measure());
        return new(
            Watching.Delays.Sum(all.Select(m => m.Delays)),
            viewers.Count,
            all.Sum(m => (long)m.Messages),
            all.Sum(m => m.Bytes),
            all.Sum(m => (long)m.Gaps)
        );
    }
}
