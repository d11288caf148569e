using System.Collections.Immutable;

namespace ConsultHub.Conferences;

/// <summary>One person at one conference. Key: <c>{conference}/{person}</c>.</summary>
[Alias("hub.IAttendeeGrain")]
public interface IAttendeeGrain : IGrainWithStringKey
{
    /// <summary>Sessions marked, in the order of marking.</summary>
    [Alias("Favourites")]
    Task<ImmutableArray<SessionId>> FavouritesAsync();

    /// <summary>Marks a session, or takes the mark off. Idempotent.</summary>
    /// <returns>False where there are too many marks already (2,000).</returns>
    [Alias("SetFavourite")]
    Task<bool> SetFavouriteAsync(Actor actor, SessionId session, bool marked);
}
