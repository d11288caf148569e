using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using ConsultHub.Accounts;
using ConsultHub.Inboxes;
using ConsultHub.Mail;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.BusyHour;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Mail;

/// <summary>
/// A hub in this process and its mail server. The clock of the authorities stands still until a test moves it, so that a test decides when
/// the hub tries again.
/// </summary>
public sealed class MailHub : IAsyncLifetime
{
    private readonly BusyClock _clock = new();
    private int _people;

    internal MailServer Server { get; } = new();

    internal InProcessHub Hub { get; private set; } = null!;

    /// <summary>An administrator, who has given a second factor.</summary>
    internal HttpClient Admin { get; private set; } = null!;

    internal IGrainFactory Grains => Hub.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        await Server.StartAsync();
        _clock.Set(DateTimeOffset.UtcNow);
        var settings = Server.Settings;
        Hub = new InProcessHub
        {
            Clock = _clock,
            With = builder =>
            {
                foreach (var (name, value) in settings)
                    builder.UseSetting(name, value);
            },
        };
        Admin = As("p-administrator");
    }

    internal void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>Somebody with the role of an administrator, or another role.</summary>
    internal HttpClient As(string person, Role role = Role.Administrator)
    {
        var network = role == Role.Administrator ? (NetworkId?)null : new NetworkId("ehs");
        var http = Nobody();
        http.DefaultRequestHeaders.Add("Cookie", Hub.CookieOf(new Member(new(person), role, network)));
        return http;
    }

    internal HttpClient Nobody()
    {
        var http = Hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        return http;
    }

    /// <summary>Opens the account of somebody who has not signed in.</summary>
    internal async Task<(string Person, string Address)> OpenAsync(
        string? name = null,
        bool hasAddress = true,
        AccountKind kind = AccountKind.Person,
        bool demo = false,
        string? address = null
    )
    {
        var person = $"p-{Interlocked.Increment(ref _people)}-{Guid.NewGuid():n}";
        address ??= $"{person}@clinic.example";
        var reply = await Grains
            .GetGrain<IAccessGrain>("hub")
            .DecideAsync(
                Actor.System,
                new OpenAccount
                {
                    CommandId = Guid.NewGuid(),
                    Person = new(person),
                    UserName = $"u-{person}",
                    Name = new(name ?? $"Somebody {_people}"),
                    Email = hasAddress ? address : null,
                    Kind = kind,
                    Demo = demo,
                    Grants =
                    [
                        new(
                            Guid.NewGuid(),
                            Role.Attendee,
                            new() { Network = new("ehs") },
                            DateTimeOffset.UnixEpoch,
                            null,
                            Actor.System.Person
                        ),
                    ],
                }
            );
        Assert.Null(reply.Code);
        await Hub.Services.GetRequiredService<AccessBook>().CatchUpAsync();
        return (person, address);
    }

    /// <summary>Chooses the password of somebody new, by a link that is handed over.</summary>
    internal async Task<HttpClient> JoinAsync(string person, string password = NewPerson.Password)
    {
        var made = await NewPerson.DoAsync(Admin, "POST", "api/invitations", new { person });
        return await UseAsync(made.GetProperty("link").GetString()!.Split('#')[1], password);
    }

    /// <summary>Chooses a password with the secret of a link. Returns a client that keeps the cookie of the sign-in.</summary>
    internal async Task<HttpClient> UseAsync(string token, string password = NewPerson.Password)
    {
        var http = Nobody();
        using var response = await NewPerson.SendAsync(http, "POST", "api/invitations/acceptance", new { token, password });
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            http.DefaultRequestHeaders.Add("Cookie", cookies.Select(c => c.Split(';')[0]));
        return http;
    }

    internal Task<JsonElement> InviteAsync(IEnumerable<string> people, bool byMail = true, bool resetsFactors = false) =>
        NewPerson.DoAsync(
            Admin,
            "POST",
            "api/invitations/many",
            new
            {
                people,
                byMail,
                resetsFactors,
            }
        );

    /// <summary>What the hub says of the newest mail to a person.</summary>
    internal async Task<JsonElement> LastMailAsync(string person) =>
        (await NewPerson.DoAsync(Admin, "GET", $"api/people/{person}/mails"))[0];

    internal async Task<string?> StateOfLastMailAsync(string person) => (await LastMailAsync(person)).GetProperty("state").GetString();

    internal Task<ImmutableArray<Alert>> AlertsAsync(string person) => Grains.GetGrain<IInboxGrain>(person).ListAsync();

    internal Task<ImmutableArray<MailView>> MailsAsync(string person) => Grains.GetGrain<IMailGrain>("hub").OfPersonAsync(new(person), 100);

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        if (Hub is not null)
            await Hub.DisposeAsync();
        await Server.DisposeAsync();
    }
}
