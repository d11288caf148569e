using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Accounts;

/// <summary>An institution with a real provider (tests/Oidc), and a hub that trusts it. The hub checks sign-ins every second.</summary>
public sealed class OidcInstitution : IAsyncLifetime
{
    public const string Client = "consult-hub",
        Secret = "a secret of the tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int _port = HubHost.FreePort();
    private readonly HttpClient _control = new();
    private Process? _provider;
    private HubHost? _hub;

    public HubHost Hub => _hub!;

    public string Issuer => $"http://localhost:{_port}";

    /// <summary>The administrator of the hub.</summary>
    public Caller Administrator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await StartProviderAsync();
        _hub = await HubHost.StartAsync(
            environment: new Dictionary<string, string>
            {
                ["Hub__Oidc__CheckEvery"] = "00:00:01",
                ["Hub__Oidc__AwayFor"] = "00:00:10",
                ["Hub__Oidc__Providers__0__Name"] = "clinic",
                ["Hub__Oidc__Providers__0__Label"] = "The clinic",
                ["Hub__Oidc__Providers__0__LabelKo"] = "병원",
                ["Hub__Oidc__Providers__0__Authority"] = Issuer,
                ["Hub__Oidc__Providers__0__ClientId"] = Client,
                ["Hub__Oidc__Providers__0__ClientSecret"] = Secret,
                ["Hub__Oidc__Providers__0__Scopes"] = "openid profile email groups offline_access",
                ["Hub__Oidc__Providers__0__Prompt"] = "consent",
                ["Hub__Oidc__Providers__0__OpensAccounts"] = "true",
                ["Hub__Oidc__Providers__0__MapRoles__0__Claim"] = "groups",
                ["Hub__Oidc__Providers__0__MapRoles__0__Value"] = "auditors",
                ["Hub__Oidc__Providers__0__MapRoles__0__Role"] = "auditor",
                ["Hub__Oidc__Providers__0__MapRoles__0__Network"] = "ehs",
                ["Hub__Oidc__Providers__0__MapRoles__1__Claim"] = "groups",
                ["Hub__Oidc__Providers__0__MapRoles__1__Value"] = "everybody",
                ["Hub__Oidc__Providers__0__MapRoles__1__Role"] = "attendee",
                ["Hub__Oidc__Providers__0__MapRoles__1__Network"] = "ehs",
                ["Hub__Oidc__Providers__1__Name"] = "closed",
                ["Hub__Oidc__Providers__1__Authority"] = $"http://localhost:{HubHost.FreePort()}",
                ["Hub__Oidc__Providers__1__ClientId"] = Client,
                // The same provider by another name: its description does not contain this name.
                ["Hub__Oidc__Providers__2__Name"] = "renamed",
                ["Hub__Oidc__Providers__2__Authority"] = $"http://127.0.0.1:{_port}",
                ["Hub__Oidc__Providers__2__ClientId"] = Client,
            }
        );
        await PutAsync("hub", new { address = Hub.Address.GetLeftPart(UriPartial.Authority) });
        Administrator = await Caller.SignInAsync(Hub.Address, "p-admin");
    }

    /// <summary>Sets the people whom the provider knows, by their names for signing in. Other people leave.</summary>
    public Task SetPeopleAsync(params (string Login, string[] Groups)[] people) =>
        PutAsync(
            "people",
            people.ToDictionary(
                p => p.Login,
                p => new
                {
                    name = $"{p.Login} of the clinic",
                    preferred_username = p.Login,
                    email = $"{p.Login}@clinic.example",
                    groups = p.Groups,
                }
            )
        );

    public Task LieAsync(string about) => PutAsync("lie", new { about });

    public Task BeAwayAsync(bool away) => PutAsync("away", new { @is = away });

    /// <summary>The logout tokens that the provider has sent.</summary>
    public async Task<string[]> SentAsync() => (await _control.GetFromJsonAsync<string[]>($"{Issuer}/test/sent"))!;

    /// <summary>The parameters with which browsers came to sign in.</summary>
    public async Task<JsonElement[]> BegunAsync() => (await _control.GetFromJsonAsync<JsonElement[]>($"{Issuer}/test/begun"))!;

    /// <summary>Signs a token with the provider's key, or with another key.</summary>
    public async Task<string> SignAsync(Dictionary<string, object> payload, string typ = "logout+jwt", bool other = false)
    {
        using var response = await _control.PostAsJsonAsync(
            $"{Issuer}/test/tokens",
            new
            {
                payload,
                typ,
                other,
            }
        );
        return (await response.Content.ReadFromJsonAsync<string>())!;
    }

    /// <summary>Sends a logout token to the hub as a provider does.</summary>
    public async Task<HttpStatusCode> LogOutAsync(string token)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = token });
        using var response = await _control.PostAsync(new Uri(Hub.Address, "api/oidc/clinic/backchannel-logout"), form);
        return response.StatusCode;
    }

    /// <summary>Opens an account at the hub, and returns the person and the secret of the invitation.</summary>
    public async Task<(string Person, string Invitation)> InviteAsync(string userName, string? email = null)
    {
        using var response = await Administrator.Http.PostAsJsonAsync(
            "api/people",
            new
            {
                commandId = Guid.NewGuid(),
                userName,
                name = new { en = userName },
                email,
                roles = new[] { new { role = "attendee", scope = new { network = "ehs" } } },
            }
        );
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var invited = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (invited.GetProperty("account").GetProperty("person").GetString()!, invited.GetProperty("link").GetString()!.Split('#')[1]);
    }

    /// <summary>The account as the administrator sees it.</summary>
    public Task<JsonElement> AccountAsync(string person) => Administrator.GetAsync<JsonElement>($"api/people/{person}");

    public Task<JsonElement[]> IdentitiesAsync(string person) => Administrator.GetAsync<JsonElement[]>($"api/people/{person}/identities");

    public async ValueTask DisposeAsync()
    {
        Administrator?.Dispose();
        _control.Dispose();
        if (_hub is not null)
            await _hub.DisposeAsync();
        StopProvider();
    }

    private async Task StartProviderAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        var path = Path.Combine(folder.FullName, "tests", "Oidc");
        Assert.True(Directory.Exists(Path.Combine(path, "node_modules")), "First run: npm --prefix tests/Oidc ci");
        var start = new ProcessStartInfo("node", ["server.mjs", $"{_port}"]) { WorkingDirectory = path };
        _provider = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopProvider();
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(50))
            try
            {
                await _control.GetAsync(new Uri($"{Issuer}/test/sent"));
                return;
            }
            catch (HttpRequestException) when (since.Elapsed < Patience && !_provider.HasExited)
            {
                // The provider is still starting.
            }
    }

    private void StopProvider()
    {
        if (Interlocked.Exchange(ref _provider, null) is not { } provider)
            return;
        provider.Kill();
        provider.WaitForExit();
        provider.Dispose();
    }

    private async Task PutAsync(string what, object body)
    {
        using var response = await _control.PutAsJsonAsync($"{Issuer}/test/{what}", body);
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>A browser: it keeps cookies and follows redirects between the hub and the provider.</summary>
internal sealed class OidcBrowser : IDisposable
{
    private const int MostRedirects = 20;

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _hub;

    public OidcBrowser(Uri hub)
    {
        _hub = hub;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false });
        Caller = new Caller(hub, _cookies);
    }

    /// <summary>Calls the hub with the cookies of this browser.</summary>
    public Caller Caller { get; }

    public string HubCookies => _cookies.GetCookieHeader(_hub);

    /// <summary>Goes to the provider and signs in there.</summary>
    /// <returns>The page of the hub where the browser ends, with its query.</returns>
    public Task<string> SignInAsync(string login, string returnUrl = "/board?week=1") =>
        GoAsync($"api/session/oidc/clinic?returnUrl={Uri.EscapeDataString(returnUrl)}", login);

    /// <summary>Goes to an address of the hub that leads to the provider, and signs in there.</summary>
    /// <param name="login">The name for signing in. Null refuses at the provider.</param>
    public async Task<string> GoAsync(string address, string? login)
    {
        var at = new Uri(_hub, address);
        var response = await _http.GetAsync(at);
        for (var i = 0; i < MostRedirects; i++)
        {
            if (response.Headers.Location is { } location)
            {
                at = new Uri(at, location);
                if (at.Authority == _hub.Authority && !at.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal))
                    return at.PathAndQuery;
                response = await _http.GetAsync(at);
            }
            else if (at.AbsolutePath.StartsWith("/interaction/", StringComparison.Ordinal) && response.IsSuccessStatusCode)
            {
                var answer = login is null ? ("deny", "yes") : ("login", login);
                using var form = new FormUrlEncodedContent([new(answer.Item1, answer.Item2)]);
                response = await _http.PostAsync(at, form);
            }
            else
            {
                return $"{(int)response.StatusCode} {at.AbsolutePath}";
            }
        }
        return "too many redirects";
    }

    /// <summary>Signs out at the provider, which then tells the hub.</summary>
    public async Task SignOutAtAsync(string issuer)
    {
        var page = await _http.GetStringAsync(new Uri($"{issuer}/session/end"));
        var secret = System.Text.RegularExpressions.Regex.Match(page, "name=\"xsrf\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("xsrf", secret), new("logout", "yes")]);
        using var response = await _http.PostAsync(new Uri($"{issuer}/session/end/confirm"), form);
        Assert.True((int)response.StatusCode < 400, await response.Content.ReadAsStringAsync());
    }

    public Task<JsonElement> SessionAsync() => Caller.GetAsync<JsonElement>("api/session");

    /// <summary>The code with which the hub refuses the browser's sign-in. Null if the browser is signed in.</summary>
    public async Task<string?> RefusalAsync()
    {
        using var response = await Caller.Http.GetAsync("api/session");
        return response.IsSuccessStatusCode
            ? null
            : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }

    /// <summary>The roles that count in this sign-in.</summary>
    public async Task<string[]> RolesAsync() =>
        [.. (await SessionAsync()).GetProperty("roles").EnumerateArray().Select(r => r.GetProperty("role").GetString()!)];

    public void Dispose()
    {
        _http.Dispose();
        Caller.Dispose();
    }
}
