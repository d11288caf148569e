using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// A person watches a lecture on a phone and gets a certificate. A stranger verifies it without a sign-in, and a coordinator revokes it.
/// The coordinator reads English, the person Korean and the stranger Arabic.
/// </summary>
public sealed class CreditTests(Screens screens)
{
    private const string Congress = "demo-congress";

    [Fact]
    public async Task A_viewer_gets_a_certificate_that_anybody_can_verify_until_it_is_revoked()
    {
        const string session = "s40";
        var desk = await screens.OpenAsync("p-coordinator", $"/conferences/{Congress}");
        await HoldAsync(desk, session);
        var body = await AddBodyAsync(desk, "body");
        var phone = await screens.OpenAsync("p-attendee", $"/conferences/{Congress}", "ko", width: 390);
        await Expect(phone.Locator("[data-session]").First).ToBeVisibleAsync();
        await Screens.FitsAsync(phone);
        await WatchAsync(phone, desk, session);

        // The attendee sees the earned credits, and why other bodies give none.
        await phone.Locator("a[href$='/attendance']").ClickAsync();
        await Expect(phone.Locator($"[data-session={session}]")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(phone, "my attendance");
        await phone.Locator($"[data-body={body}] [data-do=certificate]").ClickAsync();
        var link = phone.Locator($"[data-body={body}] a[href*='/pdf']");
        await Expect(link).ToBeVisibleAsync();
        var pdf = await phone.APIRequest.GetAsync((await link.GetAttributeAsync("href"))!);
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Headers["content-type"]));
        var issued = await Screens.SendAsync(phone, "GET", $"api/conferences/{Congress}/certificates/mine");
        var certificate = issued
            .EnumerateArray()
            .Select(c => c.GetProperty("certificate"))
            .First(c => c.GetProperty("policy").GetProperty("id").GetString() == body);
        var (number, token) = (certificate.GetProperty("number").GetString()!, certificate.GetProperty("token").GetString()!);

