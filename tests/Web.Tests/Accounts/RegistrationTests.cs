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

    [Fact]
    public async Task Registration_ends_at_its_time_and_when_all_places_are_taken()
    {
        await using var hub = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(hub.Address, "p-coordinator");
        using var nobody = Caller.Nobody(hub.Address);
        await DoAsync(coordinator.Http, "PUT", $"api/conferences/{Congress}/public", new { @public = true });
        await DoAsync(coordinator.Http, "PUT", Registration, new { open = false });
        Assert.Equal("closed", await StateAsync(nobody));
        foreach (
            var (terms, place) in ((object, string)[])
                [
                    (new { open = true, until = DateTimeOffset.UtcNow.AddMinutes(-1) }, "$.until"),
                    (new { open = true, most = 0 }, "$.most"),
                    (new { open = true, most = 20_001 }, "$.most"),
                ]
        )
        {
            var (status, problem) = await Caller.ProblemAsync(await SendAsync(coordinator.Http, "PUT", Registration, terms));
            Assert.Equal((HttpStatusCode.BadRequest, "registration.bad-terms", place), (status, problem.Code, problem.Place));
        }

        await DoAsync(coordinator.Http, "PUT", Registration, new { open = true, most = 2 });
        Assert.Equal("open", await StateAsync(nobody));
        var people = Enumerable.Range(0, 6).Select(_ => Caller.Nobody(hub.Address)).ToList();
        var answers = await Task.WhenAll(people.Select((p, i) => SendAsync(p.Http, "POST", "api/registrations", Body($"racer-{i}"))));
        Assert.Equal(2, answers.Count(a => a.IsSuccessStatusCode));
        foreach (var refused in answers.Where(a => !a.IsSuccessStatusCode))
            Assert.Equal("registration.full", (await Caller.ProblemAsync(refused)).Problem.Code);
        people.ForEach(p => p.Dispose());
        Assert.Equal("full", await StateAsync(nobody));

        await DoAsync(coordinator.Http, "PUT", Registration, new { open = true, until = DateTimeOffset.UtcNow.AddSeconds(2) });
        await Eventually.Async(async () => await StateAsync(nobody) == "over");
        Assert.Equal(
            (HttpStatusCode.Conflict, "registration.over"),
            await RefusedAsync(nobody.Http, "POST", "api/registrations", Body("late"))
        );
    }

    [Fact]
    public async Task A_name_that_is_taken_takes_no_place()
    {
        await using var hub = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(hub.Address, "p-coordinator");
        await DoAsync(coordinator.Http, "PUT", $"api/conferences/{Congress}/public", new { @public = true });
        await DoAsync(coordinator.Http, "PUT", Registration, new { open = true, most = 2 });
        var people = Enumerable.Range(0, 6).Select(_ => Caller.Nobody(hub.Address)).ToList();
        var answers = await Task.WhenAll(people.Select(p => SendAsync(p.Http, "POST", "api/registrations", Body("the-same"))));
        Assert.Single(answers, a => a.IsSuccessStatusCode);
        await DoAsync(people[0].Http, "POST", "api/registrations", Body("another"));
        Assert.Equal("full", await StateAsync(people[1]));
        people.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task A_person_takes_one_place_does_not_bring_back_an_ended_registration_and_loses_the_place_with_the_role()
    {
        await using var hub = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(hub.Address, "p-coordinator");
        await DoAsync(coordinator.Http, "PUT", Registration, new { open = true, most = 2 });
        var (caller, person, _) = await JoinAsync(hub.Address, "consultant");
        using var _ = caller;
        for (var twice = 0; twice < 2; twice++)
            await DoAsync(caller.Http, "PUT", $"{Registration}/mine");
        Assert.Equal(1, await TakenAsync());
        var ended = new
        {
            commandId = Guid.NewGuid(),
            from = "2026-01-01T00:00:00Z",
            until = DateTimeOffset.UtcNow.AddSeconds(-1),
        };
        await DoAsync(coordinator.Http, "PUT", $"api/roles/{await RoleAsync()}", ended);
        Assert.Equal((HttpStatusCode.Conflict, "registration.over"), await RefusedAsync(caller.Http, "PUT", $"{Registration}/mine"));
        Assert.Equal(1, await TakenAsync());
        await DoAsync(coordinator.Http, "DELETE", $"api/roles/{await RoleAsync()}");
        Assert.Equal(0, await TakenAsync());
        await DoAsync(caller.Http, "PUT", $"{Registration}/mine");
        Assert.Equal(1, await TakenAsync());

        async Task<string> RoleAsync() =>
            (await DoAsync(coordinator.Http, "GET", $"api/people/{person}"))
                .GetProperty("grants")
                .EnumerateArray()
                .Single(g => g.GetProperty("role").GetString() == "attendee")
                .GetProperty("id")
                .GetString()!;
        async Task<int> TakenAsync() =>
            (await DoAsync(coordinator.Http, "GET", $"api/conferences/{Congress}")).GetProperty("registered").GetInt32();
    }

    private static async Task<string?> StateAsync(Caller caller) =>
        (await DoAsync(caller.Http, "GET", $"api/public/conferences/{Congress}")).GetProperty("registration").GetString();

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
