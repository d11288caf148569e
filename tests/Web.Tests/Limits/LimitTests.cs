using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Conferences;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ConsultHub.Tests.Limits;

/// <summary>The limits for one person and for one address. The hub counts per person, so each test uses a different person.</summary>
public sealed class LimitTests(LimitTests.SmallHub small) : IClassFixture<LimitTests.SmallHub>
{
    private static readonly NetworkId Ehs = new("ehs");

    [Fact]
    public async Task A_person_who_writes_too_often_is_refused_for_a_while_and_another_person_is_not()
    {
        using var busy = small.Http("p-busy");
        using var other = small.Http("p-other");
        HttpResponseMessage refused;
        var taken = 0;
        for (; (refused = await busy.DeleteAsync("api/feed")).StatusCode == HttpStatusCode.NoContent; taken++)
            Assert.True(taken < 1_000);
        Assert.InRange(taken, 10, 999);
        Assert.NotNull(refused.Headers.RetryAfter);
        var (status, problem) = await Caller.ProblemAsync(refused);
        Assert.Equal((HttpStatusCode.TooManyRequests, "request.too-many"), (status, problem.Code));
        Assert.Equal(HttpStatusCode.NoContent, (await other.DeleteAsync("api/feed")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("api/feed")).StatusCode); // the limit is on writes only
    }

