using System.Collections.Immutable;
using System.Net;
using ConsultHub.Accounts;
using ConsultHub.Grave;
using ConsultHub.Lectures;
using ConsultHub.Live;
using ConsultHub.Programmes;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Consultants;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Programmes;
using ConsultHub.Web.Research;
using ConsultHub.Web.Rostering;

namespace ConsultHub.Web;

/// <summary>The access rule of an endpoint. An endpoint without a rule refuses everybody.</summary>
/// <param name="Allows">Decides from the viewer, the request, and what the thing in the route is about. The viewer is null for somebody who
/// has not signed in.</param>
public sealed record AccessRule(string Name, Func<Viewer?, HttpContext, Subject, bool> Allows)
{
    public Thing Thing { get; init; }

    /// <summary>The action, if the rule is about one. A refusal names it, so that people know which right is missing.</summary>
    public AccessAction? Action { get; init; }

    /// <summary>Whether people whose second factor is still missing are allowed too.</summary>
    public bool WithoutFactor { get; init; }

    /// <summary>
    /// Whether a token may be used although the rule is about no action. The rule or the handler then checks actions or
    /// <see cref="Viewer.Is"/>.
    /// </summary>
    public bool WithToken { get; init; }

    /// <summary>Whether the crew of the lecture in the route is allowed too. The lecture knows who belongs to its crew.</summary>
    public bool WithCrew { get; init; }

    /// <summary>
    /// Whether the action is grave, so that the second factor must have been given just now and the other administrators are told.
    /// </summary>
    public bool IsGrave { get; init; }

    /// <summary>What the other administrators are told if the action is grave.</summary>
    public GraveAct Act { get; init; }
}

/// <summary>Who may watch a live topic.</summary>
/// <param name="Allows">Decides from the viewer and from what the topic is about.</param>
/// <param name="AllowsIn">Decides from the topic's state. Its second argument is a function that finds an item of the topic's authorities
/// by the item's key. This part is checked when watching begins, before each write, and when the topic is read over HTTP. Null if the
/// topic's state does not matter.</param>
internal sealed record WatchRule(Func<Viewer, bool> Allows, Func<Viewer, Func<string, TopicItem?>, bool>? AllowsIn = null);

/// <summary>The rules of endpoints, topics and hub methods.</summary>
public static partial class Access
{
    public static AccessRule Anybody { get; } = new("anybody", (_, _, _) => true);

