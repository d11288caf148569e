namespace ConsultHub.Programmes;

/// <summary>The codes of refusals about the sessions of cohorts.</summary>
[CodesOf<Refusal>]
public static class CourseCodes
{
    public static readonly Code BadCommand = Code.BadInput("course.bad-command");
    public static readonly Code UnknownSession = Code.Unknown("course.unknown-session", "The cohort has no such session.");
    public static readonly Code NotHeld = Code.Conflict("course.not-held", "The session does not take place.");
    public static readonly Code TooEarly = Code.Conflict(
        "course.too-early",
        "Presence is recorded from half an hour before the session, and feedback is given when it is over."
    );
    public static readonly Code NotParticipant = Code.Conflict("course.not-participant", "The session is not for this person.");
    public static readonly Code NotYours = Code.NotAllowed("course.not-yours", "The session is not for you.");
    public static readonly Code NotAttended = Code.Conflict("course.not-attended", "You were not in the session.");
    public static readonly Code HasMark = Code.Conflict("course.has-mark", "The presence of somebody is recorded who would be left out.");
    public static readonly Code Own = Code.NotAllowed("course.own", "Nobody records the own presence.");
    public static readonly Code NotTrainer = Code.NotAllowed(
        "course.not-trainer",
        "Only the trainers of the session and those who decide about the programme may do this."
    );
}
