using System.Globalization;
using Microsoft.Playwright;
using static ConsultHub.Tests.LectureMediaTests;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>Browsers that show no codecs of their own send with their recorder and play with their media source; the others do not notice.</summary>
public sealed class LectureFallbackTests(Screens screens)
{
    private const string WithoutEncoders = "delete window.VideoEncoder; delete window.AudioEncoder", WithoutDecoders = "delete window.VideoDecoder; delete window.AudioDecoder";

    [Fact]
    public async Task A_speaker_without_codecs_is_seen_and_heard_by_viewers_with_and_without_and_a_viewer_without_sees_every_speaker_now_and_again()
    {
        const string session = "s23";
        var host = await screens.OpenAsync("p-coordinator", "/conferences");
        await host.AddInitScriptAsync(WithoutEncoders);
        await CommandAsync(host, session, new { type = "openRoom", conference = Congress });
        await CommandAsync(host, session, new { type = "setRecording", consent = true, days = 30 });
        await CommandAsync(host, session, new { type = "setStage", stage = "live" });
        await GoOnAirAsync(host, session);
        Assert.False(await host.EvaluateAsync<bool>("() => 'VideoEncoder' in window || 'AudioEncoder' in window"));

        var modern = await screens.OpenAsync("p-attendee", Room(session));
        var plain = await screens.OpenAsync("p-coordinator-2", "/conferences");
        await plain.AddInitScriptAsync(WithoutDecoders);
        await plain.GotoAsync(Room(session));
        await SeesAsync(modern);
        await HearsAsync(modern);
        await SeesAsync(plain);
        await HearsAsync(plain);
        await Expect(modern.Locator("[data-media] canvas")).ToHaveCountAsync(1);
        await Expect(plain.Locator("[data-media] video")).ToHaveCountAsync(1);
        await Expect(plain.Locator("[data-media] canvas")).ToHaveCountAsync(0);

        // What is really played is reported, and what is muted is still seen.
        var report = await plain.WaitForRequestAsync(request => request.Url.EndsWith("/played", StringComparison.Ordinal), new() { Timeout = Patience });
        Assert.Contains("\"as\":\"live\"", report.PostData, StringComparison.Ordinal);
        await StageOf(plain).FocusAsync();
        await plain.Keyboard.PressAsync("m");
        await Expect(plain.GetByLabel("Unmute")).ToBeVisibleAsync();
        await SeesAsync(plain);

        // The camera is switched off and on again: the sound goes on meanwhile.
        await host.Locator("[data-camera]").ClickAsync();
        await Expect(plain.Locator("[data-media] video")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await HearsAsync(modern);
        await host.Locator("[data-camera]").ClickAsync();
        await SeesAsync(plain);
        await SeesAsync(modern);

        // A speaker whose browser has codecs is seen too.
        await host.Locator("[data-off-air]").ClickAsync();
        await Expect(host.Locator("[data-studio=off]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await host.Context.CloseAsync();
        var other = await screens.OpenAsync("p-coordinator", "/conferences");
        await GoOnAirAsync(other, session);
        await SeesAsync(plain);
        await HearsAsync(plain);

        // Back to what the recorder sent, and to the present again.
        await plain.WaitForFunctionAsync("() => document.querySelector('[data-timeline]')", null, new() { Timeout = Patience });
        await StageOf(plain).FocusAsync();
        for (var i = 0; i < 12; i++) await plain.Keyboard.PressAsync("ArrowLeft");
        await Expect(plain.Locator("[data-media=replay]")).ToBeVisibleAsync();
        await SeesAsync(plain);
        await HearsAsync(plain);
        var instant = await InstantAsync(plain);
        await plain.WaitForFunctionAsync($"() => Number(document.querySelector('[data-media]').dataset.instant) > {(instant + 1_000).ToString(CultureInfo.InvariantCulture)}", null, new() { Timeout = Patience });
        await plain.Locator("[data-to-live]").ClickAsync();
        await Expect(plain.Locator("[data-media=live]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await SeesAsync(plain);

        foreach (var page in (IPage[])[other, modern, plain]) await page.Context.CloseAsync();
        Assert.Empty(screens.Faults);
    }

    private static async Task GoOnAirAsync(IPage page, string session)
    {
        await page.GotoAsync(Room(session, "backstage"));
        await page.Locator("[data-camera]").ClickAsync(new() { Timeout = Patience });
        await page.Locator("[data-microphone]").ClickAsync();
        await page.Locator("[data-on-air]").ClickAsync();
        await Expect(page.Locator("[data-studio=onAir]")).ToBeVisibleAsync(new() { Timeout = Patience });
    }
}
