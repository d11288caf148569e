using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// A lecture that is really streamed. Chromium's test camera and microphone go on air in one page. Other pages see moving pictures and hear
/// the beeps, even if they join late or have a slow connection. The recording is watched while the lecture is live, and after the server
/// was killed.
/// </summary>
public sealed class LectureMediaTests(Screens screens)
{
    internal const string Congress = "demo-congress";

    /// <summary>Chromium's test camera is green, and so is a canvas or video that shows it. No two of its pictures are the same.</summary>
    private const string Look = """
        () => {
          const picture = document.querySelector('[data-media] :is(canvas, video)')
          const [width, height] = picture ? [picture.videoWidth ?? picture.width, picture.videoHeight ?? picture.height] : [0, 0]
          if (width < 16 || !(picture.currentTime ?? picture.dataset.timestamp)) return null
          const canvas = new OffscreenCanvas(width, height)
          canvas.getContext('2d').drawImage(picture, 0, 0)
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
          let [red, green, blue, hash] = [0, 0, 0, 0]
          for (let i = 0; i < data.length; i += 4 * 53) {
            red += data[i]; green += data[i + 1]; blue += data[i + 2]; hash = (hash * 31 + data[i + 1]) | 0
          }
          return green > 1.5 * red && green > 1.5 * blue ? String(hash) : null
        }
        """;

