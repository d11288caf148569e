using System.Net;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

public sealed class RegistrationTests
{
    private const string Congress = "demo-congress";

    [Fact]
    public async Task Attendees_register_themselves_only_while_the_conference_is_public_and_its_organiser_allows_it()
    {
        await using var hub = await HubHost.StartAsync(
            environment: new Dictionary<string, string> { ["Hub__SignIn__SelfRegistrationsPerHour"] = "3" }
        );
        using var coordinator = await Caller.SignInAsync(hub.Address, "p-coordinator");
        using var attendee = Caller.Nobody(hub.Address);
        await SetAsync(coordinator, open: true, isPublic: false);
        await ClosedAsync(attendee);
        await SetAsync(coordinator, open: false, isPublic: true);
        await ClosedAsync(attendee);
        await SetAsync(coordinator, open: true, isPublic: true);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "password.weak"),
            await RefusedAsync(attendee.Http, "POST", "api/registrations", Body("someone", "short"))
        );
        await DoAsync(attendee.Http, "POST", "api/registrations", Body("someone"));
        var session = await DoAsync(attendee.Http, "GET", "api/session");
        Assert.Equal(("attendee", "ehs"), (session.GetProperty("role").GetString(), session.GetProperty("network").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(attendee.Http, "PUT", Registration, new { open = false })).Status);

        using var again = Caller.Nobody(hub.Address);
        await DoAsync(again.Http, "POST", "api/session", new { userName = "someone", password = Password });
        Assert.Equal(
            (HttpStatusCode.Conflict, "account.name-taken"),
            await RefusedAsync(again.Http, "POST", "api/registrations", Body("Someone"))
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "account.bad-email"),
            await RefusedAsync(again.Http, "POST", "api/registrations", Body("another", email: "nonsense"))
        );
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "request.too-many"),
            await RefusedAsync(again.Http, "POST", "api/registrations", Body("fourth"))
        );
    }

    private static string Registration => $"api/conferences/{Congress}/registration";

    private static async Task SetAsync(Caller coordinator, bool open, bool isPublic)
    {
        await DoAsync(coordinator.Http, "PUT", Registration, new { open });
        await DoAsync(coordinator.Http, "PUT", $"api/conferences/{Congress}/public", new { @public = isPublic });
    }

    private static async Task ClosedAsync(Caller caller) =>
        Assert.Equal(
            (HttpStatusCode.Conflict, "registration.closed"),
            await RefusedAsync(caller.Http, "POST", "api/registrations", Body("someone"))
        );

    private static object Body(string userName, string password = Password, string? email = "someone@example.org") =>
        new
        {
            conference = Congress,
            name = "Some One",
            email,
            userName,
            password,
        };
}
