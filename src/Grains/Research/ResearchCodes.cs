namespace ConsultHub.Research;

/// <summary>The codes of refusals about research initiatives.</summary>
[CodesOf<Refusal>]
public static class ResearchCodes
{
    public static readonly Code BadDoi = Code.BadInput(
        "research.bad-doi",
        "This is not a DOI. A DOI begins with 10. and a number, and has a slash, such as 10.1000/182."
    );
    public static readonly Code BadLink = Code.BadInput("research.bad-link", "A link begins with http:// or https://.");
    public static readonly Code CallNotOpen = Code.Conflict(
        "research.call-not-open",
        "The call takes proposals only after it has opened and before it closes."
    );
    public static readonly Code Circle = Code.Conflict("research.circle", "A milestone cannot come before itself.");
    public static readonly Code Decided = Code.Conflict("research.decided", "The proposal is decided, so it stays as it is.");
    public static readonly Code DoneTooEarly = Code.Conflict(
        "research.done-too-early",
        "A milestone is done after all milestones that come before it."
    );
    public static readonly Code DueTooEarly = Code.Conflict(
        "research.due-too-early",
        "A milestone is not due before a milestone that comes before it."
    );
    public static readonly Code NoEthics = Code.Conflict(
        "research.no-ethics",
        "From recruiting on, each site needs a granted ethics approval."
    );
    public static readonly Code NotASite = Code.BadInput("research.not-a-site", "The hospital is not a site of the initiative.");
    public static readonly Code NotYours = Code.NotAllowed("research.not-yours", "Only the owner of a task or a lead marks it done.");
    public static readonly Code OneOffers = Code.BadInput("research.one-offers", "Either a hospital or a partner offers this.");
    public static readonly Code OwnProposal = Code.NotAllowed("research.own-proposal", "Nobody decides about the own proposal.");
    public static readonly Code Unknown = Code.Unknown("research.unknown");
}