    /// <summary>
    /// Requests from this machine only, for the demo's list of people. The request must name this machine as its host. Otherwise another
    /// site could point its own name at this machine, and its pages could send requests here. The request must not come through a proxy.
    /// Otherwise a proxy on this machine would let in people from other machines, because its requests come from this machine.
    /// </summary>
    public static AccessRule Loopback { get; } =
        new(
            "loopback",
            (_, http, _) =>
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

    /// <summary>Holders of a private link. The endpoint checks the secret in the link.</summary>
    public static AccessRule HoldsLink { get; } = new("holds-link", (_, _, _) => true);

    /// <summary>
    /// Everybody, for conferences that a coordinator has made public. The code that reads a conference checks that it is public, and
    /// otherwise answers 404.
    /// </summary>
    public static AccessRule ReadsPublic { get; } = new("reads-public", (_, _, _) => true);

    /// <summary>Everybody who is signed in, for what belongs to the person and for lists that the handler limits.</summary>
    public static AccessRule SignedIn { get; } = new("signed-in", (viewer, _, _) => viewer is not null);

    /// <summary>As <see cref="SignedIn"/>, also with a token. The handler shows only what the viewer's actions allow.</summary>
    public static AccessRule SignedInOrToken { get; } = SignedIn with { WithToken = true };

    /// <summary>The person's own account. People use it to set up the second factor that their role demands.</summary>
    public static AccessRule OwnAccount { get; } = SignedIn with { Name = "own-account", WithoutFactor = true };

    /// <summary>The inbox in the route is the viewer's own.</summary>
    public static AccessRule OwnInbox { get; } =
        new("own-inbox", (viewer, _, of) => viewer is not null && of.Person is { } person && viewer.Is(person))
        {
            Thing = Thing.Person,
            WithToken = true,
        };

    /// <summary>People who may do an action with the thing that the route names.</summary>
    public static AccessRule To(AccessAction action, Thing thing) =>
        new(action.Name, (viewer, _, of) => viewer is not null && May(viewer, action, of)) { Action = action, Thing = thing };

    /// <summary>
    /// People who may do an action with the lecture that the route names, and everybody who belongs to the lecture's crew.
    /// </summary>
    public static AccessRule InRoom(AccessAction action) => To(action, Thing.Lecture) with { WithCrew = true };

    /// <summary>People who may do one of the actions with any thing. The handler checks the thing.</summary>
    public static AccessRule ToSome(params ImmutableArray<AccessAction> actions) =>
        new(actions[0].Name, (viewer, _, _) => viewer is not null && actions.Any(a => MaySomewhere(viewer, a))) { Action = actions[0] };

    /// <summary>People who may do an action in the whole of any network.</summary>
    public static AccessRule ToWholeNetwork(AccessAction action) =>
        new(action.Name, (viewer, _, _) => viewer is not null && NetworksFor(viewer, action).Any()) { Action = action };

    /// <summary>
    /// People who may do one of the actions with at least a part of the network that the route or the query names. The handler checks the
    /// part.
    /// </summary>
    public static AccessRule InPartOfNetwork(params ImmutableArray<AccessAction> actions) =>
        new(actions[0].Name, (viewer, _, of) => viewer is not null && actions.Any(a => MayInPart(viewer, a, of.Network)))
        {
            Action = actions[0],
            Thing = Thing.Network,
        };

    /// <summary>The parts of a network in which a viewer may do an action. A part without a limit is the whole network.</summary>
    internal static ImmutableArray<GrantScope> PartsFor(Viewer viewer, AccessAction action, NetworkId network) =>
        viewer.Allows(action)
            ?
            [
                .. viewer
                    .Grants.Where(g =>
                        g.Scope.Network == network && Table.TryGetValue((g.Role, action), out var reach) && reach == Reach.Network
                    )
                    .Select(g => new GrantScope
                    {
                        Network = network,
                        Hospitals = g.Scope.Hospitals,
                        Partner = g.Scope.Partner,
                    })
                    .Distinct(),
            ]
            : [];

    internal static bool MayInPart(Viewer viewer, AccessAction action, NetworkId? network) =>
        network is not null && viewer.Allows(action) && viewer.Grants.Any(g => g.Scope.Network == network && IsWithOthers(g, action));

    /// <summary>
    /// Makes a rule demand a second factor that was given just now. The other administrators are told of each request that succeeds.
    /// </summary>
    public static AccessRule Gravely(AccessRule rule, GraveAct act = GraveAct.Other) => rule with { IsGrave = true, Act = act };

    internal static WatchRule WatchesBoard(NetworkId network, HospitalId? hospital, PartnerId? partner) =>
        new(viewer => May(viewer, RosterActions.Read, new Subject(network) { Hospital = hospital, Partner = partner }));

    /// <summary>
    /// The person, and coordinators of the network if the consultant works or stays there. Without a network, coordinators of all networks
    /// in which the consultant works or stays.
    /// </summary>
    internal static WatchRule WatchesItinerary(PersonId person, ImmutableArray<Subject> of, NetworkId? network)
    {
        var shown = network is { } one ? of.RemoveAll(subject => subject.Network != one) : of;
        return new(viewer =>
            viewer.Is(person) || (!shown.IsEmpty && shown.All(subject => May(viewer, ConsultantActions.ReadItinerary, subject)))
        );
    }

    /// <summary>Whoever may read the names of consultants may know that something about them has changed.</summary>
    internal static WatchRule WatchesRecords(NetworkId network) => new(viewer => May(viewer, ConsultantActions.Read, new Subject(network)));

    internal static WatchRule WatchesCatalogue(NetworkId network) =>
        new(viewer => May(viewer, ProgrammeActions.Read, new Subject(network)));

    /// <summary>The hosts and the partner of a programme may change while people watch it. So its present state decides.</summary>
    /// <param name="action">The right to what the topic shows.</param>
    internal static WatchRule WatchesProgramme(ProgrammeId programme, ImmutableArray<Subject> of, AccessAction action) =>
        new(
            viewer => of.Any(subject => May(viewer, action, subject)),
            (viewer, find) =>
                find($"programme/{programme}") is not ProgrammeSummary now
                || SubjectsOf(now.Profile).Any(subject => May(viewer, action, subject))
        );

    /// <summary>People watch their own logbook. The others need a right in the programme.</summary>
    internal static WatchRule WatchesLogbook(PersonId person, ImmutableArray<Subject> of) =>
        new(viewer => viewer.Is(person) || of.Any(subject => May(viewer, LogbookActions.Read, subject)));

    /// <summary>People watch the sessions that are theirs. The sessions of everybody need a right in the programme.</summary>
    /// <param name="person">Whose sessions. Null for everybody's.</param>
    internal static WatchRule WatchesCourse(PersonId? person, ImmutableArray<Subject> of) =>
        new(viewer => person is { } own ? viewer.Is(own) : of.Any(subject => May(viewer, CourseActions.Read, subject)));

    internal static WatchRule WatchesResearch(NetworkId network) => new(viewer => May(viewer, ResearchActions.Read, new Subject(network)));

    internal static WatchRule WatchesInbox(PersonId person) => new(viewer => viewer.Is(person));

    internal static WatchRule WatchesConference(Subject of) => new(viewer => May(viewer, ConferenceActions.Read, of));

    internal static WatchRule WatchesDraft(Subject of) => new(viewer => May(viewer, ConferenceActions.Manage, of));

    /// <summary>The people whom the lecture's room admits. See <see cref="InRoom"/>.</summary>
    /// <param name="speakers">The speakers of the programme. They are the crew until the room opens.</param>
    internal static WatchRule WatchesLecture(SessionId session, Subject of, ImmutableArray<PersonId> speakers) =>
        new(
            _ => true,
            (viewer, find) => May(viewer, LectureActions.Watch, of) || speakers.Any(viewer.Is) || IsCrewOf(session, viewer, find)
        );

    /// <summary>The lecture's crew.</summary>
    internal static WatchRule WatchesStage(SessionId session) => new(_ => true, (viewer, find) => IsCrewOf(session, viewer, find));

    private static bool IsCrewOf(SessionId session, Viewer viewer, Func<string, TopicItem?> find) =>
        find($"lecture/{session}") is Lecture lecture && IsCrew(viewer, lecture);

    public static TBuilder Requires<TBuilder>(this TBuilder builder, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder =>
        rule.IsGrave ? builder.WithMetadata(rule).AddEndpointFilter<TBuilder, GraveFilter>() : builder.WithMetadata(rule);

    /// <summary>
    /// Checks the rule of every endpoint and refuses an endpoint without a rule. Routing itself adds endpoints that answer a wrong method
    /// or content type. They have no route and are not checked.
    /// </summary>
    public static void UseAccess(this WebApplication app) => app.UseMiddleware<AccessMiddleware>();
}
