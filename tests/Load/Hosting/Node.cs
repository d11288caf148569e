using System.Net.Http.Json;
using System.Text.Json;
using ConsultHub.Load.Watching;

namespace ConsultHub.Load.Hosting;

/// <summary>A web node and a signed-in coordinator on it.</summary>
/// <param name="Process">The node's process on this machine, if known.</param>
internal sealed record Node(Uri Address, string Cookie, HttpClient Http, int? Process)
{
    public WatchNode Watched => new(new Uri(Address, "hubs/live?packed=1"), Cookie);

    public static async Task<Node> SignInAsync(Uri address, Options options, int? process)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(15),
        };
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        using var answer = options.Password is { } password
            ? await http.PostAsJsonAsync("api/session", new { userName = options.User, password })
            : await http.PostAsJsonAsync("api/session/person", new { person = options.Person });
        if (!answer.IsSuccessStatusCode)
            throw new LoadException($"{address} refuses the sign-in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("hub=", StringComparison.Ordinal)).Split(';')[0];
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        return new(address, cookie, http, process);
    }

    /// <exception cref="LoadException">The node answers with an error.</exception>
    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await Http.GetAsync(path);
        if (!answer.IsSuccessStatusCode)
            throw new LoadException($"{Address}{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStreamAsync(), HubJson.Options)!;
    }
}
