using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// Tests what a coordinator and other people do with a conference: places, the check-in at the door, a move, a draft that becomes a
/// release, and the public page.
/// </summary>
public sealed class ConferenceDayTests(Screens screens)
{
    [Theory]
    [InlineData("en", 1280), InlineData("ar", 390)]
    public async Task Places_and_check_in_and_a_release_and_the_public_page_work_together(string language, int width)
    {
        var coordinator = await screens.OpenAsync("p-coordinator", "/conferences", language, width);
        var title = $"Day {Guid.NewGuid():N}";
        var id = await ImportAsync(coordinator, title, Soon);
        var session = (await SessionsAsync(coordinator, id))
            .First(s => s.GetProperty("title").GetString() == "Opening")
            .GetProperty("id")
            .GetString()!;
        var path = $"api/conferences/{id}/sessions/{session}";
        await Screens.SendAsync(coordinator, "PUT", $"{path}/capacity", new { places = 1 });

        // The first person gets the place. The second person waits, and gets the place when the first person gives it back.
        var first = await screens.OpenAsync("p-attendee", $"/conferences/{id}", language, 390);
        var second = await screens.OpenAsync((await ConsultantAsync(coordinator))!, $"/conferences/{id}", "ko", 390);
        await Screens.SendAsync(coordinator, "PUT", $"api/conferences/{id}/registration", new { open = true });
        await second.Locator("[data-registration=open] button").First.ClickAsync();
        await Expect(second.Locator("[data-registration=registered]")).ToBeVisibleAsync();
        foreach (var (page, place) in ((IPage, string)[])[(first, "registered"), (second, "waiting")])
        {
            await Session(page, session).Locator("button").First.ClickAsync();
            await page.Locator("[data-place=none] button").First.ClickAsync();
            await Expect(page.Locator($"[data-place={place}]")).ToBeVisibleAsync();
        }
        await first.Locator("[data-place] button").First.ClickAsync();
        await Expect(first.Locator("[data-place=none]")).ToBeVisibleAsync();
        await Expect(second.Locator("[data-place=registered]")).ToBeVisibleAsync();

        // Both people show their tickets at the door. One is let in and the other is refused.
        foreach (var (page, answer) in ((IPage, string)[])[(second, "in"), (first, "refused")])
        {
            await page.GotoAsync($"/conferences/{id}");
            await page.Locator("main button:has(.tabler-icon-ticket)").ClickAsync();
            await Expect(page.Locator("[data-qr]")).ToBeVisibleAsync();
            Assert.True(await page.Locator("[data-qr]").EvaluateAsync<int>("image => image.naturalWidth") > 0, "The QR code is not drawn.");
            await coordinator.GotoAsync($"/conferences/{id}/checkin/{session}");
            await coordinator.Locator("input[name=code]").FillAsync(await page.Locator("[data-code]").InnerTextAsync());
            await coordinator.Keyboard.PressAsync("Enter");
            await Expect(coordinator.Locator($"[data-answer={answer}]")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
        }

        // Attendees see nothing of a draft until it is released.
        await coordinator.GotoAsync($"/conferences/{id}/draft");
        await coordinator.Locator("main button").First.ClickAsync();
        await coordinator.GetByRole(AriaRole.Tab).Nth(1).ClickAsync();
        await coordinator.Locator($"[data-draft='{session}'] button").ClickAsync();
        await coordinator.Locator("input[name=title]").FillAsync("Opening, renamed 개회 افتتاح");
        await coordinator.Locator("[role=dialog] button[type=submit]").ClickAsync();
        await Expect(coordinator.Locator($"[data-draft='{session}']")).ToContainTextAsync("renamed");
        await coordinator.GetByRole(AriaRole.Tab).First.ClickAsync();
        await Expect(coordinator.Locator("[data-difference]")).ToHaveCountAsync(1);
        await Expect(Session(first, session)).Not.ToContainTextAsync("renamed");
        await coordinator.Locator("main button:has(.tabler-icon-send)").ClickAsync();
        await coordinator.Locator("[role=dialog] button[type=submit]").ClickAsync();
        await Expect(coordinator.Locator("[data-release='1']")).ToBeVisibleAsync();
        await Expect(Session(first, session)).ToContainTextAsync("renamed");

        // Anybody can read the programme after it is made public.
        var anybody = await screens.OpenAsync(null, $"/public/{id}", "ko", width);
        await Expect(anybody.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Screens.SendAsync(coordinator, "PUT", $"api/conferences/{id}/public", new { @public = true });
        await anybody.ReloadAsync();
        await Expect(Session(anybody, session)).ToContainTextAsync("renamed");

        // An open session has an address. The Back button closes the session, and another browser can open the address.
        await Session(anybody, session).Locator("button").First.ClickAsync();
        await Expect(anybody.GetByRole(AriaRole.Dialog)).ToContainTextAsync("renamed");
        var address = anybody.Url;
        await anybody.GoBackAsync();
        await Expect(anybody.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Session(anybody, session)).ToBeVisibleAsync();
        await first.GotoAsync(address.Replace("/public/", "/conferences/", StringComparison.Ordinal));
        await Expect(first.GetByRole(AriaRole.Dialog)).ToContainTextAsync("renamed");
        Assert.Empty(screens.Faults);
    }

    /// <summary>The browser itself always uses British English. The page writes dates in the language that is chosen in the hub.</summary>
    [Theory]
    [
        InlineData("en", 1280, "01/03/2099", "2/3", "02/03/2099"),
        InlineData("ar", 390, "01/03/2099", "٢/٣", "02/03/2099"),
        InlineData("ko", 1280, "2099. 03. 01.", "3/2", "2099. 03. 02.")
    ]
    public async Task A_conflict_is_shown_before_a_session_is_moved(string language, int width, string day, string typed, string nextDay)
    {
        var page = await screens.OpenAsync("p-coordinator", "/conferences", language, width);
        var id = await ImportAsync(page, $"Move {Guid.NewGuid():N}");
        async Task<JsonElement> OpeningAsync() =>
            (await SessionsAsync(page, id)).First(s => s.GetProperty("title").GetString() == "Opening");
        await page.GotoAsync($"/conferences/{id}");
        await Session(page, (await OpeningAsync()).GetProperty("id").GetString()!).Locator("button").First.ClickAsync();
        await page.Locator("[data-do=move]").ClickAsync();
        var (date, time, check) = (page.Locator("input[name=date]"), page.Locator("input[name=time]"), page.Locator("[data-check]"));
        await Expect(date).ToHaveValueAsync(day);
        await Expect(date).ToBeFocusedAsync();
        await Expect(check).ToHaveAttributeAsync("data-check", "clear");

        // A time is typed with the keyboard only. Before the move is sent, the page shows which session is in the hall at that time.
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await Expect(time).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("1115");
        await Expect(check).ToHaveAttributeAsync("data-check", "found");
        await Expect(check).ToContainTextAsync("Closing");
        await Expect(check).ToHaveAttributeAsync("aria-live", "polite");
        await AccessibilityTests.CheckAsync(page, "a move with a conflict");
        Assert.StartsWith("2099-03-01T06:00", (await OpeningAsync()).GetProperty("start").GetString(), StringComparison.Ordinal);
        await time.PressAsync("ArrowUp");
        await Expect(time).ToHaveValueAsync("11:20");

        // The calendar also uses the reader's language, and Escape closes it.
        await page.Locator("[role=dialog] button:has(.tabler-icon-calendar)").ClickAsync();
        await Expect(page.Locator(".mantine-DatePicker-day[data-selected]")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "calendar");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".mantine-DatePicker-day")).ToHaveCountAsync(0);

        // An invalid date is not sent.
        await date.FillAsync("31/31");
        await Expect(page.Locator("input[name=date]:invalid")).ToBeVisibleAsync();
        await Expect(page.Locator("form:has(input[name=date]) button[type=submit]")).ToBeDisabledAsync();
        await date.PressAsync("Tab");
        await Expect(page.Locator("[role=dialog] .mantine-InputWrapper-error")).ToContainTextAsync(day);
        await AccessibilityTests.CheckAsync(page, "an invalid date");
        await date.FillAsync(typed);
        await date.PressAsync("Tab");
        await Expect(date).ToHaveValueAsync(nextDay);
        await Expect(check).ToHaveAttributeAsync("data-check", "clear");
        await page.Locator("form:has(input[name=date]) button[type=submit]").ClickAsync();
        await Expect(page.Locator("input[name=date]")).ToHaveCountAsync(0);
        Assert.StartsWith("2099-03-02T07:20", (await OpeningAsync()).GetProperty("start").GetString(), StringComparison.Ordinal);
        Assert.Empty(screens.Faults);
    }

