using System.Collections.Concurrent;
using System.Net.Http.Json;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Lectures.Recording;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>A person's connection to <c>/hubs/lecture</c>, as a browser opens it.</summary>
public sealed class LectureClient : IAsyncDisposable
{
    private readonly ConcurrentQueue<MediaFrame> _frames = new();

    private LectureClient(HubConnection hub) => Hub = hub;

    public HubConnection Hub { get; }

    /// <summary>All frames that have arrived, in order.</summary>
    public IReadOnlyCollection<MediaFrame> Frames => _frames;

    public int Messages { get; private set; }

    /// <summary>The publications that are on air according to the last message, or null before the first message.</summary>
    public IReadOnlyList<uint>? OnAir { get; private set; }

    public bool IsOpen { get; private set; }

    /// <param name="at">Another address of the hub, such as the end of a <see cref="Wire"/>.</param>
    public static async Task<LectureClient> ConnectAsync(Uri hub, Caller caller, Uri? at = null)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(
                new Uri(at ?? hub, "hubs/lecture"),
                http =>
                {
                    (http.SkipNegotiation, http.Transports) = (true, Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets);
                    http.Headers["Cookie"] = caller.Cookie;
                }
            )
            .AddMessagePackProtocol()
            .Build();
        var client = new LectureClient(connection);
        connection.On<byte[]>(
            "Media",
            packet =>
            {
                client.Messages++;
                // A viewer who was behind gets more at once than a publisher may send. SegmentReader has no limit for the size of a
                // packet.
                foreach (var frame in SegmentReader.Read(packet))
                    client._frames.Enqueue(frame);
            }
        );
        connection.On<Dictionary<string, object>>(
            "Air",
            air =>
            {
                client.IsOpen = (bool)air["open"];
                client.OnAir =
                [
                    .. ((object[])air["sources"])
                        .Cast<Dictionary<object, object>>()
                        .Select(s => Convert.ToUInt32(s["publication"], System.Globalization.CultureInfo.InvariantCulture)),
                ];
            }
        );
        await connection.StartAsync();
        return client;
    }

    public Task WatchAsync(string session, MediaQuality quality = MediaQuality.Full) => Hub.InvokeAsync("Watch", session, (int)quality);

    public Task<uint> PublishAsync(string session, params int[] tracks) =>
        Hub.InvokeAsync<uint>("Publish", session, tracks.Length == 0 ? [0, 8] : tracks);

    public Task UploadAsync(params MediaFrame[] frames) => Hub.InvokeAsync("Upload", MediaWire.Join(frames));

    /// <summary>Reports to any node that the last seconds were played live, with the receipt of this connection.</summary>
    public async Task<HttpResponseMessage> ReportPlayedAsync(Caller to, string session, int seconds)
    {
        var now = DateTimeOffset.UtcNow;
        var receipts = new[] { await Hub.InvokeAsync<string>("Receipt") };
        return await to.Http.PostAsJsonAsync(
            $"api/lectures/{session}/played",
            new
            {
                connection = "tab",
                played = new[]
                {
                    new
                    {
                        from = now.AddSeconds(-seconds),
                        to = now,
                        @as = "live",
                    },
                },
                receipts,
            }
        );
    }

    public static async Task<string> RefusedAsync(Func<Task> asked) =>
        (await Assert.ThrowsAsync<HubException>(asked)).Message.Split("HubException: ")[^1];

    public static Task<HttpResponseMessage> CommandAsync(Caller caller, string session, LectureCommand command) =>
        caller.Http.PostAsJsonAsync($"api/lectures/{session}/commands", command, HubJson.Options);

    /// <summary>Opens the room of a session in the demo's congress. If asked, also agrees to the recording and sets the stage.</summary>
    public static async Task OpenAsync(Caller host, string session, LectureStage? stage = LectureStage.Live, bool recorded = false)
    {
        await DoAsync(new OpenRoom { CommandId = Guid.NewGuid(), Conference = new("demo-congress") });
        if (recorded)
        {
            await DoAsync(
                new SetRecording
                {
                    CommandId = Guid.NewGuid(),
                    Consent = true,
                    Days = 30,
                }
            );
            await DoAsync(new AgreeToRecording { CommandId = Guid.NewGuid(), Agrees = true }); // the host is also the speaker
        }
        if (stage is { } to)
            await DoAsync(new SetStage { CommandId = Guid.NewGuid(), Stage = to });

        async Task DoAsync(LectureCommand command)
        {
            using var answer = await CommandAsync(host, session, command);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>
/// Frames as a speaker's encoder makes them: 25 pictures and 50 pieces of sound per second, and a keyframe every two seconds.
/// </summary>
public sealed class Talk(uint publication)
{
    /// <summary>The duration of one packet.</summary>
    public static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(40);

    private static readonly MediaConfig Vp8 = new("vp8", 640, 360, 0, 0, ReadOnlyMemory<byte>.Empty),
        Opus = new("opus", 0, 0, 48_000, 1, ReadOnlyMemory<byte>.Empty);
    private uint _pictures,
        _sounds;

    public MediaFrame Picture(int size = 2_000, bool? key = null, byte track = MediaTracks.Camera) =>
        MediaWire.Write(
            publication,
            track,
            ++_pictures,
            (_pictures - 1) * 40_000L,
            40_000,
            key ?? _pictures % 50 == 1 ? Vp8 : null,
            new byte[size]
        );

    public MediaFrame Sound() =>
        MediaWire.Write(
            publication,
            MediaTracks.Microphone,
            ++_sounds,
            (_sounds - 1) * 20_000L,
            20_000,
            _sounds % 100 == 1 ? Opus : null,
            new byte[100]
        );

    /// <summary>The next packet, which lasts 40 ms.</summary>
    public MediaFrame[] Next(int size = 2_000) => [Picture(size), Sound(), Sound()];
}
