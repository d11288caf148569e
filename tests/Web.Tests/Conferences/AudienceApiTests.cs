using System.Net;
using System.Net.Http.Json;
using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Inboxes;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Conferences;

namespace ConsultHub.Tests.Conferences;

public sealed class AudienceApiTests(DemoHub hub)
{
    [Fact]
    public async Task A_place_that_is_given_back_goes_to_the_first_person_waiting()
    {
        var (id, session) = await ImportAsync("2027-03-01");
        var path = $"api/conferences/{id}/sessions/{session}";
        await SetCapacityAsync(path, 1);
        var consultants = (await hub.Coordinator.ConsultantsAsync()).Take(3).ToList();
        using var first = await hub.SignInAsync(consultants[0].Id.Value);
        using var second = await hub.SignInAsync(consultants[1].Id.Value);
        using var third = await hub.SignInAsync(consultants[2].Id.Value);
        await RegisterAsync(id, first, second, third);
        Assert.True((await PlaceAsync(first.Http.PutAsync(path + "/place", null))).Registered);
        Assert.Equal(1, (await PlaceAsync(second.Http.PutAsync(path + "/place", null))).WaitingAt);
        Assert.Equal(2, (await PlaceAsync(third.Http.PutAsync(path + "/place", null))).WaitingAt);
        Assert.Equal(2, (await PlaceAsync(third.Http.PutAsync(path + "/place", null))).WaitingAt); // a second request changes nothing
        Assert.Equal((1, 1, 2), await FiguresAsync(id));

        Assert.False((await PlaceAsync(first.Http.DeleteAsync(path + "/place"))).Registered);
        Assert.True((await second.GetAsync<List<OwnPlace>>($"api/conferences/{id}/places")).Single().Registered);
        await Eventually.Async(async () =>
            (await second.GetAsync<List<Alert>>($"api/inboxes/{consultants[1].Id}/alerts")).Any(a =>
                a.Kind == AlertKind.PlaceFree && a.Conference == id && a.Session == session
            )
        );
        Assert.DoesNotContain(await third.GetAsync<List<Alert>>($"api/inboxes/{consultants[2].Id}/alerts"), a => a.Conference == id);
        await SetCapacityAsync(path, null);
        Assert.Equal(((int?)null, 2, 0), await FiguresAsync(id));
        var listed = await hub.Coordinator.GetAsync<List<AudienceApi.ListedPerson>>(path + "/audience");
        Assert.Equal(consultants.Skip(1).Select(c => c.Name.En), listed.Select(p => p.Name.En));
    }

    [Fact]
    public async Task Simultaneous_registrations_never_fill_more_places_than_there_are()
    {
        var (id, session) = await ImportAsync("2027-03-01");
        var path = $"api/conferences/{id}/sessions/{session}";
        await SetCapacityAsync(path, 5);
        var callers = await Task.WhenAll((await hub.Coordinator.ConsultantsAsync()).Take(20).Select(c => hub.SignInAsync(c.Id.Value)));
        await RegisterAsync(id, callers);
        var places = await Task.WhenAll(callers.Select(c => PlaceAsync(c.Http.PutAsync(path + "/place", null))));
        Assert.Equal(5, places.Count(p => p.Registered));
        Assert.Equal(Enumerable.Range(1, 15), places.Where(p => !p.Registered).Select(p => p.WaitingAt!.Value).Order());
        foreach (var caller in callers)
            caller.Dispose();
    }

    [Fact]
    public async Task A_ticket_admits_a_person_without_a_place_only_while_a_place_is_free()
    {
        var (tomorrow, tomorrowSession) = await ImportAsync("2127-03-01");
        Assert.Equal(
            (HttpStatusCode.Conflict, "checkin.too-early"),
            await CodeAsync(
                hub.Coordinator.Http.PostAsJsonAsync(
                    $"api/conferences/{tomorrow}/sessions/{tomorrowSession}/checkins",
                    new AudienceApi.CheckInRequest("AAAAAAAAAA"),
                    HubJson.Options
                )
            )
        );

        var (id, session) = await ImportAsync("2020-03-01");
        var path = $"api/conferences/{id}/sessions/{session}";
        await SetCapacityAsync(path, 1);
        using var attendee = await hub.SignInAsync("p-attendee");
        var ticket = await attendee.GetAsync<AudienceApi.TicketPicture>($"api/conferences/{id}/ticket");
        Assert.StartsWith("<svg", ticket.Svg, StringComparison.Ordinal);
        // the ticket stays the same
        Assert.Equal(ticket, await attendee.GetAsync<AudienceApi.TicketPicture>($"api/conferences/{id}/ticket"));

        var report = await CheckInAsync(path, ticket.Code.ToLowerInvariant()); // the person has no place, but one is free
        Assert.Equal(("p-attendee", false), (report.Person.Value, report.Again));
        Assert.True((await CheckInAsync(path, ticket.Code)).Again);
        Assert.NotNull((await attendee.GetAsync<List<OwnPlace>>($"api/conferences/{id}/places")).Single().CheckedInAt);

        using var late = await hub.SignInAsync((await hub.Coordinator.ConsultantsAsync())[0].Id.Value);
        await RegisterAsync(id, late);
        var other = await late.GetAsync<AudienceApi.TicketPicture>($"api/conferences/{id}/ticket");
        Assert.Equal(
            (HttpStatusCode.Conflict, "checkin.full"),
            await CodeAsync(
                hub.Coordinator.Http.PostAsJsonAsync(path + "/checkins", new AudienceApi.CheckInRequest(other.Code), HubJson.Options)
            )
        );
        Assert.Equal(
            (HttpStatusCode.NotFound, "checkin.unknown"),
            await CodeAsync(
                hub.Coordinator.Http.PostAsJsonAsync(path + "/checkins", new AudienceApi.CheckInRequest("AAAAAAAAAA"), HubJson.Options)
            )
        );
    }

