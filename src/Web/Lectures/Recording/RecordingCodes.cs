namespace ConsultHub.Web.Lectures.Recording;

/// <summary>The codes of refusals about recordings.</summary>
[CodesOf<Refusal>, CodesOf<RecordingsApi.LectureFiles>(nameof(RecordingsApi.LectureFiles.NotJoined))]
public static class RecordingCodes
{
    public static readonly Code Growing = Code.Conflict("recording.growing");
    public static readonly Code MixedCodecs = Code.Conflict(
        "recording.mixed-codecs",
        "The recording has pictures in VP8 and in H.264, which cannot be in one file. Download its parts instead."
    );
    public static readonly Code None = Code.Unknown("recording.none", "No recording of this lecture is kept.");
    public static readonly Code NotJoined = Code.Unknown("recording.not-joined", "The recording has no parts that could be joined.");
    public static readonly Code Unknown = Code.Unknown("recording.unknown", "There is no such part of the recording.");
}