    [Fact]
    public async Task A_person_at_the_connection_limit_can_connect_again_after_one_connection_closes()
    {
        List<WebSocket> open = [];
        for (var i = 0; i < 3; i++)
            open.Add(await small.ConnectAsync("p-many"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => small.ConnectAsync("p-many"));
        using var other = await small.ConnectAsync("p-few");
        open[0].Dispose();
        await Eventually.Async(async () =>
        {
            try
            {
                open.Add(await small.ConnectAsync("p-many"));
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        });
        open.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task The_connection_limit_of_an_address_counts_all_people_who_connect_from_it()
    {
        var (crowded, elsewhere) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));
        List<WebSocket> open = [];
        for (var i = 0; i < SmallHub.ConnectionsPerAddress; i++)
            open.Add(await small.ConnectAsync($"p-crowd-{i}", crowded));
        await Assert.ThrowsAsync<InvalidOperationException>(() => small.ConnectAsync("p-crowd-last", crowded));
        open.Add(await small.ConnectAsync("p-crowd-last", elsewhere));
        open.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task The_write_limit_of_an_address_also_counts_requests_without_a_sign_in()
    {
        var (crowded, elsewhere) = (IPAddress.Parse("192.0.2.3"), IPAddress.Parse("192.0.2.4"));
        var taken = 0;
        for (; await small.Hub.SendFromAsync(crowded, "DELETE", "/api/feed") is var status && status != 429; taken++)
            Assert.Equal((401, true), (status, taken < 10_000));
        Assert.True(taken >= SmallHub.WritesPerMinuteAndAddress / 2);
        Assert.Equal(401, await small.Hub.SendFromAsync(elsewhere, "DELETE", "/api/feed"));
    }

    [Theory]
    [
        InlineData("board/ehs/2026-W48/hospital/invented"),
        InlineData("board/ehs/2026-W48/partner/invented"),
        InlineData("board/ehs/2999-W01"),
        InlineData("itinerary/invented/2026-W48")
    ]
    [
        InlineData("conference/invented"),
        InlineData("conference/invented/draft"),
        InlineData("lecture/invented"),
        InlineData("lecture/invented/stage")
    ]
    public async Task A_topic_of_something_that_does_not_exist_is_refused_and_activates_no_grain(string topic)
    {
        using var coordinator = small.Http("p-curious", Role.Coordinator);
        var (status, problem) = await Caller.ProblemAsync(await coordinator.GetAsync($"api/topics/{topic}"));
        Assert.Equal((HttpStatusCode.NotFound, "topic.unknown"), (status, problem.Code));
        var awake = await small.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        Assert.DoesNotContain(
            awake,
            g =>
                g.GrainId.ToString().Contains("invented", StringComparison.Ordinal)
                || g.GrainId.ToString().Contains("2999", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Refused_calls_log_no_stack_traces_and_too_many_of_them_close_the_connection()
    {
        using var socket = await small.ConnectAsync("p-noisy");
        await SendAsync("""{"protocol":"json","version":1}""");
        var calls = 0;
        var buffer = new byte[16 * 1024];
        while (socket.State == WebSocketState.Open && calls < 1_000)
        {
            try
            {
                await SendAsync(
                    $$"""{"type":1,"invocationId":"{{++calls}}","target":"Watch","arguments":["conference/invented-{{calls}}",null]}"""
                );
                if ((await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).MessageType == WebSocketMessageType.Close)
                    break;
            }
            catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
            {
                break; // the hub has closed the connection
            }
        }
        Assert.InRange(calls, 10, 999);
        await Eventually.Async(() => small.Log.Any(l => l.Contains("p-noisy", StringComparison.Ordinal)));
        Assert.Contains(
            small.Log,
            l => l.Contains("topic.unknown", StringComparison.Ordinal) && l.Contains("p-noisy", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(small.Log, l => l.Contains("   at ", StringComparison.Ordinal));
        Assert.InRange(small.Log.Count(l => l.Contains("topic.unknown", StringComparison.Ordinal)), 1, 5); // not one line for each refusal

        Task SendAsync(string message) =>
            socket.SendAsync(
                Encoding.UTF8.GetBytes(message + '\u001e'),
                WebSocketMessageType.Text,
                true,
                TestContext.Current.CancellationToken
            );
    }

    [Theory]
    [InlineData(
        "api/rosters/ehs/2026-W48/commands",
        """{"type":"plan","commandId":"6f9619ff-8b86-d011-b42d-00c04fc964ff","engagement":"e-1","kind":"consultation","""
            + """ "title":"x","hospital":"h","specialty":"cardiology","start":"2026-11-24T06:00:00Z","end":"2026-11-24T07:00:00Z","""
            + """ "consultants":[LIST]}""",
        "consultants"
    )]
    [InlineData(
        "api/lectures/s-1/commands",
        """{"type":"draftPoll","commandId":"6f9619ff-8b86-d011-b42d-00c04fc964ff","question":"x","choices":[LIST]}""",
        "choices"
    )]
    [InlineData(
        "api/conferences/c/draft/sessions",
        """{"commandId":"6f9619ff-8b86-d011-b42d-00c04fc964ff","title":"x","duration":30,"room":"","speakers":[SPEAKERS]}""",
        "speakers"
    )]
    public async Task A_list_that_is_too_long_is_refused_while_the_JSON_is_read(string path, string body, string member)
    {
        using var coordinator = small.Http($"p-lists-{member}", Role.Coordinator);
        var list = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"c-{i}\""));
        var speakers = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"name":"{{i}}"}"""));
        var content = new StringContent(
            body.Replace("LIST", list, StringComparison.Ordinal).Replace("SPEAKERS", speakers, StringComparison.Ordinal),
            Encoding.UTF8,
            "application/json"
        );
        var (status, problem) = await Caller.ProblemAsync(await coordinator.PostAsync(path, content));
        Assert.Equal((HttpStatusCode.BadRequest, "request.bad-json", $"$.{member}"), (status, problem.Code, problem.Place));
    }

    [Fact]
    public async Task An_import_is_refused_while_the_largest_allowed_number_of_imports_is_being_received()
    {
        using var late = small.Http("p-import", Role.Coordinator);
        var others = 0;
        try
        {
            for (; others < ImportApi.MostAtOnce; others++)
                // each slot that is taken here is like an import by somebody else
                Assert.True(await ImportApi.Slots.WaitAsync(0, TestContext.Current.CancellationToken));
            var (status, problem) = await Caller.ProblemAsync(await ImportAsync());
            Assert.Equal((HttpStatusCode.TooManyRequests, "request.too-many"), (status, problem.Code));
        }
        finally
        {
            if (others > 0)
                ImportApi.Slots.Release(others);
        }
        // the hub now reads the body, and refuses it because it is not a programme
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await ImportAsync()).StatusCode);

        Task<HttpResponseMessage> ImportAsync() =>
            late.PostAsync("api/conferences/import?preview=true", new StringContent("{}", Encoding.UTF8, "application/json"));
    }

    /// <summary>A hub in this process with low limits, and its log.</summary>
    public sealed class SmallHub : IAsyncLifetime
    {
        public const int ConnectionsPerAddress = 12,
            WritesPerMinuteAndAddress = 600;

        public InProcessHub Hub { get; }

        public ConcurrentQueue<string> Log { get; } = [];

        public SmallHub() =>
            Hub = new()
            {
                LimitsTimes = "1",
                With = web =>
                {
                    web.UseSetting("Hub:Limits:ConnectionsPerPerson", "3");
                    web.UseSetting("Hub:Limits:WritesPerMinute", "60");
                    web.UseSetting("Hub:Limits:RefusalsPerMinute", "60");
                    web.UseSetting("Hub:Limits:ConnectionsPerAddress", $"{ConnectionsPerAddress}");
                    web.UseSetting("Hub:Limits:WritesPerMinuteAndAddress", $"{WritesPerMinuteAndAddress}");
                    web.ConfigureLogging(log => log.AddProvider(new Kept(Log)));
                },
            };

        public HttpClient Http(string person, Role role = Role.Attendee)
        {
            var http = Hub.CreateDefaultClient();
            http.DefaultRequestHeaders.Add("X-Hub", "1");
            http.DefaultRequestHeaders.Add("Cookie", Hub.CookieOf(new Member(new(person), role, Ehs)));
            return http;
        }

        public Task<WebSocket> ConnectAsync(string person, IPAddress? from = null)
        {
            var sockets = Hub.Server.CreateWebSocketClient();
            sockets.ConfigureRequest = request =>
            {
                request.Headers.Cookie = Hub.CookieOf(new Member(new(person), Role.Attendee, Ehs));
                request.HttpContext.Connection.RemoteIpAddress = from;
            };
            return sockets.ConnectAsync(new Uri("ws://localhost/hubs/live"), TestContext.Current.CancellationToken);
        }

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => Hub.DisposeAsync();

        private sealed class Kept(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
        {
            public ILogger CreateLogger(string categoryName) => this;

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter
            ) => lines.Enqueue($"{formatter(state, exception)}\n{exception}");

            public void Dispose() { }
        }
    }
}
