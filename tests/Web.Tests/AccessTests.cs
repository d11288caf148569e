using System.Net;
using System.Reflection;
using ConsultHub.Conferences;
using ConsultHub.Directories;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests;

public sealed class AccessTests(InProcessHub hub) : IClassFixture<InProcessHub>
{
    private static readonly Dictionary<string, Viewer?> Visitors = new()
    {
        ["nobody"] = null,
        ["coordinator"] = new(new("p-coordinator"), Role.Coordinator, new("ehs")),
        ["consultant"] = new(new("c-consultant"), Role.Consultant, new("ehs")),
        ["attendee"] = new(new("p-attendee"), Role.Attendee, new("ehs")),
        ["display"] = new(new("p-display"), Role.Display, new("ehs")),
        ["stranger"] = new(new("p-stranger"), Role.Coordinator, new("elsewhere")), // a coordinator of another network
    };

    private const string All = "nobody coordinator consultant attendee display stranger",
        SignedIn = "coordinator consultant attendee display stranger",
        Attends = "coordinator consultant attendee stranger",
        Boards = "coordinator consultant display",
        Commands = "coordinator consultant",
        Coordinates = "coordinator",
        AnyCoordinator = "coordinator stranger";

    /// <summary>
    /// The visitors that each endpoint allows. An endpoint that is missing here fails the test, so add each new endpoint here.
    /// </summary>
    private static readonly Dictionary<string, string> Table = new()
    {
        ["GET /openapi/v1.json"] = All,
        ["GET /health/live"] = All,
        ["GET /metrics"] = All, // only from loopback, see OperationsAccessTests
        ["GET /health/ready"] = All,
        ["GET /api/session"] = SignedIn,
        ["POST /api/session"] = All,
        ["DELETE /api/session"] = All,
        ["GET /api/session/people"] = All, // only from loopback, see SessionTests
        ["POST /api/session/person"] = All,
        ["GET /api/networks"] = SignedIn,
        ["GET /api/networks/ehs"] = SignedIn,
        ["GET /api/networks/ehs/people"] = Boards,
        ["GET /api/hospitals"] = SignedIn,
        ["GET /api/hospitals/x-1"] = SignedIn,
        ["GET /api/specialties"] = All,
        ["GET /api/visits"] = Coordinates,
        ["GET /api/consultants"] = SignedIn,
        ["GET /api/consultants/x-1"] = SignedIn,
        ["POST /api/rosters/ehs/2026-W48/commands"] = Commands,
        ["POST /api/rosters/ehs/2026-W48/checks"] = Commands,
        ["GET /api/rosters/ehs/2026-W48/engagements/x-1"] = Boards,
        // the people concerned, see ConfidentialTests
        ["GET /api/rosters/ehs/2026-W48/engagements/x-1/confidential"] = "coordinator consultant stranger",
        ["GET /api/rosters/ehs/2026-W48/engagements/x-1/candidates"] = Coordinates,
        ["GET /api/rosters/ehs/2026-W48/history"] = Boards,
        ["GET /api/inboxes/c-consultant/alerts"] = "consultant",
        ["POST /api/inboxes/c-consultant/alerts/x-1/acknowledgement"] = "consultant",
        ["POST /api/inboxes/c-consultant/alerts/x-1/seen"] = "consultant",
        ["GET /api/conferences"] = SignedIn,
        ["GET /api/conferences/x-1"] = SignedIn,
        ["POST /api/conferences/import"] = AnyCoordinator,
        ["GET /api/conferences/x-1/schedule.xml"] = SignedIn,
        ["GET /api/conferences/x-1/schedule.json"] = SignedIn,
        ["POST /api/conferences/x-1/sessions/s-1/move"] = AnyCoordinator,
        ["POST /api/conferences/x-1/sessions/s-1/move/checks"] = AnyCoordinator,
        ["GET /api/conferences/x-1/favourites"] = SignedIn,
        ["PUT /api/conferences/x-1/favourites/s-1"] = SignedIn,
        ["DELETE /api/conferences/x-1/favourites/s-1"] = SignedIn,
        ["POST /api/lectures/s-1/played"] = SignedIn, // people report only their own playback
        ["GET /api/conferences/x-1/attendance"] = Coordinates,
        ["GET /api/conferences/x-1/attendance/mine"] = SignedIn,
        ["GET /api/conferences/x-1/attendance/export"] = Coordinates,
        ["GET /api/networks/ehs/credit-policies"] = SignedIn,
        ["PUT /api/networks/ehs/credit-policies"] = Coordinates,
        ["GET /api/networks/ehs/credit-policies/history"] = Coordinates,
        ["GET /api/conferences/x-1/certificates"] = Coordinates,
        ["GET /api/conferences/x-1/certificates/mine"] = SignedIn,
        ["POST /api/conferences/x-1/certificates"] = SignedIn,
        ["GET /api/certificates/keys"] = All,
        ["POST /api/certificates/keys"] = Coordinates,
        ["GET /api/certificates/verification"] = All,
        ["GET /api/certificates/x-1.0000000z"] = SignedIn, // the holder and the network's coordinators, see CertificateApiTests
        ["GET /api/certificates/x-1.0000000z/pdf"] = SignedIn,
        ["POST /api/certificates/x-1.0000000z/revocation"] = AnyCoordinator,
        // The lecture decides what each person may do in it, see LectureAccessTests.
        ["GET /api/lectures/s-1"] = SignedIn,
        ["GET /api/lectures/s-1/me"] = SignedIn,
        ["POST /api/lectures/s-1/commands"] = SignedIn,
        ["GET /api/lectures/s-1/captions/en"] = SignedIn,
        ["GET /api/lectures/s-1/timeline"] = SignedIn,
        ["GET /api/lectures/s-1/moments"] = SignedIn,
        ["POST /api/lectures/s-1/slides"] = SignedIn,
        ["GET /api/lectures/s-1/slides/00000000-0000-0000-0000-000000000001"] = SignedIn,
        ["POST /api/conferences/x-1/draft"] = Coordinates,
        ["DELETE /api/conferences/x-1/draft"] = Coordinates,
        ["GET /api/conferences/x-1/draft/changes"] = Coordinates,
        ["POST /api/conferences/x-1/draft/checks"] = AnyCoordinator,
        ["POST /api/conferences/x-1/draft/sessions"] = AnyCoordinator,
        ["PUT /api/conferences/x-1/draft/sessions/s-1"] = AnyCoordinator,
        ["DELETE /api/conferences/x-1/draft/sessions/s-1"] = Coordinates,
        ["POST /api/conferences/x-1/releases"] = AnyCoordinator,
        ["GET /api/conferences/x-1/releases"] = SignedIn,
        ["GET /api/conferences/x-1/releases/1"] = SignedIn,
        ["GET /api/conferences/x-1/releases/1/changes"] = SignedIn,
        ["GET /api/conferences/x-1/places"] = SignedIn,
        ["GET /api/conferences/x-1/ticket"] = Attends,
        ["PUT /api/conferences/x-1/sessions/s-1/place"] = Attends,
        ["DELETE /api/conferences/x-1/sessions/s-1/place"] = Attends,
        ["PUT /api/conferences/x-1/sessions/s-1/feedback"] = Attends,
        ["GET /api/conferences/x-1/sessions/s-1/feedback"] = Coordinates,
        ["PUT /api/conferences/x-1/sessions/s-1/capacity"] = AnyCoordinator,
        ["POST /api/conferences/x-1/sessions/s-1/checkins"] = AnyCoordinator,
        ["GET /api/conferences/x-1/sessions/s-1/audience"] = Coordinates,
        ["PUT /api/conferences/x-1/public"] = AnyCoordinator,
        ["GET /api/public/conferences/x-1"] = All, // only conferences that are marked public
        ["GET /api/public/conferences/x-1/schedule.xml"] = All,
        ["GET /api/public/conferences/x-1/schedule.json"] = All,
        ["GET /api/public/conferences/x-1/calendar.ics"] = All,
        ["GET /api/feed"] = SignedIn,
        ["POST /api/feed"] = SignedIn,
        ["DELETE /api/feed"] = SignedIn,
        ["GET /api/feeds/c-consultant/none/calendar.ics"] = All, // anybody who knows the link
        ["GET /api/demo/day"] = SignedIn,
        ["PUT /api/demo/day"] = AnyCoordinator,
        ["GET /api/topics/conference/none"] = SignedIn,
        ["GET /api/lectures/s-1/recording"] = SignedIn, // RecordingTests shows who may see which recording, and when
        ["GET /api/lectures/s-1/recording/files"] = SignedIn,
        ["GET /api/lectures/s-1/recording/joined"] = SignedIn,
        ["GET /api/lectures/s-1/recording/joined/captions/en"] = SignedIn,
        ["GET /api/lectures/s-1/recording/7/0"] = SignedIn,
        ["GET /api/lectures/s-1/recording/7/file"] = SignedIn,
        ["GET /hubs/lecture"] = SignedIn,
        ["POST /hubs/lecture/negotiate"] = SignedIn,
        ["GET /hubs/live"] = SignedIn,
        ["POST /hubs/live/negotiate"] = SignedIn,
    };