    [Fact]
    public async Task Viewers_see_and_hear_the_speaker_and_later_the_recording_even_if_they_come_late_or_reload_or_have_a_slow_connection()
    {
        const string session = "s20";
        var host = await screens.OpenAsync("p-coordinator", "/conferences");
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
        await host.GotoAsync(Room(session, "backstage"));
        await Expect(host.Locator("[data-agreement=false]")).ToBeVisibleAsync();
        await host.Locator("[data-do=agree]").ClickAsync();
        await Expect(host.Locator("[data-agreement=true]")).ToBeVisibleAsync();
        await host.Locator("[data-camera]").ClickAsync();
        await host.Locator("[data-microphone]").ClickAsync();
        await Expect(host.Locator("[data-studio] video")).ToBeVisibleAsync();
        await Expect(host.Locator("[data-studio] [role=meter]")).ToBeVisibleAsync();

        var early = await screens.OpenAsync("p-attendee", Room(session), "ko");
        await Expect(early.Locator("[data-recording=planned]")).ToBeVisibleAsync();
        await host.Locator("[data-on-air]").ClickAsync();
        await Expect(host.Locator("[data-studio=onAir]")).ToBeVisibleAsync();
        await Expect(early.Locator("[data-media][data-shown='0']")).ToBeVisibleAsync(); // only the crew sees the green room
        await SeesAsync(host);
        await host.Locator("[data-backstage] [data-do=live]").ClickAsync();
        await SeesAsync(early);
        await HearsAsync(early);
        await Expect(early.Locator("[data-recording=now]")).ToBeVisibleAsync();
        // The speaker's name is written in the script of the reader's language.
        await Expect(early.Locator("[data-media] [data-name]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[가-힣 ]+$"));

        // The speaker opens other pages of the hub, comes back, and stays on air.
        await host.Locator("[data-backstage] a[href$='/room']").ClickAsync();
        await Expect(host.Locator("[data-on-air-bar=onAir]")).ToBeVisibleAsync();
        await SeesAsync(host);
        await host.Locator("header nav a[href='/conferences']").ClickAsync();
        await Expect(host.Locator("[data-on-air-bar=onAir]")).ToBeVisibleAsync();
        await SeesAsync(early);
        Assert.False(
            await host.EvaluateAsync<bool>("() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"),
            "The page would close without asking."
        );
        await host.Locator("[data-on-air-bar] a").ClickAsync();
        await Expect(host.Locator("[data-studio=onAir] video")).ToBeVisibleAsync();
        await Expect(host.Locator("[data-on-air-bar]")).ToHaveCountAsync(0);

        // One viewer has a slow connection, one comes late, and one reloads the page.
        var slow = await screens.OpenAsync("p-display", "/conferences");
        var line = await slow.Context.NewCDPSessionAsync(slow);
        await line.SendAsync("Network.enable");
        await line.SendAsync(
            "Network.emulateNetworkConditions",
            new()
            {
                ["offline"] = false,
                ["latency"] = 80,
                ["downloadThroughput"] = 100_000,
                ["uploadThroughput"] = 50_000,
            }
        );
        await slow.GotoAsync(Room(session));
        await SeesAsync(slow);
        var late = await screens.OpenAsync("p-coordinator-2", Room(session));
        await SeesAsync(late);
        await HearsAsync(late);
        await late.ReloadAsync();
        await SeesAsync(late);
        await HearsAsync(late);
        await HearsAsync(slow);

        // A viewer goes back in time while the lecture is live, and then returns to the present.
        await early.WaitForFunctionAsync("() => document.querySelector('[data-timeline]')");
        await StageOf(early).FocusAsync();
        await early.Keyboard.PressAsync("ArrowLeft");
        await Expect(early.Locator("[data-media=replay]")).ToBeVisibleAsync();
        await SeesAsync(early);
        await HearsAsync(early);
        var instant = await InstantAsync(early);
        await early.WaitForFunctionAsync(
            "() => Number(document.querySelector('[data-media]').dataset.instant) > "
                + (instant + 1_000).ToString(CultureInfo.InvariantCulture)
        );
        await early.Locator("[data-to-live]").ClickAsync();
        await Expect(early.Locator("[data-media=live]")).ToBeVisibleAsync();
        await SeesAsync(early);

        // The server is killed. Afterwards the speaker is on air again without a click, viewers see the speaker, and the recording is still
        // there.
        screens.Host.Kill();
        await Expect(early.Locator("[data-media=offline]")).ToBeVisibleAsync();
        await screens.Host.RestartAsync();
        await Expect(host.Locator("[data-studio=onAir]")).ToBeVisibleAsync();
        await SeesAsync(early);
        await CommandAsync(host, session, new { type = "setStage", stage = "ended" });
        await Expect(host.Locator("[data-studio=onAir]")).ToHaveCountAsync(0);
        var again = await screens.OpenAsync("p-attendee", Room(session));
        await Expect(again.Locator("[data-media=ended]")).ToBeVisibleAsync();
        await again.Locator("[data-play-recording]").ClickAsync();
        var begins = await InstantAsync(again);
        await SeesAsync(again);
        await HearsAsync(again);
        var from = (await Screens.SendAsync(again, "GET", $"api/lectures/{session}/recording")).GetProperty("from").GetDateTimeOffset();
        Assert.InRange(begins - from.ToUnixTimeMilliseconds(), -1_000, 60_000); // the replay starts at the beginning
        Assert.Empty(screens.Faults);
    }

