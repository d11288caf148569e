using System.Collections.Immutable;
using System.Net;
using System.Security.Claims;
using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Lectures;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Web.Accounts;

namespace ConsultHub.Web;

/// <summary>The person, role and network in the sign-in cookie of a request.</summary>
public sealed record Viewer(PersonId Person, Role Role, NetworkId Network)
{
    public Actor Actor => new(Person, Role);

    /// <returns>Null for somebody who has not signed in.</returns>
    public static Viewer? From(ClaimsPrincipal? principal) =>
        TextId.TryParse<PersonId>(principal?.FindFirstValue("person"), out var person)
        && Enum.TryParse<Role>(principal!.FindFirstValue("role"), out var role)
        && TextId.TryParse<NetworkId>(principal!.FindFirstValue("network"), out var network)
            ? new Viewer(person, role, network)
            : null;

    public static Viewer Of(HttpContext context) =>
        From(context.User) ?? throw new InvalidOperationException("The viewer is not signed in, although the endpoint's rule requires it.");

    public ClaimsPrincipal ToPrincipal(string scheme) =>
        new(new ClaimsIdentity([new("person", Person.Value), new("role", Role.ToString()), new("network", Network.Value)], scheme));
}

/// <summary>The access rule of an endpoint. An endpoint without a rule refuses everybody.</summary>
/// <param name="Allows">Decides from the viewer and the request. The viewer is null for somebody who has not signed in.</param>
/// <param name="IsOfNetwork">Whether the rule is about the network that the route or the query names. A test fails if this is true and an
/// endpoint with the rule names no network.</param>
public sealed record AccessRule(string Name, Func<Viewer?, HttpContext, bool> Allows, bool IsOfNetwork = false);

/// <summary>Who may watch a live topic.</summary>
/// <param name="Allows">Decides from the viewer and the topic's name.</param>
/// <param name="AllowsIn">Decides from the topic's state. Its second argument is a function that finds an item of the topic's authorities
/// by the item's key. This part is checked when watching begins, before each write, and when the topic is read over HTTP. Null if the
/// topic's state does not matter.</param>
internal sealed record WatchRule(Func<Viewer, bool> Allows, Func<Viewer, Func<string, TopicItem?>, bool>? AllowsIn = null);

/// <summary>
/// The rules about who may do what. Endpoints, hub methods and topics use them. The roles are the demo's: there are no other accounts yet.
/// </summary>
public static class Access
{
    public static AccessRule Anybody { get; } = new("anybody", (_, _) => true);

    /// <summary>
    /// Requests from this machine only, for the demo's list of people. The request must name this machine as its host. Otherwise another
    /// site could point its own name at this machine, and its pages could send requests here. The request must not come through a proxy.
    /// Otherwise a proxy on this machine would let in people from other machines, because its requests come from this machine.
    /// </summary>
    public static AccessRule Loopback { get; } =
        new(
            "loopback",
            (_, http) =>
                http.Connection.RemoteIpAddress is { } from
                && IPAddress.IsLoopback(from)
                && (
                    http.Request.Host.Host == "localhost"
                    || (IPAddress.TryParse(http.Request.Host.Host, out var named) && IPAddress.IsLoopback(named))
                )
                && !http.Request.Headers.Keys.Any(IsOfProxies)
        );

    /// <summary>
    /// Whether a header shows that the request came through a proxy. If the framework's middleware trusts the headers <c>X-Forwarded-*</c>,
    /// it removes them and adds <c>X-Original-*</c>.
    /// </summary>
    private static bool IsOfProxies(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Via", StringComparison.OrdinalIgnoreCase)
        || header.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase);

    /// <summary>Measurements of the node without personal data. Only programs on this machine may read them, such as Prometheus.</summary>
    public static AccessRule Measures { get; } = Loopback with { Name = "measures" };

    /// <summary>People who run the installation.</summary>
    public static AccessRule Operates { get; } =
        new("operates", (viewer, http) => viewer is not null && http.RequestServices.GetRequiredService<IAccounts>().Operates(viewer));

    /// <summary>Holders of a private link. The endpoint checks the secret in the link.</summary>
    public static AccessRule HoldsLink { get; } = new("holds-link", (_, _) => true);