    /// <summary>
    /// The scan also works in a browser that cannot read QR codes. Such a browser loads a code reader from the hub, but only when the
    /// camera is opened.
    /// </summary>
    [Fact]
    public async Task A_ticket_is_scanned_at_the_door_with_the_camera()
    {
        var coordinator = await screens.OpenAsync("p-coordinator", "/conferences");
        var id = await ImportAsync(coordinator, $"Door {Guid.NewGuid():N}", Soon);
        var session = (await SessionsAsync(coordinator, id))
            .First(s => s.GetProperty("title").GetString() == "Opening")
            .GetProperty("id")
            .GetString()!;
        var attendee = await screens.OpenAsync("p-attendee", $"/conferences/{id}");
        await Session(attendee, session).Locator("button").First.ClickAsync();
        await attendee.Locator("[data-place=none] button").First.ClickAsync();
        await Expect(attendee.Locator("[data-place=registered]")).ToBeVisibleAsync();
        await attendee.Keyboard.PressAsync("Escape");
        await attendee.Locator("main button:has(.tabler-icon-ticket)").ClickAsync();
        var film = await FilmAsync(await attendee.Locator("[data-qr]").ScreenshotAsync());

        var door = await screens.OpenWithCameraAsync(film, "p-coordinator", "/conferences", width: 390);
        await door.AddInitScriptAsync("delete window.BarcodeDetector");
        List<string> loaded = [];
        door.Request += (_, request) => loaded.Add(request.Url);
        await door.GotoAsync($"/conferences/{id}/checkin/{session}");
        await Expect(door.Locator("input[name=code]")).ToBeVisibleAsync();
        Assert.DoesNotContain(
            loaded,
            url => url.Contains("wasm", StringComparison.Ordinal) || url.Contains("zxing", StringComparison.Ordinal)
        );
        await door.Locator("main button:has(.tabler-icon-camera)").ClickAsync();
        await Expect(door.Locator("[data-answer=in]")).ToContainTextAsync("Noura Al Hammadi");
        Assert.Contains(loaded, url => url.EndsWith(".wasm", StringComparison.Ordinal));
        Assert.All(loaded, url => Assert.Equal(screens.Host.Address.Authority, new Uri(url).Authority));
        File.Delete(film);
        Assert.Empty(screens.Faults);
    }

