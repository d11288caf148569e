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
