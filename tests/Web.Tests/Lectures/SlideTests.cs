using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using ConsultHub.Lectures;
using ConsultHub.Tests.Hosting;
using ConsultHub.Web;
using ConsultHub.Web.Lectures;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Writer;
using static ConsultHub.Tests.Lectures.LectureHub;

namespace ConsultHub.Tests.Lectures;

public sealed class SlideTests(LectureHub hub) : IClassFixture<LectureHub>
{
    [Fact]
    public async Task A_deck_of_three_hundred_pages_is_shown_from_its_first_and_read_in_parts()
    {
        var session = await hub.NewLectureAsync();
        var (file, id) = (Pdf(300), Guid.NewGuid());
        using var uploaded = await UploadAsync(session, Speaker, file, id: id);
        Assert.Equal(HttpStatusCode.OK, uploaded.StatusCode);
        var lecture = await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}");
        Assert.Equal((new SlideDeck(id, "심장.pdf", 300), 1), (lecture.Slides, lecture.Page));

        await hub.DoAsync(session, Speaker, new TurnSlide { CommandId = Guid.NewGuid(), Page = 300 });
        Assert.Equal((400, "lecture.no-such-page"), await hub.RefusedAsync(session, Speaker, new TurnSlide { CommandId = Guid.NewGuid(), Page = 301 }));
        Assert.Equal((403, "lecture.not-allowed"), await hub.RefusedAsync(session, Listener, new TurnSlide { CommandId = Guid.NewGuid(), Page = 2 }));
        Assert.Equal([0, 1, 300], (await hub.GetAsync<LectureTimeline>(Listener, $"api/lectures/{session}/timeline")).Slides.Select(s => s.Page).Prepend(0));

        var whole = await hub.Http(Listener).GetAsync($"api/lectures/{session}/slides/{id}");
        Assert.Equal(("application/pdf", file.LongLength, "bytes"), (whole.Content.Headers.ContentType!.MediaType, whole.Content.Headers.ContentLength, whole.Headers.AcceptRanges.Single()));
        Assert.Equal(file, await whole.Content.ReadAsByteArrayAsync());
        var request = new HttpRequestMessage(HttpMethod.Get, $"api/lectures/{session}/slides/{id}") { Headers = { Range = new RangeHeaderValue(1_000, 1_999) } };
        var part = await hub.Http(Listener).SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(file[1_000..2_000], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Http(null).GetAsync($"api/lectures/{session}/slides/{id}")).StatusCode);

        // The same again, as after an answer that was lost.
        using var again = await UploadAsync(session, Speaker, file, id: id);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(300, (await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}")).Page);
    }

    [Fact]
    public async Task What_is_no_good_is_refused_with_the_reason_and_what_is_shown_stays()
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
        foreach (var viewer in (Viewer[])[Listener, Consultant, Display, Stranger]) await RefusedAsync(403, "lecture.not-allowed", Pdf(1), viewer);
        Assert.Equal(3, (await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}")).Slides!.Pages);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Http(Listener).GetAsync($"api/lectures/{session}/slides/{Guid.NewGuid()}")).StatusCode);

        async Task RefusedAsync(int status, string code, byte[] file, Viewer? viewer = null, string type = "application/pdf")
        {
            var (answered, problem) = await Caller.ProblemAsync(await UploadAsync(session, viewer ?? Coordinator, file, type));
            Assert.Equal((status, code), ((int)answered, problem.Code));
        }
    }

    [Fact]
    public async Task A_real_deck_is_taken()
    {
        var path = Path.Combine(SharedData(), "media", "fosdem-example-slides.pdf");
        Assert.SkipUnless(File.Exists(path), "The shared slides are not on this machine.");
        var session = await hub.NewLectureAsync();
        using var uploaded = await UploadAsync(session, Speaker, await File.ReadAllBytesAsync(path));
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync());
        Assert.Equal(10, (await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}")).Slides!.Pages);
    }

    private static string SharedData()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln"))) folder = folder.Parent;
        return Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(folder?.FullName ?? ".", "..", "shared", "data");
    }

    private Task<HttpResponseMessage> UploadAsync(string session, Viewer viewer, byte[] file, string type = "application/pdf", Guid? id = null) => hub.Http(viewer).PostAsync(
        $"api/lectures/{session}/slides?commandId={id ?? Guid.NewGuid()}&name={Uri.EscapeDataString("심장.pdf")}", new ByteArrayContent(file) { Headers = { ContentType = new(type) } });

    private static byte[] Pdf(int pages)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(UglyToad.PdfPig.Fonts.Standard14Fonts.Standard14Font.Helvetica);
        for (var i = 1; i <= pages; i++) builder.AddPage(PageSize.A4).AddText($"Page {i}", 40, new(50, 500), font);
        return builder.Build();
    }

    /// <summary>A file that asks for a password which nobody gives: its user key is that of no empty password.</summary>
    private static byte[] Locked()
    {
        var (file, places) = ("%PDF-1.4\n", new List<int>());
        var key = string.Concat(Enumerable.Repeat("AB", 32));
        foreach (var item in (string[])["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>", $"<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>"])
        {
            places.Add(file.Length);
            file += $"{places.Count} 0 obj\n{item}\nendobj\n";
        }
        var rows = string.Concat(places.Select(p => $"{p:0000000000} 00000 n \n"));
        return Encoding.ASCII.GetBytes($"{file}xref\n0 {places.Count + 1}\n0000000000 65535 f \n{rows}trailer\n<</Size {places.Count + 1}/Root 1 0 R/Encrypt 4 0 R/ID[<AA><AA>]>>\nstartxref\n{file.Length}\n%%EOF");
    }
}
