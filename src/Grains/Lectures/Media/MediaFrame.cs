namespace ConsultHub.Lectures.Media;

/// <summary>The kinds of tracks. The number of a track is its kind, so no table of tracks is needed.</summary>
public static class MediaTracks
{
    public const byte Camera = 0,
        Screen = 2,
        Microphone = 8,
        ScreenSound = 9,
        Most = 10;

    public static bool IsKnown(byte track) => track <= Screen + 1 || track is Microphone or ScreenSound;

    public static bool IsAudio(byte track) => track >= Microphone;

    /// <summary>
    /// Whether the track carries small pictures, for slow connections. The track with the next lower number carries the same pictures in
    /// full size.
    /// </summary>
    public static bool IsSmall(byte track) => track < Microphone && (track & 1) == 1;
}

/// <summary>
/// One encoded picture or piece of sound. It is sent, kept in memory and recorded with the same bytes: see <c>docs/media.md</c>. The frame
/// refers to the received bytes and does not copy them.
/// </summary>
/// <param name="Publication">The publication that the frame belongs to. Numbers rise within a lecture.</param>
/// <param name="Track">See <see cref="MediaTracks"/>.</param>
/// <param name="IsKey">
///     Whether decoding can begin at this frame. If so, <paramref name="Wire"/> also contains the codec's configuration.
/// </param>
/// <param name="Sequence">Rises by one within a track. After a gap only a keyframe may follow.</param>
/// <param name="Timestamp">Microseconds since the publication began.</param>
/// <param name="Duration">Microseconds. 0 if it is unknown.</param>
/// <param name="Wire">The whole frame with its header.</param>
/// <param name="ConfigLength">The number of bytes of configuration between header and payload.</param>
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

/// <summary>The values that are needed to decode a track.</summary>
/// <param name="Codec">The codec's name in browsers, such as <c>vp8</c>, <c>avc1.42E01F</c> or <c>opus</c>.</param>
/// <param name="Width">The width of the picture. It is 0 for sound, as is <paramref name="Height"/>.</param>
/// <param name="SampleRate">Hertz. It is 0 for pictures, as is <paramref name="Channels"/>.</param>
/// <param name="Description">The codec's own header (avcC, OpusHead). It may be empty.</param>
public sealed record MediaConfig(string Codec, int Width, int Height, int SampleRate, int Channels, ReadOnlyMemory<byte> Description)
{
    public bool IsH264 => Codec.StartsWith("avc1.", StringComparison.Ordinal);
}

/// <summary>Media bytes or a publication were refused.</summary>
/// <param name="code">Stable, such as <c>media.torn</c>.</param>
public sealed class MediaException(string code, string message) : Exception(message)
{
    public string Code => code;
}
