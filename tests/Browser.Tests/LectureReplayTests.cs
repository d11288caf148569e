using System.Globalization;
using System.Text;
using ConsultHub.Tests.Fixtures;
using Microsoft.Playwright;
using static ConsultHub.Tests.LectureMediaTests;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>
/// A lecture that is watched again, while it is live and after its end. Everything beside the picture belongs to the watched moment.
/// </summary>
public sealed class LectureReplayTests(Screens screens)
{
    private const string Session = "s23";

    [Fact]
    public async Task Slides_and_captions_and_questions_in_a_replay_match_the_watched_moment()
    {
        var host = await screens.OpenAsync("p-coordinator", "/conferences");
        await CommandAsync(host, Session, new { type = "openRoom", conference = "demo-congress" });
        await CommandAsync(
            host,
            Session,
            new
            {
                type = "setRecording",
                consent = true,
                days = 30,
            }
        );
        await CommandAsync(host, Session, new { type = "agreeToRecording", agrees = true });
        var uploaded = await host.APIRequest.PostAsync(
            $"api/lectures/{Session}/slides?commandId={Guid.NewGuid()}&name=two.pdf",
            new() { DataByte = Pdf("First", "Second"), Headers = [new("X-Hub", "1"), new("Content-Type", "application/pdf")] }
        );
        Assert.True(uploaded.Ok, await uploaded.TextAsync());
        await host.GotoAsync(Room(Session, "backstage"));
        await host.Locator("[data-camera]").ClickAsync();
        await host.Locator("button[data-on-air]").ClickAsync();
        await Expect(host.Locator("[data-studio=onAir]")).ToBeVisibleAsync();
        await host.Locator("[data-backstage] [data-do=live]").ClickAsync();
        var desk = await screens.OpenAsync("p-attendee", Room(Session));
        await SeesAsync(desk);
        await Expect(desk.Locator("[data-slide='1'] canvas")).ToBeVisibleAsync();

        // The host writes captions in two languages. Some recorded seconds later the host shows the next slide, writes more captions, and
        // approves a question. The microphone is switched on late, and the recording must continue when its sound begins.
        await RecordedFor(host, Session, 2);
        await host.Locator("[data-microphone]").ClickAsync();
        await WriteAsync(host, "en", "The first sentence.");
        await WriteAsync(host, "ar", "الجملة الأولى.");
        await RecordedFor(host, Session, 5);
        await CommandAsync(host, Session, new { type = "turnSlide", page = 2 });
        await WriteAsync(host, "en", "The second sentence.");
        await WriteAsync(host, "ar", "الجملة الثانية.");
        await CommandAsync(host, Session, new { type = "askQuestion", text = "Why?" });
        await CommandAsync(
            host,
            Session,
            new
            {
                type = "moderateQuestion",
                question = 1,
                verdict = "approve",
            }
        );
        await CommandAsync(host, Session, new { type = "announce", text = "Coffee is served." });
        await RecordedFor(host, Session, 5);
        await Expect(desk.Locator("[data-slide='2']")).ToBeVisibleAsync();

        // The viewer goes back to the beginning while the lecture is live. The player is paused first, so that it stays at the beginning
        // even on a slow machine.
        await Expect(desk.Locator("[data-timeline]")).ToBeVisibleAsync();
        await StageOf(desk).PressAsync("ArrowLeft");
        await Expect(desk.Locator("[data-media=replay]")).ToBeVisibleAsync();
        await HearsAsync(desk);
        await StageOf(desk).PressAsync("k");
        await SeekAsync(desk, "Home");
        await Expect(desk.Locator("[data-again]")).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-slide='1']")).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-question]")).ToHaveCountAsync(0);
        await Expect(desk.GetByText("Coffee is served.")).ToHaveCountAsync(0);
        await Expect(desk.Locator("[data-strip]")).ToHaveCountAsync(0);
        await StageOf(desk).PressAsync("k");
        await Expect(desk.Locator("[data-strip]")).ToContainTextAsync("The first sentence.");
        // The next slide is shown when the replay reaches the moment of the change, unless the reader browses the slides.
        await Expect(desk.Locator("[data-slide='2']")).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-strip]")).ToContainTextAsync("The second sentence.");
        // After a jump forward during playback the replay continues from there.
        await StageOf(desk).PressAsync("ArrowLeft");
        await StageOf(desk).PressAsync("ArrowRight");
        var instant = await InstantAsync(desk);
        await desk.WaitForFunctionAsync(
            "() => Number(document.querySelector('[data-media]').dataset.instant) > "
                + (instant + 1_000).ToString(CultureInfo.InvariantCulture)
        );
        await Expect(desk.Locator("[data-slide='2']")).ToBeVisibleAsync();
        await desk.Locator("[data-deck] button").Nth(0).ClickAsync();
        await Expect(desk.Locator("[data-slide='1']")).ToBeVisibleAsync();
        await desk.Locator("[data-to-live]").ClickAsync();
        await Expect(desk.Locator("[data-media=live]")).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-again]")).ToHaveCountAsync(0);
        await Expect(desk.Locator("[data-slide='2']")).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-question='1'] button[aria-pressed]")).ToBeVisibleAsync();
        await Expect(desk.GetByText("Coffee is served.")).ToBeVisibleAsync();

        // After the end of the lecture, a viewer watches it on a phone and in another language.
        await CommandAsync(host, Session, new { type = "setStage", stage = "ended" });
        var phone = await screens.OpenAsync("p-attendee", Room(Session), "ar", width: 390);
        await phone.Locator("[data-play-recording]").ClickAsync();
        await SeesAsync(phone);
        await StageOf(phone).PressAsync("k");
        await SeekAsync(phone, "Home");
        // Time runs from left to right in Arabic too, on the screen and for the keys.
        await phone.WaitForFunctionAsync(
            "() => { const [thumb, line] = ['[data-timeline] [role=slider]', '[data-timeline]']"
                + ".map(what => document.querySelector(what).getBoundingClientRect()); return thumb.right < line.left + line.width / 2 }"
        );
        await phone.Locator("[data-tab=slides]").ClickAsync();
        await Expect(phone.Locator("[data-slide='1'] canvas")).ToBeVisibleAsync();
        await SeekAsync(phone, "End");
        await Expect(phone.Locator("[data-slide='2']")).ToBeVisibleAsync();
        await phone.Locator("[data-tab=captions]").ClickAsync();
        await Expect(phone.Locator("[data-caption='2']")).ToHaveTextAsync("الجملة الثانية.");
        await SeekAsync(phone, "Home");
        await Expect(phone.Locator("[data-caption]")).ToHaveCountAsync(0);
        await phone.Locator("[data-to-live]").ClickAsync();
        await Expect(phone.Locator("[data-media=ended]")).ToBeVisibleAsync();
        await Expect(phone.Locator("[data-caption]")).ToHaveCountAsync(2);
        await phone.Locator("[data-do=files]").ClickAsync();
        // The links lead to the file and to its captions in two languages.
        await Expect(phone.Locator($"[data-file='{Session}-01-camera.webm'] a[download]")).ToHaveCountAsync(3);
        Assert.Empty(screens.Faults);
    }

    /// <summary>
    /// When another speaker takes over, or a speaker returns, a new publication begins. A viewer of the replay notices no break, with or
    /// without WebCodecs.
    /// </summary>
    [Fact]
    public async Task A_replay_continues_into_the_next_publication_and_can_go_back_and_start_again()
    {
        const string session = "s26";
        var host = await screens.OpenAsync("p-coordinator", "/conferences");
        await CommandAsync(host, session, new { type = "openRoom", conference = "demo-congress" });
        await CommandAsync(
            host,
            session,
            new
            {
                type = "setRecording",
                consent = true,
                days = 30,
            }
        );
        await CommandAsync(host, session, new { type = "agreeToRecording", agrees = true });
        await CommandAsync(host, session, new { type = "setStage", stage = "live" });
        await host.GotoAsync(Room(session, "backstage"));
        await host.Locator("[data-camera]").ClickAsync();
        await host.Locator("[data-microphone]").ClickAsync();
        for (var times = 0; times < 2; times++)
        {
            await host.Locator("button[data-on-air]").ClickAsync();
            await Expect(host.Locator("[data-studio=onAir]")).ToBeVisibleAsync();
            await SeesAsync(host); // when a camera goes on air again, its picture may not move for some seconds
            await RecordedFor(host, session, 4);
            await host.Locator("button[data-off-air]").ClickAsync();
            await Expect(host.Locator("[data-studio=off]")).ToBeVisibleAsync();
        }
        await CommandAsync(host, session, new { type = "setStage", stage = "ended" });
        var starts = (await Screens.SendAsync(host, "GET", $"api/lectures/{session}/recording"))
            .GetProperty("publications")
            .EnumerateArray()
            .Select(p => p.GetProperty("startedAt").GetDateTimeOffset().ToUnixTimeMilliseconds())
            .ToArray();
        Assert.Equal(2, starts.Length);

        var desk = await screens.OpenAsync("p-attendee", "/conferences");
        var plain = await screens.OpenAsync("p-attendee", "/conferences");
        await plain.AddInitScriptAsync("delete window.VideoDecoder; delete window.AudioDecoder");
        await Task.WhenAll(WatchAsync(desk), WatchAsync(plain));

        // Both publications are also joined in one file, which the browser can play and seek in.
        await desk.Locator("[data-do=files]").ClickAsync();
        await Expect(desk.Locator("[data-file]").First).ToHaveAttributeAsync("data-file", $"{session}-00-lecture.webm");
        var played = await desk.Locator($"[data-file='{session}-00-lecture.webm'] a").First.EvaluateAsync<double[]>(PlayFile);
        var joined = (await Screens.SendAsync(desk, "GET", $"api/lectures/{session}/recording/files"))
            .GetProperty("joined")
            .GetProperty("seconds")
            .GetDouble();
        Assert.InRange(played[0], joined - 0.5, joined + 0.5);
        Assert.InRange(played[1], joined - 4, joined);
        Assert.True(played[2] > 0);
        Assert.Empty(screens.Faults);

        // The viewer goes back from the second publication to the first during playback, plays to the end, and then starts again from the
        // beginning.
        async Task WatchAsync(IPage viewer)
        {
            await viewer.GotoAsync(Room(session));
            await viewer.Locator("[data-play-recording]").ClickAsync();
            await ComesAsync(viewer, "instant < " + starts[1]);
            await HearsAsync(viewer);
            await ComesAsync(viewer, "instant > " + starts[1]);
            await SeesAsync(viewer);
            await HearsAsync(viewer);
            await SeekAsync(viewer, "Home");
            await ComesAsync(viewer, "instant < " + starts[1]);
            await SeesAsync(viewer);
            await ComesAsync(viewer, "instant > " + starts[1]);
            await Expect(viewer.GetByLabel("Play", new() { Exact = true })).ToBeVisibleAsync();
            await StageOf(viewer).PressAsync("k");
            await ComesAsync(viewer, "instant < " + starts[1]);
            await SeesAsync(viewer);
            await HearsAsync(viewer);
        }

        static Task ComesAsync(IPage page, string condition) =>
            page.WaitForFunctionAsync(
                $"() => {{ const instant = Number(document.querySelector('[data-media]').dataset.instant); "
                    + $"return instant > 0 && {condition} }}"
            );
    }

    /// <summary>Starts to play the file of a link, then jumps to its last three seconds and plays them.</summary>
    /// <returns>The length and the position after the jump, both in seconds, and the width of the picture.</returns>
    private const string PlayFile = """
        async (link) => {
          const video = Object.assign(document.createElement('video'), { src: link.href, muted: true })
          const once = (name) => new Promise((resolve, reject) => {
            video.addEventListener(name, resolve, { once: true })
            video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true })
          })
          const runs = once('timeupdate')
          await video.play()
          await runs
          const [sought, ended] = [once('seeked'), once('ended')]
          video.currentTime = video.duration - 3
          await sought
          const from = video.currentTime
          await ended
          return [video.duration, from, video.videoWidth]
        }
        """;

    private static Task WriteAsync(IPage host, string language, string text) =>
        CommandAsync(
            host,
            Session,
            new
            {
                type = "writeCaption",
                language,
                text,
            }
        );

    private static Task SeekAsync(IPage page, string key) => page.Locator("[data-timeline] [role=slider]").PressAsync(key);

    /// <summary>Waits until this many more seconds are recorded.</summary>
    private static async Task RecordedFor(IPage page, string session, double seconds)
    {
        await Eventually.Async(async () => await UntilAsync() > 0);
        var wanted = await UntilAsync() + (seconds * 1_000);
        await Eventually.Async(async () => await UntilAsync() >= wanted);

        async Task<double> UntilAsync()
        {
            var publications = (await Screens.SendAsync(page, "GET", $"api/lectures/{session}/recording"))
                .GetProperty("publications")
                .EnumerateArray();
            return publications
                .SelectMany(p =>
                    p.GetProperty("segments")
                        .EnumerateArray()
                        .Select(s =>
                            p.GetProperty("startedAt").GetDateTimeOffset().ToUnixTimeMilliseconds()
                            + (s.GetProperty("to").GetInt64() / 1_000.0)
                        )
                )
                .DefaultIfEmpty(0)
                .Max();
        }
    }

    /// <summary>A deck with one word on each page.</summary>
    private static byte[] Pdf(params ReadOnlySpan<string> words)
    {
        List<string> items = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"];
        List<int> pages = [];
        foreach (var word in words)
        {
            var content = $"BT /F1 48 Tf 40 100 Td ({word}) Tj ET";
            items.Add($"<</Length {content.Length}>>\nstream\n{content}\nendstream");
            items.Add($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 225]/Resources<</Font<</F1 3 0 R>>>>/Contents {items.Count} 0 R>>");
            pages.Add(items.Count);
        }
        items[1] = $"<</Type/Pages/Kids[{string.Join(' ', pages.Select(p => $"{p} 0 R"))}]/Count {pages.Count}>>";
        var (file, places) = ("%PDF-1.4\n", new List<int>());
        foreach (var item in items)
        {
            places.Add(file.Length);
            file += $"{places.Count} 0 obj\n{item}\nendobj\n";
        }
        var rows = string.Concat(places.Select(place => $"{place:0000000000} 00000 n \n"));
        return Encoding.ASCII.GetBytes(
            $"{file}xref\n0 {items.Count + 1}\n0000000000 65535 f \n{rows}trailer\n<</Size {items.Count + 1}/Root 1 0 R>>\n"
                + $"startxref\n{file.Length}\n%%EOF"
        );
    }
}
