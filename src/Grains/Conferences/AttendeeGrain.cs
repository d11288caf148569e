using System.Collections.Immutable;
using ConsultHub.Conferences.Audience;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Conferences;

/// <summary>A session was marked, or its mark taken off.</summary>
[GenerateSerializer, Immutable, Alias("hub.FavouriteSet")]
internal sealed record FavouriteSet([property: Id(0)] SessionId Session, [property: Id(1)] bool Marked);

/// <summary>What a person has marked at a conference.</summary>
[GenerateSerializer, Immutable, Alias("hub.Attendee")]
internal sealed record Attendee : IAuthorityState<Attendee, FavouriteSet>
{
    [Id(0)] public ImmutableArray<SessionId> Favourites { get; init; } = [];

    public Attendee Apply(JournalEntry<FavouriteSet> entry)
    {
        var favourites = Favourites;
        foreach (var e in entry.Events) favourites = e.Marked ? favourites.Add(e.Session) : favourites.Remove(e.Session);
        return this with { Favourites = favourites };
    }

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public IEnumerable<Tombstone>? RemovedSince(long version) => [];
}

/// <summary>Owns one person's marks at one conference.</summary>
[Reentrant, GrainType("attendee")]
internal sealed class AttendeeGrain(AuthorityServices services) : AuthorityGrain<Attendee, FavouriteSet>("attendee", services), IAttendeeGrain
{
    private const int MostFavourites = 2_000;

    public Task<ImmutableArray<SessionId>> FavouritesAsync() => Task.FromResult(Stored.Favourites);

    public async Task<bool> SetFavouriteAsync(Actor actor, SessionId session, bool marked)
    {
        if (Head.Favourites.Contains(session) == marked)
        {
            await WhenAllStoredAsync();
            return true;
        }
        if (marked && Head.Favourites.Length >= MostFavourites) return false;
        // The audience is told, since it knows whom a release concerns. Key: {conference}/{person}.
        var conference = this.GetPrimaryKeyString().Split('/')[0];
        await CommitAsync(new(actor, Guid.NewGuid(), [new FavouriteSet(session, marked)])
        {
            Outbox = [new(0, GrainId.Create("audience", conference), new FavouriteTold(session, actor.Person, marked), session.Value)],
        });
        return true;
    }
}
