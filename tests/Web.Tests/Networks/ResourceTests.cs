using System.Net;
using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Inboxes;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Consultants;
using ConsultHub.Web.Networks;

namespace ConsultHub.Tests.Networks;

public sealed class ResourceTests(DemoHub hub)
{
    [Fact]
    public async Task The_demo_network_has_16_hospitals_and_at_least_60_consultants_and_three_full_weeks()
    {
        var network = await hub.Coordinator.GetAsync<NetworksApi.NetworkView>("api/networks/ehs");
        Assert.Equal(DemoHub.ThisWeek, network.CurrentWeek);
        Assert.Equal(16, (await hub.Coordinator.HospitalsAsync()).Count);
        var consultants = await hub.Coordinator.ConsultantsAsync();
        Assert.True(consultants.Count >= 60);
        Assert.True(consultants.SelectMany(c => c.Specialties).Distinct().Count() >= 15);
        foreach (var week in (Week[])[network.CurrentWeek.Previous, network.CurrentWeek, network.CurrentWeek.Next])
            Assert.True(
                (await hub.Coordinator.GetTopicAsync($"board/ehs/{week}")).Items.OfType<Engagement>().Count() >= 500,
                $"{week} has fewer than 500 engagements."
            );
        Assert.Contains(
            await hub.Coordinator.GetAsync<List<ConferenceSummary>>("api/conferences"),
            c => c.Id.Value == "demo-congress" && c.Sessions > 0
        );
    }

