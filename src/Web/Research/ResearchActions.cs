namespace ConsultHub.Web.Research;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class ResearchActions
{
    /// <summary>Read the initiatives of a network, without the summaries of proposals.</summary>
    public static readonly AccessAction Read = new("research.read");

    /// <summary>Read what the catalogue says of initiatives.</summary>
    public static readonly AccessAction ReadCatalogue = new("research.read-catalogue");

    /// <summary>Enter and change initiatives with their milestones, tasks and everything else.</summary>
    public static readonly AccessAction Change = new("research.change");

    /// <summary>Send a proposal for a call, and mark the own tasks done.</summary>
    public static readonly AccessAction Propose = new("research.propose");

    /// <summary>Read the summaries of proposals and decide about them.</summary>
    public static readonly AccessAction Decide = new("research.decide");
}
