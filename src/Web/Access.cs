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

/// <summary>Who asks: the person, role and network that the cookie vouches for.</summary>
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
        From(context.User) ?? throw new InvalidOperationException("The endpoint's rule lets nobody in without a session.");

    public ClaimsPrincipal ToPrincipal(string scheme) =>
        new(new ClaimsIdentity([new("person", Person.Value), new("role", Role.ToString()), new("network", Network.Value)], scheme));
}

/// <summary>An endpoint's rule. Every endpoint carries one; one without is closed.</summary>
/// <param name="Allows">A null viewer has not signed in.</param>
public sealed record AccessRule(string Name, Func<Viewer?, HttpContext, bool> Allows);

/// <summary>Who may watch a live topic.</summary>
/// <param name="Allows">What the viewer and the topic's name decide.</param>
/// <param name="AllowsIn">
/// What the topic's own state decides. It takes a function that finds an item of the topic's authorities by its key. It is checked when
/// watching begins and before each write. Null when the state decides nothing.
/// </param>
internal sealed record WatchRule(Func<Viewer, bool> Allows, Func<Viewer, Func<string, TopicItem?>, bool>? AllowsIn = null);

/// <summary>
/// The one table of who may do what; endpoints, hub methods and topics ask it. Roles are the demo's until accounts fill it with scopes.
/// </summary>
public static class Access
{
    public static AccessRule Anybody { get; } = new("anybody", (_, _) => true);

    /// <summary>
    /// The demo's picker: this machine only, by its own name, so that no other site's name can be pointed at it, and directly. What a proxy
    /// passes on comes from this machine whoever sent it.
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

    /// <summary>The framework's middleware takes <c>X-Forwarded-*</c> away once it believes them, and leaves <c>X-Original-*</c> in their
    /// place.</summary>
    private static bool IsOfProxies(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Via", StringComparison.OrdinalIgnoreCase)
        || header.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase);

    /// <summary>Figures about the node, without people: whoever is on this machine, such as Prometheus.</summary>
    public static AccessRule Measures { get; } = Loopback with { Name = "measures" };

    /// <summary>People who run the installation.</summary>
    public static AccessRule Operates { get; } =
        new("operates", (viewer, http) => viewer is not null && http.RequestServices.GetRequiredService<IAccounts>().Operates(viewer));

    /// <summary>Whoever knows a private link: what is in the link is checked where it leads to.</summary>
    public static AccessRule HoldsLink { get; } = new("holds-link", (_, _) => true);

    /// <summary>Anybody, for what a coordinator has marked public: the mark is checked where the conference is read, and what is not marked
    /// answers as if it were not there.</summary>
    public static AccessRule ReadsPublic { get; } = new("reads-public", (_, _) => true);

    public static AccessRule SignedIn { get; } = new("signed-in", (viewer, _) => viewer is not null);

    /// <summary>People: a display on a wall takes no place, has no ticket and says nothing of a session.</summary>
    public static AccessRule Attends { get; } = new("attends", (viewer, _) => viewer is { Role: not Role.Display });

    /// <summary>A coordinator of the network that the route or the query names, if either does.</summary>
    public static AccessRule Coordinates { get; } =
        new("coordinates", (viewer, http) => viewer is { Role: Role.Coordinator } && IsOwnNetwork(viewer, http));

    /// <summary>Coordinators plan; consultants answer for themselves. Which command for which engagement is the roster's rule.</summary>
    public static AccessRule Commands { get; } =
        new("commands", (viewer, http) => viewer is { Role: Role.Coordinator or Role.Consultant } && IsOwnNetwork(viewer, http));

    /// <summary>Rosters, for those who may see boards.</summary>
    public static AccessRule SeesBoards { get; } =
        new("sees-boards", (viewer, http) => viewer is { Role: not Role.Attendee } && IsOwnNetwork(viewer, http));

    /// <summary>The inbox in the route is the viewer's own.</summary>
    public static AccessRule OwnInbox { get; } =
        new("own-inbox", (viewer, http) => viewer is not null && (string?)http.Request.RouteValues["person"] == viewer.Person.Value);

    /// <summary>Opens engagements, to read what is not for everybody who sees the board. Of which engagement is
    /// <see cref="MayReadConfidential"/>.</summary>
    public static AccessRule OpensEngagements { get; } =
        new("opens-engagements", (viewer, _) => viewer is { Role: Role.Coordinator or Role.Consultant });

