using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using ConsultHub.Lectures;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Lectures;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Writer;
using static ConsultHub.Tests.Lectures.LectureHub;

namespace ConsultHub.Tests.Lectures;

public sealed class SlideTests(LectureHub hub) : IClassFixture<LectureHub>
{
    [Fact]
    public async Task A_deck_of_300_pages_is_shown_from_its_first_page_and_can_be_read_in_ranges()
    {
        var session = await hub.NewLectureAsync();
        var (file, id) = (Pdf(300), Guid.NewGuid());
        using var uploaded = await UploadAsync(session, Speaker, file, id: id);
        Assert.Equal(HttpStatusCode.OK, uploaded.StatusCode);
        var lecture = await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}");
        Assert.Equal((new SlideDeck(id, "심장.pdf", 300), 1), (lecture.Slides, lecture.Page));

        await hub.DoAsync(session, Speaker, new TurnSlide { CommandId = Guid.NewGuid(), Page = 300 });
        Assert.Equal(
            (400, "lecture.no-such-page"),
            await hub.RefusedAsync(session, Speaker, new TurnSlide { CommandId = Guid.NewGuid(), Page = 301 })
        );
        Assert.Equal(
            (403, "lecture.not-allowed"),
            await hub.RefusedAsync(session, Listener, new TurnSlide { CommandId = Guid.NewGuid(), Page = 2 })
        );
        Assert.Equal(
            [0, 1, 300],
            (await hub.GetAsync<LectureTimeline>(Listener, $"api/lectures/{session}/timeline")).Slides.Select(s => s.Page).Prepend(0)
        );

