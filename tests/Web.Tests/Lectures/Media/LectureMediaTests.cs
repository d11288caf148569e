using System.Net;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR.Client;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>A lecture's media through a hub that runs as a separate process.</summary>
public sealed class LectureMediaTests(DemoHub hub) : IAsyncLifetime
{
    private static int _sessions = 20; // other tests use the sessions of the demo's congress up to this number

    private readonly string _session = $"s{Interlocked.Increment(ref _sessions)}";
    private Caller _attendee = null!;

    public async ValueTask InitializeAsync() => _attendee = await hub.SignInAsync("p-attendee");

    public ValueTask DisposeAsync()
    {
        _attendee.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<LectureClient> ConnectAsync(Caller? caller = null, Uri? at = null) =>
        LectureClient.ConnectAsync(hub.Address, caller ?? _attendee, at);

    [Fact]
    public async Task Viewers_receive_the_speakers_frames_in_order_and_a_late_viewer_starts_at_the_newest_keyframes()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await using var speaker = await ConnectAsync(hub.Coordinator);
        await using var early = await ConnectAsync();
        await early.WatchAsync(_session);
        var talk = new Talk(await speaker.PublishAsync(_session));
        List<MediaFrame> sent = [];
        for (var i = 0; i < 60; i++)
        {
            var frames = talk.Next();
            await speaker.UploadAsync(frames);
            sent.AddRange(frames);
            // On a busy machine the viewer may fall behind and skip frames. So the test waits after each packet.
            await Eventually.Async(() => early.Frames.Count == sent.Count);
        }
        Assert.Equal(sent.Select(f => Convert.ToHexString(f.Wire.Span)), early.Frames.Select(f => Convert.ToHexString(f.Wire.Span)));

        await using var late = await ConnectAsync();
        await late.WatchAsync(_session);
        await Eventually.Async(() => late.Frames.Any(f => f is { IsAudio: false, Sequence: 60 }));
        Assert.True(late.Frames.First(f => !f.IsAudio) is { IsKey: true, Sequence: 51 });
        Assert.True(late.Frames.First(f => f.IsAudio).IsKey);
        Assert.Equal(1, late.Messages);
        await Eventually.Async(() => late.OnAir?.Count == 1);

        // The speaker disconnects. Viewers learn that nobody is on air, and the lecture no longer shows the speaker on air.
        await speaker.DisposeAsync();
        await Eventually.Async(() => late.OnAir?.Count == 0);
        await Eventually.Async(async () => (await hub.Coordinator.GetAsync<Lecture>($"api/lectures/{_session}")).OnAir.IsEmpty);
    }

