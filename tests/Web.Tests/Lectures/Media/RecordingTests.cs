using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Lectures.Recording;
using Microsoft.AspNetCore.SignalR.Client;
using static ConsultHub.Web.Lectures.Recording.RecordingsApi;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>Tests what is recorded of a lecture, who may read the recording, and the files that are made from it.</summary>
public sealed class RecordingTests(DemoHub hub)
{
    /// <summary>Each test on the shared hub has a session of its own.</summary>
    private string Session { get; set; } = "s05";

    private Task<LectureRecording> ReadAsync(Caller caller) => caller.GetAsync<LectureRecording>($"api/lectures/{Session}/recording");

    private async Task<List<MediaFrame>> FramesAsync(Caller caller, RecordedPublication publication)
    {
        List<MediaFrame> frames = [];
        foreach (var segment in publication.Segments)
            frames.AddRange(
                SegmentReader.Read(
                    await caller.Http.GetByteArrayAsync($"api/lectures/{Session}/recording/{publication.Publication}/{segment.Number}")
                )
            );
        return frames;
    }

    [Fact]
    public async Task A_recording_survives_a_killed_hub_without_lost_or_repeated_frames_and_the_speaker_can_continue()
    {
        await using var own = await HubHost.StartAsync();
        using var host = await Caller.SignInAsync(own.Address, "p-coordinator");
        using var attendee = await Caller.SignInAsync(own.Address, "p-attendee");
        await LectureClient.OpenAsync(host, Session, recorded: true);
        var speaker = await LectureClient.ConnectAsync(own.Address, host);
        var publication = await speaker.PublishAsync(Session);
        var talk = new Talk(publication);
        List<MediaFrame> sent = [];
        for (var i = 0; i < 120; i++) // 4.8 s of frames are sent at once; timestamps may be at most 5 s ahead
        {
            var frames = talk.Next();
            await speaker.UploadAsync(frames);
            sent.AddRange(frames);
        }
        // Everything is stored while the speaker is still on air, and attendees can read it.
        await Eventually.Async(async () =>
            (await ReadAsync(attendee)).Publications is [{ OnAir: true } p] && (await FramesAsync(attendee, p)).Count == sent.Count
        );
        own.Kill();
        await speaker.DisposeAsync();
        await own.RestartAsync();

        var after = await ReadAsync(attendee);
        var stored = await FramesAsync(attendee, after.Publications.Single());
        Assert.Equal(sent.Select(f => Convert.ToHexString(f.Wire.Span)), stored.Select(f => Convert.ToHexString(f.Wire.Span)));
        Assert.NotNull(after.From);
        Assert.True(after.Publications[0].Segments.Count >= 2);

        await using var again = await LectureClient.ConnectAsync(own.Address, host);
        var second = await again.PublishAsync(Session);
        Assert.True(second > publication);
        await again.UploadAsync(new Talk(second).Next());
        await Eventually.Async(async () => (await ReadAsync(attendee)).Publications.Count == 2);
    }

