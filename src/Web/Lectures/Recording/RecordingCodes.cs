namespace ConsultHub.Web.Lectures.Recording;

/// <summary>The codes of refusals about recordings.</summary>
[CodesOf<Refusal>, CodesOf<RecordingsApi.LectureFiles>(nameof(RecordingsApi.LectureFiles.NotJoined))]
public static class RecordingCodes
{
    public static readonly Code Growing = Code.Conflict("recording.growing");
    public static readonly Code MixedCodecs = Code.Conflict(
        "recording.mixed-codecs",
        "Pictures of it are VP8 and H.264, which no one file holds; its parts are files of their own."
    );
    public static readonly Code None = Code.Unknown("recording.none", "Nothing of this lecture is kept.");
    public static readonly Code NotJoined = Code.Unknown("recording.not-joined", "There are no parts to join.");
    public static readonly Code Unknown = Code.Unknown("recording.unknown", "There is no such part of the recording.");
}
