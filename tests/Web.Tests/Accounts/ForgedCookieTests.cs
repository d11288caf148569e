using System.Net;
using System.Security.Claims;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Accounts;

/// <summary>Cookies that this hub did not make, or that it made for something else.</summary>
[Collection(nameof(TwoNetworks))]
public sealed class ForgedCookieTests(TwoNetworks networks)
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private static readonly Member Coordinator = new(new("ehs-coordinator"), Role.Coordinator, new("ehs"));

    private CookieAuthenticationOptions Cookies =>
        networks.Hub.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Scheme);

    [Fact]
    public async Task A_cookie_of_another_hub_and_a_changed_cookie_and_the_cookie_of_an_earlier_release_sign_nobody_in()
    {
        await using var other = new InProcessHub();
        var right = networks.Hub.CookieOf(Coordinator, again: true);
        Assert.Equal((HttpStatusCode.OK, null), await AskAsync(right));
        var middle = right.Length / 2;
        string[] forged =
        [
            other.CookieOf(Coordinator), // the same person and the same role, with keys of another hub
            right[..middle] + (right[middle] == 'A' ? 'B' : 'A') + right[(middle + 1)..],
            right[..^20],
            Protect(new ClaimsPrincipal(new ClaimsIdentity(EarlierRelease, Scheme))),
            $"{Cookies.Cookie.Name}=",
        ];
        foreach (var cookie in forged)
            Assert.Equal((HttpStatusCode.Unauthorized, "session.none"), await AskAsync(cookie));
    }

    [Fact]
    public async Task A_cookie_for_a_person_without_an_account_and_an_expired_cookie_are_refused_although_this_hub_made_them()
    {
        var now = DateTimeOffset.UtcNow;
        SignInTicket Ticket(string person, DateTimeOffset until, bool demo = false) => new(new(person), Guid.NewGuid(), until, now, demo);

        Assert.Equal("session.ended", (await AskAsync(Protect(Ticket("p-nobody-at-all", now.AddHours(1))))).Code);
        Assert.Equal("session.expired", (await AskAsync(Protect(Ticket("ehs-coordinator", now.AddSeconds(-1))))).Code);
        // The demo is off, so a sign-in of the demo does not count.
        Assert.Equal("session.ended", (await AskAsync(Protect(Ticket("ehs-coordinator", now.AddHours(1), demo: true)))).Code);
    }

    [Fact]
    public async Task A_sign_in_of_one_network_opens_nothing_of_the_other_even_with_both_networks_cookies()
    {
        var mine = networks.Hub.CookieOf(Coordinator, again: true);
        var theirs = networks.Hub.CookieOf(new(new("second-coordinator"), Role.Coordinator, new("second")), again: true);
        var (_, code) = await AskAsync($"{mine}; {theirs}", "api/networks/second");
        var (_, other) = await AskAsync($"{mine}; {theirs}", "api/networks/ehs");
        // Of two cookies with the same name, exactly one counts.
        Assert.Single(new[] { code, other }, c => c == "access.denied");
        Assert.Single(new[] { code, other }, c => c is null);
    }

    /// <summary>What a cookie said before sign-ins were kept by the server.</summary>
    private static Claim[] EarlierRelease => [new("person", "ehs-coordinator"), new("role", "coordinator"), new("network", "ehs")];

    private string Protect(SignInTicket ticket) => Protect(ticket.ToPrincipal(Scheme));

    private string Protect(ClaimsPrincipal principal) =>
        $"{Cookies.Cookie.Name}={Cookies.TicketDataFormat.Protect(new AuthenticationTicket(principal, Scheme))}";

    private async Task<(HttpStatusCode Status, string? Code)> AskAsync(string cookie, string path = "api/session")
    {
        using var http = networks.Hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await http.GetAsync(path);
        return answer.IsSuccessStatusCode
            ? (answer.StatusCode, null)
            : (answer.StatusCode, (await Caller.ProblemAsync(answer)).Problem.Code);
    }
}
