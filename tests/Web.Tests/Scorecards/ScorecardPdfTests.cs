using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ConsultHub.Hospitals;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Tests.Certificates;
using ConsultHub.Web.Certificates;
using ConsultHub.Web.Scorecards;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using static ConsultHub.Tests.Scorecards.ScorecardHub;

namespace ConsultHub.Tests.Scorecards;

/// <summary>The printed scorecard. A PDF reader reads its text.</summary>
public sealed class ScorecardPdfTests
{
    private static async Task<string> TextOfAsync(byte[] pdf, string language)
    {
        // A person can look at the pages in this folder.
        if (Environment.GetEnvironmentVariable("HUB_KEEP_PDF") is { } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"scorecard-{language}.pdf"), pdf);
        return Encoding.UTF8.GetString(await CertificatePdfTests.RunAsync("pdftotext", ["-layout", "-", "-"], pdf));
    }

    [Fact]
    public async Task A_scorecard_is_printed_in_three_languages_and_shows_only_what_the_reader_may_see()
    {
        await using var hub = new ScorecardHub();
        await hub.SeedAsync([], ["s-0"]);
        await hub
            .Grains.GetGrain<IHospitalGrain>("h-a")
            .PutAsync(
                Actor.System,
                new Hospital
                {
                    Id = new("h-a"),
                    Network = new("ehs"),
                    Name = new("North Hospital", "مستشفى الشمال", "북부 병원"),
                    City = "Dubai",
                    TimeZone = "Asia/Dubai",
                }
            );
        var north = NewPlan("e-1", EngagementKind.Operation, Places[0], "s-0", Year.AddDays(70));
        var other = NewPlan("e-2", EngagementKind.Operation, Places[1], "s-0", Year.AddDays(71));
        await hub.DecideAllAsync([(north.Start, north), (north.Start, Done(north, new(Operations: 1_234))), (other.Start, other)]);
        using var coordinator = hub.As(Role.Coordinator);
        var report = await StoreAsync(coordinator);

        foreach (
            var (language, said) in ((string, string[])[])
                [
                    (
                        "en",
                        [
                            "Scorecard",
                            "1 January 2025 – 31 December 2025",
                            "Operations",
                            "By hospital",
                            "North Hospital",
                            "Joint initiatives",
                        ]
                    ),
                    ("ar", ["بطاقة", "العمليات", "حسب المستشفى", "مستشفى الشمال", "البحث"]),
                    ("ko", ["성과표", "2025년 1월 1일 – 2025년 12월 31일", "수술", "병원별", "북부 병원", "공동 과제"]),
                ]
        )
        {
            var present = await TextOfAsync(await coordinator.PdfAsync($"scorecard.pdf?{Period}&language={language}"), language);
            Assert.All(said, expected => Assert.Contains(expected, CertificatePdfTests.Plain(present), StringComparison.Ordinal));
            Assert.Contains("1,234", present, StringComparison.Ordinal);
            Assert.Contains("h-b", present, StringComparison.Ordinal);
            Assert.DoesNotContain($"{report}", present, StringComparison.Ordinal);
            var stored = await TextOfAsync(await coordinator.PdfAsync($"reports/{report}.pdf?language={language}"), $"report-{language}");
            Assert.Contains($"{report}", stored, StringComparison.Ordinal);
            Assert.Contains("1,234", stored, StringComparison.Ordinal);
        }
        var lines = (await TextOfAsync(await coordinator.PdfAsync($"scorecard.pdf?{Period}"), "en")).Split('\n');
        Assert.Matches(@"Operations\s+2\s+1,234\s+0", lines.First(l => l.TrimStart().StartsWith("Operations", StringComparison.Ordinal)));

        // A registrar of one hospital reads nothing about the others, and cannot print the report of the whole network.
        using var registrar = hub.As(Role.Registrar, Places[1]);
        var part = await TextOfAsync(await registrar.PdfAsync($"scorecard.pdf?{Period}"), "part");
        Assert.Contains("Only of", part, StringComparison.Ordinal);
        Assert.DoesNotContain("1,234", part, StringComparison.Ordinal);
        Assert.DoesNotContain("North Hospital", part, StringComparison.Ordinal);
        await RefusedAsync(registrar, $"reports/{report}.pdf", HttpStatusCode.NotFound, "scorecard.unknown-report");
        await RefusedAsync(coordinator, $"scorecard.pdf?{Period}&language=fr", HttpStatusCode.BadRequest, "request.bad-parameter");
        await RefusedAsync(coordinator, "scorecard.pdf?from=2025-02-01&to=2025-01-01", HttpStatusCode.BadRequest, "request.bad-parameter");
    }

    [Fact]
    public async Task A_scorecard_of_very_many_hospitals_has_a_limited_number_of_pages()
    {
        const int More = 7;
        PartScore[] hospitals =
        [
            .. Enumerable.Range(0, ScorecardPdf.MostHospitals + More).Select(i => new PartScore($"h-{i:000}", new(i + 1, 9_999_999, 1))),
        ];
        ImmutableArray<FigureScore> scores =
        [
            .. Enum.GetValues<Figure>().Select(f => new FigureScore(f, new(1, 2, 3), [], [.. hospitals], [], [])),
        ];
        var names = hospitals.ToDictionary(h => h.Id, h => new LocalName($"{new string('W', 200)} {h.Id}"));
        using var fonts = new CertificateFonts(Path.Combine(AppContext.BaseDirectory, "fonts"));
        var facts = new ScorecardFacts(new(new string('W', 300)), [("Period", new string('W', 300))], names, Year);
        var pdf = new ScorecardPdf(facts, scores, ScorecardTexts.For("en")!, fonts).Draw();
        Assert.InRange(pdf.Length, 10_000, 1_000_000);
        using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
        Assert.InRange(read.NumberOfPages, 30, 60);
        Assert.All(read.GetPages().SelectMany(p => p.Letters), l => Assert.InRange(l.Location.X, 40, 560));
        Assert.All(read.GetPages().SelectMany(p => p.Letters), l => Assert.InRange(l.Location.Y, 20, 820));
        var text = CertificatePdfTests.Plain(await TextOfAsync(pdf, "many"));
        Assert.Contains($"Not shown here: {More} more hospitals.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task A_long_list_of_hospitals_is_printed_whole_and_no_group_of_figures_is_divided(string language)
    {
        var texts = ScorecardTexts.For(language)!;
        ImmutableArray<FigureScore> scores =
        [
            .. Enum.GetValues<Figure>()
                .Select(f => new FigureScore(f, new(1, 2, 7_777), [], [new("h-1", new(1, 2, 7_777)), new("h-2", default)], [], [])),
        ];
        using var fonts = new CertificateFonts(Path.Combine(AppContext.BaseDirectory, "fonts"));
        var sizes = FigureTexts.Groups.ToDictionary(g => g.Name.In(language), g => g.Figures.Length);
        // With more lines above, the tables begin lower and break elsewhere.
        foreach (var count in (int[])[1, 30, 55, 80, 110])
        {
            var list = string.Join(", ", Enumerable.Range(100, count).Select(i => $"North Hospital H{i}"));
            var facts = new ScorecardFacts(new("EHS"), [("Only of", list)], new Dictionary<string, LocalName>(), Year);
            var pdf = new ScorecardPdf(facts, scores, texts, fonts).Draw();
            using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
            Assert.All(read.GetPages().SelectMany(p => p.Letters), l => Assert.InRange(l.Location.X, 40, 560));
            var text = CertificatePdfTests.Plain(await TextOfAsync(pdf, $"list-{language}"));
            Assert.All(Enumerable.Range(100, count), i => Assert.Contains($"H{i}", text, StringComparison.Ordinal));
            // The second hospital has nothing to show, not even its name.
            Assert.DoesNotContain("h-2", text, StringComparison.Ordinal);
            var pages = Encoding.UTF8.GetString(await CertificatePdfTests.RunAsync("pdftotext", ["-layout", "-", "-"], pdf)).Split('\f');
            foreach (var page in pages.Select(p => p.Split('\n')))
            {
                var headings = page.Where(l => ((string[])[texts.Planned, texts.Done, texts.NotRecorded]).All(l.Contains));
                Assert.Equal(
                    headings.Sum(h => sizes.Single(s => h.Contains(s.Key, StringComparison.Ordinal)).Value),
                    page.Count(l => l.Contains("7,777", StringComparison.Ordinal))
                );
            }
        }
    }

    [Fact]
    public void Scorecards_that_are_printed_at_the_same_time_are_the_same_as_one_alone()
    {
        using var printer = new CertificatePrinter(new FontFolder(AppContext.BaseDirectory));
        ImmutableArray<FigureScore> scores = [.. Enum.GetValues<Figure>().Select(f => new FigureScore(f, new(1, 2, 3), [], [], [], []))];
        string Printed(int i)
        {
            var language = ((string[])["en", "ar", "ko"])[i % 3];
            var facts = new ScorecardFacts(new("Network", "شبكة", "네트워크"), [("-", "-")], new Dictionary<string, LocalName>(), Year);
            var pdf = printer.Print(fonts => new ScorecardPdf(facts, scores, ScorecardTexts.For(language)!, fonts).Draw());
            using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
            return string.Concat(
                read.GetPages()
                    .SelectMany(p => p.Letters)
                    .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Value}{l.Location.X:0.0}/{l.Location.Y:0.0} "))
            );
        }
        string[] alone = [.. Enumerable.Range(0, 3).Select(Printed)];
        Assert.Equal(3, alone.Distinct().Count());
        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 12 }, i => Assert.Equal(alone[i % 3], Printed(i)));
    }

    /// <summary>Only the place of the fonts.</summary>
    private sealed class FontFolder(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = root;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }

    [Fact]
    public void The_printed_names_of_figures_are_those_of_the_screens()
    {
        Assert.Equal(Enum.GetValues<Figure>().Order(), FigureTexts.Groups.SelectMany(g => g.Figures).Order());
        foreach (var language in (string[])["en", "ar", "ko"])
        {
            var file = Path.Combine(Accounts.WordTests.Root(), "src/Web/client/src/i18n", language, "words.json");
            var words = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;
            foreach (var figure in Enum.GetValues<Figure>())
                Assert.Equal(
                    words[$"figures.{JsonNamingPolicy.CamelCase.ConvertName(figure.ToString())}"],
                    FigureTexts.Of(figure).In(language)
                );
            foreach (var group in FigureTexts.Groups)
                Assert.Equal(words[$"figureGroups.{group.Id}"], group.Name.In(language));
        }
    }

    private static async Task RefusedAsync(HttpClient http, string path, HttpStatusCode status, string code)
    {
        using var answer = await http.GetAsync(new Uri($"api/scorecards/ehs/{path}", UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

file static class Pdfs
{
    public static Task<byte[]> PdfAsync(this HttpClient http, string path) =>
        http.GetByteArrayAsync(new Uri($"api/scorecards/ehs/{path}", UriKind.Relative));
}
