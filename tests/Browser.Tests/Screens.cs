using System.Text.Json;
using ConsultHub.Tests.Fixtures;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ConsultHub.Tests.Screens))]

namespace ConsultHub.Tests;

/// <summary>One hub as a separate process, and a Chromium to look at it. Tests are skipped if no browser is installed.</summary>
public sealed class Screens : IAsyncLifetime
{
    /// <summary>How long to wait for anything that a page should show or do, in milliseconds. A busy machine needs that long.</summary>
    private const float Patience = 90_000;

    /// <summary>
    /// Lets the lecture's camera deliver small pictures. With large pictures the browsers of one lecture need more than two processors.
    /// </summary>
    private const string SmallCamera = """
        const devices = navigator.mediaDevices
        const ask = devices?.getUserMedia.bind(devices)
        if (ask)
          devices.getUserMedia = (wanted) =>
            ask(wanted.video?.width ? { ...wanted, video: { ...wanted.video, width: 320, height: 240 } } : wanted)
        """;

    /// <summary>
    /// Lets Chromium compile scripts only once. The pages of a test live for seconds, so to compile scripts again for speed takes longer
    /// than it saves.
    /// </summary>
    private const string CompileOnce = "--js-flags=--no-maglev,--no-turbofan";

    private readonly List<string> _faults = [];
    private readonly List<IAsyncDisposable> _open = [];
    private string? _test;
    private HubHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Faults in the scripts of any page.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public HubHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null)
            return;
        _host = await HubHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    /// <summary>
    /// Opens a page in a language and at a screen width, for a person who is signed in, or for nobody. The page is closed when another test
    /// opens its first page.
    /// </summary>
    /// <param name="hub">The address of another hub than <see cref="Host"/>.</param>
    public Task<IPage> OpenAsync(
        string? person,
        string address,
        string language = "en",
        int width = 1280,
        ColorScheme scheme = ColorScheme.Light,
        Uri? hub = null
    ) => OpenAsync(_browser, person, address, language, width, scheme, hub);

    /// <summary>Does the same as OpenAsync, but in a separate browser whose camera shows a film.</summary>
    /// <param name="film">The path of a Y4M file, which is repeated.</param>
    public async Task<IPage> OpenWithCameraAsync(string film, string person, string address, string language = "en", int width = 1280) =>
        await OpenAsync(
            _browser is null ? null : await LaunchAsync($"--use-file-for-fake-video-capture={film}"),
            person,
            address,
            language,
            width,
            ColorScheme.Light
        );

    private Task<IBrowser> LaunchAsync(params IEnumerable<string> more) =>
        _playwright!.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Path, Args = [.. Chromium.Flags, .. Chromium.Devices, CompileOnce, .. more] }
        );

    private async Task<IPage> OpenAsync(
        IBrowser? browser,
        string? person,
        string address,
        string language,
        int width,
        ColorScheme scheme,
        Uri? hub = null
    )
    {
        Assert.SkipWhen(browser is null, "There is no Chromium on this machine.");
        await CloseEarlierAsync();
        var context = await browser!.NewContextAsync(
            new()
            {
                BaseURL = (hub ?? Host.Address).ToString(),
                ViewportSize = new() { Width = width, Height = 860 },
                ColorScheme = scheme,
                Locale = "en-GB",
                TimezoneId = "Asia/Dubai",
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        _open.Add(browser == _browser ? context : browser);
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync($"localStorage.setItem('hub.language', '{language}')");
        await context.AddInitScriptAsync(SmallCamera);
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => _faults.Add($"{address}: {fault}");
        if (person is not null)
            await SendAsync(page, "POST", "api/session/person", new { person });
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>Closes the pages of earlier tests, even of failed ones, because they would continue to play.</summary>
    private async Task CloseEarlierAsync()
    {
        if (TestContext.Current.Test?.UniqueID is not { } test || test == _test)
            return;
        _test = test;
        foreach (var earlier in _open)
            await earlier.DisposeAsync();
        _open.Clear();
    }

    /// <summary>Asserts that nothing on the page has to be scrolled sideways.</summary>
    public static async Task FitsAsync(IPage page)
    {
        var wide = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('html, main, main *')].filter(e => e.scrollWidth > e.clientWidth + 1 && "
                + "(e === document.documentElement || /auto|scroll/.test(getComputedStyle(e).overflowX)))"
                + ".map(e => `${e.outerHTML.slice(0, 120)}: ${e.scrollWidth} of ${e.clientWidth}`)"
        );
        Assert.True(wide.Length == 0, string.Join('\n', wide));
    }

    /// <summary>Sends a request to the hub as the page's person.</summary>
    public static async Task<JsonElement> SendAsync(IPage page, string method, string url, object? body = null)
    {
        var answer = await page.APIRequest.FetchAsync(
            url,
            new()
            {
                Method = method,
                DataObject = body,
                Headers = [new("X-Hub", "1")],
            }
        );
        var text = await answer.TextAsync();
        Assert.True(answer.Ok, $"{method} {url}: {answer.Status} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