        var whole = await hub.Http(Listener).GetAsync($"api/lectures/{session}/slides/{id}");
        Assert.Equal(
            ("application/pdf", file.LongLength, "bytes"),
            (whole.Content.Headers.ContentType!.MediaType, whole.Content.Headers.ContentLength, whole.Headers.AcceptRanges.Single())
        );
        Assert.Equal(file, await whole.Content.ReadAsByteArrayAsync());
        var request = new HttpRequestMessage(HttpMethod.Get, $"api/lectures/{session}/slides/{id}")
        {
            Headers = { Range = new RangeHeaderValue(1_000, 1_999) },
        };
        var part = await hub.Http(Listener).SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(file[1_000..2_000], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Http(null).GetAsync($"api/lectures/{session}/slides/{id}")).StatusCode);

        // Uploads the same deck again, as after a lost answer.
        using var again = await UploadAsync(session, Speaker, file, id: id);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(300, (await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}")).Page);
    }

    [Fact]
    public async Task A_bad_upload_is_refused_with_a_code_and_the_current_deck_stays()
    {
        var session = await hub.NewLectureAsync();
        using var good = await UploadAsync(session, Coordinator, Pdf(3));
        var cut = Pdf(20);
        await RefusedAsync(422, "lecture.slides-not-pdf", "<html>"u8.ToArray());
        await RefusedAsync(422, "lecture.slides-not-pdf", []);
        await RefusedAsync(422, "lecture.slides-broken", "%PDF-1.7\nnothing of the kind"u8.ToArray());
        await RefusedAsync(422, "lecture.slides-broken", cut[..(cut.Length / 8)]);
        await RefusedAsync(422, "lecture.slides-encrypted", Locked());
        await RefusedAsync(413, "lecture.slides-too-large", new byte[SlideUpload.TooManyBytes + 1]);
        await RefusedAsync(415, "request.unsupported-type", Pdf(1), type: "text/plain");
        foreach (var viewer in (Member[])[Listener, Colleague, Display])
            await RefusedAsync(403, "lecture.not-allowed", Pdf(1), viewer);
        await RefusedAsync(403, "access.denied", Pdf(1), Stranger);
        Assert.Equal(3, (await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}")).Slides!.Pages);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await hub.Http(Listener).GetAsync($"api/lectures/{session}/slides/{Guid.NewGuid()}")).StatusCode
        );

        async Task RefusedAsync(int status, string code, byte[] file, Member? viewer = null, string type = "application/pdf")
        {
            var (answered, problem) = await Caller.ProblemAsync(await UploadAsync(session, viewer ?? Coordinator, file, type));
            Assert.Equal((status, code), ((int)answered, problem.Code));
        }
    }

    /// <summary>
    /// The hub reads slides in another process. When it still read them in its own process, the first file of this test ended the process,
    /// and the second file took more than half a gigabyte.
    /// </summary>
    [Fact]
    public async Task A_file_made_to_break_the_reader_is_refused_and_the_hub_keeps_running_and_uses_little_memory()
    {
        var session = await hub.NewLectureAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var file in (byte[][])[DeepPages(100_000), TwiceDeflated(600 << 20)])
        {
            var (answered, problem) = await Caller.ProblemAsync(await UploadAsync(session, Speaker, file));
            Assert.Equal(422, (int)answered);
            // the code depends on whether the reader ends or survives when it runs out of memory
            Assert.True(problem.Code is "lecture.slides-too-complex" or "lecture.slides-broken", problem.Code);
        }
        // most of this is the first file, which the test makes and sends
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 100 << 20);
        using var good = await UploadAsync(session, Speaker, Pdf(3));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task A_real_deck_is_uploaded_and_its_pages_are_counted()
    {
        var path = Path.Combine(SharedFiles.Folder, "media", "fosdem-example-slides.pdf");
        Assert.SkipUnless(File.Exists(path), "The shared slides are not on this machine.");
        var session = await hub.NewLectureAsync();
        using var uploaded = await UploadAsync(session, Speaker, await File.ReadAllBytesAsync(path));
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync());
        Assert.Equal(10, (await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}")).Slides!.Pages);
    }

    private Task<HttpResponseMessage> UploadAsync(
        string session,
        Member viewer,
        byte[] file,
        string type = "application/pdf",
        Guid? id = null
    ) =>
        hub.Http(viewer)
            .PostAsync(
                $"api/lectures/{session}/slides?commandId={id ?? Guid.NewGuid()}&name={Uri.EscapeDataString("심장.pdf")}",
                new ByteArrayContent(file) { Headers = { ContentType = new(type) } }
            );

    private static byte[] Pdf(int pages)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(UglyToad.PdfPig.Fonts.Standard14Fonts.Standard14Font.Helvetica);
        for (var i = 1; i <= pages; i++)
            builder.AddPage(PageSize.A4).AddText($"Page {i}", 40, new(50, 500), font);
        return builder.Build();
    }

    /// <summary>A page tree in which each branch holds only one other branch, down to a single page.</summary>
    private static byte[] DeepPages(int depth)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var rows = new StringBuilder();
        void Add(int number, string item)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{file.Length:0000000000} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{item}\nendobj\n");
        }
        Add(1, "<</Type/Catalog/Pages 2 0 R>>");
        for (var i = 0; i < depth; i++)
            Add(i + 2, $"<</Type/Pages/Kids[{i + 3} 0 R]/Count 1{(i == 0 ? "" : $"/Parent {i + 1} 0 R")}>>");
        Add(depth + 2, $"<</Type/Page/Parent {depth + 1} 0 R/MediaBox[0 0 100 100]>>");
        var table = file.Length;
        file.Append(
            CultureInfo.InvariantCulture,
            $"xref\n0 {depth + 3}\n0000000000 65535 f \n{rows}trailer\n<</Size {depth + 3}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF"
        );
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>An object table that is compressed twice. About a thousand bytes unpack to the given number of zeros.</summary>
    private static byte[] TwiceDeflated(int bytes)
    {
        var once = Deflate(stream =>
        {
            var zeros = new byte[1 << 20];
            for (var left = bytes; left > 0; left -= zeros.Length)
                stream.Write(zeros);
        });
        var twice = Deflate(stream => stream.Write(once));
        const string head = "%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n";
        var table = $"3 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter[/FlateDecode/FlateDecode]/Length {twice.Length}>>\nstream\n";
        return
        [
            .. Encoding.ASCII.GetBytes(head + table),
            .. twice,
            .. Encoding.ASCII.GetBytes($"\nendstream\nendobj\nstartxref\n{head.Length}\n%%EOF"),
        ];
    }

    private static byte[] Deflate(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            write(stream);
        return packed.ToArray();
    }

    /// <summary>A file that is locked with an unknown password. Its user key does not match an empty password.</summary>
    private static byte[] Locked()
    {
        var (file, places) = ("%PDF-1.4\n", new List<int>());
        var key = string.Concat(Enumerable.Repeat("AB", 32));
        foreach (
            var item in (string[])
                [
                    "<</Type/Catalog/Pages 2 0 R>>",
                    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
                    $"<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>",
                ]
        )
        {
            places.Add(file.Length);
            file += $"{places.Count} 0 obj\n{item}\nendobj\n";
        }
        var rows = string.Concat(places.Select(p => $"{p:0000000000} 00000 n \n"));
        return Encoding.ASCII.GetBytes(
            $"{file}xref\n0 {places.Count + 1}\n0000000000 65535 f \n{rows}trailer\n<</Size {places.Count + 1}/Root "
                + $"1 0 R/Encrypt 4 0 R/ID[<AA><AA>]>>\nstartxref\n{file.Length}\n%%EOF"
        );
    }
}