    /// <summary>Makes a film of one second that shows a picture, as if a person held it in front of a camera.</summary>
    private static async Task<string> FilmAsync(byte[] png)
    {
        var path = Path.Combine(Path.GetTempPath(), $"hub-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync($"{path}.png", png);
        try
        {
            using var ffmpeg = Process.Start(
                new ProcessStartInfo(
                    "ffmpeg",
                    [
                        "-v",
                        "error",
                        "-loop",
                        "1",
                        "-framerate",
                        "10",
                        "-t",
                        "1",
                        "-i",
                        $"{path}.png",
                        "-vf",
                        "scale=300:300,pad=640:480:170:90:gray,format=yuv420p",
                        $"{path}.y4m",
                    ]
                )
            )!;
            await ffmpeg.WaitForExitAsync();
            Assert.Equal(0, ffmpeg.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no ffmpeg on this machine.");
        }
        File.Delete($"{path}.png");
        return $"{path}.y4m";
    }

    private static ILocator Session(IPage page, string id) => page.Locator($"[data-session='{id}']").First;

    /// <summary>
    /// The local time in Dubai half an hour from now. If a session starts then, people can already check in and the session has not begun.
    /// </summary>
    private static DateTime Soon =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai")).DateTime.AddMinutes(30);

    private static async Task<string> ImportAsync(IPage page, string title, DateTime? opening = null)
    {
        var begins = opening ?? new DateTime(2099, 3, 1, 10, 0, 0);
        var calendar =
            $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:{title}\r\nX-WR-TIMEZONE:Asia/Dubai\r\n"
            + "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Opening\r\nLOCATION:Hall\r\n"
            + $"DTSTART;TZID=Asia/Dubai:{begins:yyyyMMdd'T'HHmm}00\r\nDURATION:PT45M\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Closing\r\nLOCATION:Hall\r\n"
            + $"DTSTART;TZID=Asia/Dubai:{begins.AddHours(1):yyyyMMdd'T'HHmm}00\r\nDURATION:PT45M\r\nEND:VEVENT\r\n"
            + "END:VCALENDAR\r\n";
        await page.GotoAsync("/import");
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "day.ics",
                    MimeType = "text/calendar",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(calendar),
                }
            );
        await page.Locator("main button:not([aria-label])").Last.ClickAsync();
        await page.Locator("[data-report=preview]").WaitForAsync();
        await page.Locator("[data-do=confirm]").ClickAsync();
        var link = page.Locator("[data-report=done] a[href^='/conferences/']");
        return Regex.Match((await link.GetAttributeAsync("href"))!, "[^/]+$").Value;
    }

    private static async Task<List<JsonElement>> SessionsAsync(IPage page, string id) =>
        [
            .. (await Screens.SendAsync(page, "GET", $"api/topics/conference/{id}"))
                .GetProperty("items")
                .EnumerateArray()
                .Where(i => i.GetProperty("type").GetString() == "session"),
        ];

    private static async Task<string?> ConsultantAsync(IPage page) =>
        (await Screens.SendAsync(page, "GET", "api/consultants?network=ehs"))[0].GetProperty("id").GetString();
}
