using System.Globalization;
using ConsultHub.Benchmarks.Live;
using ConsultHub.Benchmarks.Roster;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using Microsoft.Playwright;
using static ConsultHub.Benchmarks.Figures;

namespace ConsultHub.Benchmarks.Screens;

/// <summary>
/// Measures how fast Chromium draws a board of 1,250 engagements, and how many bytes of script and style an attendee loads at first.
/// </summary>
internal static class BoardBenchmark
{
    private const int Updates = 40;

    /// <summary>Records when the first engagement was drawn, and how long each live message took to be painted (ms).</summary>
    private const string Clock = """
        window.updates = [];
        const Native = WebSocket;
        window.WebSocket = class extends Native {
          constructor(...given) {
            super(...given);
            this.addEventListener('message', (m) => { if (m.data.length > 100) window.received = performance.now() });
          }
        };
        new MutationObserver(() => {
          if (!window.first && document.querySelector('[data-engagement]'))
            requestAnimationFrame(() => setTimeout(() => window.first ??= performance.now()));
          if (window.measuring && window.received) {
            const since = window.received;
            window.received = 0;
            requestAnimationFrame(() => setTimeout(() => window.updates.push(performance.now() - since)));
          }
        }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        """;

    public static async Task RunAsync(Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            await using var web = await BenchWeb.StartAsync(folder);
            await BenchNetwork.PlanAsync(web.Grains);
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Chromium.Path ?? throw new InvalidOperationException("There is no Chromium on the path."),
                    Args = Chromium.Flags,
                }
            );
            await BundleAsync(web, browser, figures);
            await BoardAsync(web, browser, figures);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task BoardAsync(BenchWeb web, IBrowser browser, Figures figures)
    {
        List<double> first = [];
        foreach (var _ in Enumerable.Range(0, 5)) // each page with an empty cache
        {
            var (page, __) = await OpenAsync(web, browser, "Coordinator", $"/board/{BenchNetwork.RosterKey}");
            await page.WaitForFunctionAsync("window.first");
            first.Add(await page.EvaluateAsync<double>("window.first"));
            await page.Context.CloseAsync();
        }
        figures.Add(
            "board of 1,250 in Chromium, first paint with an empty cache",
            "1 s",
            $"{Ms(first.Order().ElementAt(2))} (of 5, {Ms(first.Max())} the slowest)"
        );

        var (board, ___) = await OpenAsync(web, browser, "Coordinator", $"/board/{BenchNetwork.RosterKey}");
        await board.WaitForFunctionAsync("window.first");
        await board.Keyboard.PressAsync("w");
        await board.WaitForFunctionAsync("document.querySelectorAll('[data-engagement]').length > 50");
        await Task.Delay(1_000);
        await board.EvaluateAsync("window.measuring = true");
        var roster = web.Grains.GetGrain<IRosterGrain>(BenchNetwork.RosterKey);
        for (var n = 0; n < Updates; n++)
        {
            var reply = await roster.DecideAsync(BenchNetwork.Coordinator, BenchNetwork.Reassign(n % 10, n / 10 % 2 == 0, null));
            if (reply is not Decided)
                throw new InvalidOperationException($"Refused: {reply}");
            await board.WaitForFunctionAsync($"window.updates.length > {n.ToString(CultureInfo.InvariantCulture)}");
        }
        var updates = (await board.EvaluateAsync<double[]>("window.updates")).Order().ToList();
        figures.Add(
            "one update of that board, received to painted, week view",
            "50 ms",
            $"p50 {Ms(updates[updates.Count / 2])}, max {Ms(updates[^1])}"
        );
        await board.Context.CloseAsync();
    }

    private static async Task BundleAsync(BenchWeb web, IBrowser browser, Figures figures)
    {
        var (page, sizes) = await OpenAsync(web, browser, "Attendee", "/conferences/none");
        await page.WaitForSelectorAsync("main [role=alert]");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var bytes = (await Task.WhenAll(sizes())).Sum();
        figures.Add(
            "script and style of an attendee's first load, compressed",
            "220 KB",
            FormattableString.Invariant($"{bytes / 1000.0:F0} KB")
        );
        await page.Context.CloseAsync();
    }

    private static async Task<(IPage Page, Func<IEnumerable<Task<int>>> Sizes)> OpenAsync(
        BenchWeb web,
        IBrowser browser,
        string role,
        string address
    )
    {
        var context = await browser.NewContextAsync(
            new()
            {
                BaseURL = web.Address.ToString(),
                ViewportSize = new() { Width = 1600, Height = 900 },
                Locale = "en-GB",
                TimezoneId = "Asia/Dubai",
                BypassCSP = true,
            }
        );
        await context.AddInitScriptAsync(Clock);
        var page = await context.NewPageAsync();
        List<Microsoft.Playwright.IRequest> loaded = [];
        page.RequestFinished += (_, request) => loaded.Add(request);
        await page.APIRequest.GetAsync($"/sign-in?role={role}");
        await page.GotoAsync(address);
        return (
            page,
            () => loaded.Where(r => r.ResourceType is "script" or "stylesheet").Select(async r => (await r.SizesAsync()).ResponseBodySize)
        );
    }
}
