using System.Text.RegularExpressions;
using ConsultHub.Tests.Cluster;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Storage;
using static ConsultHub.Tests.EveryoneFollowsTests;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>A page whose web node leaves a cluster, as in a rolling restart.</summary>
public sealed class LeavingNodeTests(Screens screens, ClusterHub hub) : IClassFixture<ClusterHub>
{
    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_board_moves_to_another_node_without_a_reload_and_shows_later_changes()
    {
        var leaving = hub.Webs[0];
        await using var wire = new Wire(leaving);
        var board = await screens.OpenAsync("p-coordinator", "/board", hub: wire.End);
        var engagement = await Engagement.FindAsync(board);
        await board.GotoAsync($"/board/ehs/{engagement.Week}");
        await Expect(board.Locator("[data-state=live]")).ToBeVisibleAsync();
        await board.EvaluateAsync("window.stillTheSamePage = true");

        wire.LeadTo(hub.Webs);
        hub.Web(leaving).AskToStop();
        Assert.Equal(0, await hub.Web(leaving).EndedAsync());
        await Expect(board.Locator("[data-state=live]")).ToBeVisibleAsync();
        await ShowAsync(board, engagement);
        await Screens.SendAsync(board, "POST", $"api/rosters/ehs/{engagement.Week}/commands", engagement.Move(engagement.Quarters));
        await Expect(Bar(board, engagement.Id))
            .ToHaveAttributeAsync("aria-label", new Regex(Clock(engagement.Start.AddMinutes(15 * engagement.Quarters))));
        Assert.True(await board.EvaluateAsync<bool>("window.stillTheSamePage"), "The page was reloaded.");
        Assert.Empty(screens.Faults);
    }
}
