using ConsultHub.Lectures;

namespace ConsultHub.Attendance;

/// <summary>The codes of refusals about attendance.</summary>
[CodesOf<Refusal>]
public static class AttendanceCodes
{
    public static readonly Code BadTime = Code.BadInput("attendance.bad-time");
    public static readonly Code Full = Code.Conflict("attendance.full", "No more people can be counted in this session.");
    public static readonly Code Implausible = Code.BadInput(
        "attendance.implausible",
        "A reported part must begin before it ends, must not be too long, and must not be in the future."
    );
    public static readonly Code NoReceipt = Code.Conflict(
        "attendance.no-receipt",
        "No valid receipt shows that the hub sent you this part. Load the page again if you opened it before the hub was updated."
    );
    public static readonly Code NotReceived = Code.Conflict("attendance.not-received", "The hub has not sent you this part.");

    /// <summary>Returns the refusal for a code of <see cref="IAttendanceGrain.ReportAsync"/>. Null if the report was stored.</summary>
    public static Refusal? NotReported(string? code, SessionId session) =>
        code == LectureCodes.Unknown ? LectureCodes.NoRoom(session) : Refusal.Of(code);
}
