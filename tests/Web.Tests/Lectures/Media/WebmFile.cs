using System.Text;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>
/// Reads a WebM or Matroska file that a browser's recorder or ffmpeg has made. Returns the frames that a speaker would send.
/// </summary>
public static class WebmFile
{
    private static readonly HashSet<uint> Containers = [0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0xE0, 0xE1, 0xA0];

    private sealed class Track
    {
        public int Number,
            Width = 640,
            Height = 480,
            Channels = 1;
        public string Codec = "";
        public byte[] Private = [];
        public uint Sequence;
        public MediaConfig Config =>
            Codec == "A_OPUS" ? new("opus", 0, 0, 48_000, Channels, ReadOnlyMemory<byte>.Empty)
            : Codec == "V_VP8" ? new("vp8", Width, Height, 0, 0, ReadOnlyMemory<byte>.Empty)
            : new($"avc1.{Private[1]:X2}{Private[2]:X2}{Private[3]:X2}", Width, Height, 0, 0, Private);
    }

    /// <summary>
    /// The frames by time, starting at 0. Pictures are on the camera's track from their first keyframe on. Sound is on the microphone's
    /// track.
    /// </summary>
    public static List<MediaFrame> Read(string path, uint publication)
    {
        var bytes = File.ReadAllBytes(path);
        List<Track> tracks = [];
        List<(Track Track, long Time, bool IsKey, ReadOnlyMemory<byte> Data)> blocks = [];
        long cluster = 0;
        for (var at = 0; at + 2 < bytes.Length; )
        {
            if (!TryVint(bytes, ref at, keepMark: true, out var id) || !TryVint(bytes, ref at, keepMark: false, out var size))
                break;
            if (Containers.Contains((uint)id))
            {
                if (id == 0xAE)
                    tracks.Add(new());
                continue;
            }
            if (size < 0 || at + size > bytes.Length)
                break;
            var data = bytes.AsMemory(at, (int)size);
            at += (int)size;
            switch (id)
            {
                case 0xD7:
                    tracks[^1].Number = (int)Number(data.Span);
                    break;
                case 0x86:
                    tracks[^1].Codec = Encoding.ASCII.GetString(data.Span);
                    break;
                case 0x63A2:
                    tracks[^1].Private = data.ToArray();
                    break;
                case 0xB0:
                    tracks[^1].Width = (int)Number(data.Span);
                    break;
                case 0xBA:
                    tracks[^1].Height = (int)Number(data.Span);
                    break;
                case 0x9F:
                    tracks[^1].Channels = (int)Number(data.Span);
                    break;
                case 0xE7:
                    cluster = Number(data.Span);
                    break;
                case 0xA3 or 0xA1:
                    var track = tracks.First(t => t.Number == (data.Span[0] & 0x7F));
                    var payload = data[4..];
                    var isKey = track.Codec == "V_VP8" ? (payload.Span[0] & 1) == 0 : (data.Span[3] & 0x80) != 0;
                    blocks.Add((track, (cluster + (short)((data.Span[1] << 8) | data.Span[2])) * 1000, isKey, payload));
                    break;
            }
        }
        return [.. ToFrames(blocks, publication)];
    }

    private static IEnumerable<MediaFrame> ToFrames(
        List<(Track Track, long Time, bool IsKey, ReadOnlyMemory<byte> Data)> blocks,
        uint publication
    )
    {
        var first = blocks.First(b => b.IsKey && b.Track.Codec != "A_OPUS").Time;
        var soundConfigAt = long.MinValue;
        Dictionary<Track, long> last = [];
        foreach (var (track, time, isKey, data) in blocks.Where(b => b.Time >= first).OrderBy(b => b.Time))
        {
            var isSound = track.Codec == "A_OPUS";
            var stamp = Math.Max(time - first, last.TryGetValue(track, out var before) ? before + 1 : 0);
            last[track] = stamp;
            var carries = isSound ? stamp - soundConfigAt > 2_000_000 || soundConfigAt == long.MinValue : isKey;
            if (isSound && carries)
                soundConfigAt = stamp;
            if (track.Sequence == 0 && !carries)
                continue;
            yield return MediaWire.Write(
                publication,
                isSound ? MediaTracks.Microphone : MediaTracks.Camera,
                ++track.Sequence,
                stamp,
                isSound ? 20_000u : 33_000u,
                carries ? track.Config : null,
                data.Span
            );
        }
    }

    private static bool TryVint(byte[] bytes, ref int at, bool keepMark, out long value)
    {
        value = -1;
        var length = bytes[at] == 0 ? 9 : System.Numerics.BitOperations.LeadingZeroCount(bytes[at]) - 24 + 1;
        if (length > 8 || at + length > bytes.Length)
            return false;
        long read = keepMark ? bytes[at] : bytes[at] & ((1 << (8 - length)) - 1);
        var all = !keepMark && read == (1 << (8 - length)) - 1;
        for (var i = 1; i < length; i++)
        {
            read = (read << 8) | bytes[at + i];
            all &= bytes[at + i] == 0xFF;
        }
        at += length;
        value = all ? -1 : read; // -1 means that the size is unknown
        return true;
    }

    private static long Number(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var b in bytes)
            value = (value << 8) | b;
        return value;
    }
}
