using System.Text.Json;
using ConsultHub.Tests.Hosting;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ConsultHub.Tests.Screens))]

namespace ConsultHub.Tests;

/// <summary>One hub as a process of its own, and a Chromium that people look at it with. Skips where no browser is installed.</summary>
public sealed class Screens : IAsyncLifetime
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly List<string> _faults = [];
    private HubHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>What went wrong in scripts of any page.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public HubHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium() is not { } path) return;
        _host = await HubHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    /// <summary>A page of one person, signed in, in a language; on a device of a width.</summary>
    /// <param name="hub">Another hub than <see cref="Host"/>.</param>
    public async Task<IPage> OpenAsync(string? person, string address, string language = "en", int width = 1280, ColorScheme scheme = ColorScheme.Light, Uri? hub = null)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium on this machine.");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (hub ?? Host.Address).ToString(), ViewportSize = new() { Width = width, Height = 860 }, ColorScheme = scheme, Locale = "en-GB", TimezoneId = "Asia/Dubai", ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddInitScriptAsync($"localStorage.setItem('hub.language', '{language}')");
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => _faults.Add($"{address}: {fault}");
        if (person is not null) await SendAsync(page, "POST", "api/session/person", new { person });
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>Asks the hub as the page's person.</summary>
    public static async Task<JsonElement> SendAsync(IPage page, string method, string url, object? body = null)
    {
        var answer = await page.APIRequest.FetchAsync(url, new() { Method = method, DataObject = body, Headers = [new("X-Hub", "1")] });
        var text = await answer.TextAsync();
        Assert.True(answer.Ok, $"{method} {url}: {answer.Status} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }

    private static string? Chromium() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
