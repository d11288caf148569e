using ConsultHub.Lectures;

namespace ConsultHub.Attendance;

/// <summary>The codes of refusals about attendance.</summary>
[CodesOf<Refusal>]
public static class AttendanceCodes
{
    public static readonly Code BadTime = Code.BadInput("attendance.bad-time");
    public static readonly Code Full = Code.Conflict("attendance.full", "The session has no place for more people.");
    public static readonly Code Implausible = Code.BadInput(
        "attendance.implausible",
        "A piece has a beginning before its end, is not longer than a day, and is not of the future."
    );
    public static readonly Code NoReceipt = Code.Conflict(
        "attendance.no-receipt",
        "Nothing says that this was sent to you. A page that is older than the hub has to be loaded again."
    );
    public static readonly Code NotReceived = Code.Conflict("attendance.not-received", "The hub has sent you nothing of this.");

    /// <summary>Returns the refusal for a code of <see cref="IAttendanceGrain.ReportAsync"/>. Null if the report was stored.</summary>
    public static Refusal? NotReported(string? code, SessionId session) =>
        code == LectureCodes.Unknown ? LectureCodes.NoRoom(session) : Refusal.Of(code);
}
