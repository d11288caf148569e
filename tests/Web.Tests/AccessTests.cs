using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests;

/// <summary>Asks every endpoint for the things of two networks, as every visitor, and compares the answers with the table.</summary>
[Collection(nameof(TwoNetworks))]
public sealed partial class AccessTests(TwoNetworks networks)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    private IEnumerable<(string Method, string Pattern, RouteEndpoint Endpoint)> Endpoints =>
        from endpoint in networks.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!
        // the excluded patterns catch unknown paths
        where !pattern.Contains("{**rest}", StringComparison.Ordinal) && !pattern.Contains(":nonfile", StringComparison.Ordinal)
        where !pattern.StartsWith(OperationsApi.Dashboard, StringComparison.Ordinal) // see OperationsAccessTests
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
            ? methods
            : [pattern.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET"]
        where Methods.Contains(method)
        select (method, pattern, endpoint);

    /// <summary>A pattern or the path of a row without the names of its parameters and without the query.</summary>
    private static string Shape(string path) => "/" + Parameter().Replace(path.Split('?')[0], "{}").Trim('/');

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [Fact]
    public void Every_endpoint_has_an_access_rule_and_a_line_in_the_table_of_a_feature()
    {
        Assert.All(
            networks.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            e => Assert.True(e.Metadata.GetMetadata<AccessRule>() is not null, $"{e.DisplayName} has no rule.")
        );
        Visitors.AssertComplete(
            Endpoints.Select(e => $"{e.Method} {Shape(e.Pattern)}"),
            Visitors.Rows(Methods).Select(r => $"{r.Verb} {Shape(r.What)}")
        );
    }

    [Fact]
    public void The_table_names_only_visitors_that_exist()
    {
        var known = Visitors.Everyone.Select(v => v.Name).ToHashSet();
        foreach (var (key, row) in Visitors.Table)
        foreach (var name in Row.Split($"{row.Allowed} {row.Elsewhere} {row.Sees} {row.Twin}"))
            Assert.True(known.Contains(name), $"{key} names {name}.");
        Assert.True(Visitors.Table.Values.Count(r => r.NoTwin is not null) <= 30, "Too many rows have no request that succeeds.");
    }

    [Fact]
    public void A_rule_about_a_thing_is_used_only_where_the_route_names_the_thing()
    {
        foreach (var (method, pattern, endpoint) in Endpoints)
        {
            bool Names(string parameter) => endpoint.RoutePattern.Parameters.Any(p => p.Name == parameter);
            var names = endpoint.Metadata.GetMetadata<AccessRule>()!.Thing switch
            {
                Thing.Network => Names("network")
                    || endpoint.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Any(p => p.Name == "network"),
                Thing.Conference => pattern.StartsWith("/api/conferences/{id}", StringComparison.Ordinal),
                Thing.Lecture => pattern.StartsWith("/api/lectures/{session}", StringComparison.Ordinal),
                Thing.Person => Names("person"),
                _ => true,
            };
            Assert.True(names, $"The rule of {method} {pattern} is about a thing that the route does not name.");
        }
    }

    [Fact]
    public async Task Each_endpoint_allows_the_visitors_in_the_table_and_refuses_the_others_with_a_code()
    {
        var tally = new AccessTally("endpoints");
        foreach (var (method, path, row) in Visitors.Rows(Methods))
        {
            var namesThing = networks.NamesThing(path) || networks.NamesThing(row.Body);
            if (row.NoTwin is { } reason)
                tally.NoteNoTwin($"{method} {path}", reason);
            foreach (var network in namesThing ? TwoNetworks.Both : TwoNetworks.Both[..1])
            {
                var hasTwin = false;
                foreach (var together in Visitors.For(row, network, namesThing))
                foreach (
                    var (visitor, status, text) in await Task.WhenAll(
                        together.Visitors.Select(v => AskAsync(method, path, row, network, v))
                    )
                )
                {
                    var succeeded = (int)status is >= 200 and < 300;
                    var (pair, code) = ($"{method} {path} of {network} for {visitor}", succeeded ? null : CodeOf(text));
                    var refused =
                        visitor.Person is null ? (status, code) == (HttpStatusCode.Unauthorized, "session.none")
                        : status == HttpStatusCode.Forbidden ? code == "access.denied" || code == row.Code
                        : row.Hides && !together.Allowed && status == HttpStatusCode.NotFound;
                    tally.Note(pair, together.Allowed, refused, succeeded, $"{(int)status} {code}");
                    if (succeeded && together.Allowed && row.Secret is { } secret)
                        tally.NoteSecret(
                            pair,
                            row.Shows(visitor, network),
                            text.Contains(networks.Fill(secret, network, visitor), StringComparison.Ordinal)
                        );
                    hasTwin |= together.IsTwin;
                    if (together.IsTwin && row.NoTwin is null)
                        tally.NoteTwin(pair, (int)status == row.Status, $"{(int)status} {text[..Math.Min(text.Length, 300)]}");
                }
                if (!hasTwin && row.NoTwin is null)
                    tally.NoteNoTwin($"{method} {path}", $"No visitor exists yet of {row.Allowed}.");
            }
        }
        tally.Conclude();
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
        var coordinator = Visitors.Everyone.First(v => v.Name == "coordinator");
        var (answered, problem) = await Caller.ProblemAsync(await SendAsync(method, path, new(""), "ehs", coordinator));
        Assert.Equal((status, code), ((int)answered, problem.Code));
    }

    [Theory]
    [InlineData("POST", "/api/session/person"), InlineData("GET", "/api/session/people")]
    public async Task The_person_picker_answers_only_to_this_machine(string method, string path)
    {
        Assert.Equal(401, await networks.Hub.SendFromAsync(IPAddress.Parse("192.0.2.7"), method, path));
        Assert.NotEqual(401, await networks.Hub.SendFromAsync(IPAddress.Loopback, method, path));
    }

    private async Task<(Visitor Visitor, HttpStatusCode Status, string Text)> AskAsync(
        string method,
        string path,
        Row row,
        string network,
        Visitor visitor
    )
    {
        using var response = await SendAsync(method, path, row, network, visitor);
        return (visitor, response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, Row row, string network, Visitor visitor)
    {
        using var request = new HttpRequestMessage(new(method), networks.Fill(path, network, visitor));
        if (row.Type == "application/pdf")
            request.Content = new ByteArrayContent(networks.Pdf) { Headers = { ContentType = new(row.Type) } };
        else if (row.Body is { } body)
            request.Content = new StringContent(networks.Fill(body, network, visitor), Encoding.UTF8, row.Type);
        if (row.IfMatch is { } match)
            request.Headers.TryAddWithoutValidation("If-Match", match);
        using var http = networks.Http(visitor);
        return await http.SendAsync(request);
    }

    /// <summary>The code of a problem. Null if the answer is no problem.</summary>
    private static string? CodeOf(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize<Problem>(answer, HubJson.Options)?.Code;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