    [Fact]
    public async Task Only_people_who_attended_can_give_feedback_and_coordinators_read_it_without_names()
    {
        var (later, laterSession) = await ImportAsync("2127-03-01");
        using var attendee = await hub.SignInAsync("p-attendee");
        var feedback = new AudienceApi.Feedback(4, "Good — 좋았어요");
        Assert.Equal(
            (HttpStatusCode.Conflict, "feedback.too-early"),
            await CodeAsync(
                attendee.Http.PutAsJsonAsync($"api/conferences/{later}/sessions/{laterSession}/feedback", feedback, HubJson.Options)
            )
        );

        var (id, session) = await ImportAsync("2020-03-01");
        var path = $"api/conferences/{id}/sessions/{session}/feedback";
        Assert.Equal(
            (HttpStatusCode.Conflict, "feedback.not-there"),
            await CodeAsync(attendee.Http.PutAsJsonAsync(path, feedback, HubJson.Options))
        );
        await CheckInAsync(
            $"api/conferences/{id}/sessions/{session}",
            (await attendee.GetAsync<AudienceApi.TicketPicture>($"api/conferences/{id}/ticket")).Code
        );
        Assert.Equal(4, (await PlaceAsync(attendee.Http.PutAsJsonAsync(path, feedback, HubJson.Options))).Stars);
        await PlaceAsync(attendee.Http.PutAsJsonAsync(path, feedback with { Stars = 5, Text = "Better on reflection" }, HubJson.Options));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "feedback.bad"),
            await CodeAsync(attendee.Http.PutAsJsonAsync(path, feedback with { Stars = 6 }, HubJson.Options))
        );
        var text = await hub.Coordinator.Http.GetStringAsync(path);
        var summary = await hub.Coordinator.GetAsync<FeedbackSummary>(path);
        Assert.Equal([0, 0, 0, 0, 1], summary.Counts);
        Assert.Equal(["Better on reflection"], summary.Texts);
        Assert.DoesNotContain("p-attendee", text, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.Conflict, "session.over"),
            await CodeAsync(attendee.Http.PutAsync(path.Replace("/feedback", "/place", StringComparison.Ordinal), null))
        );
    }

    /// <summary>Registers people for a conference, so that they can take places.</summary>
    private async Task RegisterAsync(ConferenceId id, params Caller[] people)
    {
        var registration = $"api/conferences/{id}/registration";
        (await hub.Coordinator.Http.PutAsJsonAsync(registration, new { open = true })).EnsureSuccessStatusCode();
        foreach (var person in people)
            (await person.Http.PutAsync($"{registration}/mine", null)).EnsureSuccessStatusCode();
    }

    private async Task<(ConferenceId, SessionId)> ImportAsync(string date)
    {
        var xml =
            $"<schedule><conference><title>Audience {Guid.NewGuid():N}</title><time_zone_name>Asia/Dubai</time_zone_name>"
            + $"</conference><day date=\"{date}\"><event id=\"1\"><title>One</title><start>10:00</start><duration>45</duration>"
            + "<room>Hall</room></event></day></schedule>";
        using var response = await hub.Coordinator.Http.PostAsync(
            "api/conferences/import",
            new StringContent(xml, Encoding.UTF8, "application/xml")
        );
        var id = (
            await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ImportApi.ImportReport>(HubJson.Options)
        )!.ConferenceId;
        return (id, (await hub.Coordinator.GetTopicAsync($"conference/{id}")).Items.OfType<ConferenceSession>().Single().Id);
    }

    private async Task SetCapacityAsync(string path, int? places) =>
        (
            await hub.Coordinator.Http.PutAsJsonAsync(path + "/capacity", new AudienceApi.Capacity(places), HubJson.Options)
        ).EnsureSuccessStatusCode();

    private async Task<(int? Capacity, int Registered, int Waiting)> FiguresAsync(ConferenceId id)
    {
        var places = (await hub.Coordinator.GetTopicAsync($"conference/{id}")).Items.OfType<SessionPlaces>().Single();
        return (places.Capacity, places.Registered, places.Waiting);
    }

    private static async Task<OwnPlace> PlaceAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<OwnPlace>(HubJson.Options))!;
    }

    private async Task<AudienceApi.CheckInReport> CheckInAsync(string path, string code)
    {
        using var response = await hub.Coordinator.Http.PostAsJsonAsync(
            path + "/checkins",
            new AudienceApi.CheckInRequest(code),
            HubJson.Options
        );
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<AudienceApi.CheckInReport>(HubJson.Options))!;
    }

    private static async Task<(HttpStatusCode, string?)> CodeAsync(Task<HttpResponseMessage> response)
    {
        var (status, problem) = await Caller.ProblemAsync(await response);
        return (status, problem.Code);
    }
}
