namespace ConsultHub.Feeds;

/// <summary>The codes of refusals about calendar feeds.</summary>
[CodesOf<Refusal>]
public static class FeedCodes
{
    public static readonly Code Unknown = Code.Unknown("feed.unknown", "There is no such link, or it has ended.");
}
