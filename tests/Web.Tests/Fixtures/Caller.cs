using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using ConsultHub.Client;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.Fixtures;

/// <summary>The body of the answer to a refused request.</summary>
public sealed record Problem(
    string? Code,
    string? Title,
    string? Detail,
    string? Place,
    int? Status,
    ImmutableArray<Finding>? Findings,
    TopicItem? Current
);

/// <summary>Calls the hub over HTTP as a browser does, for a signed-in person or for <see cref="Nobody"/>.</summary>
public sealed class Caller(Uri hub, CookieContainer cookies) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public HttpClient Http { get; } = Open(hub, cookies);

    public string Cookie => cookies.GetCookieHeader(hub);

    public static async Task<Caller> SignInAsync(Uri hub, string person)
    {
        var caller = new Caller(hub, new());
        (await caller.Http.PostAsJsonAsync("api/session/person", new { person })).EnsureSuccessStatusCode();
        return caller;
    }

    /// <summary>The same sign-in at another web node.</summary>
    public Caller At(Uri other)
    {
        var same = new CookieContainer();
        foreach (Cookie cookie in cookies.GetCookies(hub))
            same.Add(other, new Cookie(cookie.Name, cookie.Value));
        return new(other, same);
    }

    public static Caller Nobody(Uri hub) => new(hub, new());

    private static HttpClient Open(Uri hub, CookieContainer cookies)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = hub,
        };
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        return http;
    }

    /// <summary>Repeats the request while the hub is not available, as the pages do.</summary>
    public async Task<T> GetAsync<T>(string path)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(250))
        {
            using var response = await Http.GetAsync(path);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && since.Elapsed < Patience)
                continue;
            return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(HubJson.Options))!;
        }
    }

    public Task<Frame> GetTopicAsync(string topic, string? position = null) =>
        GetAsync<Frame>(position is null ? $"api/topics/{topic}" : $"api/topics/{topic}?position={position}");

    public Task<List<Hospital>> HospitalsAsync() => GetAsync<List<Hospital>>("api/hospitals?network=ehs");

    public Task<List<Consultant>> ConsultantsAsync() => GetAsync<List<Consultant>>("api/consultants?network=ehs");

    public Task<HttpResponseMessage> SendAsync(Week week, RosterCommand command) =>
        Http.PostAsJsonAsync($"api/rosters/ehs/{week}/commands", command, HubJson.Options);

    /// <summary>Sends a command that must succeed.</summary>
    public async Task<Decided> DoAsync(Week week, RosterCommand command)
    {
        using var response = await SendAsync(week, command);
        if (!response.IsSuccessStatusCode)
            Assert.Fail($"{command.GetType().Name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<Decided>(HubJson.Options))!;
    }

    /// <summary>Sends a command that must be refused.</summary>
    public async Task<(HttpStatusCode Status, Problem Problem)> RefusedAsync(Week week, RosterCommand command) =>
        await ProblemAsync(await SendAsync(week, command));

    public static async Task<(HttpStatusCode Status, Problem Problem)> ProblemAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            Assert.False(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {body}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            return (response.StatusCode, System.Text.Json.JsonSerializer.Deserialize<Problem>(body, HubJson.Options)!);
        }
    }

    /// <summary>A live client that uses this caller's sign-in.</summary>
    /// <param name="at">Another address of the hub, such as the end of a <see cref="Wire"/>.</param>
    public HubTopicClient Watcher(bool messagePack = false, Uri? at = null, Func<HubTopicOptions, HubTopicOptions>? with = null)
    {
        var options = new HubTopicOptions
        {
            MessagePack = messagePack,
            Http = http => http.Headers["Cookie"] = Cookie,
            FirstPause = TimeSpan.FromMilliseconds(20),
            LongestPause = TimeSpan.FromMilliseconds(300),
        };
        return new(new Uri(at ?? hub, "hubs/live"), with?.Invoke(options) ?? options);
    }

    public void Dispose() => Http.Dispose();
}