    /// <summary>A conference of the network ehs, so that handlers find it and refuse coordinators of other networks.</summary>
    private static readonly Programme Owned = new(
        new Conference
        {
            Id = new("x-1"),
            Network = new("ehs"),
            Title = "Owned",
            TimeZone = "Asia/Dubai",
        },
        [new ConferenceSession { Id = new("s-1"), Title = "One" }],
        []
    );

    private static readonly Dictionary<string, string> Values = new()
    {
        ["{network}"] = "ehs",
        ["{week}"] = "2026-W48",
        ["{id}"] = "x-1",
        ["{session}"] = "s-1",
        ["{publication}"] = "7",
        ["{segment}"] = "0",
        ["{person}"] = "c-consultant",
        ["{**topic}"] = "conference/none",
        ["{documentName}"] = "v1",
        ["{language}"] = "en",
        ["{deck:guid}"] = "00000000-0000-0000-0000-000000000001",
        ["{token}"] = "none",
        ["{number}"] = "x-1.0000000z",
        ["{release}"] = "1",
    };

    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Endpoints =>
        from endpoint in hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!
        // the excluded patterns catch unknown paths
        where !pattern.Contains("{**rest}", StringComparison.Ordinal) && !pattern.Contains(":nonfile", StringComparison.Ordinal)
        where !pattern.StartsWith(OperationsApi.Dashboard, StringComparison.Ordinal) // see OperationsAccessTests
        let path = "/"
            + Values.Aggregate(pattern, (text, value) => text.Replace(value.Key, value.Value, StringComparison.Ordinal)).Trim('/')
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
            ? methods
            : [path.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET"]
        where method is not ("OPTIONS" or "HEAD" or "CONNECT")
        select (method, path, endpoint);

    [Fact]
    public void Every_endpoint_has_an_access_rule_and_a_line_in_this_table()
    {
        Assert.All(
            hub.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            e => Assert.True(e.Metadata.GetMetadata<AccessRule>() is not null, $"{e.DisplayName} has no rule.")
        );
        Assert.Equal(Table.Keys.Order(), Endpoints.Select(e => $"{e.Method} {e.Path}").Distinct().Order());
    }

    [Fact]
    public void A_rule_about_a_network_is_used_only_where_the_route_or_the_query_names_the_network()
    {
        foreach (var (method, path, endpoint) in Endpoints)
            if (endpoint.Metadata.GetMetadata<AccessRule>()!.Name is "coordinates" or "commands" or "sees-boards")
                Assert.True(
                    endpoint.RoutePattern.Parameters.Any(p => p.Name == "network")
                        || endpoint.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Any(p => p.Name == "network"),
                    $"{method} {path} names no network. Access.CoordinatesOwner is the rule for a thing that has an owner."
                );
    }

    [Fact]
    public async Task Each_endpoint_allows_the_visitors_in_the_table_and_refuses_the_others_with_a_code()
    {
        await hub
            .Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IConferenceGrain>("x-1")
            .ImportAsync(Actor.System, Guid.NewGuid(), Owned);
        foreach (var (method, path, _) in Endpoints)
        {
            foreach (var (name, viewer) in Visitors)
            {
                using var response = await SendAsync(method, path, viewer);
                var allowed = Table[$"{method} {path}"].Split(' ').Contains(name);
                var what = $"{name}: {method} {path} answered {(int)response.StatusCode}";
                if (allowed)
                {
                    Assert.False(
                        response.StatusCode is HttpStatusCode.Forbidden
                            || (response.StatusCode == HttpStatusCode.Unauthorized && path != "/api/session"),
                        what
                    );
                    continue;
                }
                Assert.True(response.StatusCode == (viewer is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden), what);
                Assert.Equal(viewer is null ? "session.none" : "access.denied", (await Caller.ProblemAsync(response)).Problem.Code);
            }
        }
    }

    [Theory]
    [InlineData("commands"), InlineData("checks")]
    public async Task A_consultant_can_neither_give_nor_check_a_coordinators_command(string which)
    {
        const string plan = """{"type":"cancel","commandId":"6f0b8b3e-0c1f-4f0e-9c66-000000000001","engagement":"e-1","reason":"x"}""";
        using var response = await SendAsync("POST", $"/api/rosters/ehs/2026-W48/{which}", Visitors["consultant"], plan);
        var (status, problem) = await Caller.ProblemAsync(response);
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), (status, problem.Code));
    }

    [Fact]
    public async Task Coordinators_of_another_network_can_neither_change_a_conference_nor_read_its_draft_or_audience()
    {
        const string file =
            "<schedule><conference><title>Ours</title><time_zone_name>Asia/Dubai</time_zone_name></conference>"
            + "<day date=\"2027-03-01\"><event id=\"1\"><title>One</title><start>10:00</start><duration>45</duration><room>A</room>"
            + "</event></day></schedule>";
        using (var imported = await SendAsync("POST", "/api/conferences/import", Visitors["coordinator"], file, "application/xml"))
            imported.EnsureSuccessStatusCode();
        const string edit = """{"commandId":"6f0b8b3e-0c1f-4f0e-9c66-000000000002","title":"x","duration":30,"room":""}""";
        foreach (
            var (method, path, body) in ((string, string, string?)[])
                [
                    ("POST", "draft", null),
                    ("GET", "draft/changes", null),
                    ("POST", "draft/sessions", edit),
                    ("PUT", "draft/sessions/ours-1", edit),
                    ("DELETE", "draft/sessions/ours-1", null),
                    ("POST", "releases", """{"commandId":"6f0b8b3e-0c1f-4f0e-9c66-000000000003"}"""),
                    ("DELETE", "draft", null),
                    ("PUT", "public", """{"public":true}"""),
                    ("PUT", "sessions/ours-1/capacity", """{"places":1}"""),
                    ("POST", "sessions/ours-1/checkins", """{"code":"x"}"""),
                    ("GET", "sessions/ours-1/audience", null),
                    ("GET", "sessions/ours-1/feedback", null),
                ]
        )
        {
            var (refused, problem) = await Caller.ProblemAsync(
                await SendAsync(method, $"/api/conferences/ours/{path}", Visitors["stranger"], body)
            );
            Assert.True(
                (refused, problem.Code) == (HttpStatusCode.Forbidden, "access.denied"),
                $"{method} {path}: {refused} {problem.Code}"
            );
            if (path == "draft" && method == "POST")
                (await SendAsync(method, $"/api/conferences/ours/{path}", Visitors["coordinator"])).EnsureSuccessStatusCode();
        }
        await hub
            .Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IDirectoryGrain>("hub/networks")
            .PutAsync([new("ehs", new LocalName("EHS"))]); // without this entry the answer would be topic.unknown
        var (status, denied) = await Caller.ProblemAsync(await SendAsync("GET", "/api/topics/conference/ours/draft", Visitors["stranger"]));
        Assert.Equal((HttpStatusCode.Forbidden, "topic.denied"), (status, denied.Code));
        using var own = await SendAsync("GET", "/api/topics/conference/ours/draft", Visitors["coordinator"]);
        own.EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404, "request.not-found")]
    [InlineData("POST", "/api/nothing/at/all", 405, "request.method-not-allowed")]
    [InlineData("PATCH", "/api/session", 405, "request.method-not-allowed")]
    [InlineData("GET", "/api/rosters/ehs/2026-W54/history", 400, "request.bad-parameter")]
    public async Task A_request_with_an_unknown_path_or_method_or_week_is_refused_with_a_problem_code(
        string method,
        string path,
        int status,
        string code
    )
    {
        var (answered, problem) = await Caller.ProblemAsync(await SendAsync(method, path, Visitors["coordinator"]));
        Assert.Equal((status, code), ((int)answered, problem.Code));
    }

    [Theory]
    [InlineData("POST", "/api/session/person"), InlineData("GET", "/api/session/people")]
    public async Task The_person_picker_answers_only_to_this_machine(string method, string path)
    {
        Assert.Equal(401, await hub.SendFromAsync(IPAddress.Parse("192.0.2.7"), method, path));
        Assert.NotEqual(401, await hub.SendFromAsync(IPAddress.Loopback, method, path));
    }

    private Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        Viewer? viewer,
        string? body = null,
        string type = "application/json"
    )
    {
        var request = new HttpRequestMessage(new(method), path == "/api/visits" ? path + "?network=ehs" : path);
        request.Headers.Add("X-Hub", "1");
        if (viewer is not null)
            request.Headers.Add("Cookie", hub.CookieOf(viewer));
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, type);
        return hub.CreateDefaultClient().SendAsync(request);
    }
}
