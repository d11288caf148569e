using System.Globalization;
using System.Text.RegularExpressions;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>The guide: from the one-time link of an empty hub to the first accepted reassignment, with the keyboard alone.</summary>
public sealed partial class GuideTests(Screens screens)
{
    private const string Password = "correct horse battery";

    /// <summary>The most filled fields and presses of the whole way, as <c>docs/use.md</c> says.</summary>
    private const int Most = 50;

    [GeneratedRegex("/setup#\\S+")]
    private static partial Regex Link();

    [Theory, InlineData("en", "Cardiology"), InlineData("ar", "أمراض القلب")]
    public async Task A_person_comes_from_the_one_time_link_to_an_accepted_reassignment_by_keyboard(string language, string specialty)
    {
        Assert.SkipWhen(Chromium.Path is null, "There is no Chromium on this machine.");
        await using var host = await HubHost.StartAsync(demo: false);
        await Eventually.Async(() => Link().IsMatch(host.Said));
        var page = await screens.OpenAsync(null, Link().Match(host.Said).Value, language, hub: host.Address);
        var keys = new Keyboard(page);

        await keys.FillAsync("input[name=name]", "Huda Al Marri");
        await keys.FillAsync("input[name=userName]", "huda");
        await keys.FillAsync("input[name=new-password]", Password);
        await keys.PressAsync("form button[type=submit]");
        await keys.PressAsync("section:has(> [data-totp]) button");
        await keys.FillAsync("[role=dialog] input[name=password]", Password);
        await keys.PressAsync("[role=dialog] button[type=submit]");
        var key = await page.Locator("[data-enrolment] [data-secret]").InputValueAsync();
        await keys.FillAsync("[data-enrolment] input[name=code]", AuthenticatorCode.Now(key.Replace(" ", "", StringComparison.Ordinal)));
        await keys.PressAsync("[data-enrolment] button[type=submit]");
        await keys.PressAsync("[data-do=codes-kept]");

        await keys.PressAsync("[data-do=begin]");
        await keys.FillAsync("[data-table=networks] input[name='name.en']", "Emirates Health Services");
        await keys.PressAsync("[data-do=store]");
        await keys.FillAsync("[data-table=hospitals] input[name='name.en']", "Al Qassimi Hospital");
        await keys.FillAsync("input[name=city]", "Sharjah");
        await keys.FillAsync("[data-table=rooms] input[name='name.en']", "Clinic 1");
        await keys.FillAsync("input[name=capacity]", "4");
        await keys.PressAsync("[data-do=store]");
        await keys.FillAsync("[data-table=partners] input[name='name.en']", "Asan Medical Center");
        await keys.ChooseAsync("[data-table=partners] :has(+ input[name=timeZone]) input", "Asia/Seoul");
        await keys.PressAsync("[data-do=store]");
        foreach (var (name, store) in ((string, string)[])[("Kim Min-jun", "again"), ("Lee Seo-yeon", "store")])
        {
            await Expect(page.Locator("[data-table=consultants] input[name='name.en']")).ToHaveValueAsync("");
            await keys.FillAsync("[data-table=consultants] input[name='name.en']", name);
            await keys.ChooseAsync("[data-table=consultants] :has(+ input[name=specialties]) input", specialty);
            await keys.FillAsync("input[name=arrival]", DateIn(1));
            await keys.FillAsync("input[name=departure]", DateIn(27));
            await keys.PressAsync($"[data-do={store}]");
        }
        await keys.PressAsync("[data-account=lee-seo-yeon] button[type=submit]");
        var link = await page.Locator("[data-account=lee-seo-yeon] [data-secret]").InputValueAsync();
        await keys.PressAsync("[data-do=next]");
        await keys.PressAsync("[data-do=plan]");
        await keys.FillAsync("[role=dialog] input[name=title]", "Cardiology clinic");
        await keys.PressAsync("[role=dialog] button[type=submit]:enabled");
        await keys.PressAsync("[data-do=ask]");
        await keys.PressAsync("[data-candidate=lee-seo-yeon] input", "Space");
        await keys.PressAsync("[data-do=propose]");

        var second = await screens.OpenAsync(null, new Uri(link).PathAndQuery + new Uri(link).Fragment, language, 390, hub: host.Address);
        var other = new Keyboard(second);
        await other.FillAsync("input[name=new-password]", Password);
        await other.PressAsync("form button[type=submit]");
        await other.PressAsync("[data-do=accept]");
        await Expect(page.Locator("[data-engagement]")).ToContainTextAsync("Lee Seo-yeon");
        await Expect(second.Locator("main")).ToContainTextAsync("Cardiology clinic");
        var count = keys.Count + other.Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} filled fields and presses");
        Assert.InRange(count, 1, Most);
        Assert.Empty(screens.Faults);
    }

    private static string DateIn(int days) => DateTime.UtcNow.AddDays(days).ToString("d/M/yyyy", CultureInfo.InvariantCulture);

    /// <summary>Works on a page with the keyboard alone, and counts the fields that it fills and the buttons that it presses.</summary>
    private sealed class Keyboard(IPage page)
    {
        /// <summary>After so many presses of Tab, something cannot be reached.</summary>
        private const int MostTabs = 120;

        /// <summary>The bit of compareDocumentPosition for an element that comes before the focused one.</summary>
        private const int Before = 2;

        public int Count { get; private set; }

        public async Task FillAsync(string selector, string text)
        {
            await ReachAsync(selector);
            await page.Keyboard.PressAsync("Control+a");
            await page.Keyboard.TypeAsync(text);
            Count++;
        }

        /// <summary>Types a part of a choice into a list, and takes the first choice that remains.</summary>
        public async Task ChooseAsync(string selector, string text)
        {
            await FillAsync(selector, text);
            await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("Enter");
        }

        public async Task PressAsync(string selector, string key = "Enter")
        {
            await ReachAsync(selector);
            await page.Keyboard.PressAsync(key);
            Count++;
        }

        /// <summary>Goes forward or back with Tab until the focus is there.</summary>
        private async Task ReachAsync(string selector)
        {
            var wanted = page.Locator(selector).First;
            await Expect(wanted).ToBeVisibleAsync();
            for (var i = 0; i < MostTabs; i++)
            {
                var way = await wanted.EvaluateAsync<int>(
                    "element => element === document.activeElement ? 0 : document.activeElement.compareDocumentPosition(element)"
                );
                if (way == 0)
                    return;
                await page.Keyboard.PressAsync((way & Before) != 0 ? "Shift+Tab" : "Tab");
            }
            Assert.Fail($"The keyboard does not reach {selector}.");
        }
    }
}
