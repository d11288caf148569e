using System.Net;
using ConsultHub.Consultants;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Rostering;

namespace ConsultHub.Tests.Rostering;

/// <summary>Only coordinators and the people concerned can read reasons and case references.</summary>
public sealed class ConfidentialTests(DemoHub hub)
{
    private const string Case = "secret-case",
        Reason = "A secret reason";

    /// <summary>Plans an engagement with a case reference, a reason and one consultant. Returns another consultant too.</summary>
    private async Task<(Week Week, EngagementId Id, Consultant Mine, Consultant Other)> AssignedAsync()
    {
        var hospital = (await hub.Coordinator.HospitalsAsync())[0];
        var consultants = (await hub.Coordinator.ConsultantsAsync())
            .Where(c => c.Affiliation is not null && c.Credentials.Any(k => k.Hospital == hospital.Id))
            .ToList();
        var (mine, other) = (consultants[0], consultants[1]);
        var (week, id) = (hub.WorkingWeek(), new EngagementId($"e-{Guid.NewGuid():N}"));
        await hub.Coordinator.DoAsync(
            week,
            Engagements.Plan(week, id.Value, hospital.Id.Value) with
            {
                Consultants = [mine.Id],
                Specialty = mine.Credentials.First(k => k.Hospital == hospital.Id).Specialty,
                CaseReference = Case,
                Reason = Reason,
            }
        );
        return (week, id, mine, other);
    }

    private static string Confidential(Week week, EngagementId id) => $"api/rosters/ehs/{week}/engagements/{id}/confidential";

    [Fact]
    public async Task Boards_and_itineraries_contain_no_reason_or_case_reference_even_for_a_coordinator()
    {
        var (week, id, mine, _) = await AssignedAsync();
        var engagement = await hub.Coordinator.GetAsync<Engagement>($"api/rosters/ehs/{week}/engagements/{id}");
        foreach (
            var path in (string[])
                [
                    $"api/topics/board/ehs/{week}",
                    $"api/topics/board/ehs/{week}/hospital/{engagement.Hospital}",
                    $"api/topics/itinerary/{mine.Id}/{week}",
                    $"api/rosters/ehs/{week}/engagements/{id}",
                ]
        )
        {
            var text = await hub.Coordinator.Http.GetStringAsync(path);
            Assert.Contains(id.Value, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Case, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Reason, text, StringComparison.Ordinal);
        }
    }

    /// <summary>In the demo, every consultation and every remote second opinion has a case reference.</summary>
    [Fact]
    public async Task A_partners_board_contains_no_case_reference()
    {
        var partner = (await hub.Coordinator.ConsultantsAsync()).First(c => c.Home is not null).Home;
        var text = await hub.Coordinator.Http.GetStringAsync($"api/topics/board/ehs/{DemoHub.ThisWeek}/partner/{partner}");
        Assert.Contains("\"type\":\"engagement\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("caseReference", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coordinators_and_the_assigned_consultant_can_read_an_engagements_reason_and_case_reference()
    {
        var (week, id, mine, _) = await AssignedAsync();
        using var consultant = await hub.SignInAsync(mine.Id.Value);
        foreach (var reader in (Caller[])[hub.Coordinator, consultant])
            Assert.Equal(
                new ConfidentialDetails(Case, Reason, Change.Planned),
                await reader.GetAsync<ConfidentialDetails>(Confidential(week, id))
            );
        await hub.Coordinator.DoAsync(
            week,
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = id,
                Reason = "The theatre is closed.",
            }
        );
        Assert.Equal("The theatre is closed.", (await consultant.GetAsync<ConfidentialDetails>(Confidential(week, id))).Reason);
    }

    [Fact]
    public async Task Another_consultant_and_a_wall_display_and_an_attendee_cannot_read_the_reason_and_case_reference()
    {
        var (week, id, _, other) = await AssignedAsync();
        foreach (var person in (string[])[other.Id.Value, "p-display", "p-attendee"])
        {
            using var reader = await hub.SignInAsync(person);
            var (status, problem) = await Caller.ProblemAsync(await reader.Http.GetAsync(Confidential(week, id)));
            Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), (status, problem.Code));
        }
    }

    [Fact]
    public async Task A_history_shows_reasons_only_to_coordinators_and_the_people_concerned()
    {
        var (week, id, mine, other) = await AssignedAsync();
        var history = $"api/rosters/ehs/{week}/history?subject=engagement&id={id}";
        using var consultant = await hub.SignInAsync(mine.Id.Value);
        foreach (var reader in (Caller[])[hub.Coordinator, consultant])
            Assert.Equal(Reason, Assert.Single(await reader.GetAsync<List<HistoryEntry>>(history)).Reason);
        foreach (var person in (string[])[other.Id.Value, "p-display"])
        {
            using var reader = await hub.SignInAsync(person);
            var text = await reader.Http.GetStringAsync(history);
            Assert.Contains(id.Value, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Case, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Reason, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_coordinators_and_the_consultant_can_read_a_consultants_history()
    {
        var (week, _, mine, other) = await AssignedAsync();
        var history = $"api/rosters/ehs/{week}/history?subject=consultant&id={mine.Id}";
        using var consultant = await hub.SignInAsync(mine.Id.Value);
        foreach (var reader in (Caller[])[hub.Coordinator, consultant])
            Assert.Equal(Reason, Assert.Single(await reader.GetAsync<List<HistoryEntry>>(history)).Reason);
        foreach (var person in (string[])[other.Id.Value, "p-display"])
        {
            using var reader = await hub.SignInAsync(person);
            Assert.Equal(
                (HttpStatusCode.Forbidden, "access.denied"),
                (await Caller.ProblemAsync(await reader.Http.GetAsync(history))) is var (status, problem) ? (status, problem.Code) : default
            );
        }
    }

    [Fact]
    public async Task An_alert_contains_no_case_reference()
    {
        var (week, id, mine, _) = await AssignedAsync();
        using var consultant = await hub.SignInAsync(mine.Id.Value);
        await Eventually.Async(async () =>
        {
            var text = await consultant.Http.GetStringAsync($"api/inboxes/{mine.Id}/alerts");
            Assert.DoesNotContain(Case, text, StringComparison.Ordinal);
            return text.Contains(id.Value, StringComparison.Ordinal);
        });
    }
}
