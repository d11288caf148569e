using ConsultHub.Tests.Fixtures;
using Microsoft.Playwright;

namespace ConsultHub.Load.Lectures;

/// <summary>
/// A speaker and a viewer in Chromium. Each picture of the speaker's camera contains the time at which it was drawn, as a row of black and
/// white squares. The time is read back from the viewer's page. So the measured delay contains everything that a person would wait for:
/// encoder, both connections, hub, decoder, buffers and screen.
/// </summary>
internal sealed class BrowserPair : IAsyncDisposable
{
    private const float Patience = 60_000;

    private const string Camera = """
        const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 })
        const pen = canvas.getContext('2d')
        const draw = () => {
          for (let i = 0; i < 120; i++) {
            pen.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`
            pen.fillRect(Math.random() * 640, Math.random() * 360, 40, 30)
          }
          const now = Date.now() % 2 ** 24
          for (let bit = 0; bit < 24; bit++) {
            pen.fillStyle = (now >> bit) & 1 ? '#fff' : '#000'
            pen.fillRect(32 + bit * 24, 160, 24, 40)
          }
        }
        const native = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
        navigator.mediaDevices.getUserMedia = async (asked) => {
          const stream = asked.audio ? await native({ audio: asked.audio }) : new MediaStream()
          if (asked.video) {
            setInterval(draw, 40)
            stream.addTrack(canvas.captureStream(25).getVideoTracks()[0])
          }
          return stream
        }
        """;

    private const string Eyes = """
        () => {
          const row = Object.assign(document.createElement('canvas'), { width: 24, height: 1 })
            .getContext('2d', { willReadFrequently: true })
          row.imageSmoothingEnabled = false
          window.ages = []
          let last = -1
          const look = () => {
            requestAnimationFrame(look)
            const picture = document.querySelector('[data-media] :is(canvas, video)')
            const [width, height] = picture ? [picture.videoWidth ?? picture.width, picture.videoHeight ?? picture.height] : [0, 0]
            if (width < 64) return
            row.drawImage(picture, (32 / 640) * width, height / 2, (576 / 640) * width, 1, 0, 0, 24, 1)
            const { data } = row.getImageData(0, 0, 24, 1)
            let drawn = 0
            for (let bit = 0; bit < 24; bit++) if (data[bit * 4] > 127) drawn |= 1 << bit
            if (drawn === last) return
            last = drawn
            window.ages.push((Date.now() % 2 ** 24) - drawn)
          }
          look()
        }
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserPair(IPlaywright playwright, IBrowser browser, IPage viewer) =>
        (_playwright, _browser, Viewer) = (playwright, browser, viewer);

    private IPage Viewer { get; }

    /// <summary>Returns when the viewer sees the speaker. The room must be open and live.</summary>
    /// <exception cref="LoadException">There is no Chromium.</exception>
    public static async Task<BrowserPair> StartAsync(Uri speakersHub, Uri viewersHub, string cookie, string session)
    {
        var path = Chromium.Path ?? throw new LoadException("There is no chromium on the path.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = path, Args = [.. Chromium.Flags, .. Chromium.Devices] }
        );
        var room = $"conferences/demo-congress/sessions/{session}";
        var speaker = await OpenAsync(speakersHub, $"{room}/backstage", Camera);
        await speaker.Locator("[data-camera]").ClickAsync(new() { Timeout = Patience });
        await speaker.Locator("[data-microphone]").ClickAsync();
        await speaker.Locator("[data-on-air]").ClickAsync();
        await speaker.Locator("[data-studio=onAir]").WaitForAsync(new() { Timeout = Patience });
        var viewer = await OpenAsync(viewersHub, $"{room}/room", null);
        await viewer.EvaluateAsync(Eyes);
        await viewer.WaitForFunctionAsync("() => window.ages.length > 25", null, new() { Timeout = Patience });
        return new(playwright, browser, viewer);

        async Task<IPage> OpenAsync(Uri hub, string address, string? script)
        {
            var context = await browser.NewContextAsync(
                new()
                {
                    BaseURL = hub.ToString(),
                    ViewportSize = new() { Width = 1280, Height = 860 },
                }
            );
            await context.AddCookiesAsync([
                new()
                {
                    Name = "hub",
                    Value = cookie["hub=".Length..],
                    Url = hub.ToString(),
                },
            ]);
            if (script is not null)
                await context.AddInitScriptAsync(script);
            var page = await context.NewPageAsync();
            await page.GotoAsync(address);
            return page;
        }
    }

    /// <summary>
    /// Watches the viewer's page for the given time. Returns the milliseconds from capture to render of each new picture, smallest first.
    /// </summary>
    public async Task<double[]> AgesAsync(TimeSpan time)
    {
        await Viewer.EvaluateAsync("() => { window.ages = [] }");
        await Task.Delay(time);
        return [.. (await Viewer.EvaluateAsync<double[]>("() => window.ages")).Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
