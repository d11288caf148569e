using System.Diagnostics;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Storms;

public sealed class StormTests(ITestOutputHelper output)
{
    private const int Kills = 5,
        Callers = 24,
        AnswersBetweenKills = 150;

    [Fact]
    public async Task Kills_during_many_reassignments_lose_and_duplicate_no_change_and_every_board_stays_correct()
    {
        var clock = Stopwatch.StartNew();
        await using var host = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(host.Address, "p-coordinator");
        var week = DemoHub.ThisWeek.Next;
        var (storm, callers) = await Storm.GatherAsync(host.Address, coordinator, week);
        await using var client = coordinator.Watcher();
        List<TopicChecker> checkers =
        [
            new(client, $"board/ehs/{week}"),
            new(client, $"board/ehs/{week}/hospital/{Engagements.Hospital}"),
            new(client, $"board/ehs/{week}/partner/asan"),
        ];
        foreach (var checker in checkers)
            await checker.Topic.WhenLiveAsync();

        using var over = new CancellationTokenSource();
        var blowing = storm.BlowAsync(Callers, over.Token);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = storm.Acknowledged.Count;
            await Eventually.Async(() => storm.Acknowledged.Count >= before + AnswersBetweenKills || !storm.Faults.IsEmpty);
            host.Kill();
            await host.RestartAsync();
        }
        await over.CancelAsync();
        await blowing;
        Assert.True(storm.Faults.IsEmpty, string.Join('\n', storm.Faults));
        Assert.True(storm.Repeated >= Kills, "Fewer commands were sent again than there were kills.");

        await StormChecks.AssertAsync(storm, coordinator, week, callers, checkers);
        output.WriteLine(
            $"{storm.Acknowledged.Count} acknowledged, {storm.Refused.Count} refused, {storm.Repeated} sent again, "
                + $"{clock.Elapsed.TotalSeconds:0} s"
        );
        foreach (var caller in callers.Values)
            caller.Dispose();
        host.Kill(); // the anchors lag behind after a kill, and this must not count as tampering
        Assert.Contains("holds what was written", await host.KeepAsync("verify"), StringComparison.Ordinal);
    }
}
