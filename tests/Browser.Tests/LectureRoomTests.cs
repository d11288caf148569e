using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// A lecture on four screens at once. The host reads Arabic. The speaker and a viewer at a desk read Korean. A viewer with a phone reads
/// English.
/// </summary>
public sealed class LectureRoomTests(Screens screens)
{
    private const string Congress = "demo-congress";

    [Fact]
    public async Task Questions_and_polls_and_captions_and_slides_reach_every_screen_even_after_the_server_is_killed()
    {
        const string session = "s02";
        var desk = await screens.OpenAsync("p-attendee", Room(session), "ko");
        await Expect(desk.Locator("[data-closed]")).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-closed] button")).ToHaveCountAsync(0);
        var host = await screens.OpenAsync("p-coordinator", Room(session, "backstage"), "ar");
        var speaker = await screens.OpenAsync(await SpeakerAsync(host, session), Room(session), "ko");
        var phone = await screens.OpenAsync("p-host", Room(session), "en", width: 390);

        // The room opens without a reload for the people who wait.
        await host.Locator("[data-closed] button").ClickAsync();
        foreach (var page in (IPage[])[desk, speaker, phone])
            await Expect(page.Locator("[data-lecture]")).ToBeVisibleAsync();
        await host.Locator("[data-backstage] [data-do=live]").ClickAsync();
        foreach (var page in (IPage[])[desk, speaker, phone])
            await Expect(page.Locator("[data-stage=live]").First).ToBeVisibleAsync();

        // A question is asked, approved, voted for, and answered.
        const string text = "<img src=x onerror=alert(1)> 심장은 왜 뜁니까? لماذا";
        await desk.Locator("[data-lecture] textarea").First.FillAsync(text);
        await desk.Locator("[data-lecture] form button[type=submit]").ClickAsync();
        await Expect(desk.Locator("[data-question='1'][data-state=pending]")).ToBeVisibleAsync();
        await Expect(host.Locator("[data-question='1'][data-state=pending]")).ToContainTextAsync(text);
        await phone.Locator("[data-tab=questions]").ClickAsync();
        await Expect(phone.Locator("[data-question]")).ToHaveCountAsync(0);
        await host.Locator("[data-question='1'] [data-do=approve]").ClickAsync();
        await Expect(phone.Locator("[data-question='1'][data-state=approved]")).ToContainTextAsync(text);
        await phone.Locator("[data-question='1'] button").ClickAsync();
        await desk.Locator("[data-question='1'] button[aria-pressed]").ClickAsync();
        await Expect(phone.Locator("[data-question='1'] button[aria-pressed=true]")).ToContainTextAsync("2");
        await host.Locator("[data-question='1'] [data-do=answer]").ClickAsync();
        foreach (var page in (IPage[])[desk, speaker, phone])
            await Expect(page.Locator("[data-question='1'][data-state=answered]")).ToBeVisibleAsync();

        // Backstage, a speaker who does not moderate sees the questions, the raised hands and the time that is left.
        await LectureMediaTests.CommandAsync(desk, session, new { type = "raiseHand" });
        await LectureMediaTests.CommandAsync(desk, session, new { type = "askQuestion", text = "And then?" });
        await host.Locator("[data-question='2'] [data-do=approve]").ClickAsync();
        await speaker.GotoAsync(Room(session, "backstage"));
        await Expect(speaker.Locator("[data-backstage] [data-question='2']")).ToContainTextAsync("And then?");
        await Expect(speaker.Locator("[data-backstage] [data-question='2'] button")).ToHaveCountAsync(0);
        await Expect(speaker.Locator("[data-backstage] [data-hand=p-attendee]")).ToBeVisibleAsync();
        await Expect(speaker.Locator("[data-time-left]")).ToBeVisibleAsync();
        await Screens.FitsAsync(speaker);
        await speaker.GotoAsync(Room(session));
        await Expect(speaker.Locator("[data-lecture]")).ToBeVisibleAsync();

