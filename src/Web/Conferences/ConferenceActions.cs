namespace ConsultHub.Web.Conferences;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class ConferenceActions
{
    /// <summary>Read the programme and its releases.</summary>
    public static readonly AccessAction Read = new("conferences.read");

    /// <summary>Take a place, hold a ticket, give feedback.</summary>
    public static readonly AccessAction Attend = new("conferences.attend");

    /// <summary>Import, move, draft, publish, and check people in.</summary>
    public static readonly AccessAction Manage = new("conferences.manage");

    /// <summary>Read the programme as a file.</summary>
    public static readonly AccessAction Export = new("conferences.export");
}
