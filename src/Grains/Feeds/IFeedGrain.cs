using System.Collections.Immutable;

namespace ConsultHub.Feeds;

/// <summary>One person's calendar for programs that subscribe to it: their sessions and their itinerary, behind a private link. Key: the
/// person.</summary>
[Alias("hub.IFeedGrain")]
public interface IFeedGrain : IGrainWithStringKey
{
    /// <summary>Whether there is a link. Its secret part is told once, when it is made: only a hash of it is stored.</summary>
    [Alias("HasLink")]
    Task<bool> HasLinkAsync();

    /// <summary>Makes a link; one that there was ends. The network is remembered, since whoever follows the link has no session.</summary>
    /// <returns>The secret part of the link.</returns>
    [Alias("Renew")]
    Task<string> RenewAsync(Actor actor, NetworkId network);

    /// <summary>Ends the link. Idempotent.</summary>
    [Alias("Revoke")]
    Task RevokeAsync(Actor actor);

    /// <summary>The entries of the feed with their sequences; null where the token is not the link's.</summary>
    /// <param name="language">Of names of places: <c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    [Alias("Read")]
    Task<ImmutableArray<FeedEntry>?> ReadAsync(string token, string language);
}

public enum FeedStatus
{
    Tentative,
    Confirmed,
    Cancelled,
}

/// <summary>One entry of a feed. It names no patient and no case: programs of others read it.</summary>
/// <param name="Uid">Stays the same as long as the session or engagement lives.</param>
/// <param name="Start">UTC.</param>
/// <param name="Zone">IANA zone of the place.</param>
/// <param name="Sequence">Rises with every change that readers see (RFC 5545, 3.8.7.4).</param>
/// <param name="Changed">UTC instant of the newest such change.</param>
/// <param name="Page">The path of its own page in the hub, such as <c>/conferences/c?session=s</c>.</param>
/// <param name="Room">The path of the lecture room; null where it has none.</param>
[GenerateSerializer, Immutable, Alias("hub.FeedEntry")]
public sealed record FeedEntry(
    [property: Id(0)] string Uid,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] DateTimeOffset End,
    [property: Id(3)] string Zone,
    [property: Id(4)] string Title,
    [property: Id(5)] string Place,
    [property: Id(6)] string? Text,
    [property: Id(7)] FeedStatus Status,
    [property: Id(8)] int Sequence = 0,
    [property: Id(9)] DateTimeOffset Changed = default,
    [property: Id(10)] string? Page = null,
    [property: Id(11)] string? Room = null
);