    [Fact]
    public async Task Only_the_crew_sees_the_green_room_and_attendees_see_the_speaker_once_the_lecture_is_live()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session, stage: null);
        await using var speaker = await ConnectAsync(hub.Coordinator);
        await using var crew = await ConnectAsync(hub.Coordinator);
        await using var attendee = await ConnectAsync();
        await crew.WatchAsync(_session);
        await attendee.WatchAsync(_session);
        var talk = new Talk(await speaker.PublishAsync(_session));
        for (var i = 0; i < 20; i++)
            await speaker.UploadAsync(talk.Next());
        await Eventually.Async(() => crew.Frames.Any(f => f is { IsAudio: false, Sequence: 20 }) && attendee.OnAir is not null);
        Assert.Empty(attendee.Frames);
        Assert.False(attendee.IsOpen);
        Assert.Empty(attendee.OnAir!);

        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await Eventually.Async(() => attendee is { IsOpen: true, Frames.Count: > 0 });
        Assert.True(attendee.Frames.First(f => !f.IsAudio).IsKey);
    }

    [Fact]
    public async Task A_person_who_leaves_the_crew_no_longer_sees_the_stage_or_the_green_room()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session, stage: null);
        await SetCrewAsync(given: true);
        await using var topics = _attendee.Watcher();
        var stage = topics.Watch($"lecture/{_session}/stage");
        await stage.WhenLiveAsync();
        await using var speaker = await ConnectAsync(hub.Coordinator);
        await using var captioner = await ConnectAsync();
        await captioner.WatchAsync(_session);
        var talk = new Talk(await speaker.PublishAsync(_session));
        await speaker.UploadAsync(talk.Next());
        await Eventually.Async(() => captioner is { IsOpen: true, Frames.Count: 3 });

        await SetCrewAsync(given: false);
        await stage.WhenAsync(ConsultHub.Client.LinkState.Refused);
        Assert.Equal("topic.denied", stage.Link.Refusal);
        await Eventually.Async(() => captioner is { IsOpen: false, OnAir.Count: 0 });
        var before = captioner.Frames.Count;
        for (var i = 0; i < 10; i++)
            await speaker.UploadAsync(talk.Next());
        // Waits until a crew member has received everything. If the hub still sent frames to the former crew member, they would have
        // arrived by then.
        await using var crew = await ConnectAsync(hub.Coordinator);
        await crew.WatchAsync(_session);
        await Eventually.Async(() => crew.Frames.Any(f => f is { IsAudio: false, Sequence: 11 }));
        Assert.Equal(before, captioner.Frames.Count);

        await SetCrewAsync(given: true);
        await Eventually.Async(() => captioner is { IsOpen: true } && captioner.Frames.Count > before);

        async Task SetCrewAsync(bool given)
        {
            using var answer = await LectureClient.CommandAsync(
                hub.Coordinator,
                _session,
                new SetCrew
                {
                    CommandId = Guid.NewGuid(),
                    Person = new("p-attendee"),
                    Role = LectureRole.Captioner,
                    Given = given,
                }
            );
            answer.EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task Only_a_speaker_or_host_can_send_and_a_bad_packet_takes_only_its_sender_off_air()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await using var attendee = await ConnectAsync();
        Assert.Equal("lecture.not-allowed", await LectureClient.RefusedAsync(() => attendee.PublishAsync(_session)));
        Assert.Equal("media.off-air", await LectureClient.RefusedAsync(() => attendee.UploadAsync(new Talk(1).Next())));
        Assert.Equal("lecture.unknown", await LectureClient.RefusedAsync(() => attendee.WatchAsync("s-nowhere")));
        Assert.Equal("lecture.unknown", await LectureClient.RefusedAsync(() => attendee.WatchAsync("../x")));
        Assert.Equal("media.not-watching", await LectureClient.RefusedAsync(() => attendee.Hub.InvokeAsync("Played", 1u, 5L, 3)));

        using var second = await hub.SignInAsync("p-coordinator-2");
        await using var good = await ConnectAsync(hub.Coordinator);
        await attendee.WatchAsync(_session);
        var talk = new Talk(await good.PublishAsync(_session));
        await good.UploadAsync(talk.Next());
        foreach (
            var (bytes, code) in ((Func<uint, byte[]>, string)[])
                [
                    (_ => [9, 9, 9], "media.bad-version"),
                    (_ => [], "media.bad-version"),
                    (p => MediaWire.Join(new Talk(p).Next())[..50], "media.torn"),
                    (p => MediaWire.Join([new Talk(p).Picture(key: false)]), "media.no-keyframe"),
                    (p => MediaWire.Join(new Talk(p + 1).Next()), "media.wrong-publication"),
                    (
                        p => MediaWire.Join([MediaWire.Write(p, 0, 1, 3_600_000_000, 0, new("vp8", 640, 360, 0, 0, default), [1])]),
                        "media.clock"
                    ),
                    (
                        p => MediaWire.Join([MediaWire.Write(p, 0, 1, 0, 0, new("av01", 640, 360, 0, 0, default), [1])]),
                        "media.unsupported-codec"
                    ),
                    (_ => [1, .. new byte[MediaWire.MostPacket]], "media.too-large"),
                ]
        )
        {
            await using var bad = await ConnectAsync(second);
            var publication = await bad.PublishAsync(_session);
            Assert.Equal(code, await LectureClient.RefusedAsync(() => bad.Hub.InvokeAsync("Upload", bytes(publication))));
            Assert.Equal("media.off-air", await LectureClient.RefusedAsync(() => bad.UploadAsync(new Talk(publication).Next())));
            var before = attendee.Frames.Count;
            await good.UploadAsync(talk.Next());
            await Eventually.Async(() => attendee.Frames.Count > before);
        }
        // A message that is larger than the hub allows ends only its connection.
        await using var huge = await ConnectAsync(second);
        await huge.PublishAsync(_session);
        await Assert.ThrowsAnyAsync<Exception>(() => huge.Hub.InvokeAsync("Upload", new byte[4 << 20]));
        var last = attendee.Frames.Count;
        await good.UploadAsync(talk.Next());
        await Eventually.Async(() => attendee.Frames.Count > last);
    }

    [Fact]
    public async Task A_speaker_taken_off_air_cannot_send_and_a_second_publication_of_one_person_ends_the_first()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await using var speaker = await ConnectAsync(hub.Coordinator);
        var publication = await speaker.PublishAsync(_session);
        var talk = new Talk(publication);
        await speaker.UploadAsync(talk.Next());
        await Eventually.Async(async () => (await hub.Coordinator.GetAsync<Lecture>($"api/lectures/{_session}")).OnAir.Length == 1);
        using (
            await LectureClient.CommandAsync(
                hub.Coordinator,
                _session,
                new TakeOffAir { CommandId = Guid.NewGuid(), Stream = $"{publication}" }
            )
        )
            await Eventually.Async(async () =>
            {
                try
                {
                    await speaker.UploadAsync(talk.Next());
                    return false;
                }
                catch (Microsoft.AspNetCore.SignalR.HubException refused)
                {
                    return refused.Message.EndsWith("media.off-air", StringComparison.Ordinal);
                }
            });

        await using var again = await ConnectAsync(hub.Coordinator);
        await using var twice = await ConnectAsync(hub.Coordinator);
        var first = await again.PublishAsync(_session);
        var second = await twice.PublishAsync(_session);
        Assert.True(second > first);
        Assert.Contains(
            await LectureClient.RefusedAsync(() => again.UploadAsync(new Talk(first).Next())),
            (string[])["media.ended", "media.off-air"]
        );
        await twice.UploadAsync(new Talk(second).Next());
    }

    [Fact]
    public async Task A_speaker_who_loses_the_role_goes_off_air_within_five_seconds_even_if_nothing_is_sent()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await SetSpeakerAsync(given: true);
        await using var speaker = await ConnectAsync();
        await using var viewer = await ConnectAsync(hub.Coordinator);
        await viewer.WatchAsync(_session);
        var talk = new Talk(await speaker.PublishAsync(_session));
        await speaker.UploadAsync(talk.Next());
        await Eventually.Async(() => viewer.OnAir?.Count == 1);
        var since = System.Diagnostics.Stopwatch.StartNew();
        await SetSpeakerAsync(given: false);
        await Eventually.Async(() => viewer.OnAir?.Count == 0);
        await Eventually.Async(async () => (await hub.Coordinator.GetAsync<Lecture>($"api/lectures/{_session}")).OnAir.IsEmpty);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(5), $"The speaker went off air only after {since.Elapsed}.");
        Assert.Equal("lecture.not-allowed", await LectureClient.RefusedAsync(() => speaker.UploadAsync(talk.Next())));
        Assert.Equal("lecture.not-allowed", await LectureClient.RefusedAsync(() => speaker.PublishAsync(_session)));

        async Task SetSpeakerAsync(bool given)
        {
            using var answer = await LectureClient.CommandAsync(
                hub.Coordinator,
                _session,
                new SetCrew
                {
                    CommandId = Guid.NewGuid(),
                    Person = new("p-attendee"),
                    Role = LectureRole.Speaker,
                    Given = given,
                }
            );
            answer.EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task Playback_counts_only_for_a_viewer_whose_connection_received_the_media()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await using var speaker = await ConnectAsync(hub.Coordinator);
        await using var viewer = await ConnectAsync();
        Assert.Equal("media.not-watching", await LectureClient.RefusedAsync(() => viewer.Hub.InvokeAsync("Receipt")));
        await viewer.WatchAsync(_session);
        using (var before = await viewer.ReportPlayedAsync(_attendee, _session, seconds: 5)) // nobody has spoken yet
            Assert.Equal("attendance.no-receipt", (await Caller.ProblemAsync(before)).Problem.Code);
        var talk = new Talk(await speaker.PublishAsync(_session));
        for (var i = 0; i < 50; i++)
        {
            await speaker.UploadAsync(talk.Next());
            await Task.Delay(40); // in real time, because time in the future does not count
        }
        await Eventually.Async(() => viewer.Frames.Any(f => f is { IsAudio: false, Sequence: 50 }));

        // Somebody else's receipt proves nothing. The viewer's receipt proves two seconds, and not an hour.
        using (var foreign = await viewer.ReportPlayedAsync(hub.Coordinator, _session, seconds: 5))
            Assert.Equal(
                (HttpStatusCode.Conflict, "attendance.no-receipt"),
                (foreign.StatusCode, (await Caller.ProblemAsync(foreign)).Problem.Code)
            );
        using (var said = await viewer.ReportPlayedAsync(_attendee, _session, seconds: 3_600))
            Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
        var mine = await _attendee.GetAsync<ConsultHub.Web.Attendance.PersonCredits>("api/conferences/demo-congress/attendance/mine");
        Assert.InRange(mine.Sessions.Single(s => s.Session.Value == _session).Live * 60, 0.5, 3);
    }

    [Fact]
    public async Task A_viewer_who_stops_reading_does_not_delay_others_and_continues_at_a_keyframe()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await using var wire = new Wire(hub.Address);
        await using var speaker = await ConnectAsync(hub.Coordinator);
        await using var stalled = await ConnectAsync(at: wire.End);
        await using var reading = await ConnectAsync();
        await stalled.WatchAsync(_session);
        await reading.WatchAsync(_session);
        var talk = new Talk(await speaker.PublishAsync(_session));
        await speaker.UploadAsync(talk.Next());
        await Eventually.Async(() => stalled.Frames.Count > 0 && reading.Frames.Count > 0);
        wire.Hold();
        var sent = 3;
        for (var i = 0; i < 120; i++)
        {
            await speaker.UploadAsync(talk.Next(60_000));
            await Task.Delay(40); // in real time
            sent += 3;
            await Eventually.Async(() => reading.Frames.Count == sent);
        }
        wire.Release();
        await Eventually.Async(() => stalled.Frames.Any(f => f is { IsAudio: false, Sequence: 121 }));
        Assert.True(stalled.Frames.Count < sent, "The hub kept everything for a viewer who did not read.");
        var pictures = stalled.Frames.Where(f => !f.IsAudio).ToList();
        for (var i = 1; i < pictures.Count; i++)
            Assert.True(pictures[i].Sequence == pictures[i - 1].Sequence + 1 || pictures[i].IsKey, "No keyframe followed a gap.");
    }

    [Fact]
    public async Task A_viewer_receives_the_chosen_quality_in_at_most_twenty_messages_per_second()
    {
        await LectureClient.OpenAsync(hub.Coordinator, _session);
        await using var speaker = await ConnectAsync(hub.Coordinator);
        await using var viewer = await ConnectAsync();
        await viewer.WatchAsync(_session, MediaQuality.Small);
        var publication = await speaker.PublishAsync(_session, 0, 1, 8);
        var (full, small) = (new Talk(publication), new Talk(publication));
        var since = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 50; i++)
        {
            await speaker.UploadAsync(full.Picture(), small.Picture(200, track: 1), full.Sound());
            await Task.Delay(10);
        }
        await Eventually.Async(() => viewer.Frames.Any(f => f is { Track: 1, Sequence: 50 }));
        Assert.InRange(viewer.Messages, 1, (since.Elapsed.TotalSeconds * 20) + 2);
        Assert.DoesNotContain(viewer.Frames, f => f.Track == 0);
        await viewer.Hub.InvokeAsync("Choose", (int)MediaQuality.SoundOnly);
        var pictures = viewer.Frames.Count(f => !f.IsAudio);
        await speaker.UploadAsync(full.Picture(), small.Picture(200, track: 1), full.Sound());
        await Eventually.Async(() => viewer.Frames.Any(f => f is { IsAudio: true, Sequence: 51 }));
        Assert.Equal(pictures, viewer.Frames.Count(f => !f.IsAudio));
        Assert.Equal("media.bad-quality", await LectureClient.RefusedAsync(() => viewer.Hub.InvokeAsync("Choose", 7)));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_open_a_lecture_connection_with_its_visitors_cookie()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "hubs/lecture");
        request.Headers.Add("Origin", "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await _attendee.Http.SendAsync(request)).StatusCode);
        using var nobody = Caller.Nobody(hub.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Http.GetAsync("hubs/lecture")).StatusCode);
    }
}