    [Fact]
    public async Task A_blocked_camera_is_explained_and_the_speaker_can_still_go_on_air_with_sound_only()
    {
        const string session = "s21";
        var host = await screens.OpenAsync("p-coordinator", "/conferences");
        await host.AddInitScriptAsync(
            "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); "
                + "navigator.mediaDevices.getUserMedia = (c) => c.video ? Promise.reject(new DOMException('', 'NotAllowedError')) : ask(c)"
        );
        await CommandAsync(host, session, new { type = "openRoom", conference = Congress });
        await CommandAsync(host, session, new { type = "setStage", stage = "live" });
        await host.GotoAsync(Room(session, "backstage"));
        await host.Locator("[data-camera]").ClickAsync();
        await Expect(host.Locator("[data-fault='media.denied']")).ToContainTextAsync("Allow camera and microphone");
        await host.Locator("[data-microphone]").ClickAsync();
        await host.Locator("[data-on-air]").ClickAsync();
        var attendee = await screens.OpenAsync("p-attendee", Room(session));
        await HearsAsync(attendee);
        await Expect(attendee.Locator("[data-media] canvas")).ToHaveCountAsync(0);

        // The speaker shares a screen with its sound and mutes the microphone. The sound of the screen is still heard.
        await host.EvaluateAsync(
            """
            () => {
              navigator.mediaDevices.getDisplayMedia = async (asked) => {
                const canvas = document.createElement('canvas')
                ;[canvas.width, canvas.height] = [640, 360]
                const paint = canvas.getContext('2d')
                setInterval(() => ((paint.fillStyle = `hsl(${Date.now() % 360} 80% 50%)`), paint.fillRect(0, 0, 640, 360)), 100)
                const context = new AudioContext(), tone = context.createOscillator(), out = context.createMediaStreamDestination()
                tone.connect(out)
                tone.start()
                window.kept = [canvas, context, tone, out]
                return new MediaStream([...canvas.captureStream(10).getVideoTracks(), ...(asked.audio ? out.stream.getAudioTracks() : [])])
              }
            }
            """
        );
        await host.Locator("[data-studio] [aria-pressed=false]").ClickAsync();
        await host.Locator("[data-studio] [data-screen]").ClickAsync();
        await Expect(host.Locator("[data-screen-sound=true]")).ToBeVisibleAsync();
        await Expect(attendee.Locator("[data-media] canvas")).ToHaveCountAsync(1);
        // The sound of the screen is a tone that does not stop. The test microphone only beeps.
        await attendee.WaitForFunctionAsync(
            "() => { window.loud = Number(document.querySelector('[data-media]').dataset.level) > 0.1 "
                + "? (window.loud ?? 0) + 1 : 0; return window.loud > 20 }",
            null,
            new() { PollingInterval = 100 }
        );
        Assert.Empty(screens.Faults);
    }

    internal static string Room(string session, string page = "room") => $"/conferences/{Congress}/sessions/{session}/{page}";

    internal static ILocator StageOf(IPage page) => page.Locator("[data-media]");

    internal static async Task CommandAsync(IPage page, string session, object command)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
        body["commandId"] = Guid.NewGuid();
        await Screens.SendAsync(page, "POST", $"api/lectures/{session}/commands", body);
    }

    /// <summary>Waits for three different pictures of the camera.</summary>
    internal static async Task SeesAsync(IPage page)
    {
        HashSet<string> seen = [];
        while (seen.Count < 3)
        {
            var look = await UntilAsync(page, Look);
            seen.Add((await look.JsonValueAsync<string>())!);
            await page.WaitForTimeoutAsync(100);
        }
    }

    /// <summary>
    /// Waits until the page plays the beeps of the microphone. If the browser has muted the page, the method first clicks to unmute it.
    /// </summary>
    internal static async Task HearsAsync(IPage page)
    {
        await Expect(page.Locator("[data-media][data-shown]:not([data-shown='0'])")).ToBeVisibleAsync();
        if (await page.Locator("[data-unmute]").CountAsync() > 0)
            await page.Locator("[data-unmute]").ClickAsync();
        await UntilAsync(page, "() => Number(document.querySelector('[data-media]').dataset.level) > 0.005");
    }

    /// <summary>Waits for a condition of the player. If it does not come true, the failure contains what the player shows.</summary>
    private static async Task<IJSHandle> UntilAsync(IPage page, string condition)
    {
        try
        {
            return await page.WaitForFunctionAsync(condition);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(
                await page.EvaluateAsync<string>(
                    "() => [document.querySelector('[data-media]')?.cloneNode(false).outerHTML, "
                        + "document.querySelector('main')?.innerText].join('\\n')"
                ),
                late
            );
        }
    }

    internal static async Task<double> InstantAsync(IPage page)
    {
        var instant = await UntilAsync(page, "() => document.querySelector('[data-media]').dataset.instant || null");
        return double.Parse((await instant.JsonValueAsync<string>())!, CultureInfo.InvariantCulture);
    }
}
