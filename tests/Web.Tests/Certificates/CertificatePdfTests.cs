using System.Diagnostics;
using System.Text;
using ConsultHub.Certificates;
using ConsultHub.Tests.Attendance;
using ConsultHub.Web.Certificates;
using ZXing;
using static ConsultHub.Tests.Attendance.CreditHub;
using static ConsultHub.Web.Certificates.CertificatesApi;

namespace ConsultHub.Tests.Certificates;

/// <summary>The printed certificate. A PDF reader reads its text, and a QR reader reads the code from an image of the page.</summary>
public sealed class CertificatePdfTests(CreditHub hub) : IClassFixture<CreditHub>
{
    private static readonly int[] DotsPerInch = [200, 300, 240, 150, 400, 270, 330, 350, 180];

    [Theory]
    [InlineData("en", "Certificate of Attendance", "Noura Al Hammadi", "Emirates Health", "1 credits", "1 March 2026", "Lecture 1")]
    [InlineData("ar", "شهادة حضور", "نورة الحمادي", "Noura Al Hammadi", "الشهادة", "Lecture 1")]
    [InlineData("ko", "참석 확인서", "누라 알함마디", "에미리트 보건", "1 학점", "2026년 3월 1일", "Lecture 1")]
    public async Task The_certificate_states_the_earned_credits_in_the_chosen_language(string language, params string[] expected)
    {
        var text = await RunAsync("pdftotext", ["-layout", "-", "-"], await PrintAsync(await NewAsync(), language));
        var said = Plain(Encoding.UTF8.GetString(text));
        Assert.All(expected, e => Assert.Contains(e, said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en"), InlineData("ar"), InlineData("ko")]
    public async Task The_QR_code_on_the_page_contains_a_token_that_verifies(string language)
    {
        var certificate = await NewAsync();
        var pdf = await PrintAsync(certificate, language);
        // A phone takes many pictures, so the test tries several scales. This reader fails at about one scale in a hundred. For about one
        // code in two hundred it fails at several scales.
        string? address = null;
        foreach (var dots in DotsPerInch)
        {
            if (address is not null)
                break;
            address = Decode(await RunAsync("pdftoppm", ["-gray", "-r", $"{dots}", "-f", "1", "-l", "1", "-singlefile", "-"], pdf));
        }
        Assert.Equal($"http://localhost/verify#{certificate.Token}", address);
        var token = new Uri(address!).Fragment[1..];
        Assert.Equal(
            CertificateStanding.Valid,
            (await hub.GetAsync<Verification>(null, $"api/certificates/verification?token={token}")).Standing
        );
    }

    /// <summary>The fonts of three scripts take 2 MB. That is too much for a file that is sent by mail and kept for years.</summary>
    [Theory]
    [InlineData("en"), InlineData("ar"), InlineData("ko")]
    public async Task The_PDF_embeds_only_the_glyphs_that_it_uses(string language)
    {
        var pdf = await PrintAsync(await NewAsync(), language);
        Assert.InRange(pdf.Length, 10_000, 120_000);
        var fonts = Encoding.UTF8.GetString(await RunAsync("pdffonts", ["-"], pdf)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        // The columns are name, type, encoding, then whether the font is embedded, subset, and maps glyphs to characters.
        Assert.All(fonts, f => Assert.Matches(@"IBMPlex.*\bCID TrueType\s+Identity-H\s+yes\s+\w+\s+yes", f));
    }

    [Fact]
    public async Task A_long_list_continues_on_further_pages_and_ends_with_the_total()
    {
        var certificate = await NewAsync();
        var many = certificate with
        {
            Lectures =
            [
                .. Enumerable
                    .Range(1, 60)
                    .Select(i => new CertifiedLecture(
                        new($"s-{i}"),
                        "A lecture with a title that is much longer than the column is wide, so that it is cut off somewhere "
                            + $"in it, number {i}",
                        new(2026, 3, 1),
                        45,
                        0.75m
                    )),
            ],
            Credits = 45,
        };
        using var fonts = new CertificateFonts(Path.Combine(AppContext.BaseDirectory, "fonts"));
        var pdf = new CertificatePdf(many, CertificateTexts.For("en")!, fonts, TimeZoneInfo.Utc, "https://hub.example/verify#x").Draw();
        var pages = Encoding
            .UTF8.GetString(await RunAsync("pdftotext", ["-layout", "-", "-"], pdf))
            .Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, pages.Length);
        Assert.Equal(60, pages.Sum(p => p.Split("A lecture with a title").Length - 1));
        Assert.Matches(@"Total\s+2,?700\s+45", pages[4]);
        Assert.Contains("Page 5 of 5", pages[4], StringComparison.Ordinal);
    }

    [Theory]
    [
        InlineData("en", "At most 6 a day, over all conferences of the network", "2 March 2026 – 4.5 (Winter Congress)"),
        InlineData("ko", "하루 최대 6", "4.5 (Winter Congress)"),
        InlineData("ar", "Winter Congress")
    ]
    public async Task The_certificate_lists_the_credits_at_other_conferences_that_count_toward_the_daily_cap(
        string language,
        params string[] expected
    )
    {
        var certificate = await NewAsync();
        var capped = certificate with
        {
            Policy = certificate.Policy with { DayCap = 6 },
            Elsewhere = [new(new("winter"), "Winter Congress", new(2026, 3, 2), 4.5m)],
        };
        using var fonts = new CertificateFonts(Path.Combine(AppContext.BaseDirectory, "fonts"));
        var said = Plain(
            Encoding.UTF8.GetString(
                await RunAsync(
                    "pdftotext",
                    ["-layout", "-", "-"],
                    new CertificatePdf(
                        capped,
                        CertificateTexts.For(language)!,
                        fonts,
                        TimeZoneInfo.Utc,
                        "https://hub.example/verify#x"
                    ).Draw()
                )
            )
        );
        Assert.All(expected, e => Assert.Contains(e, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_very_long_name_and_title_stay_within_the_page()
    {
        var certificate = (await NewAsync()) with
        {
            Holder = new(string.Join(' ', Enumerable.Repeat("Bartholomew", 30))),
            Title = string.Join(' ', Enumerable.Repeat("Conference", 60)),
            Network = new(new string('W', 300)),
        };
        using var fonts = new CertificateFonts(Path.Combine(AppContext.BaseDirectory, "fonts"));
        var pdf = new CertificatePdf(
            certificate,
            CertificateTexts.For("en")!,
            fonts,
            TimeZoneInfo.Utc,
            "https://hub.example/verify#x"
        ).Draw();
        using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
        Assert.All(read.GetPages().SelectMany(p => p.Letters), l => Assert.InRange(l.Location.X, 30, 812));
    }

    private async Task<Certificate> NewAsync()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        return await hub.IssueAsync(conference, Noura);
    }

    private Task<byte[]> PrintAsync(Certificate certificate, string language) =>
        hub.Http(Noura).GetByteArrayAsync($"api/certificates/{certificate.Number}/pdf?language={language}");

    /// <summary>The text without direction marks and with single spaces.</summary>
    internal static string Plain(string text) =>
        string.Join(
            ' ',
            new string([
                .. text.Where(c => c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F')),
            ]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    private static string? Decode(byte[] pgm)
    {
        var (at, fields) = (0, new List<int>());
        while (fields.Count < 4)
        {
            var end = at;
            while (pgm[end] > ' ')
                end++;
            var field = Encoding.ASCII.GetString(pgm, at, end - at);
            fields.Add(field == "P5" ? 5 : int.Parse(field, System.Globalization.CultureInfo.InvariantCulture));
            at = end + 1;
        }
        var source = new RGBLuminanceSource(pgm[at..], fields[1], fields[2], RGBLuminanceSource.BitmapFormat.Gray8);
        return new BarcodeReaderGeneric { Options = { TryHarder = true, PossibleFormats = [BarcodeFormat.QR_CODE] } }
            .Decode(source)
            ?.Text;
    }

    internal static async Task<byte[]> RunAsync(string program, string[] arguments, byte[] input)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))),
            $"{program} is not installed."
        );
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true }
        )!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}