    private static bool IsOwnNetwork(Viewer viewer, HttpContext http) =>
        (http.Request.RouteValues["network"] as string ?? (string?)http.Request.Query["network"]) is not { } network
        || network == viewer.Network.Value;

    /// <summary>A board shows clinical work, so an attendee sees none, and everybody else sees those of their own network.</summary>
    internal static WatchRule WatchesBoard(NetworkId network) =>
        new(viewer => viewer.Role is Role.Coordinator or Role.Consultant or Role.Display && viewer.Network == network);

    internal static WatchRule WatchesItinerary(PersonId person) =>
        new(viewer => viewer.Person == person || viewer.Role == Role.Coordinator);

    internal static WatchRule WatchesInbox(PersonId person) => new(viewer => viewer.Person == person);

    internal static WatchRule WatchesConference { get; } = new(_ => true);

    /// <summary>Coordinators of the conference's own network.</summary>
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
    /// What a viewer may do in a lecture: a coordinator of its network hosts, moderates and captions; consultants whom the programme names
    /// speak; the crew has what it was given; everybody attends.
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

    /// <summary>Whether a viewer does more in a lecture than attend.</summary>
    public static bool IsCrew(Viewer viewer, Lecture lecture) => LectureRoles(viewer, lecture).Length > 1;

    /// <summary>Whether a viewer may open rooms of a network's conferences.</summary>
    public static bool MayHost(Viewer viewer, NetworkId? network) =>
        viewer.Role == Role.Coordinator && (network is null || network == viewer.Network);

    /// <summary>Whether a viewer may send camera, microphone and screen into a lecture.</summary>
    public static bool MayPublish(Viewer viewer, Lecture lecture) =>
        LectureRoles(viewer, lecture).Any(r => r is LectureRole.Speaker or LectureRole.Host);

    /// <summary>Whether a viewer may watch what was recorded: the crew at any time, everybody once it has begun.</summary>
    public static bool MayWatchAgain(Viewer viewer, Lecture lecture) => lecture.StartedAt is not null || IsCrew(viewer, lecture);

    /// <summary>Whether credentials and absences of consultants may be read.</summary>
    public static bool MayReadCredentials(Viewer viewer, Consultant consultant) =>
        viewer.Person == consultant.Id
        || (
            viewer.Role == Role.Coordinator
            && (consultant.Affiliation == viewer.Network || consultant.Visits.Any(v => v.Network == viewer.Network))
        );

    /// <summary>Whether a viewer may read an engagement's case reference: coordinators of its network, and whoever does it or is asked
    /// to.</summary>
    public static bool MayReadConfidential(Viewer viewer, NetworkId network, Engagement engagement) =>
        IsCoordinatorOf(viewer, network) || engagement.Concerns(viewer.Person);

    /// <summary>Whether a viewer may read why a change was made: coordinators of the network, who made it, and whom it concerned before or
    /// after.</summary>
    public static bool MayReadReason(Viewer viewer, NetworkId network, HistoryEntry entry) =>
        IsCoordinatorOf(viewer, network)
        || entry.By == viewer.Person
        || entry.Before?.Concerns(viewer.Person) == true
        || entry.After?.Concerns(viewer.Person) == true;

    /// <summary>Whether a viewer may read a subject's history: a consultant's is for that person and for coordinators.</summary>
    public static bool MayReadHistory(Viewer viewer, NetworkId network, HistorySubject subject, string? id) =>
        subject != HistorySubject.Consultant || id == viewer.Person.Value || IsCoordinatorOf(viewer, network);

    private static bool IsCoordinatorOf(Viewer viewer, NetworkId network) => viewer.Role == Role.Coordinator && viewer.Network == network;

    /// <summary>What a coordinator or a consultant may ask of a roster at all.</summary>
    public static bool MayCommand(Viewer viewer, RosterCommand command) =>
        viewer.Role == Role.Coordinator || command is Accept or Decline or Arrive or Complete;

    public static TBuilder Requires<TBuilder>(this TBuilder builder, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(rule);

    /// <summary>Asks the rule of every endpoint; one without a rule is closed. What routing puts in place of an endpoint, to answer that
    /// the method or the type of content is wrong, has no route and does nothing else.</summary>
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
