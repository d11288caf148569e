namespace ConsultHub.Web.Live;

/// <summary>The codes of refusals about live topics.</summary>
[CodesOf<Refusal>]
public static class TopicCodes
{
    public static readonly Code BadPosition = Code.BadInput("topic.bad-position", "That is not a position.");
    public static readonly Code Denied = Code.NotAllowed("topic.denied", "You may not watch this topic.");
    public static readonly Code TooMany = Code.TooMany("topic.too-many");
    public static readonly Code Unknown = Code.Unknown("topic.unknown");
}
