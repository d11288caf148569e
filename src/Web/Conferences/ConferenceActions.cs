namespace ConsultHub.Web.Conferences;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class ConferenceActions
{
    /// <summary>Read the programme and its releases.</summary>
    public static readonly AccessAction Read = new("conferences.read");

    /// <summary>Mark sessions, register for a conference, and afterwards give feedback and get certificates.</summary>
    public static readonly AccessAction Follow = new("conferences.follow");

    /// <summary>Take a place in a session and hold a ticket, as somebody who is registered for the conference.</summary>
    public static readonly AccessAction Attend = new("conferences.attend");

    /// <summary>Import, move, draft, publish, and check people in.</summary>
    public static readonly AccessAction Manage = new("conferences.manage");

    /// <summary>Read the programme as a file.</summary>
    public static readonly AccessAction Export = new("conferences.export");
}
