using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// axe finds no faults on these screens in English with light colours and in Arabic with dark colours. Korean screens differ from English
/// ones only in their texts. They are therefore checked only where the length of a text counts.
/// </summary>
public sealed class AccessibilityTests(Screens screens)
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(FindAxe()));

    public static TheoryData<string, ColorScheme> Readers { get; } = new() { { "en", ColorScheme.Light }, { "ar", ColorScheme.Dark } };

    [Theory, MemberData(nameof(Readers))]
    public async Task The_sign_in_page_has_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync(null, "/", language, scheme: scheme);
        await Expect(page.Locator("[data-person]").First).ToBeVisibleAsync();
        await CheckAsync(page, "sign-in");
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_screens_of_accounts_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-admin", "/accounts", language, scheme: scheme);
        await Expect(page.GetByText("Mariam Al Suwaidi").Or(page.GetByText("مريم السويدي")).First).ToBeVisibleAsync();
        await CheckAsync(page, "people");
        foreach (
            var address in (string[])
                [
                    "/accounts?choose=1&new=0",
                    "/accounts/p-coordinator",
                    "/account",
                    "/audit",
                    "/devices",
                    "/invitation#none",
                    "/accounts/p-host?show=rights",
                ]
        )
        {
            await page.GotoAsync(address);
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
            await Expect(page.Locator(".mantine-Loader-root")).ToHaveCountAsync(0);
            await CheckAsync(page, address);
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_screens_of_education_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var begun = DateTimeOffset.UtcNow.AddMonths(-1); // the cohort of the demo that goes on
        foreach (
            var (person, address, shows) in ((string, string, string)[])
                [
                    ("p-director", "/programmes", "[data-programme]"),
                    ("p-director", "/programme/elective-cardiology", "[data-application]"),
                    ("p-trainee", "/programme/elective-cardiology", "[data-do=accept]"),
                    ("p-trainee", "/dossier", "[data-row]"),
                    ("p-trainee", "/dossier?record=new", "[data-form]"),
                    ("p-director", "/programme/fellowship-stroke/rotations", "[data-reason]"),
                    ("p-director", $"/programme/training-echo/course/{begun:yyyy-MM}", "[data-member]"),
                    ("p-trainee", $"/programme/training-echo/course/{begun:yyyy-MM}", "[data-own]"),
                    ("p-coordinator", $"/programme/training-echo/course/{begun:yyyy-MM}?dialog=plan", "[name=weeks]"),
                    ("p-supervisor", $"/programme/fellowship-stroke/logbook/{begun:yyyy-MM}/p-trainee-4", "[data-do=entrust]"),
                    ("p-trainee-4", $"/programme/fellowship-stroke/logbook/{begun:yyyy-MM}/p-trainee-4", "[data-form=new]"),
                ]
        )
        {
            var page = await screens.OpenAsync(person, address, language, width: language == "ar" ? 390 : 1280, scheme);
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            await Expect(page.Locator(".mantine-Loader-root")).ToHaveCountAsync(0);
            await CheckAsync(page, address);
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_screens_of_research_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-research", "/research", language, scheme: scheme);
        foreach (
            var (address, shows) in ((string, string)[])
                [
                    ("/research", "[data-initiative]"),
                    ("/research/initiative/transplant-outcomes", "[data-entry]"),
                    ("/research/initiative/smart-ward", "[data-proposal]"),
                    ("/research/initiative/smart-ward?record=milestones:team", "[data-form]"),
                    ("/research/initiative/triage-assistant?record=tasks:new", "[data-form]"),
                ]
        )
        {
            await page.GotoAsync(address);
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            await Expect(page.Locator(".mantine-Loader-root")).ToHaveCountAsync(0);
            await CheckAsync(page, address);
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_screens_of_records_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-coordinator", "/records", language, scheme: scheme);
        await Expect(page.Locator("main dl")).ToBeVisibleAsync();
        await CheckAsync(page, "network");
        foreach (
            var (address, shows) in ((string, string)[])
                [
                    ("/guide/ehs?step=hospital", "[data-form]"),
                    ("/guide/ehs?step=account", "[data-step]"),
                    ("/records/ehs/rooms", "[data-record]"),
                    ("/records/ehs/rooms?record=al-qassimi/clinic-1", "[data-form]"),
                    ("/records/ehs/visits?record=new", "[data-form]"),
                    ("/records/ehs/consultants?import=file", "[data-import]"),
                    ("/records/ehs/holidays", "[data-empty]"),
                ]
        )
        {
            await page.GotoAsync(address);
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            await Expect(page.Locator(".mantine-Loader-root")).ToHaveCountAsync(0);
            await CheckAsync(page, address);
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_scorecard_and_the_ledger_and_the_rows_behind_them_have_no_accessibility_faults(
        string language,
        ColorScheme scheme
    )
    {
        var page = await screens.OpenAsync("p-coordinator", "/scorecard", language, width: language == "ar" ? 390 : 1280, scheme);
        foreach (
            var (address, shows) in ((string, string)[])
                [
                    ("/scorecard/ehs", ".recharts-surface"),
                    ("/scorecard/ehs?figure=lectures&by=hospitals", ".recharts-surface"),
                    ("/scorecard/ehs?rows=consultations~~~", "[data-rows] tbody tr"),
                    ("/scorecard/ehs?rows=electives~~~&from=2020-01-01&to=2029-12-31", "[data-rows]"),
                    ("/sheets/ehs", "[data-sheet]"),
                    ("/sheets/ehs?partner=asan", "[data-sheet]"),
                    ("/ledger/ehs/al-qassimi", "[data-procedure]"),
                    ("/ledger/ehs/al-qassimi?cases=coronary-stent", "[data-cases] tbody tr"),
                ]
        )
        {
            await page.GotoAsync(address);
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            await Expect(page.Locator(".mantine-Loader-root")).ToHaveCountAsync(0);
            await CheckAsync(page, address);
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_dialogs_of_accounts_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        // Passkeys need the name of the machine instead of its number.
        var hub = new UriBuilder(screens.Host.Address) { Host = "localhost" }.Uri;
        var page = await screens.OpenAsync("p-admin", "/accounts/p-coordinator", language, scheme: scheme, hub: hub);
        foreach (
            var (act, shows) in ((string, string)[])
                [
                    ("edit", "form[data-edit]"),
                    ("link", "input[name=resetsFactors]"),
                    ("activation", "form[data-reason]"),
                    ("give", "form[data-give]"),
                    ("period", "form[data-period]"),
                    ("take", "form[data-reason]"),
                ]
        )
            await DialogAsync(page, () => page.Locator($"main [data-do={act}]").First.ClickAsync(), act, shows);
        await page.GotoAsync("/accounts?choose=1&new=0");
        await DialogAsync(page, () => page.Locator("[data-do=invite]").ClickAsync(), "invite", "form[data-invite]");
        await page.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await DialogAsync(page, () => page.Locator("[data-do=go-on]").ClickAsync(), "many", "form[data-many]");
        await page.GotoAsync("/account");
        await DialogAsync(page, () => page.Locator("[data-do=add]").ClickAsync(), "passkey", "[role=dialog] input[name=name]");
        await page.Locator("[data-tokens] [data-do=make]").ClickAsync();
        await Expect(page.Locator("form[data-new-token] input[type=checkbox]").First).ToBeVisibleAsync();
        await CheckAsync(page, "token");
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_dialogs_that_edit_conferences_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-coordinator", "/conferences", language, width: language == "ar" ? 390 : 1280, scheme);
        await DialogAsync(page, () => page.Locator("[data-do=new]").ClickAsync(), "new conference", "form[data-conference]");
        foreach (
            var (dialog, shows) in ((string, string)[])
                [
                    ("settings", "form[data-conference] fieldset input"),
                    ("session", "[role=dialog] input[name=titleKo]"),
                    ("end", "form[data-end] [data-effects]"),
                    ("erase", "form[data-end] [data-effects]"),
                ]
        )
        {
            await page.GotoAsync($"/conferences/demo-congress?dialog={dialog}");
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            await CheckAsync(page, dialog);
        }
        await page.GotoAsync("/conferences/demo-congress?session=s01");
        foreach (
            var (act, shows) in ((string, string)[])
                [("withdraw", "form[data-end] [data-effects]"), ("edit", "[role=dialog] input[name=titleAr]")]
        )
        {
            await page.Locator($"[data-do={act}]").ClickAsync();
            await Expect(page.Locator(shows)).ToBeVisibleAsync();
            await CheckAsync(page, act);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task Guests_and_registration_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-coordinator", "/conferences/demo-congress", language, scheme: scheme);
        await page.Locator("[data-session] button").First.ClickAsync();
        await page.Locator("[data-do=guests]").ClickAsync();
        await page.Locator("input[name=guest]").FillAsync("Kim Min-jun");
        await page.Locator("form[data-new-guest] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-guest]").First).ToBeVisibleAsync();
        await CheckAsync(page, "guests");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-guests]")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await Screens.SendAsync(page, "PUT", "api/conferences/demo-congress/public", new { @public = true });
        await Screens.SendAsync(page, "PUT", "api/conferences/demo-congress/registration", new { open = true });
        var open = await screens.OpenAsync(null, "/public/demo-congress/register", language, width: 390, scheme);
        await Expect(open.Locator("form[data-register]")).ToBeVisibleAsync();
        await CheckAsync(open, "registration");
        await Screens.SendAsync(page, "PUT", "api/conferences/demo-congress/registration", new { open = false });
        await open.ReloadAsync();
        await Expect(open.Locator("main h1")).ToBeVisibleAsync();
        await CheckAsync(open, "closed registration");
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_board_and_its_dialogs_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-coordinator", "/board", language, scheme: scheme);
        var bar = page.Locator("[data-board] [data-engagement]:is([data-look=confirmed], [data-look=planned])").First;
        await Expect(page.Locator("[data-board]")).ToBeVisibleAsync();
        // The test uses next week, because no engagement of that week is over yet.
        await page.Keyboard.PressAsync("t");
        await page.Keyboard.PressAsync("w");
        await page.Keyboard.PressAsync("]");
        await Expect(bar).ToBeVisibleAsync();
        await CheckAsync(page, "week");
        await page.Keyboard.PressAsync("d");
        await Expect(bar).ToBeVisibleAsync();
        await CheckAsync(page, "day");
        await DialogAsync(page, () => bar.ClickAsync(), "details", "[data-history] li");
        await bar.FocusAsync();
        await DialogAsync(page, () => page.Keyboard.PressAsync("r"), "reassign", "[data-candidate]");
        await DialogAsync(page, () => page.Keyboard.PressAsync("n"), "plan", "input[name=title]");
        await DialogAsync(page, () => page.Keyboard.PressAsync("?"), "help", "kbd");
        await DialogAsync(page, () => page.Keyboard.PressAsync("Control+k"), "palette", "input.mantine-Spotlight-search");
        await bar.FocusAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.Locator("[data-verdict]").First).ToBeVisibleAsync();
        await CheckAsync(page, "moving");
        await page.Keyboard.PressAsync("Escape");
    }

    [Theory, MemberData(nameof(Readers)), InlineData("ko", ColorScheme.Dark)]
    public async Task The_board_on_a_phone_has_no_accessibility_faults_and_a_header_of_one_row(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-coordinator", "/board", language, width: 390, scheme);
        await Expect(page.Locator("[data-engagement], main p").First).ToBeVisibleAsync();
        await Expect(page.Locator(".mantine-Loader-root")).ToHaveCountAsync(0);
        await CheckAsync(page, "agenda");
        foreach (var address in (string[])["/board", "/conferences", "/import"])
        {
            await page.GotoAsync(address);
            await Expect(page.Locator("header [data-state=live]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
            Assert.Equal(
                "one row, nothing beyond its edge",
                await page.Locator("header")
                    .EvaluateAsync<string>(
                        """
                        header => header.clientHeight > 60 ? `${header.clientHeight} px high`
                          : [...header.querySelectorAll('a:not([href^="#"]), button')]
                            .some(e => e.checkVisibility()
                              && (e.getBoundingClientRect().left < 0 || e.getBoundingClientRect().right > innerWidth))
                            ? header.innerHTML : 'one row, nothing beyond its edge'
                        """
                    )
            );
            Assert.Equal(3, await page.Locator("header nav a").CountAsync());
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_consultants_page_has_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var coordinator = await screens.OpenAsync("p-coordinator", "/conferences", language);
        var engagement = await Engagement.FindAsync(coordinator);
        await Screens.SendAsync(
            coordinator,
            "POST",
            $"api/rosters/ehs/{engagement.Week}/commands",
            new
            {
                type = "propose",
                commandId = Guid.NewGuid(),
                engagement = engagement.Id,
                candidate = engagement.Candidate,
                answerWithinSeconds = 600,
                reason = "The flight is late.",
            }
        );
        var page = await screens.OpenAsync(engagement.Candidate!, "/me", language, width: 390, scheme);
        await Expect(page.GetByRole(AriaRole.Timer).First).ToBeVisibleAsync();
        await CheckAsync(page, "consultant");
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_conference_pages_and_the_import_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        var page = await screens.OpenAsync("p-coordinator", "/conferences", language, scheme: scheme);
        await page.Locator("a[href='/conferences/demo-congress']").ClickAsync();
        await Expect(page.Locator("[data-session]").First).ToBeVisibleAsync();
        await CheckAsync(page, "programme");
        await DialogAsync(page, () => page.Locator("[data-session] button").First.ClickAsync(), "session", "[role=dialog] h2");
        await DialogAsync(page, () => page.Locator("main button:has(.tabler-icon-ticket)").ClickAsync(), "ticket", "[data-qr]");
        await Screens.SendAsync(page, "PUT", "api/conferences/demo-congress/public", new { @public = true });
        foreach (
            var (address, shows) in ((string, string)[])
                [
                    ("/conferences/demo-congress/draft", "main button"),
                    ("/conferences/demo-congress/releases", "main h1"),
                    ("/conferences/demo-congress/checkin/s01", "input[name=code]"),
                    ("/public/demo-congress", "[data-session]"),
                ]
        )
        {
            await page.GotoAsync(address);
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            await CheckAsync(page, address);
        }
        await DialogAsync(page, () => page.Locator("[data-session] button").First.ClickAsync(), "public session", "[role=dialog] h2");
        await page.GotoAsync("/import");
        await Expect(page.Locator("input[type=file]")).ToBeAttachedAsync();
        await CheckAsync(page, "import");
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "odd.json",
                    MimeType = "application/json",
                    Buffer = "{}"u8.ToArray(),
                }
            );
        await page.Locator("main button:has-text('')").Last.ClickAsync();
        await Expect(page.Locator("main [role=alert]")).ToBeVisibleAsync();
        await CheckAsync(page, "a refused file");
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task The_room_and_backstage_and_display_of_a_lecture_have_no_accessibility_faults(string language, ColorScheme scheme)
    {
        string[] choices = ["One", "둘"];
        const string session = "s12",
            room = $"/conferences/demo-congress/sessions/{session}";
        var host = await screens.OpenAsync("p-coordinator", $"{room}/backstage", language, scheme: scheme);
        if (await SayAsync(new { type = "openRoom", conference = "demo-congress" }) == 1)
        {
            await SayAsync(new { type = "setStage", stage = "live" });
            await SayAsync(new { type = "askQuestion", text = "왜 그런가요? لماذا؟" });
            await SayAsync(new { type = "askQuestion", text = "And after a year?" });
            await SayAsync(
                new
                {
                    type = "moderateQuestion",
                    question = 1,
                    verdict = "approve",
                }
            );
            await SayAsync(
                new
                {
                    type = "draftPoll",
                    question = "Which?",
                    choices,
                }
            );
            await SayAsync(
                new
                {
                    type = "draftPoll",
                    question = "And?",
                    choices,
                }
            );
            await SayAsync(
                new
                {
                    type = "setPoll",
                    poll = 1,
                    state = "open",
                }
            );
            await SayAsync(
                new
                {
                    type = "setPoll",
                    poll = 1,
                    state = "shown",
                }
            );
            await SayAsync(
                new
                {
                    type = "setPoll",
                    poll = 2,
                    state = "open",
                }
            );
            await SayAsync(new { type = "announce", text = "Welcome" });
            await SayAsync(new { type = "raiseHand" });
            await SayAsync(
                new
                {
                    type = "setCrew",
                    person = "p-display",
                    role = "captioner",
                }
            );
        }
        await SayAsync(
            new
            {
                type = "writeCaption",
                language,
                text = "Good morning.",
            }
        );
        // The page shows the written captions only while the focus is in the captioner's area.
        await host.Locator("[data-captioner] [data-entry] form input").FocusAsync();
        await Expect(host.Locator("[data-captioner] [data-line]").First).ToBeVisibleAsync();
        await Expect(host.Locator("[data-crew]")).ToBeVisibleAsync();
        await CheckAsync(host, "backstage");
        foreach (var width in (int[])[390, 1280])
        {
            var page = await screens.OpenAsync("p-attendee", $"{room}/room", language, width, scheme);
            await Expect(page.Locator("[data-lecture]")).ToBeVisibleAsync();
            foreach (var tab in (string[])["questions", "polls", "captions"])
            {
                await page.Locator($"[data-tab={tab}]").ClickAsync();
                await CheckAsync(page, $"room, {tab}, {width}");
            }
            await page.Context.CloseAsync();
        }
        var display = await screens.OpenAsync("p-display", $"{room}/display", language, scheme: scheme);
        await Expect(display.Locator("[data-shown-poll]")).ToBeVisibleAsync();
        await CheckAsync(display, "display");

        async Task<int> SayAsync(object command)
        {
            var body = JsonSerializer.SerializeToNode(command)!.AsObject();
            body["commandId"] = Guid.NewGuid();
            return (await Screens.SendAsync(host, "POST", $"api/lectures/{session}/commands", body)).GetProperty("version").GetInt32();
        }
    }

    private static async Task DialogAsync(IPage page, Func<Task> open, string what, string shows)
    {
        await open();
        await Expect(page.Locator(shows).First).ToBeVisibleAsync();
        await CheckAsync(page, what);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    internal static async Task CheckAsync(IPage page, string what)
    {
        await page.EvaluateAsync(Axe.Value);
        var found = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run()).violations.map(v => `${v.id} (${v.impact}) "
                + "at ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | ')}`)"
        );
        Assert.True(found.GetArrayLength() == 0, $"{what}: {string.Join('\n', found.EnumerateArray().Select(v => v.GetString()))}");
    }

    private static string FindAxe()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "src", "Web", "client", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(file))
                return file;
        }
        throw new FileNotFoundException("The client's packages are not installed. Build src/Web first.");
    }
}
