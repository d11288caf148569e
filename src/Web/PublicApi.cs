using System.Collections.Immutable;
using ConsultHub.Conferences;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web;

/// <summary>Programmes that coordinators have opened to everybody: for reading, and only what is printed in a programme.</summary>
public static class PublicApi
{
    public sealed record Publicity(bool Public);

    /// <param name="Release">The number of the newest release; 0 while there is none.</param>
    public sealed record PublicProgramme(
        ConferenceId Id, string Title, string? Subtitle, string TimeZone, DateOnly? FirstDay, DateOnly? LastDay, int Release, ImmutableArray<string> Rooms, ImmutableArray<PublicSession> Sessions);

    /// <param name="Start">UTC.</param>
    /// <param name="Speakers">Names as they are printed; no ids, no links to people of the network.</param>
    /// <param name="MovedFromStart">Where it was before it last moved, since the release.</param>
    public sealed record PublicSession(
        SessionId Id, string Title, string? Subtitle, string? Abstract, DateTimeOffset? Start, TimeSpan Duration, string Room, string? Track, string? Kind, string? Language, DateOnly? Day, bool Cancelled,
        ImmutableArray<string> Speakers, DateTimeOffset? MovedFromStart, string? MovedFromRoom);

    public static void MapPublic(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/public/conferences/{id}", ReadAsync).WithTags("Public").Requires(Access.ReadsPublic);
        app.MapPut("/api/conferences/{id}/public", SetAsync).WithTags("Conferences").Requires(Access.Coordinates);
    }

    /// <summary>The programme of a conference that is marked public; any other answers as if there were none.</summary>
    private static async Task<Results<Ok<PublicProgramme>, ProblemHttpResult>> ReadAsync(ConferenceId id, IGrainFactory grains)
    {
        if (await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is not { Public: true } || await grains.GetGrain<IConferenceGrain>(id.Value).ReadAsync() is not { Conference: { Public: true } header } programme)
            return ConferencesApi.Unknown(id);
        return TypedResults.Ok(new PublicProgramme(
            header.Id, header.Title, header.Subtitle, header.TimeZone, header.FirstDay, header.LastDay, header.Release, [.. header.Rooms.Select(r => r.Name)],
            [.. programme.Sessions.OrderBy(s => s.Start ?? DateTimeOffset.MaxValue).ThenBy(s => s.Room, StringComparer.Ordinal).Select(Shown)]));
    }

    private static PublicSession Shown(ConferenceSession s) => new(
        s.Id, s.Title, s.Subtitle, s.Abstract, s.Start, s.Duration, s.Room, s.Track, s.Kind, s.Language, s.Day, s.Cancelled, [.. s.Speakers.Select(p => p.Name)], s.Moved?.FromStart, s.Moved?.FromRoom);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(ConferenceId id, Publicity publicity, HttpContext http, IGrainFactory grains)
    {
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await grain.GetAsync() is not { } conference) return ConferencesApi.Unknown(id);
        if (!ConferencesApi.IsOwn(conference, http)) return ConferencesApi.Denied();
        await grain.SetPublicAsync(Viewer.Of(http).Actor, publicity.Public);
        return TypedResults.NoContent();
    }
}