        // A poll is written, opened, voted in, and shown.
        var inputs = host.Locator("[data-new-poll] input[maxlength]");
        await inputs.Nth(0).FillAsync("Which valve?");
        await inputs.Nth(1).FillAsync("Mitral");
        await inputs.Nth(2).FillAsync("대동맥판");
        await host.Locator("[data-new-poll] button[type=submit]").ClickAsync();
        await Expect(host.Locator("[data-poll='1'][data-state=draft]")).ToBeVisibleAsync();
        await host.Locator("[data-poll='1'] [data-do=open]").ClickAsync();
        foreach (var (page, choice) in ((IPage, int)[])[(desk, 1), (phone, 1), (speaker, 0)])
        {
            await page.Locator("[data-tab=polls]").ClickAsync();
            await page.Locator("[data-poll='1'] input").Nth(choice).CheckAsync();
            await page.Locator("[data-poll='1'] button[type=submit]").ClickAsync();
            await Expect(page.Locator("[data-poll='1'] button[type=submit]")).ToHaveCountAsync(0);
        }
        await Expect(host.Locator("[data-poll='1'] [data-choice='1']")).ToHaveAttributeAsync("data-count", "2");
        await Expect(desk.Locator("[data-choice]")).ToHaveCountAsync(0);
        await host.Locator("[data-poll='1'] [data-do=show]").ClickAsync();
        foreach (var page in (IPage[])[desk, phone])
            await Expect(page.Locator("[data-poll='1'] [data-choice='1']")).ToHaveAttributeAsync("data-count", "2");

        // Captions are written in two languages at once. Each viewer reads one of them.
        await WriteAsync(host, "English", "The heart is a pump.");
        await WriteAsync(host, "Korean", "심장은 펌프입니다.");
        await Expect(phone.Locator("[data-strip]")).ToContainTextAsync("The heart is a pump.");
        await Expect(desk.Locator("[data-strip]")).ToContainTextAsync("심장은 펌프입니다.");
        var line = host.Locator("[data-captioner] [data-line='1']");
        await line.FillAsync("심장은 펌프와 같습니다.");
        await line.PressAsync("Enter");
        await desk.Locator("[data-tab=captions]").ClickAsync();
        await ChooseAsync(desk, desk.Locator("[data-lecture] section").Last.Locator("input").First, 1);
        await Expect(desk.Locator("[data-caption='1']")).ToHaveTextAsync("심장은 펌프와 같습니다.");

        // The speaker's next slide is shown to everybody. A viewer who browses keeps the chosen slide until that viewer returns to the
        // current slide.
        if (Slides() is { } file)
        {
            await speaker.Locator("input[type=file]").SetInputFilesAsync(file);
            await Expect(desk.Locator("[data-slide='1'] canvas")).ToBeVisibleAsync();
            await TurnAsync(speaker, forth: true);
            await Expect(desk.Locator("[data-slide='2']")).ToBeVisibleAsync();
            await TurnAsync(desk, forth: false);
            await Expect(desk.Locator("[data-slide='1']")).ToBeVisibleAsync();
            await TurnAsync(speaker, forth: true);
            await Expect(speaker.Locator("[data-slide='3']")).ToBeVisibleAsync();
            await phone.Locator("[data-tab=slides]").ClickAsync();
            await Expect(phone.Locator("[data-slide='3'] canvas")).ToBeVisibleAsync();
            await Expect(desk.Locator("[data-slide='1']")).ToBeVisibleAsync();
            await desk.Locator("[data-deck] button").Nth(2).ClickAsync();
            await Expect(desk.Locator("[data-slide='3']")).ToBeVisibleAsync();
            Assert.True(
                await desk.Locator("[data-slide] canvas")
                    .EvaluateAsync<bool>(
                        "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; "
                            + "const seen = new Set(); "
                            + "for (let i = 0; i < d.length; i += 4 * 97) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); "
                            + "return seen.size > 3 }"
                    ),
                "The slide is blank."
            );
        }

