using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// The main use of the hub with everybody watching at once. A coordinator moves an engagement and offers another one to a consultant, who
/// accepts it on a phone. A second board and the conference page follow without a reload, even when the server is killed. The screens show
/// different languages.
/// </summary>
public sealed class EveryoneFollowsTests(Screens screens)
{
    private const string Marker = "window.stillTheSamePage";

    [Fact]
    public async Task A_move_and_a_reassignment_reach_every_screen_even_after_the_server_is_killed()
    {
        var board = await screens.OpenAsync("p-coordinator", "/board", "en");
        var (session, given) = await Engagement.FindBothAsync(board);
        await board.GotoAsync($"/board/ehs/{session.Week}");
        var second = await screens.OpenAsync("p-coordinator-2", $"/board/ehs/{session.Week}", "ar");
        var phone = await screens.OpenAsync(given.Candidate!, "/me", "ar", width: 390);
        var programme = await screens.OpenAsync("p-attendee", "/conferences/demo-congress", "ko");
        IPage[] pages = [board, second, phone, programme];
        await ShowAsync(board, session);
        await ShowAsync(second, session);
        await ShowDayAsync(programme, session);
        foreach (var page in pages)
            await page.EvaluateAsync($"{Marker} = true");

        // The coordinator moves a session of the conference with the keyboard.
        var before = await Bar(second, session.Id).GetAttributeAsync("aria-label");
        await Bar(board, session.Id).FocusAsync();
        await board.Keyboard.PressAsync("m");
        for (var i = 0; i < Math.Abs(session.Quarters); i++)
            await board.Keyboard.PressAsync(session.Quarters > 0 ? "ArrowRight" : "ArrowLeft");
        await Expect(board.Locator("[data-verdict=allowed]").First).ToBeVisibleAsync();
        await board.Keyboard.PressAsync("Enter");
        var moved = Clock(session.Start.AddMinutes(15 * session.Quarters));
        await Expect(Bar(board, session.Id)).ToHaveAttributeAsync("aria-label", new Regex(moved));
        await Expect(Bar(second, session.Id)).ToHaveAttributeAsync("aria-label", new Regex(moved));
        Assert.DoesNotContain(moved, before, StringComparison.Ordinal);
        await Expect(Session(programme, session.Session!).First).ToContainTextAsync(moved);

        // The coordinator asks a consultant to take another engagement, and the consultant accepts on the phone.
        await ShowAsync(board, given);
        await ShowAsync(second, given);
        await Bar(board, given.Id).FocusAsync();
        await board.Keyboard.PressAsync("r");
        await board.Locator($"[data-candidate='{given.Candidate}'] input").CheckAsync();
        await board.Locator("[role=dialog] input[maxlength='500']").FillAsync("The flight is late. 항공편 지연");
        await board.GetByRole(AriaRole.Button, new() { Name = "Ask for an answer" }).ClickAsync();
        await Expect(Bar(second, given.Id)).ToHaveAttributeAsync("data-look", "pending");
        var alert = phone
            .Locator("[data-alert]")
            .Filter(new() { HasText = given.Title })
            .Filter(new() { Has = phone.GetByRole(AriaRole.Timer) })
            .First;
        await alert.GetByRole(AriaRole.Button, new() { Name = "قبول", Exact = true }).ClickAsync();
        await Expect(Bar(board, given.Id)).ToHaveAttributeAsync("data-look", "confirmed");
        await Expect(Bar(second, given.Id)).ToHaveAttributeAsync("data-look", "confirmed");
        await Expect(phone.Locator($"[data-engagement='{given.Id}']").First).ToBeVisibleAsync();

        // The server is killed. All pages show that they are offline and keep their content. Afterwards all pages continue by themselves.
        screens.Host.Kill();
        foreach (var page in pages)
            await Expect(page.Locator("[data-state=offline]")).ToBeVisibleAsync();
        await Expect(Bar(second, given.Id)).ToBeVisibleAsync();
        await screens.Host.RestartAsync();
        foreach (var page in pages)
            await Expect(page.Locator("[data-state=live]")).ToBeVisibleAsync();
        await ShowAsync(board, session);
        await ShowAsync(second, session);
        await Screens.SendAsync(board, "POST", $"api/rosters/ehs/{session.Week}/commands", session.Move(0));
        var back = Clock(session.Start);
        await Expect(Bar(board, session.Id)).ToHaveAttributeAsync("aria-label", new Regex(back));
        await Expect(Bar(second, session.Id)).ToHaveAttributeAsync("aria-label", new Regex(back));
        await Expect(Session(programme, session.Session!).Last).ToContainTextAsync(back);

        foreach (var (page, language) in pages.Zip(["en", "ar", "ar", "ko"]))
        {
            Assert.True(await page.EvaluateAsync<bool>(Marker), $"{page.Url} was reloaded.");
            Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
            Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.GetAttributeAsync("html", "dir"));
        }
        Assert.Empty(screens.Faults);
    }

    internal static ILocator Bar(IPage page, string id) => page.Locator($"[data-board] [data-engagement='{id}']");

    private static ILocator Session(IPage page, string id) => page.Locator($"[data-session='{id}']");

    internal static string Clock(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(4)).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Finds an engagement on a board through the palette, as a person would.</summary>
    internal static async Task ShowAsync(IPage page, Engagement engagement)
    {
        await Expect(page.Locator("[data-engagement]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        var search = page.Locator("input.mantine-Spotlight-search");
        await search.FillAsync(engagement.Id);
        await Expect(page.Locator(".mantine-Spotlight-action")).ToHaveCountAsync(1);
        await search.PressAsync("Enter");
        await Expect(Bar(page, engagement.Id)).ToBeFocusedAsync();
    }

    private static async Task ShowDayAsync(IPage programme, Engagement session)
    {
        var search = programme.GetByRole(AriaRole.Searchbox);
        await search.FillAsync(session.Title);
        await Expect(Session(programme, session.Session!).First).ToBeVisibleAsync();
    }
}