    [Fact]
    public async Task Attendees_can_read_a_segment_in_ranges_and_nothing_is_shown_without_consent()
    {
        Session = "s06";
        using var host = await Caller.SignInAsync(hub.Address, "p-coordinator");
        using var attendee = await Caller.SignInAsync(hub.Address, "p-attendee");
        using var nobody = Caller.Nobody(hub.Address);
        await LectureClient.OpenAsync(host, Session, stage: null, recorded: true);
        await using var speaker = await LectureClient.ConnectAsync(hub.Address, host);
        var talk = new Talk(await speaker.PublishAsync(Session));
        await speaker.UploadAsync(talk.Next());
        Assert.Equal((HttpStatusCode.Forbidden, "lecture.not-allowed"), await RefusedAsync(attendee, $"api/lectures/{Session}/recording"));
        Assert.Empty((await ReadAsync(host)).Publications); // the green room is not recorded

        await LectureClient.OpenAsync(host, Session);
        for (var i = 0; i < 110; i++)
        {
            await speaker.UploadAsync(talk.Next());
            await Task.Delay(20); // so that the node hears that the stage is live before the next keyframe
        }
        await Eventually.Async(async () => (await ReadAsync(attendee)).Publications is [{ Segments.Count: > 0 }]);
        await speaker.Hub.InvokeAsync("Finish");
        await Eventually.Async(async () => (await ReadAsync(attendee)).Publications is [{ OnAir: false }]);
        var publication = (await ReadAsync(attendee)).Publications[0];
        Assert.True((await FramesAsync(attendee, publication))[0].IsKey);

        var path = $"api/lectures/{Session}/recording/{publication.Publication}/0";
        var whole = await attendee.Http.GetByteArrayAsync(path);
        Assert.Equal(publication.Segments[0].Bytes, whole.Length);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await attendee.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Http.GetAsync(path)).StatusCode);
        Assert.Equal(
            (HttpStatusCode.NotFound, "recording.unknown"),
            await RefusedAsync(attendee, $"api/lectures/{Session}/recording/{publication.Publication}/99")
        );
        Assert.Equal((HttpStatusCode.NotFound, "lecture.unknown"), await RefusedAsync(attendee, "api/lectures/s-none/recording"));

        // Only a reader of the whole segment gets a receipt for it.
        Assert.False(part.Headers.Contains("Hub-Receipt"));
        using (var all = await attendee.Http.GetAsync(path))
        {
            var (from, to) = (
                publication.StartedAt.AddMicroseconds(publication.Segments[0].From),
                publication.StartedAt.AddMicroseconds(publication.Segments[0].To)
            );
            using var said = await attendee.Http.PostAsJsonAsync(
                $"api/lectures/{Session}/played",
                new
                {
                    connection = "tab",
                    played = new[]
                    {
                        new
                        {
                            from,
                            to,
                            @as = "recorded",
                        },
                    },
                    receipts = all.Headers.GetValues("Hub-Receipt"),
                }
            );
            Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
        }

        // A speaker withdraws the agreement. The recording of that speaker is no longer shown, although the lecture is still recorded.
        using (await LectureClient.CommandAsync(host, Session, new AgreeToRecording { CommandId = Guid.NewGuid(), Agrees = false }))
            Assert.Equal((HttpStatusCode.NotFound, "recording.unknown"), await RefusedAsync(attendee, path));
        Assert.Empty((await ReadAsync(attendee)).Publications);
        using (
            await LectureClient.CommandAsync(
                host,
                Session,
                new SetRecording
                {
                    CommandId = Guid.NewGuid(),
                    Consent = false,
                    Days = 1,
                }
            )
        )
            Assert.Equal((HttpStatusCode.NotFound, "recording.none"), await RefusedAsync(attendee, path));
    }

    [Fact]
    public async Task A_lecture_with_two_speakers_can_be_downloaded_as_named_files_with_matching_captions()
    {
        using var host = await Caller.SignInAsync(hub.Address, "p-coordinator");
        using var attendee = await Caller.SignInAsync(hub.Address, "p-attendee");
        await LectureClient.OpenAsync(host, Session, recorded: true);
        await SpeakAsync("en", "The first speaks.");
        Assert.Equal(
            (HttpStatusCode.NotFound, "recording.not-joined"),
            await RefusedAsync(attendee, $"api/lectures/{Session}/recording/joined")
        );
        await SpeakAsync("ko", "두 번째 연자입니다.");

        var listed = await attendee.GetAsync<LectureFiles>($"api/lectures/{Session}/recording/files");
        var files = listed.Files;
        Assert.Equal(["s05-01-camera.webm", "s05-02-camera.webm"], files.Select(f => f.Name));
        Assert.Equal(["s05-01-camera.en.vtt", "s05-02-camera.ko.vtt"], files.Select(f => Assert.Single(f.Captions).Name));
        Assert.True(files[0].From < files[1].From);
        foreach (var file in files)
        {
            using var media = await attendee.Http.GetAsync(file.Url);
            Assert.Equal(
                ("video/webm", file.Name),
                (media.Content.Headers.ContentType!.MediaType, media.Content.Headers.ContentDisposition!.FileName)
            );
            // The file has one caption line. It begins when the line was written, counted from the beginning of the file.
            var line = (
                await attendee.GetAsync<LectureMoments>(
                    $"api/lectures/{Session}/moments?from={file.From.UtcDateTime:O}&to={file.To.UtcDateTime:O}"
                )
            )
                .Moments.Where(m => m.At > file.From)
                .Select(m => m.Item)
                .OfType<Caption>()
                .Single();
            var lines = (await attendee.Http.GetStringAsync(file.Captions[0].Url)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(["WEBVTT", "1", line.Text], [lines[0], lines[1], lines[3]]);
            Assert.StartsWith($"{line.At - file.From:hh\\:mm\\:ss\\.fff} --> ", lines[2], StringComparison.Ordinal);
        }

        await CheckJoinedAsync(listed.Joined!);

        // The joined file covers the time from the first beginning to the last end, without the break.
        async Task CheckJoinedAsync(JoinedFile joined)
        {
            Assert.Equal(("s05-00-lecture.webm", files[0].From, files[1].To), (joined.Name, joined.From, joined.To));
            Assert.Equal(((files[0].To - files[0].From) + (files[1].To - files[1].From)).TotalSeconds, joined.Seconds, 1.0);
            Assert.Equal(["s05-00-lecture.en.vtt", "s05-00-lecture.ko.vtt"], joined.Captions.Select(c => c.Name));
            var line = (await BeginsAsync(joined.Captions[1].Url)).Single();
            var said = (await BeginsAsync(files[1].Captions[0].Url)).Single();
            Assert.InRange(line - said - (files[0].To - files[0].From), TimeSpan.FromSeconds(-0.1), TimeSpan.FromSeconds(1.1));
            using var media = await attendee.Http.GetAsync(joined.Url);
            Assert.Equal(
                ("video/webm", joined.Name),
                (media.Content.Headers.ContentType!.MediaType, media.Content.Headers.ContentDisposition!.FileName)
            );
            var whole = await media.Content.ReadAsByteArrayAsync();
            using var request = new HttpRequestMessage(HttpMethod.Get, joined.Url) { Headers = { Range = new RangeHeaderValue(100, 199) } };
            using var part = await attendee.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(whole[100..200], await part.Content.ReadAsByteArrayAsync());
            Assert.Equal((HttpStatusCode.NotFound, "lecture.no-captions"), await RefusedAsync(attendee, $"{joined.Url[1..]}/captions/ar"));
            using (var nobody = Caller.Nobody(hub.Address))
                Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Http.GetAsync(joined.Url)).StatusCode);

            // There is no joined file while somebody is on air again, or after the consent is withdrawn.
            await using (var third = await LectureClient.ConnectAsync(hub.Address, host))
            {
                await third.PublishAsync(Session);
                await Eventually.Async(async () =>
                    (await attendee.GetAsync<LectureFiles>($"api/lectures/{Session}/recording/files"))
                        is { Joined: null, NotJoined: "recording.growing" }
                );
                Assert.Equal((HttpStatusCode.Conflict, "recording.growing"), await RefusedAsync(attendee, joined.Url[1..]));
            }
            using (
                await LectureClient.CommandAsync(
                    host,
                    Session,
                    new SetRecording
                    {
                        CommandId = Guid.NewGuid(),
                        Consent = false,
                        Days = 1,
                    }
                )
            )
                Assert.Equal((HttpStatusCode.NotFound, "recording.none"), await RefusedAsync(attendee, joined.Url[1..]));
            Assert.Equal((HttpStatusCode.NotFound, "recording.none"), await RefusedAsync(attendee, joined.Captions[0].Url[1..]));
        }

        // The start time of each line in a caption file.
        async Task<IEnumerable<TimeSpan>> BeginsAsync(string url) =>
            (await attendee.Http.GetStringAsync(url))
                .Split('\n')
                .Where(l => l.Contains(" --> ", StringComparison.Ordinal))
                .Select(l => TimeSpan.Parse(l.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

        // Puts a speaker on air until the recording reaches beyond a caption line that is written in the meantime.
        async Task SpeakAsync(string language, string text)
        {
            await using var speaker = await LectureClient.ConnectAsync(hub.Address, host);
            var publication = await speaker.PublishAsync(Session);
            var talk = new Talk(publication);
            await speaker.UploadAsync(talk.Next(500));
            await Eventually.Async(async () =>
                (await ReadAsync(attendee)).Publications is [.., { Segments.Count: > 0 } p] && p.Publication == publication
            );
            using (
                await LectureClient.CommandAsync(
                    host,
                    Session,
                    new WriteCaption
                    {
                        CommandId = Guid.NewGuid(),
                        Language = language,
                        Text = text,
                    }
                )
            ) { }
            var passed = DateTimeOffset.UtcNow - (await ReadAsync(attendee)).Publications[^1].StartedAt;
            for (var sent = TimeSpan.Zero; sent <= passed; sent += TimeSpan.FromMilliseconds(40))
                await speaker.UploadAsync(talk.Next(500));
            await speaker.Hub.InvokeAsync("Finish");
            await Eventually.Async(async () => (await ReadAsync(attendee)).Publications[^1] is { OnAir: false });
        }
    }

    [Fact]
    public void A_recording_is_kept_for_the_agreed_days_after_the_end_unless_the_consent_is_withdrawn()
    {
        var now = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
        var lecture = new Lecture
        {
            Session = new("s-1"),
            Conference = new("c"),
            Title = "T",
            TimeZone = "Asia/Dubai",
            Recording = new(new("p-host"), now, 30),
        };
        Assert.True(RecordingKeeper.IsKept(lecture, now.AddYears(1)));
        Assert.True(RecordingKeeper.IsKept(lecture with { EndedAt = now }, now.AddDays(29)));
        Assert.False(RecordingKeeper.IsKept(lecture with { EndedAt = now }, now.AddDays(30)));
        Assert.False(RecordingKeeper.IsKept(lecture with { Recording = null }, now));
    }

    [Fact]
    public void A_truncated_segment_is_read_up_to_its_last_complete_frame()
    {
        var talk = new Talk(1);
        var whole = MediaWire.Join([.. talk.Next(200), .. talk.Next(200)]);
        var ends = new List<int> { 1 };
        foreach (var frame in MediaWire.Read(whole))
            ends.Add(ends[^1] + frame.Wire.Length);
        for (var length = 0; length <= whole.Length; length++)
            Assert.Equal(Math.Max(0, ends.FindLastIndex(end => end <= length)), SegmentReader.Read(whole.AsMemory(0, length)).Count());
        // If the machine stops before the disk has written some bytes, zeros are read instead of these bytes.
        var zeros = (byte[])whole.Clone();
        zeros.AsSpan(ends[4]).Clear();
        Assert.Equal(4, SegmentReader.Read(zeros).Count());
    }

    private static async Task<(HttpStatusCode, string?)> RefusedAsync(Caller caller, string path)
    {
        var (status, problem) = await Caller.ProblemAsync(await caller.Http.GetAsync(path));
        return (status, problem.Code);
    }
}
