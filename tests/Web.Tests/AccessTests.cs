using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using ConsultHub.Conferences;
using ConsultHub.Directories;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests;

public sealed class AccessTests(InProcessHub hub) : IClassFixture<InProcessHub>
{
    /// <summary>The visitors that each endpoint allows. A test fails if an endpoint is in no feature's table.</summary>
    private static readonly Dictionary<string, string> Table = typeof(AccessTests)
        .Assembly.GetTypes()
        .Where(t => t.IsClass && t.IsAssignableTo(typeof(IAccessTable)))
        .SelectMany(t => (IReadOnlyDictionary<string, string>)t.GetProperty(nameof(IAccessTable.Rows))!.GetValue(null)!)
        .ToDictionary();

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

    /// <summary>The values of path parameters. All others are <c>x-1</c>.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["{network}"] = "ehs",
        ["{week}"] = "2026-W48",
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
        let path = "/" + Regex.Replace(pattern, @"\{[^}]*\}", parameter => Values.GetValueOrDefault(parameter.Value, "x-1")).Trim('/')
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
            ? methods
            : [path.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET"]
        where method is not ("OPTIONS" or "HEAD" or "CONNECT")
        select (method, path, endpoint);

    [Fact]
    public void Every_endpoint_has_an_access_rule_and_a_line_in_the_table_of_a_feature()
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
            if (endpoint.Metadata.GetMetadata<AccessRule>()!.IsOfNetwork)
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
            foreach (var (name, viewer) in Visitors.ByName)
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
        using var response = await SendAsync("POST", $"/api/rosters/ehs/2026-W48/{which}", Visitors.ByName["consultant"], plan);
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
        using (var imported = await SendAsync("POST", "/api/conferences/import", Visitors.ByName["coordinator"], file, "application/xml"))
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
                await SendAsync(method, $"/api/conferences/ours/{path}", Visitors.ByName["stranger"], body)
            );
            Assert.True(
                (refused, problem.Code) == (HttpStatusCode.Forbidden, "access.denied"),
                $"{method} {path}: {refused} {problem.Code}"
            );
            if (path == "draft" && method == "POST")
                (await SendAsync(method, $"/api/conferences/ours/{path}", Visitors.ByName["coordinator"])).EnsureSuccessStatusCode();
        }
        await hub
            .Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IDirectoryGrain>("hub/networks")
            .PutAsync([new("ehs", new LocalName("EHS"))]); // without this entry the answer would be topic.unknown
        var (status, denied) = await Caller.ProblemAsync(
            await SendAsync("GET", "/api/topics/conference/ours/draft", Visitors.ByName["stranger"])
        );
        Assert.Equal((HttpStatusCode.Forbidden, "topic.denied"), (status, denied.Code));
        using var own = await SendAsync("GET", "/api/topics/conference/ours/draft", Visitors.ByName["coordinator"]);
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
        var (answered, problem) = await Caller.ProblemAsync(await SendAsync(method, path, Visitors.ByName["coordinator"]));
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
