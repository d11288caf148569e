using System.Net;
using System.Threading.Channels;
using ConsultHub.Accounts;
using ConsultHub.Tests.Fixtures;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace ConsultHub.Tests.Accounts;

/// <summary>A web node that can no longer reach the access grain, and a node whose clock jumps.</summary>
public sealed class CutOffTests : IAsyncDisposable
{
    private static readonly Member Attendee = new(new("p-attendee"), Role.Attendee, new("ehs"));

    private readonly JumpingClock _clock = new();
    private readonly Outage _outage = new();
    private readonly InProcessHub _hub;

    public CutOffTests() =>
        _hub = new()
        {
            With = builder =>
                builder.ConfigureServices(services =>
                    services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock)).AddSingleton<IOutgoingGrainCallFilter>(_outage)
                ),
        };

    [Fact]
    public async Task A_node_that_is_cut_off_from_the_accounts_for_a_minute_ends_what_it_cannot_confirm_and_recovers()
    {
        var cookie = _hub.CookieOf(Attendee);
        await using var live = await ConnectAsync(cookie);
        var told = Channel.CreateUnbounded<string>();
        live.On<string>("SignedOut", code => told.Writer.TryWrite(code));
        _outage.Begins();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(cookie)).Status); // a short outage ends nothing

        _clock.Steady += TimeSpan.FromSeconds(61);
        Assert.Equal("access.unconfirmed", await told.Reader.ReadAsync(TestContext.Current.CancellationToken));
        await Eventually.Async(() => live.State == HubConnectionState.Disconnected);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "access.unconfirmed"), await GetAsync(cookie));

        _outage.Ends();
        await Eventually.Async(async () => (await GetAsync(cookie)).Status == HttpStatusCode.OK);
        await using var again = await ConnectAsync(cookie);
        Assert.Equal(HubConnectionState.Connected, again.State);
    }

    [Fact]
    public async Task A_clock_that_jumps_neither_revives_an_ended_sign_in_nor_trusts_a_node_that_is_cut_off()
    {
        var (kept, ended) = (_hub.CookieOf(Attendee), _hub.CookieOf(Attendee, again: true));
        await SignOutAsync(ended);

        _clock.Wall += TimeSpan.FromDays(2);
        Assert.Equal((HttpStatusCode.Unauthorized, "session.expired"), await GetAsync(kept));
        var later = _hub.CookieOf(Attendee, again: true);
        await SignOutAsync(later); // the hub now forgets sign-ins that have ended by themselves
        _clock.Wall = TimeSpan.Zero;
        Assert.Equal((HttpStatusCode.Unauthorized, "session.ended"), await GetAsync(ended));
        Assert.Equal((HttpStatusCode.Unauthorized, "session.ended"), await GetAsync(later));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(_hub.CookieOf(Attendee, again: true))).Status);

        _outage.Begins();
        _clock.Steady += TimeSpan.FromSeconds(61);
        _clock.Wall = -TimeSpan.FromDays(1);
        Assert.Equal("access.unconfirmed", (await GetAsync(kept)).Code);
    }

    private async Task<HubConnection> ConnectAsync(string cookie)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(
                new Uri(_hub.Server.BaseAddress, "hubs/live"),
                http =>
                {
                    (http.SkipNegotiation, http.Transports) = (true, HttpTransportType.WebSockets);
                    http.WebSocketFactory = async (context, cancel) =>
                    {
                        var sockets = _hub.Server.CreateWebSocketClient();
                        sockets.ConfigureRequest = request => request.Headers.Cookie = cookie;
                        return await sockets.ConnectAsync(context.Uri, cancel);
                    };
                }
            )
            .Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private async Task<(HttpStatusCode Status, string? Code)> GetAsync(string cookie)
    {
        using var answer = await SendAsync(HttpMethod.Get, cookie);
        return answer.IsSuccessStatusCode
            ? (answer.StatusCode, null)
            : (answer.StatusCode, (await Caller.ProblemAsync(answer)).Problem.Code);
    }

    /// <summary>Signs out. The node hears of it a moment after the answer.</summary>
    private async Task SignOutAsync(string cookie)
    {
        (await SendAsync(HttpMethod.Delete, cookie)).EnsureSuccessStatusCode();
        await Eventually.Async(async () => (await GetAsync(cookie)).Code == "session.ended");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string cookie)
    {
        using var http = _hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        return await http.SendAsync(new(method, "api/session"), TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>The system's clock, with a wall clock and a steady clock that can jump apart from each other.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        public TimeSpan Wall { get; set; }

        public TimeSpan Steady { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Wall;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Steady.TotalSeconds * TimestampFrequency);
    }

    /// <summary>Makes all calls to the access grain fail while the outage lasts.</summary>
    private sealed class Outage : IOutgoingGrainCallFilter
    {
        private volatile bool _lasts;

        public void Begins() => _lasts = true;

        public void Ends() => _lasts = false;

        public Task Invoke(IOutgoingGrainCallContext context) =>
            _lasts && context.TargetId == GrainId.Create("access", "hub")
                ? throw new TimeoutException("The accounts are away.")
                : context.Invoke();
    }
}