    [Theory]
    [InlineData("p-attendee"), InlineData("p-display"), InlineData("consultant")]
    public async Task Credentials_and_absences_are_shown_only_to_coordinators_and_the_consultant(string who)
    {
        var all = await hub.Coordinator.ConsultantsAsync();
        Assert.All(all, c => Assert.NotEmpty(c.Credentials));
        using var caller = await hub.SignInAsync(who == "consultant" ? all[0].Id.Value : who);
        foreach (var shown in await caller.ConsultantsAsync())
        {
            var own = who == "consultant" && shown.Id == all[0].Id;
            Assert.Equal(own, !shown.Credentials.IsEmpty);
            Assert.True(own || (shown.Absences.IsEmpty && shown.Visits.IsEmpty));
            Assert.NotEmpty(shown.Name.En);
        }
        Assert.Empty((await caller.GetAsync<Consultant>($"api/consultants/{all[1].Id}")).Credentials);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Http.GetAsync("api/visits?network=ehs")).StatusCode);
    }

    [Theory]
    [InlineData("api/networks/nowhere", 403, "access.denied")]
    [InlineData("api/hospitals/nowhere", 404, "hospital.unknown")]
    [InlineData("api/consultants/c-nobody", 404, "consultant.unknown")]
    [InlineData("api/conferences/none", 404, "conference.unknown")]
    [InlineData("api/rosters/ehs/2026-W01/engagements/e-none", 404, "roster.unknown-engagement")]
    [InlineData("api/rosters/ehs/2026-W01/engagements/e-none/candidates", 404, "roster.unknown-engagement")]
    [InlineData("api/rosters/ehs/2026-W01/history?take=0", 400, "request.bad-parameter")]
    [InlineData("api/rosters/ehs/2026-W01/history?take=201", 400, "request.bad-parameter")]
    [InlineData("api/rosters/ehs/2026-W01/history?take=many", 400, "request.bad-parameter")]
    [InlineData("api/rosters/ehs/2026-W01/history?subject=moon", 400, "request.bad-parameter")]
    [InlineData("api/rosters/ehs/2026-W01/history?subject=consultant", 400, "request.bad-parameter")]
    [InlineData("api/hospitals", 400, "request.bad-parameter")]
    [InlineData("api/hospitals?network=No%20Key", 400, "request.bad-parameter")]
    [InlineData("api/visits?network=ehs&from=yesterday", 400, "request.bad-parameter")]
    [InlineData("api/visits?network=ehs&from=2026-11-28T11:00:00", 400, "request.bad-parameter")]
    public async Task An_unknown_id_or_a_bad_parameter_is_refused_with_a_code(string path, int status, string code)
    {
        var (answered, problem) = await Caller.ProblemAsync(await hub.Coordinator.Http.GetAsync(path));
        Assert.Equal((status, code), ((int)answered, problem.Code));
    }

    [Fact]
    public async Task A_visit_is_listed_if_it_ends_after_the_start_of_the_period()
    {
        var all = await hub.Coordinator.GetAsync<List<ConsultantsApi.VisitView>>("api/visits?network=ehs");
        Assert.NotEmpty(all);
        var end = all.Max(v => v.Visit.Departure);
        var last = await hub.Coordinator.GetAsync<List<ConsultantsApi.VisitView>>(
            $"api/visits?network=ehs&from={Uri.EscapeDataString(end.AddMinutes(-1).ToString("O"))}"
        );
        Assert.Equal(all.Count(v => v.Visit.Departure > end.AddMinutes(-1)), last.Count);
        Assert.Empty(
            await hub.Coordinator.GetAsync<List<ConsultantsApi.VisitView>>(
                $"api/visits?network=ehs&from={Uri.EscapeDataString(end.ToString("O"))}"
            )
        );
    }

    [Fact]
    public async Task History_is_read_in_pages_and_can_be_filtered_by_engagement_or_room_or_hospital_or_consultant()
    {
        var week = hub.WorkingWeek();
        var host = (await hub.Coordinator.ConsultantsAsync()).First(c => c.Home is null);
        var place = host.Credentials[0].Hospital;
        for (var i = 0; i < 5; i++)
            await hub.Coordinator.DoAsync(
                week,
                Engagements.Plan(week, $"e-{i}", place.Value) with
                {
                    Start = Engagements.At(week, 1, 4 + i),
                    End = Engagements.At(week, 1, 4.5 + i),
                    Room = new($"clinic-{1 + (i % 2)}"),
                }
            );
        await hub.Coordinator.DoAsync(
            week,
            new Assign
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("e-0"),
                Consultants = [host.Id],
                Reason = "wegen 🌧",
            }
        );
        for (var i = 0; i < 6; i++)
            await hub.Coordinator.DoAsync(
                week,
                new ChangeRoom
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("e-1"),
                    Room = new($"clinic-{3 + (i % 2)}"),
                }
            );

        Task<List<HistoryEntry>> ReadAsync(string query) =>
            hub.Coordinator.GetAsync<List<HistoryEntry>>($"api/rosters/ehs/{week}/history?{query}");
        var all = await ReadAsync("");
        Assert.Equal(Enumerable.Range(1, 12).Select(v => (long)v).Reverse(), all.Select(h => h.Version));
        List<HistoryEntry> paged = [];
        while (await ReadAsync("take=5" + (paged.Count > 0 ? $"&before={paged[^1].Version}" : "")) is { Count: > 0 } page)
            paged.AddRange(page);
        Assert.Equal(all.Select(h => h.CommandId), paged.Select(h => h.CommandId));

        Assert.Equal(7, (await ReadAsync("subject=engagement&id=e-1")).Count);
        Assert.Equal("wegen 🌧", Assert.Single(await ReadAsync($"subject=consultant&id={host.Id}")).Reason);
        Assert.Equal(2, (await ReadAsync($"subject=room&id={place}/clinic-2")).Count(h => h.What == Change.Planned));
        Assert.Equal(12, (await ReadAsync($"subject=hospital&id={place}")).Count);
        var newest = all[0];
        Assert.Equal(
            (new PersonId("p-coordinator"), Role.Coordinator, "clinic-3", "clinic-4"),
            (newest.By, newest.Role, newest.Before!.Room!.Value.Value, newest.After!.Room!.Value.Value)
        );
    }

    [Fact]
    public async Task Only_the_owner_of_an_inbox_can_read_it_and_acknowledge_its_alerts()
    {
        var week = hub.WorkingWeek();
        var host = (await hub.Coordinator.ConsultantsAsync()).Last(c => c.Home is null);
        var plan = Engagements.Plan(week, "e-inbox", host.Credentials[0].Hospital.Value) with
        {
            Specialty = host.Specialties[0],
            Consultants = [host.Id],
        };
        await hub.Coordinator.DoAsync(week, plan);
        using var person = await hub.SignInAsync(host.Id.Value);
        Alert? alert = null;
        await Eventually.Async(async () =>
            (alert = (await person.GetAsync<List<Alert>>($"api/inboxes/{host.Id}/alerts")).Find(a => a.Engagement?.Id == plan.Engagement))
                is not null
        );
        Assert.Equal(["ar", "en", "ko"], alert!.Text.Keys.Order());
        Assert.Null(alert.AcknowledgedAt);

        Assert.Equal(HttpStatusCode.Forbidden, (await hub.Coordinator.Http.GetAsync($"api/inboxes/{host.Id}/alerts")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await hub.Coordinator.Http.PostAsync($"api/inboxes/{host.Id}/alerts/{alert.Id}/acknowledgement", null)).StatusCode
        );
        var (status, problem) = await Caller.ProblemAsync(
            await person.Http.PostAsync($"api/inboxes/{host.Id}/alerts/none/acknowledgement", null)
        );
        Assert.Equal((HttpStatusCode.NotFound, "inbox.unknown-alert"), (status, problem.Code));
        (await person.Http.PostAsync($"api/inboxes/{host.Id}/alerts/{alert.Id}/acknowledgement", null)).EnsureSuccessStatusCode();
        Assert.NotNull((await person.GetAsync<List<Alert>>($"api/inboxes/{host.Id}/alerts")).Single(a => a.Id == alert.Id).AcknowledgedAt);
    }

    [Fact]
    public async Task A_topic_read_over_HTTP_can_also_resume_from_a_position()
    {
        var week = hub.EmptyWeek();
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-1"));
        var before = await hub.Coordinator.GetTopicAsync($"board/ehs/{week}");
        Assert.Equal((FrameKind.Snapshot, true), (before.Kind, before.Last));
        var moved = await hub.Coordinator.DoAsync(week, Engagements.Later(week, "e-1", 8));
        // the move was answered, so this read includes it
        var after = await hub.Coordinator.GetTopicAsync($"board/ehs/{week}", before.Position);
        Assert.Equal(FrameKind.Delta, after.Kind);
        Assert.Equal(moved.Engagement.Start, Assert.Single(after.Items.OfType<Engagement>()).Start);
    }
}
