using System.Buffers.Binary;
using ConsultHub.Lectures.Media;
using ConsultHub.Load.Wire;
using MessagePack;

namespace ConsultHub.Load.Lectures;

/// <summary>
/// Sends the output of a speaker's encoders: 25 pictures and 50 pieces of sound a second, with a keyframe every two seconds. Each payload
/// begins with the time at which it is sent.
/// </summary>
internal sealed class Speaker : IAsyncDisposable
{
    private const int Pictures = 25,
        SoundBytes = 120,
        KeyEvery = 50,
        KeyIsLarger = 6;
    private static readonly MediaConfig Vp8 = new("vp8", 1280, 720, 0, 0, ReadOnlyMemory<byte>.Empty),
        Opus = new("opus", 0, 0, 48_000, 1, ReadOnlyMemory<byte>.Empty);

    private readonly SignalRSocket _socket;
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource<uint> _publication = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _pictureBytes;
    private Task _sending = Task.CompletedTask;
    private uint _pictures,
        _sounds;

    private Speaker(SignalRSocket socket, double megabits)
    {
        _socket = socket;
        var bytes = (megabits * 1e6 / 8) - (2 * Pictures * SoundBytes);
        _pictureBytes = (int)(bytes / Pictures * KeyEvery / (KeyEvery + KeyIsLarger - 1));
    }

    public static async Task<Speaker> StartAsync(Uri hub, string cookie, string session, double megabits)
    {
        var socket = await SignalRSocket.ConnectAsync(hub, cookie, binary: true);
        var speaker = new Speaker(socket, megabits);
        _ = speaker.HearAsync();
        await socket.SendAsync(Invocation.Publish(session));
        var publication = await speaker._publication.Task.WaitAsync(TimeSpan.FromSeconds(10));
        speaker._sending = Task.Run(() => speaker.SendAsync(publication));
        return speaker;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _sending;
        _socket.Dispose();
        _over.Dispose();
    }

    /// <summary>
    /// Reads everything that the hub sends. It uses only the answer with the publication's number: [3, {}, "1", 3, number].
    /// </summary>
    private async Task HearAsync()
    {
        List<byte> begun = [];
        try
        {
            await _socket.ReadAsync(bytes =>
            {
                if (_publication.Task.IsCompleted)
                    return;
                begun.AddRange(bytes);
                var answer = begun.ToArray().AsSpan();
                var at = answer.IndexOf((ReadOnlySpan<byte>)[3, 0x80, 0xA1, (byte)'1']);
                if (at < 0 || answer.Length < at + 10)
                    return;
                if (answer[at + 4] != 3)
                    _publication.TrySetException(
                        new LoadException($"The speaker was refused: {System.Text.Encoding.ASCII.GetString(answer)}")
                    );
                else
                    _publication.TrySetResult(new MessagePackReader(answer[(at + 5)..].ToArray()).ReadUInt32());
            });
        }
        catch (Exception e)
        {
            _publication.TrySetException(e);
        }
    }

    private async Task SendAsync(uint publication)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1000.0 / Pictures));
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                var isKey = _pictures % KeyEvery == 0;
                MediaFrame[] frames = [Picture(publication, isKey), Sound(publication), Sound(publication)];
                await _socket.SendAsync(Invocation.Upload(MediaWire.Join(frames)));
            }
        }
        catch (OperationCanceledException)
        {
            // The speaker has stopped.
        }
    }

    private MediaFrame Picture(uint publication, bool isKey) =>
        MediaWire.Write(
            publication,
            MediaTracks.Camera,
            ++_pictures,
            (_pictures - 1) * 40_000L,
            40_000,
            isKey ? Vp8 : null,
            Payload(isKey ? _pictureBytes * KeyIsLarger : _pictureBytes)
        );

    private MediaFrame Sound(uint publication) =>
        MediaWire.Write(
            publication,
            MediaTracks.Microphone,
            ++_sounds,
            (_sounds - 1) * 20_000L,
            20_000,
            _sounds % 100 == 1 ? Opus : null,
            Payload(SoundBytes)
        );

    private static byte[] Payload(int length)
    {
        var payload = new byte[length];
        BinaryPrimitives.WriteInt64LittleEndian(payload, DateTime.UtcNow.Ticks);
        return payload;
    }
}
