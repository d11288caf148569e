namespace ConsultHub.Web.Rostering;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class RosterActions
{
    /// <summary>Read the boards, engagements and their history.</summary>
    public static readonly AccessAction Read = new("roster.read");

    /// <summary>Plan, move, reassign and cancel engagements.</summary>
    public static readonly AccessAction Plan = new("roster.plan");

    /// <summary>Answer proposals, and say that one has arrived or is done. The roster checks that it is the person's own.</summary>
    public static readonly AccessAction Answer = new("roster.answer");

    /// <summary>Record what was done in completed engagements. Consultants do this for their own with <see cref="Answer"/>.</summary>
    public static readonly AccessAction RecordWork = new("roster.record-work");

    /// <summary>Read case references.</summary>
    public static readonly AccessAction ReadCases = new("roster.read-cases");

    /// <summary>Read the reasons of all changes.</summary>
    public static readonly AccessAction ReadReasons = new("roster.read-reasons");

    /// <summary>Read the history of any consultant.</summary>
    public static readonly AccessAction ReadConsultants = new("roster.read-consultants");
}