        // Anybody can verify the certificate with its code or its number. A changed certificate is detected.
        var stranger = await screens.OpenAsync(null, $"/verify#{token}", "ar", width: 390);
        await Expect(stranger.Locator("[data-standing=valid]")).ToContainTextAsync("Noura Al Hammadi");
        await Expect(stranger.Locator("[data-standing=valid]")).ToContainTextAsync("نورة الحمادي");
        await Screens.FitsAsync(stranger);
        await AccessibilityTests.CheckAsync(stranger, "verified");
        await stranger.GotoAsync($"/verify#{token[..^4]}AAAA");
        await Expect(stranger.Locator("[data-standing=forged]")).ToBeVisibleAsync();
        await stranger.GotoAsync("/verify");
        await stranger.ReloadAsync();
        await Expect(stranger.Locator("input[name=number]")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(stranger, "verify");
        await stranger.Locator("input[name=number]").FillAsync(number);
        await stranger.Locator("button[type=submit]").ClickAsync();
        await Expect(stranger.Locator("[data-standing=valid]")).ToBeVisibleAsync();

        // Without a connection to the hub the signature still proves that the certificate is genuine, even in a reloaded page.
        await stranger.WaitForFunctionAsync(
            "async () => localStorage.getItem('hub.certificate-keys') && !!(await (await caches.open('certificates')).match('/verify'))"
        );
        await stranger.Context.SetOfflineAsync(true);
        await stranger.GotoAsync($"/verify#{token}");
        await stranger.ReloadAsync();
        await Expect(stranger.Locator("[data-standing=signed]")).ToContainTextAsync("Noura Al Hammadi");
        await stranger.Context.SetOfflineAsync(false);

        // The coordinator sees who attended, and revokes the certificate.
        await desk.GotoAsync($"/conferences/{Congress}/attendance/all");
        await desk.Locator("[data-person=p-attendee] button").ClickAsync();
        await Expect(desk.Locator($"[data-session={session}]")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(desk, "attendance");
        await desk.SetViewportSizeAsync(390, 860);
        await AccessibilityTests.CheckAsync(desk, "attendance, 390");
        await Screens.FitsAsync(desk);
        await desk.SetViewportSizeAsync(1280, 860);
        await desk.GetByRole(AriaRole.Tab).Nth(1).ClickAsync();
        await desk.Locator($"[data-certificate='{number}'] [data-do=revoke]").ClickAsync();
        await desk.Locator("[role=dialog] textarea").First.FillAsync("Issued in a test.");
        await AccessibilityTests.CheckAsync(desk, "revoke");
        await desk.Locator("[role=dialog] button[type=submit]").ClickAsync();
        await Expect(desk.Locator($"[data-certificate='{number}'] [data-do=revoke]")).ToHaveCountAsync(0);
        await AccessibilityTests.CheckAsync(desk, "certificates");
        await stranger.ReloadAsync();
        await Expect(stranger.Locator("[data-standing=revoked]")).ToBeVisibleAsync();

        // A coordinator cannot change the rules from a page that shows an older version of them.
        await desk.GetByRole(AriaRole.Tab).Nth(2).ClickAsync();
        await Expect(desk.Locator("[data-policies] section").First).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(desk, "rules");
        await AddBodyAsync(desk, "other");
        await desk.Locator("[data-policies] input[type=checkbox]").First.ClickAsync();
        await desk.Locator("[data-policies] button[type=submit]").ClickAsync();
        await Expect(desk.Locator("[data-policies] [role=alert]")).ToBeVisibleAsync();
        Assert.Empty(screens.Faults);
    }

    private static Task<JsonElement> CommandAsync(IPage page, string session, object command) =>
        Screens.SendAsync(page, "POST", $"api/lectures/{session}/commands", command);

    private static async Task HoldAsync(IPage coordinator, string session)
    {
        await CommandAsync(
            coordinator,
            session,
            new
            {
                type = "openRoom",
                commandId = Guid.NewGuid(),
                conference = Congress,
            }
        );
        await CommandAsync(
            coordinator,
            session,
            new
            {
                type = "setStage",
                commandId = Guid.NewGuid(),
                stage = "live",
            }
        );
    }

    /// <summary>Adds a body that gives 10 credits per hour in steps of 0.01, so that a few seconds of watching count.</summary>
    private static async Task<string> AddBodyAsync(IPage coordinator, string id)
    {
        var now = await Screens.SendAsync(coordinator, "GET", "api/networks/ehs/credit-policies");
        var added = JsonSerializer.SerializeToElement(
            new
            {
                id,
                name = new { en = $"Body {id}" },
                unit = new { en = "seconds" },
                perHour = 10,
                minimumShare = 0,
                minimumMinutes = 0,
                live = true,
                recorded = false,
                inPerson = false,
                step = 0.01,
                rounding = "nearest",
            }
        );
        await Screens.SendAsync(
            coordinator,
            "PUT",
            "api/networks/ehs/credit-policies",
            new { version = now.GetProperty("version"), policies = now.GetProperty("policies").EnumerateArray().Append(added) }
        );
        return id;
    }

    /// <summary>The attendee watches the coordinator speak until the hub has counted a tenth of a minute. Then the lecture ends.</summary>
    private static async Task WatchAsync(IPage attendee, IPage coordinator, string session)
    {
        await coordinator.GotoAsync(LectureMediaTests.Room(session, "backstage"));
        await coordinator.Locator("[data-camera]").ClickAsync();
        await coordinator.Locator("button[data-on-air]").ClickAsync();
        await attendee.GotoAsync(LectureMediaTests.Room(session));
        await LectureMediaTests.SeesAsync(attendee);
        // A report without the hub's receipts earns nothing. Pages of earlier releases sent such reports.
        var now = DateTimeOffset.UtcNow;
        var claim = await attendee.APIRequest.PostAsync(
            $"api/lectures/{session}/played",
            new()
            {
                DataObject = new
                {
                    connection = "tab",
                    played = new[]
                    {
                        new
                        {
                            from = now.AddSeconds(-20),
                            to = now,
                            @as = "live",
                        },
                    },
                },
                Headers = [new("X-Hub", "1")],
            }
        );
        Assert.Equal(409, claim.Status);
        double minutes = 0;
        while (minutes < 0.1)
        {
            await attendee.WaitForTimeoutAsync(500);
            var mine = await Screens.SendAsync(attendee, "GET", $"api/conferences/{Congress}/attendance/mine");
            minutes = mine.GetProperty("sessions").EnumerateArray().FirstOrDefault(s => s.GetProperty("session").GetString() == session)
                is { ValueKind: JsonValueKind.Object } held
                ? held.GetProperty("live").GetDouble()
                : 0;
        }
        await coordinator.Locator("[data-off-air]").ClickAsync();
        await Expect(coordinator.Locator("[data-studio=off]")).ToBeVisibleAsync();
        await CommandAsync(
            coordinator,
            session,
            new
            {
                type = "setStage",
                commandId = Guid.NewGuid(),
                stage = "ended",
            }
        );
        await attendee.GotoAsync($"/conferences/{Congress}");
    }
}
