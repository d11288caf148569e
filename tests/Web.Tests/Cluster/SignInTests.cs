using System.Net;
using System.Threading.Channels;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Storage;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ConsultHub.Tests.Cluster;

/// <summary>A sign-in is known to all web nodes, and its end ends the pages and live connections on all of them.</summary>
[Collection(nameof(ClusterHub))]
public sealed class SignInTests(ClusterHub hub)
{
    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_sign_out_on_one_web_node_ends_the_pages_and_live_connections_on_the_other()
    {
        await hub.ReadyAsync();
        using var here = await Caller.SignInAsync(hub.Webs[0], "p-attendee");
        using var there = here.At(hub.Webs[1]);
        await Eventually.Async(async () => await CodeAsync(there) is null);
        await using var live = await ConnectAsync(there, hub.Webs[1]);
        var told = Channel.CreateUnbounded<string>();
        live.On<string>("SignedOut", code => told.Writer.TryWrite(code));
        (await here.Http.DeleteAsync("api/session")).EnsureSuccessStatusCode();
        Assert.Equal("session.ended", await told.Reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal("session.ended", await CodeAsync(there));
        await Eventually.Async(() => live.State == HubConnectionState.Disconnected);
    }

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_sign_out_is_not_lost_when_the_silo_with_the_accounts_is_killed_right_after_it()
    {
        await hub.ReadyAsync();
        using var here = await Caller.SignInAsync(hub.Webs[0], "p-attendee");
        using var there = here.At(hub.Webs[1]);
        await Eventually.Async(async () => await CodeAsync(there) is null);
        (await here.Http.DeleteAsync("api/session")).EnsureSuccessStatusCode();
        (await hub.HolderAsync(grains => grains.GetGrain<ConsultHub.Accounts.IAccountGrain>("p-attendee"))).Kill();
        await Eventually.Async(async () => await CodeAsync(there) == "session.ended");
        await hub.ReadyAsync();
        await Eventually.Async(async () => await CodeAsync(here) is "session.ended" or "session.none");
        Assert.Equal("session.ended", await CodeAsync(there));
    }

    /// <summary>The code with which the hub refuses to show the person's session. Null if it shows the session.</summary>
    private static async Task<string?> CodeAsync(Caller caller)
    {
        using var answer = await caller.Http.GetAsync("api/session");
        return answer.StatusCode == HttpStatusCode.OK ? null : (await Caller.ProblemAsync(answer)).Problem.Code;
    }

    private static async Task<HubConnection> ConnectAsync(Caller caller, Uri web)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(
                new Uri(web, "hubs/live"),
                http =>
                {
                    (http.SkipNegotiation, http.Transports) = (true, HttpTransportType.WebSockets);
                    http.Headers["Cookie"] = caller.Cookie;
                }
            )
            .Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
