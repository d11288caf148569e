using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ConsultHub.Accounts;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Accounts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>
/// A hub without the demo at <c>https://hub.example</c>, with people who have passwords, and with a clock that tests move on.
/// </summary>
public sealed class PasskeyHub : IDisposable
{
    public const string Origin = "https://hub.example";

    private static readonly Member Administrator = new(new("p-administrator"), Role.Administrator, null);
    private readonly LeapingClock _clock = new();
    private readonly InProcessHub _hub;

    public PasskeyHub() =>
        _hub = new()
        {
            PublicUrl = Origin,
            With = builder =>
                builder
                    .ConfigureLogging(log => log.ClearProviders()) // Orleans warns of each leap
                    .ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock))),
        };

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _clock.Leap += time;

    /// <summary>A browser in which nobody has signed in.</summary>
    internal Browser Open() => new(_hub);

    /// <summary>A person who has accepted an invitation and is signed in.</summary>
    internal async Task<(Browser Browser, string Person)> JoinAsync(Role role = Role.Attendee)
    {
        var person = $"p-{Guid.NewGuid():n}";
        _hub.CookieOf(new(new(person), role, role == Role.Administrator ? null : new("n-1"))); // this opens the account
        var browser = Open();
        await DoAsync(browser.Http, "POST", "api/invitations/acceptance", new { token = await InviteAsync(person), password = Password });
        return (browser, person);
    }

    /// <summary>The secret of a new link for a person.</summary>
    public async Task<string> InviteAsync(string person, bool resetsFactors = false)
    {
        using var administrator = SignInAdministrator();
        var made = await DoAsync(administrator.Http, "POST", "api/invitations", new { person, resetsFactors });
        return made.GetProperty("link").GetString()!.Split('#')[1];
    }

    /// <summary>An administrator who has given a second factor just now.</summary>
    internal Browser SignInAdministrator()
    {
        var browser = Open();
        var cookie = _hub.CookieOf(Administrator, again: true).Split('=', 2);
        browser.Cookies.Add(new Cookie(cookie[0], cookie[1], "/", "hub.example"));
        return browser;
    }

    public void Dispose() => _hub.Dispose();

    /// <summary>A clock whose time of day leaps, while its timers run on unchanged.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        public TimeSpan Leap { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Leap;
    }

    /// <summary>A browser with cookies, which tests can copy.</summary>
    internal sealed class Browser : IDisposable
    {
        public Browser(InProcessHub hub)
        {
            Http = new(new CookieContainerHandler(Cookies) { InnerHandler = hub.Server.CreateHandler() }) { BaseAddress = new(Origin) };
            Http.DefaultRequestHeaders.Add("X-Hub", "1");
        }

        public CookieContainer Cookies { get; } = new();

        public HttpClient Http { get; }

        /// <summary>Takes the challenge of another browser.</summary>
        /// <param name="path">The address to which this browser sends it.</param>
        public void Steal(Browser other, string from, string path)
        {
            var challenge = other.Cookies.GetCookies(new(Http.BaseAddress!, from)).Single(c => c.Name == "hub.passkey");
            Cookies.Add(new Cookie(challenge.Name, challenge.Value, path, "hub.example"));
        }

        /// <summary>Adds a passkey. The password counts only for a person without a second factor.</summary>
        internal async Task<SoftPasskey> AddAsync(string name = "Phone")
        {
            var passkey = new SoftPasskey(Origin);
            await DoAsync(Http, "POST", "api/me/passkeys", new { credential = passkey.Make(await AskForNewAsync()), name });
            return passkey;
        }

        internal Task<System.Text.Json.JsonElement> AskForNewAsync() =>
            DoAsync(Http, "POST", "api/me/passkeys/options", new { password = Password });

        /// <summary>What a page sends when the person uses a passkey.</summary>
        /// <param name="address">Where the page sends it.</param>
        internal async Task<JsonObject> AnswerAsync(SoftPasskey passkey, Saying? saying = null, string address = "api/session/passkey") =>
            new() { ["credential"] = passkey.Answer(await DoAsync(Http, "POST", $"{address}/options"), saying) };

        internal async Task SignInAsync(SoftPasskey passkey, Saying? saying = null) =>
            await DoAsync(Http, "POST", "api/session/passkey", await AnswerAsync(passkey, saying));

        /// <summary>Tries to sign in, which must fail. Returns everything that the answer says.</summary>
        internal async Task<string> RefusedAsync(SoftPasskey passkey, Saying? saying = null)
        {
            using var response = await Http.PostAsJsonAsync("api/session/passkey", await AnswerAsync(passkey, saying));
            Assert.Equal("session.none", (await NewPerson.RefusedAsync(Http, "GET", "api/session")).Code);
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }

        public void Dispose() => Http.Dispose();
    }
}
