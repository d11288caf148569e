namespace ConsultHub.Lectures;

/// <summary>The codes of refusals about lectures.</summary>
[CodesOf<Refusal>]
public static class LectureCodes
{
    public static readonly Code BadChoices = Code.BadInput("lecture.bad-choices");
    public static readonly Code BadLanguage = Code.BadInput("lecture.bad-language");
    public static readonly Code BadMerge = Code.BadInput("lecture.bad-merge");
    public static readonly Code BadRetention = Code.BadInput("lecture.bad-retention");
    public static readonly Code BadRole = Code.BadInput("lecture.bad-role");
    public static readonly Code BadSpan = Code.BadInput("lecture.bad-span");
    public static readonly Code BadStream = Code.BadInput("lecture.bad-stream");
    public static readonly Code BadText = Code.BadInput("lecture.bad-text");
    public static readonly Code BadTime = Code.BadInput("lecture.bad-time");
    public static readonly Code Ended = Code.Conflict("lecture.ended", "The lecture has ended.");
    public static readonly Code Full = Code.Conflict("lecture.full");
    public static readonly Code NoCaptions = Code.Unknown("lecture.no-captions");
    public static readonly Code NoSuchPage = Code.BadInput("lecture.no-such-page");
    public static readonly Code NotAllowed = Code.NotAllowed("lecture.not-allowed");
    public static readonly Code NotDraft = Code.Conflict("lecture.not-draft");
    public static readonly Code NotOnAir = Code.Conflict("lecture.not-on-air");
    public static readonly Code NotRecorded = Code.Conflict("lecture.not-recorded");
    public static readonly Code NotSpeaker = Code.Conflict("lecture.not-speaker");
    public static readonly Code PollClosed = Code.Conflict("lecture.poll-closed");
    public static readonly Code TooManyOnAir = Code.Conflict("lecture.too-many-on-air");
    public static readonly Code TooManyQuestions = Code.Conflict("lecture.too-many-questions");
    public static readonly Code Unknown = Code.Unknown("lecture.unknown");
    public static readonly Code UnknownCommand = Code.Unknown("lecture.unknown-command");
    public static readonly Code UnknownLine = Code.Unknown("lecture.unknown-line");
    public static readonly Code UnknownPerson = Code.Unknown("lecture.unknown-person");
    public static readonly Code UnknownPoll = Code.Unknown("lecture.unknown-poll");
    public static readonly Code UnknownQuestion = Code.Unknown("lecture.unknown-question");
    public static readonly Code UnknownSession = Code.Unknown("lecture.unknown-session");
    public static readonly Code WrongPollState = Code.Conflict("lecture.wrong-poll-state");
    public static readonly Code WrongStage = Code.Conflict("lecture.wrong-stage");

    public static Refusal NoRoom(SessionId session) => new(Unknown, $"Nobody has opened the room of {session}.");
}