    /// <summary>
    /// Everybody, for conferences that a coordinator has made public. The code that reads a conference checks that it is public, and
    /// otherwise answers 404.
    /// </summary>
    public static AccessRule ReadsPublic { get; } = new("reads-public", (_, _) => true);

    public static AccessRule SignedIn { get; } = new("signed-in", (viewer, _) => viewer is not null);

    /// <summary>
    /// Everybody who is signed in, except displays. A display on a wall takes no place in a session, has no ticket and gives no feedback.
    /// </summary>
    public static AccessRule Attends { get; } = new("attends", (viewer, _) => viewer is { Role: not Role.Display });

    /// <summary>A coordinator of the network that the route or the query names.</summary>
    public static AccessRule Coordinates { get; } = InNetwork("coordinates", viewer => viewer.Role == Role.Coordinator);

    /// <summary>
    /// Coordinators. If the thing in the route belongs to a network, the handler checks that it is the coordinator's network.
    /// </summary>
    public static AccessRule CoordinatesOwner { get; } = new("coordinates-owner", (viewer, _) => viewer is { Role: Role.Coordinator });

    /// <summary>
    /// Coordinators may send all commands. Consultants may answer proposals and report that they arrived or completed an engagement. The
    /// roster decides whether a command is allowed for an engagement.
    /// </summary>
    public static AccessRule Commands { get; } = InNetwork("commands", viewer => viewer.Role is Role.Coordinator or Role.Consultant);

    /// <summary>Everybody except attendees, for the rosters of their own network.</summary>
    public static AccessRule SeesBoards { get; } = InNetwork("sees-boards", viewer => viewer.Role != Role.Attendee);

    /// <summary>The inbox in the route is the viewer's own.</summary>
    public static AccessRule OwnInbox { get; } =
        new("own-inbox", (viewer, http) => viewer is not null && (string?)http.Request.RouteValues["person"] == viewer.Person.Value);

    /// <summary>
    /// Coordinators and consultants, who may ask for the confidential parts of an engagement. <see cref="MayReadConfidential"/> then
    /// decides whether they may read these parts.
    /// </summary>
    public static AccessRule OpensEngagements { get; } =
        new("opens-engagements", (viewer, _) => viewer is { Role: Role.Coordinator or Role.Consultant });

    /// <summary>A rule for people of the network that the route or the query names.</summary>
    private static AccessRule InNetwork(string name, Func<Viewer, bool> allows) =>
        new(
            name,
            (viewer, http) =>
                viewer is not null
                && allows(viewer)
                && (http.Request.RouteValues["network"] as string ?? (string?)http.Request.Query["network"]) is var network
                && (network is null || network == viewer.Network.Value),
            IsOfNetwork: true
        );

    /// <summary>
    /// Everybody except attendees, for the boards of their own network. Attendees see no board, because a board shows clinical work.
    /// </summary>
    internal static WatchRule WatchesBoard(NetworkId network) =>
        new(viewer => viewer.Role is Role.Coordinator or Role.Consultant or Role.Display && viewer.Network == network);

    internal static WatchRule WatchesItinerary(PersonId person) =>
        new(viewer => viewer.Person == person || viewer.Role == Role.Coordinator);

    internal static WatchRule WatchesInbox(PersonId person) => new(viewer => viewer.Person == person);

    internal static WatchRule WatchesConference { get; } = new(_ => true);

    /// <summary>Coordinators of the conference's own network. If the conference has no network, all coordinators.</summary>
    internal static WatchRule WatchesDraft(ConferenceId conference) =>
        new(
            viewer => viewer.Role == Role.Coordinator,
            (viewer, find) => (find($"conference/{conference}") as Conference)?.Network is not { } network || network == viewer.Network
        );

    internal static WatchRule WatchesLecture { get; } = new(_ => true);

    /// <summary>The lecture's crew.</summary>
    internal static WatchRule WatchesStage(SessionId session) =>
        new(_ => true, (viewer, find) => find($"lecture/{session}") is Lecture lecture && IsCrew(viewer, lecture));