        // The server is killed and started again. Nothing is lost, and the pages continue without a reload.
        screens.Host.Kill();
        await screens.Host.RestartAsync();
        foreach (var page in (IPage[])[desk, host, phone])
            await Expect(page.Locator("[data-state=live]").First).ToBeVisibleAsync();
        await host.Locator("[data-announce] input").FillAsync("Coffee is served. قهوة");
        await host.Locator("[data-announce] button[type=submit]").ClickAsync();
        foreach (var page in (IPage[])[desk, phone])
            await Expect(page.GetByText("Coffee is served. قهوة")).ToBeVisibleAsync();
        var display = await screens.OpenAsync("p-display", Room(session, "display"), "ar");
        await Expect(display.Locator("[data-display] [data-choice='1']")).ToHaveAttributeAsync("data-count", "2");
        await Expect(display.Locator("[data-join] svg")).ToBeVisibleAsync();
        Assert.Empty(screens.Faults);
    }

    [Fact]
    public async Task A_person_who_gets_a_role_back_is_backstage_again_without_a_reload()
    {
        const string session = "s28";
        var host = await screens.OpenAsync("p-coordinator", Room(session, "backstage"));
        await host.Locator("[data-closed] button").ClickAsync();
        await Expect(host.Locator("[data-backstage]")).ToBeVisibleAsync();
        var helper = await screens.OpenAsync("p-display", Room(session, "backstage"));
        await helper.EvaluateAsync("() => window.same = true");
        await Expect(helper.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        foreach (var given in (bool[])[true, false, true])
        {
            await LectureMediaTests.CommandAsync(
                host,
                session,
                new
                {
                    type = "setCrew",
                    person = "p-display",
                    role = "captioner",
                    given,
                }
            );
            await Expect(helper.Locator("[data-backstage] [data-captioner]")).ToHaveCountAsync(given ? 1 : 0);
            if (!given)
                await Expect(helper.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }
        // A captioner can type without scrolling, even on a phone, whatever is above the field.
        await helper.SetViewportSizeAsync(390, 640);
        await Expect(helper.Locator("[data-entry] form input")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Screens.FitsAsync(helper);
        Assert.True(await helper.EvaluateAsync<bool>("() => window.same"));
        Assert.Empty(screens.Faults);
    }

    private static string Room(string session, string page = "room") => $"/conferences/{Congress}/sessions/{session}/{page}";

    private static async Task<string> SpeakerAsync(IPage page, string session)
    {
        var items = (await Screens.SendAsync(page, "GET", $"api/topics/conference/{Congress}")).GetProperty("items").EnumerateArray();
        var found = items.First(i => i.GetProperty("key").GetString() == $"session/{session}");
        return found.GetProperty("speakers")[0].GetProperty("consultant").GetString()!;
    }

    private static async Task WriteAsync(IPage host, string language, string text)
    {
        var code = language == "Korean" ? 2 : 0;
        await ChooseAsync(host, host.Locator("[data-captioner] [data-entry] input").First, code);
        var field = host.Locator("[data-captioner] [data-entry] form input");
        await field.FillAsync(text);
        await field.PressAsync("Enter");
        await Expect(field).ToHaveValueAsync("");
        await Expect(host.Locator("[data-captioner] [data-line='1']")).ToHaveValueAsync(text);
    }

    private static async Task ChooseAsync(IPage page, ILocator select, int option)
    {
        await select.ClickAsync();
        await page.Locator("[role=option]:visible").Nth(option).ClickAsync();
    }

    private static Task TurnAsync(IPage page, bool forth) => page.Locator("[data-deck] button").Nth(forth ? 1 : 0).ClickAsync();

    private static string? Slides()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent;
        var path = Path.Combine(
            Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(folder?.FullName ?? ".", "..", "shared", "data"),
            "media",
            "fosdem-example-slides.pdf"
        );
        return File.Exists(path) ? path : null;
    }
}
