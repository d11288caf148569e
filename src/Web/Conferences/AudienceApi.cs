using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Consultants;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Http.HttpResults;
using QRCoder;

namespace ConsultHub.Web.Conferences;

/// <summary>Places in sessions, tickets, check-in and feedback.</summary>
public static class AudienceApi
{
    /// <param name="Code">The code to type when the ticket cannot be scanned.</param>
    /// <param name="Svg">The ticket as a QR code.</param>
    public sealed record TicketPicture(string Code, string Svg);

    /// <param name="Places">Null for no limit.</param>
    public sealed record Capacity(int? Places);

    /// <param name="Code">The scanned or typed code.</param>
    public sealed record CheckInRequest(string Code);

    /// <param name="Again">Whether the person had been checked in before.</param>
    public sealed record CheckInReport(PersonId Person, LocalName Name, DateTimeOffset? At, bool Again);

    /// <param name="Stars">1 to 5.</param>
    /// <param name="Text">At most 1,000 characters. It is shown without the person's name.</param>
    public sealed record Feedback(int Stars, string? Text);

    public sealed record ListedPerson(PersonId Person, LocalName Name, bool Waiting, DateTimeOffset? CheckedInAt);

    internal static void MapAudience(this IEndpointRouteBuilder conferences)
    {
        conferences.MapGet("/{id}/places", MineAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        conferences.MapGet("/{id}/ticket", TicketAsync).Requires(Access.To(ConferenceActions.Attend, Thing.Conference));
        conferences.MapPut("/{id}/sessions/{session}/place", RegisterAsync).Requires(Access.To(ConferenceActions.Attend, Thing.Conference));
        conferences.MapDelete("/{id}/sessions/{session}/place", LeaveAsync).Requires(Access.To(ConferenceActions.Attend, Thing.Conference));
        conferences
            .MapPut("/{id}/sessions/{session}/feedback", GiveFeedbackAsync)
            .Requires(Access.To(ConferenceActions.Follow, Thing.Conference));
        conferences
            .MapGet("/{id}/sessions/{session}/feedback", FeedbackAsync)
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences
            .MapPut("/{id}/sessions/{session}/capacity", SetCapacityAsync)
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences
            .MapPost("/{id}/sessions/{session}/checkins", CheckInAsync)
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences
            .MapGet("/{id}/sessions/{session}/audience", ListAsync)
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference))
            .Traces("audience.read");
    }

    private static IAudienceGrain Audience(ConferenceId id, IGrainFactory grains) => grains.GetGrain<IAudienceGrain>(id.Value);

    /// <summary>The sessions in which the viewer has a place, waits for one, was checked in or gave feedback.</summary>
    private static async Task<Ok<ImmutableArray<OwnPlace>>> MineAsync(ConferenceId id, HttpContext http, IGrainFactory grains) =>
        TypedResults.Ok(await Audience(id, grains).MineAsync(Viewer.Of(http).Person));

    private static async Task<Results<Ok<TicketPicture>, ProblemHttpResult>> TicketAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is null)
            return ConferencesApi.Unknown(id);
        var ticket = await Audience(id, grains).TicketAsync(Viewer.Of(http).Person);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(ticket.Token, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return TypedResults.Ok(
            new TicketPicture(ticket.Code, svg.GetGraphic(8, "#000000", "#ffffff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute))
        );
    }

    private static Task<Results<Ok<OwnPlace>, ProblemHttpResult>> RegisterAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    ) => PlaceAsync(Audience(id, grains).RegisterAsync(Viewer.Of(http).Actor, session));

    private static Task<Results<Ok<OwnPlace>, ProblemHttpResult>> LeaveAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    ) => PlaceAsync(Audience(id, grains).LeaveAsync(Viewer.Of(http).Actor, session));

    private static async Task<Results<Ok<OwnPlace>, ProblemHttpResult>> GiveFeedbackAsync(
        ConferenceId id,
        SessionId session,
        Feedback feedback,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var attended = await grains.GetGrain<IAttendanceGrain>(session.Value).OfAsync(Viewer.Of(http).Person);
        return await PlaceAsync(
            Audience(id, grains).GiveFeedbackAsync(Viewer.Of(http).Actor, session, feedback.Stars, feedback.Text, !attended.IsNothing)
        );
    }

    private static async Task<Results<Ok<OwnPlace>, ProblemHttpResult>> PlaceAsync(Task<AudienceReply> asked) =>
        await asked is { Refusal: { } refusal } ? Problems.Of(refusal) : TypedResults.Ok((await asked).Place!);

    private static async Task<Results<Ok<FeedbackSummary>, ProblemHttpResult>> FeedbackAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    ) => await UnknownAsync(id, grains) is { } refused ? refused : TypedResults.Ok(await Audience(id, grains).FeedbackAsync(session));

    private static async Task<Results<NoContent, ProblemHttpResult>> SetCapacityAsync(
        ConferenceId id,
        SessionId session,
        Capacity capacity,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await UnknownAsync(id, grains) is { } refused)
            return refused;
        return await Audience(id, grains).SetCapacityAsync(Viewer.Of(http).Actor, session, capacity.Places) is { Refusal: { } refusal }
            ? Problems.Of(refusal)
            : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<CheckInReport>, ProblemHttpResult>> CheckInAsync(
        ConferenceId id,
        SessionId session,
        CheckInRequest request,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (string.IsNullOrWhiteSpace(request.Code))
            return Problems.Of(RequestCodes.BadJson, "The code is missing.", "$.code");
        if (await UnknownAsync(id, grains) is { } refused)
            return refused;
        var reply = await Audience(id, grains).CheckInAsync(Viewer.Of(http).Actor, session, request.Code);
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        var person = reply.Person!.Value;
        return TypedResults.Ok(
            new CheckInReport(person, await grains.NameOfAsync(person) ?? new(person.Value), reply.Place?.CheckedInAt, reply.IsRepeat)
        );
    }

    private static async Task<Results<Ok<List<ListedPerson>>, ProblemHttpResult>> ListAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await UnknownAsync(id, grains) is { } refused)
            return refused;
        var listed = await Audience(id, grains).ListAsync(session);
        return TypedResults.Ok(
            (
                await Task.WhenAll(
                    listed.Select(async m => new ListedPerson(
                        m.Person,
                        await grains.NameOfAsync(m.Person) ?? new LocalName(m.Person.Value),
                        m.Waiting,
                        m.CheckedInAt
                    ))
                )
            ).ToList()
        );
    }

    private static async Task<ProblemHttpResult?> UnknownAsync(ConferenceId id, IGrainFactory grains) =>
        await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is null ? ConferencesApi.Unknown(id) : null;
}