    /// <summary>
    /// Returns the roles that a viewer has in a lecture. A viewer who may host (<see cref="MayHost"/>) is host, moderator and captioner. A
    /// person whom the programme names as a speaker is a speaker. Members of the crew have the roles that they were given. Everybody is an
    /// attendee.
    /// </summary>
    public static ImmutableArray<LectureRole> LectureRoles(Viewer viewer, Lecture lecture)
    {
        SortedSet<LectureRole> roles = [LectureRole.Attendee];
        if (MayHost(viewer, lecture.Network))
            roles.UnionWith([LectureRole.Host, LectureRole.Moderator, LectureRole.Captioner]);
        if (lecture.Speakers.Any(s => s.Person == viewer.Person))
            roles.Add(LectureRole.Speaker);
        roles.UnionWith(lecture.Crew.Where(c => c.Person == viewer.Person).Select(c => c.Role));
        return [.. roles];
    }

    /// <summary>Whether a viewer has a role in a lecture besides attendee.</summary>
    public static bool IsCrew(Viewer viewer, Lecture lecture) => LectureRoles(viewer, lecture).Length > 1;

    /// <summary>
    /// Whether a viewer may host the lectures of a network's conferences. Only coordinators of the network may. If a conference has no
    /// network, all coordinators may.
    /// </summary>
    public static bool MayHost(Viewer viewer, NetworkId? network) =>
        viewer.Role == Role.Coordinator && (network is null || network == viewer.Network);

    /// <summary>Whether a viewer may send camera, microphone and screen into a lecture.</summary>
    public static bool MayPublish(Viewer viewer, Lecture lecture) =>
        LectureRoles(viewer, lecture).Any(r => r is LectureRole.Speaker or LectureRole.Host);

    /// <summary>Whether a viewer may watch the recording: the crew at any time, everybody else once the lecture has begun.</summary>
    public static bool MayWatchAgain(Viewer viewer, Lecture lecture) => lecture.StartedAt is not null || IsCrew(viewer, lecture);

    /// <summary>Whether a viewer may read a consultant's credentials, absences and visits.</summary>
    public static bool MayReadCredentials(Viewer viewer, Consultant consultant) =>
        viewer.Person == consultant.Id
        || (
            viewer.Role == Role.Coordinator
            && (consultant.Affiliation == viewer.Network || consultant.Visits.Any(v => v.Network == viewer.Network))
        );

    /// <summary>
    /// Whether a viewer may read an engagement's case reference. Coordinators of the engagement's network may. So may a consultant who is
    /// assigned to the engagement or is asked to take it.
    /// </summary>
    public static bool MayReadConfidential(Viewer viewer, NetworkId network, Engagement engagement) =>
        IsCoordinatorOf(viewer, network) || engagement.Concerns(viewer.Person);

    /// <summary>
    /// Whether a viewer may read the reason for a change. Coordinators of the network may. So may the person who made the change, and the
    /// people whom the engagement concerned before or after the change.
    /// </summary>
    public static bool MayReadReason(Viewer viewer, NetworkId network, HistoryEntry entry) =>
        IsCoordinatorOf(viewer, network)
        || entry.By == viewer.Person
        || entry.Before?.Concerns(viewer.Person) == true
        || entry.After?.Concerns(viewer.Person) == true;

    /// <summary>
    /// Whether a viewer may read a subject's history. Only the consultant and coordinators of the network may read a consultant's history.
    /// </summary>
    public static bool MayReadHistory(Viewer viewer, NetworkId network, HistorySubject subject, string? id) =>
        subject != HistorySubject.Consultant || id == viewer.Person.Value || IsCoordinatorOf(viewer, network);

    private static bool IsCoordinatorOf(Viewer viewer, NetworkId network) => viewer.Role == Role.Coordinator && viewer.Network == network;

    /// <summary>Whether a viewer's role may send this kind of command to a roster.</summary>
    public static bool MayCommand(Viewer viewer, RosterCommand command) =>
        viewer.Role == Role.Coordinator || command is Accept or Decline or Arrive or Complete;

    public static TBuilder Requires<TBuilder>(this TBuilder builder, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(rule);

    /// <summary>
    /// Checks the rule of every endpoint and refuses an endpoint without a rule. Routing itself adds endpoints that answer a wrong method
    /// or content type. They have no route and are not checked.
    /// </summary>
    public static void UseAccess(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.GetEndpoint() is RouteEndpoint endpoint)
                {
                    var viewer = Viewer.From(context.User);
                    if (endpoint.Metadata.GetMetadata<AccessRule>() is not { } rule || !rule.Allows(viewer, context))
                    {
                        context.Response.StatusCode = viewer is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
                        return;
                    }
                }
                await next(context);
            }
        );
}
