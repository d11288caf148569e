using System.Text.Json;
using ConsultHub.Tests.Hosting;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ConsultHub.Tests.Screens))]

namespace ConsultHub.Tests;

/// <summary>One hub as a process of its own, and a Chromium that people look at it with. Skips where no browser is installed.</summary>
public sealed class Screens : IAsyncLifetime
{
    /// <summary>How long anything is waited for that a page should show or do, in milliseconds: a busy machine takes its time.</summary>
    private const float Patience = 90_000;

    private readonly List<string> _faults = [];
    private readonly List<IAsyncDisposable> _open = [];
    private string? _test;
    private HubHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>What went wrong in scripts of any page.</summary>
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

    /// <summary>A page of one person, signed in, in a language; on a device of a width. It is closed when another test opens its
    /// first.</summary>
    /// <param name="hub">Another hub than <see cref="Host"/>.</param>
    public Task<IPage> OpenAsync(
        string? person,
        string address,
        string language = "en",
        int width = 1280,
        ColorScheme scheme = ColorScheme.Light,
        Uri? hub = null
    ) => OpenAsync(_browser, person, address, language, width, scheme, hub);

    /// <summary>As OpenAsync, in a browser of its own whose camera sees a film.</summary>
    /// <param name="film">Path of a Y4M file, which is shown again and again.</param>
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
            new() { ExecutablePath = Chromium.Path, Args = [.. Chromium.Flags, .. Chromium.Devices, .. more] }
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
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => _faults.Add($"{address}: {fault}");
        if (person is not null)
            await SendAsync(page, "POST", "api/session/person", new { person });
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>Pages of another test, failed or not, would go on playing.</summary>
    private async Task CloseEarlierAsync()
    {
        if (TestContext.Current.Test?.UniqueID is not { } test || test == _test)
            return;
        _test = test;
        foreach (var earlier in _open)
            await earlier.DisposeAsync();
        _open.Clear();
    }

    /// <summary>Nothing on the page has to be scrolled sideways.</summary>
    public static async Task FitsAsync(IPage page)
    {
        var wide = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('html, main, main *')].filter(e => e.scrollWidth > e.clientWidth + 1 && (e === document.documentElement || /auto|scroll/.test(getComputedStyle(e).overflowX))).map(e => `${e.outerHTML.slice(0, 120)}: ${e.scrollWidth} of ${e.clientWidth}`)"
        );
        Assert.True(wide.Length == 0, string.Join('\n', wide));
    }

    /// <summary>Asks the hub as the page's person.</summary>
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
