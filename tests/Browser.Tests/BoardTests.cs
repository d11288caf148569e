using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>Keyboard shortcuts, the wall display and closed rooms on the board.</summary>
public sealed class BoardTests(Screens screens)
{
    [Fact]
    public async Task Keyboard_shortcuts_work_after_a_click_on_an_option_and_options_survive_a_reload()
    {
        var page = await screens.OpenAsync("p-coordinator", "/board?day=today");
        await Expect(page.Locator("header [data-state=live]")).ToBeVisibleAsync();
        var consultants = page.Locator("input[type=radio][value=consultants]");
        await page.Locator("label", new() { Has = page.GetByText("Consultants", new() { Exact = true }) }).ClickAsync();
        await Expect(consultants).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Control+k");
        var search = page.Locator("input.mantine-Spotlight-search");
        await Expect(search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("hepat");
        await Expect(search).ToHaveValueAsync("hepat");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        // After an option is chosen from a list, keyboard shortcuts work again.
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Kind" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Lecture", Exact = true }).ClickAsync();
        await page.Keyboard.PressAsync("w");
        await Expect(page.Locator("input[type=radio][value=week]")).ToBeCheckedAsync();

        await page.ReloadAsync();
        await Expect(consultants).ToBeCheckedAsync();
        await Expect(page.Locator("input[type=radio][value=week]")).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Kind" })).ToHaveValueAsync("Lecture");
        Assert.Empty(screens.Faults);
    }

    [Fact]
    public async Task A_wall_display_changes_to_the_next_day_by_itself_and_shows_no_controls()
    {
        var page = await screens.OpenAsync("p-display", "/");
        await page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await page.GotoAsync("/board?day=today");
        await Expect(page.Locator("[data-board]")).ToBeVisibleAsync();
        var today = await page.Locator("[data-wall-day]").InnerTextAsync();
        await Expect(page.Locator("main input, main [role=group] button:not([data-engagement])")).ToHaveCountAsync(0);
        await page.Clock.FastForwardAsync("24:00:00");
        await Expect(page.Locator("[data-wall-day]")).Not.ToHaveTextAsync(today);
    }

    [Fact]
    public async Task The_board_marks_a_closed_room_on_a_desktop_and_on_a_phone()
    {
        var page = await screens.OpenAsync("p-coordinator", "/board");
        var hospital = (await Screens.SendAsync(page, "GET", "api/hospitals?network=ehs"))
            .EnumerateArray()
            .First(h => h.GetProperty("closures").GetArrayLength() > 0);
        var day = hospital.GetProperty("closures")[0].GetProperty("from").GetString()![..10];
        var address = $"/board/ehs?day={day}&hospital={hospital.GetProperty("id").GetString()}";
        await page.GotoAsync(address);
        await Expect(page.Locator("[data-why=closed]").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-why=outsideHours]").First).ToBeVisibleAsync();
        var phone = await screens.OpenAsync("p-coordinator", address, width: 390);
        await Expect(phone.Locator("[data-closed]").First).ToBeVisibleAsync();
    }
}
