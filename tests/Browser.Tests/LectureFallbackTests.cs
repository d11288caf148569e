using System.Globalization;
using Microsoft.Playwright;
using static ConsultHub.Tests.LectureMediaTests;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// Browsers without WebCodecs send with a media recorder and play with a media source. People with other browsers see no difference.
/// </summary>
public sealed class LectureFallbackTests(Screens screens)
{
    private const string WithoutEncoders = "delete window.VideoEncoder; delete window.AudioEncoder",
        WithoutDecoders = "delete window.VideoDecoder; delete window.AudioDecoder";

    [Fact]
    public async Task Viewers_see_a_speaker_without_WebCodecs_and_a_viewer_without_WebCodecs_sees_every_speaker_live_and_in_the_replay()
    {
        const string session = "s24";
        var host = await screens.OpenAsync("p-coordinator", "/conferences");
        await host.AddInitScriptAsync(WithoutEncoders);
        await CommandAsync(host, session, new { type = "openRoom", conference = Congress });
        await CommandAsync(
            host,
            session,
            new
            {
                type = "setRecording",
                consent = true,
                days = 30,
            }
        );
        await CommandAsync(host, session, new { type = "agreeToRecording", agrees = true });
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

        // The page reports that it has played the lecture live. A viewer who mutes the sound still sees the pictures.
        var report = await plain.WaitForRequestAsync(request => request.Url.EndsWith("/played", StringComparison.Ordinal));
        Assert.Contains("\"as\":\"live\"", report.PostData, StringComparison.Ordinal);
        await StageOf(plain).FocusAsync();
        await plain.Keyboard.PressAsync("m");
        await Expect(plain.GetByLabel("Unmute")).ToBeVisibleAsync();
        await SeesAsync(plain);

        // The camera is switched off and on again. The sound continues in the meantime.
        await host.Locator("[data-camera]").ClickAsync();
        await Expect(plain.Locator("[data-media] video")).ToHaveCountAsync(0);
        await HearsAsync(modern);
        await host.Locator("[data-camera]").ClickAsync();
        await SeesAsync(plain);
        await SeesAsync(modern);

        // A speaker whose browser has WebCodecs is seen too.
        await host.Locator("[data-off-air]").ClickAsync();
        await Expect(host.Locator("[data-studio=off]")).ToBeVisibleAsync();
        await host.Context.CloseAsync();
        var other = await screens.OpenAsync("p-coordinator", "/conferences");
        await GoOnAirAsync(other, session);
        await SeesAsync(plain);
        await HearsAsync(plain);

        // The viewer goes back to what the media recorder sent, and then returns to the present.
        await plain.WaitForFunctionAsync("() => document.querySelector('[data-timeline]')");
        await StageOf(plain).FocusAsync();
        for (var i = 0; i < 12; i++)
            await plain.Keyboard.PressAsync("ArrowLeft");
        await Expect(plain.Locator("[data-media=replay]")).ToBeVisibleAsync();
        await SeesAsync(plain);
        await HearsAsync(plain);
        var instant = await InstantAsync(plain);
        await plain.WaitForFunctionAsync(
            "() => Number(document.querySelector('[data-media]').dataset.instant) > "
                + (instant + 1_000).ToString(CultureInfo.InvariantCulture)
        );
        await plain.Locator("[data-to-live]").ClickAsync();
        await Expect(plain.Locator("[data-media=live]")).ToBeVisibleAsync();
        await SeesAsync(plain);
        Assert.Empty(screens.Faults);
    }

    [Fact]
    public async Task A_full_or_failing_media_source_continues_at_the_next_keyframe_and_unplayable_pictures_are_explained()
    {
        const string session = "s25";
        const string spoil = """
            const append = SourceBuffer.prototype.appendBuffer
            window.appended = 0
            SourceBuffer.prototype.appendBuffer = function (bytes) {
              const n = ++window.appended
              if (n === 60 || n === 61) throw new DOMException('', 'QuotaExceededError')
              return append.call(this, n === 120 || n === 121 ? new Uint8Array(64) : bytes)
            }
            """;
        var host = await screens.OpenAsync("p-coordinator", "/conferences");
        await CommandAsync(host, session, new { type = "openRoom", conference = Congress });
        await CommandAsync(host, session, new { type = "setStage", stage = "live" });
        await GoOnAirAsync(host, session);
        var plain = await screens.OpenAsync("p-attendee", "/conferences");
        await plain.AddInitScriptAsync(WithoutDecoders);
        await plain.AddInitScriptAsync(spoil);
        await plain.GotoAsync(Room(session));
        await Expect(plain.Locator("[data-media] [role=alert]")).ToContainTextAsync("could not be shown for a moment");
        await plain.WaitForFunctionAsync("() => window.appended > 150");
        await SeesAsync(plain);
        await HearsAsync(plain);
        await Expect(plain.Locator("[data-media] [role=alert]")).ToHaveCountAsync(0);
        await host.Context.CloseAsync();

        // The browser of the next speaker has no VP8.
        var other = await screens.OpenAsync("p-coordinator", "/conferences");
        Assert.SkipUnless(
            await other.EvaluateAsync<bool>(
                "async () => (await VideoEncoder.isConfigSupported({ codec: 'avc1.42E01F', width: 640, height: 480, "
                    + "avc: { format: 'avc' } })).supported"
            ),
            "This Chromium does not encode H.264."
        );
        await other.AddInitScriptAsync(
            "const ask = VideoEncoder.isConfigSupported; "
                + "VideoEncoder.isConfigSupported = (c) => c.codec === 'vp8' ? Promise.resolve({ supported: false }) "
                + ": ask.call(VideoEncoder, c)"
        );
        await GoOnAirAsync(other, session);
        await Expect(plain.Locator("[data-media] [role=alert]"))
            .ToContainTextAsync("The speaker sends H.264, which this browser cannot show");
        await HearsAsync(plain);
        Assert.Empty(screens.Faults);
    }

    private static async Task GoOnAirAsync(IPage page, string session)
    {
        await page.GotoAsync(Room(session, "backstage"));
        await page.Locator("[data-camera]").ClickAsync();
        await page.Locator("[data-microphone]").ClickAsync();
        await page.Locator("[data-on-air]").ClickAsync();
        await Expect(page.Locator("[data-studio=onAir]")).ToBeVisibleAsync();
    }
}
