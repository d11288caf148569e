namespace ConsultHub.Web.Attendance;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class AttendanceActions
{
    /// <summary>Report what was played, so that it counts as attended.</summary>
    public static readonly AccessAction Report = new("attendance.report");

    /// <summary>Read who attended and for how long.</summary>
    public static readonly AccessAction ReadAll = new("attendance.read-all");

    /// <summary>Read who attended as a file.</summary>
    public static readonly AccessAction Export = new("attendance.export");

    /// <summary>Read the rules of credit.</summary>
    public static readonly AccessAction ReadPolicy = new("credit.read");

    /// <summary>Read the earlier rules of credit.</summary>
    public static readonly AccessAction ReadPolicyHistory = new("credit.read-history");

    /// <summary>Change the rules of credit.</summary>
    public static readonly AccessAction ChangePolicy = new("credit.change");
}
