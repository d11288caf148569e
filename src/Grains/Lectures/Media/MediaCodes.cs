namespace ConsultHub.Lectures.Media;

/// <summary>The codes of refusals about media. Calls on a live connection fail with these codes. HTTP requests do not.</summary>
[CodesOf<Refusal>]
public static class MediaCodes
{
    public static readonly Code BadConfig = Code.BadInput("media.bad-config");
    public static readonly Code BadFrame = Code.BadInput("media.bad-frame");
    public static readonly Code BadQuality = Code.BadInput("media.bad-quality");
    public static readonly Code BadReport = Code.BadInput("media.bad-report");
    public static readonly Code BadVersion = Code.BadInput("media.bad-version");
    public static readonly Code Clock = Code.Conflict("media.clock");
    public static readonly Code Ended = Code.Conflict("media.ended");
    public static readonly Code NoKeyframe = Code.Conflict("media.no-keyframe");
    public static readonly Code NotWatching = Code.Conflict("media.not-watching");
    public static readonly Code OffAir = Code.Conflict("media.off-air");
    public static readonly Code TooFast = Code.TooMany("media.too-fast");
    public static readonly Code TooLarge = Code.TooLarge("media.too-large");
    public static readonly Code Torn = Code.BadInput("media.torn");
    public static readonly Code UnsupportedCodec = Code.BadInput("media.unsupported-codec");
    public static readonly Code WrongOrder = Code.BadInput("media.wrong-order");
    public static readonly Code WrongPublication = Code.BadInput("media.wrong-publication");
}
