using System.Collections.Immutable;

namespace ConsultHub.Feeds;

/// <summary>
/// One person's calendar feed, with the person's sessions and itinerary. Calendar programs read it by a private link. Key: the person.
/// </summary>
[Alias("hub.IFeedGrain")]
public interface IFeedGrain : IGrainWithStringKey
{
    /// <summary>
    /// Whether the person has a link. The secret part of a link is returned only when the link is made, because only its hash is stored.
    /// </summary>
    [Alias("HasLink")]
    Task<bool> HasLinkAsync();

    /// <summary>
    /// Makes a link and ends the old one. The network is stored with the link. A program that reads the feed is not signed in, so the hub
    /// cannot learn the network from the program.
    /// </summary>
    /// <returns>The secret part of the link.</returns>
    [Alias("Renew")]
    Task<string> RenewAsync(Actor actor, NetworkId network);

    /// <summary>Ends the link. Idempotent.</summary>
    [Alias("Revoke")]
    Task RevokeAsync(Actor actor);

    /// <summary>
    /// Returns the entries of the feed with their sequence numbers. Null if the token is not the secret part of the person's link.
    /// </summary>
    /// <param name="language">The language for names of places: <c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    [Alias("Read")]
    Task<ImmutableArray<FeedEntry>?> ReadAsync(string token, string language);
}

public enum FeedStatus
{
    Tentative,
    Confirmed,
    Cancelled,
}

/// <summary>One entry of a feed. It names no patient and no case, because programs outside the hub read it.</summary>
/// <param name="Uid">Stays the same for the whole life of the session or engagement.</param>
/// <param name="Start">UTC.</param>
/// <param name="Zone">IANA zone of the place.</param>
/// <param name="Sequence">Rises when the entry changes (RFC 5545, 3.8.7.4), but not if a hospital or a room only has another name.</param>
/// <param name="Changed">
///     UTC instant at which the feed was read first after the newest change. In the calendar of a whole programme, the instant of writing.
/// </param>
/// <param name="Page">The path of the entry's own page in the hub, such as <c>/conferences/c?session=s</c>.</param>
/// <param name="Room">The path of the lecture room. Null if there is none.</param>
/// <param name="PlaceId">The place in no language. Null if <paramref name="Place"/> is the same in all languages.</param>
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
    [property: Id(11)] string? Room = null,
    [property: Id(12)] string? PlaceId = null
);
