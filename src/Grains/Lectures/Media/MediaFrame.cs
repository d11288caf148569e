namespace ConsultHub.Lectures.Media;

/// <summary>What a track carries. Its number says it, so that a relay needs no table.</summary>
public static class MediaTracks
{
    public const byte Camera = 0,
        Screen = 2,
        Microphone = 8,
        ScreenSound = 9,
        Most = 10;

    public static bool IsKnown(byte track) => track <= Screen + 1 || track is Microphone or ScreenSound;

    public static bool IsAudio(byte track) => track >= Microphone;

    /// <summary>A second, smaller picture of the track before it, for poor connections.</summary>
    public static bool IsSmall(byte track) => track < Microphone && (track & 1) == 1;
}

/// <summary>
/// One encoded picture or piece of sound as it crosses the wire, is kept and is stored: see <c>docs/media.md</c>. A view into the
/// bytes that came; nothing is copied.
/// </summary>
/// <param name="Publication">Which upload it belongs to; numbers rise within a lecture.</param>
/// <param name="Track">See <see cref="MediaTracks"/>.</param>
/// <param name="IsKey">Whether decoding can begin here; then the codec's configuration is in <paramref name="Wire"/> too.</param>
/// <param name="Sequence">Rises by one within a track; after a gap only a keyframe may follow.</param>
/// <param name="Timestamp">Microseconds since the publication began.</param>
/// <param name="Duration">Microseconds; 0 where unknown.</param>
/// <param name="Wire">The whole frame with its header.</param>
/// <param name="ConfigLength">Bytes of configuration, between header and payload.</param>
public readonly record struct MediaFrame(
    uint Publication,
    byte Track,
    bool IsKey,
    uint Sequence,
    long Timestamp,
    uint Duration,
    ReadOnlyMemory<byte> Wire,
    int ConfigLength
)
{
    public bool IsAudio => MediaTracks.IsAudio(Track);

    public ReadOnlyMemory<byte> Config => Wire.Slice(MediaWire.HeaderLength, ConfigLength);

    public ReadOnlyMemory<byte> Payload => Wire[(MediaWire.HeaderLength + ConfigLength)..];
}

/// <summary>How a track is to be decoded.</summary>
/// <param name="Codec">As browsers name it: <c>vp8</c>, <c>avc1.42E01F</c>, <c>opus</c>.</param>
/// <param name="Width">Of the picture; 0 for sound. So is <paramref name="Height"/>.</param>
/// <param name="SampleRate">Hertz; 0 for pictures. So is <paramref name="Channels"/>.</param>
/// <param name="Description">The codec's own header (avcC, OpusHead); may be empty.</param>
public sealed record MediaConfig(string Codec, int Width, int Height, int SampleRate, int Channels, ReadOnlyMemory<byte> Description)
{
    public bool IsH264 => Codec.StartsWith("avc1.", StringComparison.Ordinal);
}

/// <summary>Why bytes were refused.</summary>
/// <param name="code">Stable, such as <c>media.torn</c>.</param>
public sealed class MediaException(string code, string message) : Exception(message)
{
    public string Code => code;
}
