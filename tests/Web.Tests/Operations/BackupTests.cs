using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using ConsultHub.Client;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Silo;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Operations;

/// <summary>An operator's commands, run as separate processes, and their effect on browsers.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-keep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_viewer_who_resumes_after_a_restore_gets_a_snapshot_of_the_restored_board()
    {
        var week = DemoHub.ThisWeek.Next.Next.Next;
        TopicPicture lost;
        HashSet<string> kept;
        await using (var host = await StartAsync("before"))
        {
            using var coordinator = await Caller.SignInAsync(host.Address, "p-coordinator");
            await using var client = coordinator.Watcher();
            var board = client.Watch($"board/ehs/{week}");
            await coordinator.DoAsync(week, Engagements.Plan(week, "e-kept"));
            kept =
            [
                .. (await board.WhenAtAsync((await coordinator.DoAsync(week, Engagements.Later(week, "e-kept", 9))).Version)).Items.Keys,
            ];
            Assert.Contains(
                "every chain whole",
                await KeepAsync("before", "backup", Path.Combine(_folder, "hub.backup")),
                StringComparison.Ordinal
            );
            await coordinator.DoAsync(week, Engagements.Plan(week, "e-lost"));
            lost = await board.WhenAtAsync((await coordinator.DoAsync(week, Engagements.Later(week, "e-lost", 11))).Version);
        }
        Assert.Contains(
            "with a new epoch",
            await KeepAsync("after", "restore", Path.Combine(_folder, "hub.backup")),
            StringComparison.Ordinal
        );

        await using var restored = await StartAsync("after");
        using var again = await Caller.SignInAsync(restored.Address, "p-coordinator");
        await using var resuming = again.Watcher();
        ConcurrentQueue<TopicChange> changes = [];
        var resumed = resuming.Watch($"board/ehs/{week}", lost, changes.Enqueue);
        await resumed.WhenLiveAsync();
        Assert.Equal(FrameKind.Snapshot, Assert.Single(changes).Frame.Kind);
        Assert.Equal(kept.Order(), resumed.Picture.Items.Keys.Order());
        // The restored hub continues, and the positions that it issues are valid.
        var more = await again.DoAsync(week, Engagements.Plan(week, "e-more"));
        await resumed.WhenAtAsync(more.Version);
        Assert.Equal(FrameKind.Delta, changes.Last().Frame.Kind);
    }

    [Fact]
    public async Task An_archived_week_shows_its_board_but_refuses_commands_and_history_until_it_is_brought_back()
    {
        Week old = new(2025, 10),
            after = old.Next;
        await using var host = await StartAsync("hub");
        using var coordinator = await Caller.SignInAsync(host.Address, "p-coordinator");
        await coordinator.DoAsync(old, Engagements.Plan(old, "e-old") with { Reason = "Written down afterwards." });
        await coordinator.DoAsync(old, Engagements.Later(old, "e-old", 9));
        await Eventually.Async(async () =>
            (await KeepAsync("hub", "archive", after.ToString(), _folder)).Contains("1 weeks archived", StringComparison.Ordinal)
        );

        Assert.Contains((await coordinator.GetTopicAsync($"board/ehs/{old}")).Items, i => i is Engagement { Id.Value: "e-old" });
        // The archive has just written a row that the running hub may not have read. The hub's next write can therefore fail once. The hub
        // then answers that the command was not stored.
        var command = Engagements.Later(old, "e-old", 11);
        var answer = await coordinator.RefusedAsync(old, command);
        await Eventually.Async(async () =>
            (answer = await coordinator.RefusedAsync(old, command)) is { Problem.Code: not "hub.not-stored" }
        );
        var (status, problem) = answer;
        Assert.Equal((HttpStatusCode.Conflict, "roster.archived"), (status, problem.Code));
        (status, problem) = await Caller.ProblemAsync(await coordinator.Http.GetAsync($"api/rosters/ehs/{old}/history"));
        Assert.Equal((HttpStatusCode.Conflict, "roster.archived"), (status, problem.Code));

        await KeepAsync("hub", "bring-back", Path.Combine(_folder, $"ehs-{old}.jsonl.gz"));
        Assert.Equal(2, (await coordinator.GetAsync<HistoryEntry[]>($"api/rosters/ehs/{old}/history")).Length);
        await coordinator.DoAsync(old, Engagements.Later(old, "e-old", 11));
    }

    private Task<HubHost> StartAsync(string data) =>
        HubHost.StartAsync(environment: new Dictionary<string, string> { ["Hub__DataPath"] = Path.Combine(_folder, data) });

    private async Task<string> KeepAsync(string data, params string[] args)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(SiloHosting).Assembly.Location, .. args])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["Hub__DataPath"] = Path.Combine(_folder, data), ["DOTNET_gcServer"] = "0" },
            }
        )!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
