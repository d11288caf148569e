using System.Collections.Concurrent;
using System.Net.Http.Json;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Lectures.Media;
using ConsultHub.Tests.Storage;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Lectures.Recording;
using Microsoft.AspNetCore.SignalR.Client;
using static ConsultHub.Web.Lectures.Recording.RecordingsApi;

namespace ConsultHub.Tests.Cluster;

/// <summary>A lecture that is sent through one web node and watched through another while nodes are killed.</summary>
[Collection(nameof(ClusterHub))]
public sealed class LectureTests(ClusterHub hub)
{
    private const string Session = "s31";

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_lecture_survives_the_loss_of_a_viewers_node_and_the_speakers_node_and_the_silo_that_relays_it()
    {
        await hub.ReadyAsync();
        var (here, there) = (hub.Webs[0], hub.Webs[1]);
        using var host = await Caller.SignInAsync(here, "p-coordinator");
        using var attendee = await Caller.SignInAsync(here, "p-attendee");
        using var elsewhere = attendee.At(there);
        await LectureClient.OpenAsync(host, Session, recorded: true);
        await using var speaker = new SteadySpeaker(host, hub.Webs);
        await using var near = await WatchAsync(here, attendee);
        var far = await WatchAsync(there, attendee);
        await BothSeeAsync(near, far);

        await RoleIsTakenElsewhereAsync();

        // The viewer's node is killed. The report of what was played there is kept, and the viewer starts at another node with a keyframe.
        var atLeast = SecondsSent(far);
        var proof = await far.Hub.InvokeAsync<string>("Receipt");
        await PlayedAsync(elsewhere, proof);
        var credited = await CreditedAsync(elsewhere);
        Assert.InRange(credited, Math.Min(atLeast, 20) - 1, SecondsSent(far) + 1); // the first report counts for at most 20 s
        hub.Web(there).Kill();
        await Eventually.Async(() => far.Hub.State == HubConnectionState.Disconnected);
        far = await WatchAsync(here, attendee);
        await BothSeeAsync(near, far);
        Assert.True(far.Frames.First(f => !f.IsAudio).IsKey);
        await PlayedAsync(attendee, proof); // the same seconds are reported again, to a node that did not send them
        Assert.Equal(credited, await CreditedAsync(attendee));
        await hub.ReadyAsync();

        // The silo is killed. The speaker begins another publication, which both nodes show.
        await using var again = await WatchAsync(there, attendee);
        var before = speaker.Publication;
        (await hub.HolderAsync(grains => grains.GetGrain<ILectureMediaGrain>(Session))).Kill();
        await Eventually.Async(() => speaker.Publication > before);
        await BothSeeAsync(near, again);
        await hub.ReadyAsync();

        // The speaker's node is killed. The speaker continues through the other node, where the recording can be read.
        before = speaker.Publication;
        hub.Web(speaker.Through).Kill();
        await Eventually.Async(() => speaker.Publication > before);
        var rest = hub.Webs.First(web => hub.Web(web).IsUp);
        await using var last = await WatchAsync(rest, attendee);
        await SeesAsync(last);
        using var reader = attendee.At(rest);
        await Eventually.Async(async () =>
            (await reader.GetAsync<Lecture>($"api/lectures/{Session}")).OnAir is [{ } only] && only.Stream == $"{speaker.Publication}"
        );
        await Eventually.Async(async () => await StoredAsync(reader) >= speaker.Acknowledged.Count - SteadySpeaker.Unwritten);
        Assert.Empty(speaker.Faults);
        Assert.All([near, far, again, last], NothingIsDoubled);
        await far.DisposeAsync();
        await hub.ReadyAsync();

        // A role that is taken away at one node ends a publication that is sent through another node.
        async Task RoleIsTakenElsewhereAsync()
        {
            using var hostThere = host.At(there);
            await SetSpeakerAsync(given: true);
            await using var guest = await LectureClient.ConnectAsync(here, attendee);
            await guest.UploadAsync(new Talk(await guest.PublishAsync(Session)).Next());
            await Eventually.Async(() => near.OnAir?.Count == 2 && far.OnAir?.Count == 2);
            var since = System.Diagnostics.Stopwatch.StartNew();
            await SetSpeakerAsync(given: false);
            await Eventually.Async(() => near.OnAir?.Count == 1 && far.OnAir?.Count == 1);
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(5), $"The publication ended only after {since.Elapsed}.");

            async Task SetSpeakerAsync(bool given)
            {
                using var answer = await LectureClient.CommandAsync(
                    hostThere,
                    Session,
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

        // Counts the stored frames whose upload was answered. Frames of the last moment before a kill may be missing.
        async Task<int> StoredAsync(Caller caller)
        {
            var recording = await caller.GetAsync<LectureRecording>($"api/lectures/{Session}/recording");
            HashSet<(uint, byte, uint)> stored = [];
            foreach (var publication in recording.Publications)
            foreach (var segment in publication.Segments)
            foreach (
                var frame in SegmentReader.Read(
                    await caller.Http.GetByteArrayAsync($"api/lectures/{Session}/recording/{publication.Publication}/{segment.Number}")
                )
            )
                Assert.True(stored.Add((frame.Publication, frame.Track, frame.Sequence)), "A frame is stored twice.");
            return speaker.Acknowledged.Count(stored.Contains);
        }
    }

    private static async Task<LectureClient> WatchAsync(Uri web, Caller caller)
    {
        var client = await LectureClient.ConnectAsync(web, caller);
        await client.WatchAsync(Session);
        return client;
    }

    private static async Task BothSeeAsync(LectureClient one, LectureClient other)
    {
        await SeesAsync(one);
        await SeesAsync(other);
    }

    /// <summary>Waits until the client has received one more second of pictures.</summary>
    private static async Task SeesAsync(LectureClient client)
    {
        var before = client.Frames.Count;
        await Eventually.Async(() => client.Frames.Skip(before).Count(f => !f.IsAudio) >= 25);
    }

    private static void NothingIsDoubled(LectureClient client)
    {
        foreach (var track in client.Frames.GroupBy(f => (f.Publication, f.Track)))
            Assert.Equal(track.Select(f => f.Sequence).Distinct().Order(), track.Select(f => f.Sequence));
    }

    /// <summary>Reports the last two minutes as played. Only the part that the receipt covers counts.</summary>
    private static async Task PlayedAsync(Caller caller, string receipt)
    {
        var now = DateTimeOffset.UtcNow;
        var played = new[]
        {
            new
            {
                from = now.AddMinutes(-2),
                to = now,
                @as = "live",
            },
        };
        using var said = await caller.Http.PostAsJsonAsync(
            $"api/lectures/{Session}/played",
            new
            {
                connection = "tab",
                played,
                receipts = new[] { receipt },
            }
        );
        Assert.Equal(204, (int)said.StatusCode);
    }

    /// <summary>The caller's live attendance in seconds.</summary>
    private static async Task<double> CreditedAsync(Caller caller)
    {
        var mine = await caller.GetAsync<PersonCredits>("api/conferences/demo-congress/attendance/mine");
        return mine.Sessions.Single(s => s.Session.Value == Session).Live * 60;
    }

    /// <summary>How many seconds of pictures a viewer has received from the longest publication.</summary>
    private static double SecondsSent(LectureClient client)
    {
        var pictures = client.Frames.Where(f => !f.IsAudio).GroupBy(f => f.Publication).MaxBy(p => p.Count())!;
        return (pictures.Max(f => f.Timestamp + f.Duration) - pictures.Min(f => f.Timestamp)) / 1e6;
    }

    /// <summary>
    /// Sends 25 pictures a second until it is disposed. It uses any web node that answers, as a speaker's page behind a proxy does.
    /// </summary>
    private sealed class SteadySpeaker : IAsyncDisposable
    {
        /// <summary>
        /// How many relayed frames two kills may lose at most. Frames are written to disk within a second.
        /// </summary>
        public const int Unwritten = 2 * 75;

        private readonly CancellationTokenSource _over = new();
        private readonly Task _speaking;

        public SteadySpeaker(Caller host, Uri[] webs) => _speaking = SpeakAsync(host, webs);

        public uint Publication { get; private set; }

        public Uri Through { get; private set; } = new("http://localhost");

        public ConcurrentQueue<(uint Publication, byte Track, uint Sequence)> Acknowledged { get; } = [];

        public ConcurrentQueue<Exception> Faults { get; } = [];

        private async Task SpeakAsync(Caller host, Uri[] webs)
        {
            for (var turn = 0; !_over.IsCancellationRequested; turn++)
            {
                try
                {
                    await using var client = await LectureClient.ConnectAsync(webs[turn % webs.Length], host);
                    var publication = await client.PublishAsync(Session);
                    var talk = new Talk(publication);
                    var since = System.Diagnostics.Stopwatch.StartNew();
                    (Publication, Through) = (publication, webs[turn % webs.Length]);
                    for (var next = 0; !_over.IsCancellationRequested; next++)
                    {
                        // The timestamps of the pictures follow the clock, as with a camera, even if an upload takes long.
                        if (Talk.Packet * next - since.Elapsed is { } early && early > TimeSpan.Zero)
                            await Task.Delay(early);
                        var frames = talk.Next();
                        await client.UploadAsync(frames);
                        foreach (var frame in frames)
                            Acknowledged.Enqueue((frame.Publication, frame.Track, frame.Sequence));
                    }
                }
                // The node was lost, so the speaker tries again. A refusal by the lecture's rules is a fault and is caught below.
                catch (Exception e) when (!e.Message.Contains("lecture.", StringComparison.Ordinal))
                {
                    await Task.Delay(300);
                }
                catch (Exception e)
                {
                    Faults.Enqueue(e);
                    await Task.Delay(1_000);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await _speaking;
            _over.Dispose();
        }
    }
}
