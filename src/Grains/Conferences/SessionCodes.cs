using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>The codes of refusals and findings about sessions of a programme.</summary>
[CodesOf<Refusal>, CodesOf<Finding>]
public static class SessionCodes
{
    public static readonly Code BadText = Code.BadInput("session.bad-text");
    public static readonly Code BadTime = Code.BadInput("session.bad-time");
    public static readonly Code Booked = Code.Conflict("session.booked");
    public static readonly Code BookedTime = Code.Conflict("session.booked-time");
    public static readonly Code NoHospital = Code.Conflict("session.no-hospital");
    public static readonly Code RoomNotLinked = Code.Conflict(
        "session.room-not-linked",
        "The roster cannot move the session to this room. The roster can use only rooms of the hospital where the session is booked."
    );
    public static readonly Code Stale = Code.Conflict("session.stale", "The session has changed meanwhile.");
    public static readonly Code Unknown = Code.Unknown("session.unknown", "There is no such session.");
    public static readonly Code UnknownRoom = Code.BadInput("session.unknown-room", "The conference has no such room.");
}
