using System.Net;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Operations;

public sealed class OperationsAccessTests(InProcessHub hub) : IClassFixture<InProcessHub>
{
    private static readonly Member Operator = new(new("p-operator"), Role.Administrator, null);

    [Fact]
    public async Task Metrics_are_served_only_to_this_machine()
    {
        Assert.Equal(401, await hub.SendFromAsync(IPAddress.Parse("192.0.2.7"), "GET", "/metrics"));
        Assert.Equal(200, await hub.SendFromAsync(IPAddress.Loopback, "GET", "/metrics"));
    }

    [Fact]
    public async Task Only_operators_can_open_the_addresses_of_the_Orleans_dashboard()
    {
        var endpoints = hub
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Cast<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith(OperationsApi.Dashboard, StringComparison.Ordinal))
            .ToList();
        Assert.True(endpoints.Count > 10);
        Assert.All(endpoints, e => Assert.Equal("hub.operate", e.Metadata.GetMetadata<AccessRule>()!.Name));
        foreach (
            var (viewer, status) in new (Member?, HttpStatusCode)[]
            {
                (null, HttpStatusCode.Unauthorized),
                (new(new("c-consultant"), Role.Consultant, new("ehs")), HttpStatusCode.Forbidden),
                (new(new("p-attendee"), Role.Attendee, new("ehs")), HttpStatusCode.Forbidden),
                (new(new("p-display"), Role.Display, new("ehs")), HttpStatusCode.Forbidden),
                (new(new("p-coordinator"), Role.Coordinator, new("ehs")), HttpStatusCode.Forbidden),
                (Operator, HttpStatusCode.OK),
            }
        )
        foreach (var path in (string[])["/", "/index.min.js", "/DashboardCounters", "/Reminders"])
            Assert.Equal(status, await GetAsync(path, viewer));
    }

    [
        Theory,
        InlineData("/GrainState?grainId=p-coordinator&grainType=ConsultHub.Inboxes.InboxGrain"),
        InlineData("/grainstate"),
        InlineData("/GrainState/"),
        InlineData("/GrainState/?grainId=p-coordinator&grainType=ConsultHub.Inboxes.InboxGrain"),
        InlineData("/Trace")
    ]
    public async Task The_Orleans_dashboard_shows_neither_the_state_of_grains_nor_the_log(string path) =>
        Assert.Contains(await GetAsync(path, Operator), new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });

    private async Task<HttpStatusCode> GetAsync(string path, Member? viewer)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, OperationsApi.Dashboard + path);
        if (viewer is not null)
            request.Headers.Add("Cookie", hub.CookieOf(viewer));
        using var response = await hub.CreateDefaultClient().SendAsync(request);
        return response.StatusCode;
    }
}
