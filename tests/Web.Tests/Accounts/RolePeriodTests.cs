using System.Net;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>How administrators and coordinators change the period of a role over HTTP.</summary>
public sealed class RolePeriodTests(DemoHub hub)
{
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_coordinator_changes_the_period_of_a_role_in_place_and_the_history_says_so()
    {
        var (caller, person, grant) = await JoinAsync(hub.Address, "attendee");
        using var _ = caller;
        var until = DateTimeOffset.UtcNow.AddDays(3);
        var body = Period(Began, until, reason: "Until the end of the congress");
        var account = await DoAsync(hub.Coordinator.Http, "PUT", $"api/roles/{grant}", body);
        await DoAsync(hub.Coordinator.Http, "PUT", $"api/roles/{grant}", body); // the same command again changes nothing
        var changed = Assert.Single(account.GetProperty("grants").EnumerateArray());
        Assert.Equal((grant, Began, until), (changed.GetProperty("id").GetString(), At(changed, "from"), At(changed, "until")));
        var history = await DoAsync(hub.Coordinator.Http, "GET", $"api/people/{person}/history");
        var step = Assert.Single(history.EnumerateArray(), c => c.GetProperty("what").GetString() == "change-period");
        Assert.Equal(
            (grant, "p-coordinator", "Until the end of the congress"),
            (step.GetProperty("grant").GetString(), step.GetProperty("by").GetString(), step.GetProperty("reason").GetString())
        );
    }

    [Fact]
    public async Task A_role_whose_beginning_moves_to_tomorrow_does_not_count_today()
    {
        var (caller, _, grant) = await JoinAsync(hub.Address, "auditor");
        using var _ = caller;
        using var admin = await hub.SignInAsync("p-admin");
        await DoAsync(caller.Http, "GET", "api/people");
        await DoAsync(admin.Http, "PUT", $"api/roles/{grant}", Period(DateTimeOffset.UtcNow.AddDays(1), null));
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), await RefusedAsync(caller.Http, "GET", "api/people"));
        await DoAsync(admin.Http, "PUT", $"api/roles/{grant}", Period(Began, null));
        await DoAsync(caller.Http, "GET", "api/people");
    }

    [Fact]
    public async Task A_period_that_cannot_be_and_a_change_of_an_old_state_are_refused()
    {
        var (caller, person, grant) = await JoinAsync(hub.Address, "attendee");
        using var _ = caller;
        var version = (await DoAsync(hub.Coordinator.Http, "GET", $"api/people/{person}")).GetProperty("version").GetInt64();
        foreach (
            var (path, body, expected) in ((string, object, (HttpStatusCode, string?))[])
                [
                    (grant, Period(Began, Began), (HttpStatusCode.BadRequest, "role.bad-period")),
                    (grant, Period(Began, null, version - 1), (HttpStatusCode.Conflict, "account.stale")),
                    ($"{Guid.NewGuid()}", Period(Began, null), (HttpStatusCode.NotFound, "role.unknown")),
                ]
        )
            Assert.Equal(expected, await RefusedAsync(hub.Coordinator.Http, "PUT", $"api/roles/{path}", body));
        // Nobody may change the period of their own role without the right to give this role.
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(caller.Http, "PUT", $"api/roles/{grant}", Period(Began, null))).Status);
    }

    [Fact]
    public async Task A_refusal_names_the_missing_right_and_who_can_give_it()
    {
        var (caller, _, _) = await JoinAsync(hub.Address, "attendee");
        using var _ = caller;
        var (audit, board) = (await DeniedAsync(caller, "api/audit"), await DeniedAsync(caller, "api/hospitals?network=ehs"));
        Assert.Equal(("audit.read", "administrator"), audit);
        Assert.Equal(("hospitals.read", "coordinator"), board);
    }

    private static async Task<(string?, string?)> DeniedAsync(Caller caller, string path)
    {
        using var response = await SendAsync(caller.Http, "GET", path);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (problem.GetProperty("action").GetString(), problem.GetProperty("givenBy").GetString());
    }

    private static object Period(DateTimeOffset from, DateTimeOffset? until, long? expectedVersion = null, string? reason = null) =>
        new
        {
            commandId = Guid.NewGuid(),
            from,
            until,
            expectedVersion,
            reason,
        };

    private static DateTimeOffset At(JsonElement grant, string name) => grant.GetProperty(name).GetDateTimeOffset();
}
