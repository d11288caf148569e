using ConsultHub.Accounts;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Hosting;
using ConsultHub.Web.Limits;

namespace ConsultHub.Web;

/// <summary>Finds out who sends a request, and checks the rule of the endpoint.</summary>
internal sealed class AccessMiddleware(
    RequestDelegate next,
    AccessBook book,
    ThingScopes things,
    AuditTrail trail,
    TokenUses uses,
    HubLimits limits,
    FreshFactor factor,
    TimeProvider clock
)
{
    /// <summary>How long a request waits for the accounts when the node has just started.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }
        var ticket = SignInTicket.From(http.User);
        var (viewer, why) = ticket is null
            ? (null, http.Features.Get<RefusedToken>()?.Code ?? AccessCodes.NotSignedIn)
            : await ResolveAsync(ticket, http.RequestAborted);
        if (viewer is not null)
            http.Features.Set(viewer);
        if (viewer?.Ticket.Token is { } token)
            uses.Note(viewer.Person, token, HubLimits.Address(http));
        var rule = endpoint.Metadata.GetMetadata<AccessRule>();
        var (refused, network) = await RefusalAsync(rule, viewer, why, http);
        if (refused is not null)
        {
            http.Traced().Code = refused.Code.Name;
            await Problems.Of(refused, refused.Code == AccessCodes.Denied ? Missing(rule) : []).ExecuteAsync(http);
        }
        else
            await next(http);
        trail.AddOutcome(http, endpoint, network);
    }

    private async ValueTask<(Viewer? Viewer, Code? Why)> ResolveAsync(SignInTicket ticket, CancellationToken cancel)
    {
        if (!book.IsConfirmed)
            try
            {
                await book.ReadyAsync(cancel).WaitAsync(Patience, clock, cancel);
            }
            catch (TimeoutException)
            {
                return (null, AccessCodes.Unconfirmed);
            }
        return book.Resolve(ticket);
    }

    private async ValueTask<(Refusal? Refusal, NetworkId? Network)> RefusalAsync(
        AccessRule? rule,
        Viewer? viewer,
        Code? why,
        HttpContext http
    )
    {
        if (rule is null)
            return (Of(viewer is null ? why! : AccessCodes.Denied), null);
        var (of, exists) = viewer is null ? (default, true) : await SubjectAsync(rule.Thing, viewer, http);
        // A thing that does not exist belongs to no network. Whoever may do the action somewhere learns it from the handler.
        var allowed =
            exists ? rule.Allows(viewer, http, of)
            : rule.Action is { } action ? viewer is not null && Access.MaySomewhere(viewer, action)
            : rule.Allows(viewer, http, of);
        if (!allowed && rule.WithCrew && viewer is not null && of.Session is { } session)
            allowed = viewer.Allows(rule.Action!) && await things.IsCrewAsync(viewer, session);
        if (viewer is { NeedsFactor: true } && !rule.WithoutFactor && !rule.Allows(null, http, of))
            return (Of(SignInCodes.FactorMissing), of.Network);
        if (viewer?.Actions is not null && IsClosedToTokens(rule, viewer, of) && !rule.Allows(null, http, of))
            return (Of(TokenCodes.NeedsPerson), of.Network);
        if (!allowed)
            return (viewer is null ? Of(why!) : Denied(rule), of.Network);
        return (rule.IsGrave && viewer is { Actions: null } && !factor.IsFresh(viewer) ? Of(SignInCodes.FactorAgain) : null, of.Network);
    }

    /// <summary>
    /// A rule about no action is closed to tokens, unless it says otherwise. Grave actions are closed to them too, except for the role
    /// integration: this role is for programs alone, and whoever made the token has given a second factor for it.
    /// </summary>
    private static bool IsClosedToTokens(AccessRule rule, Viewer viewer, in Subject of) =>
        rule.IsGrave
            ? !(rule.Action is { } action && Access.GrantFor(viewer, action, of) is { Role: Role.Integration })
            : !(rule.WithToken || rule.Action is not null);

    /// <summary>
    /// Finds what the thing in the route belongs to. A thing that is in no list is looked for only as often as a person may be refused, so
    /// that nobody can wake grains without a limit.
    /// </summary>
    private async ValueTask<(Subject Of, bool Exists)> SubjectAsync(Thing thing, Viewer viewer, HttpContext http)
    {
        string? Route(string name) => http.Request.RouteValues[name] as string;
        switch (thing)
        {
            case Thing.Network when TextId.TryParse<NetworkId>(Route("network") ?? http.Request.Query["network"], out var network):
                return (new(network), true);
            case Thing.Person when TextId.TryParse<PersonId>(Route("person"), out var person):
                return (new Subject(null) { Person = person }, true);
            case Thing.Conference when TextId.TryParse<ConferenceId>(Route("id"), out var conference):
                return await things.OfConferenceAsync(conference, listed: true) is { } ofListed ? (ofListed, true)
                    : MaySearch() && await things.OfConferenceAsync(conference) is { } ofConference ? (ofConference, true)
                    : (default, false);
            case Thing.Lecture when TextId.TryParse<SessionId>(Route("session"), out var session):
                return await things.OfLectureAsync(session, listed: true) is { } ofProgramme ? (ofProgramme, true)
                    : MaySearch() && await things.OfLectureAsync(session) is { } ofLecture ? (ofLecture, true)
                    : (default, false);
            default:
                return (default, thing is Thing.None or Thing.Person);
        }

        bool MaySearch() => limits.MayBeRefused(viewer.Person.Value);
    }

    private static Refusal Of(Code code) => new(code, code.Message!);

    /// <summary>
    /// The members of the answer from which pages say, in the reader's language, which right is missing and who can give it.
    /// </summary>
    private static KeyValuePair<string, object?>[] Missing(AccessRule? rule) =>
        rule?.Action is { } action
            ? [new("action", action.Name), new("givenBy", Access.IsGivenLocally(action) ? Role.Coordinator : Role.Administrator)]
            : [];

    /// <summary>Says which right is missing and who can give it.</summary>
    private static Refusal Denied(AccessRule rule) =>
        rule.Action is { } action
            ? new(
                AccessCodes.Denied,
                $"This needs the right {action.Name}. "
                    + (Access.IsGivenLocally(action) ? "A coordinator of the network or an administrator" : "An administrator")
                    + " can give you a role that has it."
            )
            : Of(AccessCodes.Denied);
}
