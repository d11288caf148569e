using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using ConsultHub.Client;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Releases;
using ConsultHub.Inboxes;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Conferences;

namespace ConsultHub.Tests.Conferences;

public sealed class ReleaseTests(DemoHub hub)
{
    [Fact]
    public async Task Only_coordinators_see_a_draft_and_its_publication_alerts_each_person_once()
    {
        var id = await ImportAsync($"Releases {Guid.NewGuid():N}", "10:00", "11:00");
        using var attendee = await hub.SignInAsync("p-attendee");
        var sessions = await SessionsAsync(attendee, id);
        foreach (var session in sessions)
            (await attendee.Http.PutAsync($"api/conferences/{id}/favourites/{session.Id}", null)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NoContent, (await hub.Coordinator.Http.PostAsync($"api/conferences/{id}/draft", null)).StatusCode);
        Assert.Equal(
            (HttpStatusCode.Conflict, "draft.exists"),
            await CodeAsync(hub.Coordinator.Http.PostAsync($"api/conferences/{id}/draft", null))
        );
        Assert.Equal(
            (HttpStatusCode.Forbidden, "topic.denied"),
            await CodeAsync(attendee.Http.GetAsync($"api/topics/conference/{id}/draft"))
        );

        // Both sessions move in the draft. A file that is imported now also goes into the draft.
        foreach (var session in sessions)
            await EditAsync(id, session, session.Start!.Value.AddHours(3));
        var imported = await PostFileAsync($"?conferenceId={id}", id.Value, "10:00", "12:15");
        Assert.True(imported.Draft);
        var changes = await hub.Coordinator.GetAsync<List<SessionDifference>>($"api/conferences/{id}/draft/changes");
        Assert.NotEmpty(changes);
        // the published programme has not changed
        Assert.Equal(sessions.Select(s => s.Start), (await SessionsAsync(attendee, id)).Select(s => s.Start));
        Assert.DoesNotContain((await attendee.GetTopicAsync($"conference/{id}")).Items, i => i is DraftSession or DraftHead);
        Assert.Contains((await hub.Coordinator.GetTopicAsync($"conference/{id}/draft")).Items, i => i is DraftHead);

        var publishing = new ReleasesApi.Publishing(Guid.NewGuid(), "Lunch is longer");
        for (var twice = 0; twice < 2; twice++)
        {
            using var published = await hub.Coordinator.Http.PostAsJsonAsync($"api/conferences/{id}/releases", publishing, HubJson.Options);
            Assert.Equal(1, (await published.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Release>(HubJson.Options))!.Number);
        }
        Assert.NotEqual(sessions.Select(s => s.Start), (await SessionsAsync(attendee, id)).Select(s => s.Start));
        Assert.Empty((await hub.Coordinator.GetTopicAsync($"conference/{id}/draft")).Items);
        await Eventually.Async(async () => (await NoticesAsync(attendee, id)).Count == 1);
        Assert.Contains("release 1", (await NoticesAsync(attendee, id))[0].Text["en"], StringComparison.Ordinal);

        // A second release cancels one of the sessions and adds a new one.
        await hub.Coordinator.Http.PostAsync($"api/conferences/{id}/draft", null);
        await EditAsync(id, sessions[0], sessions[0].Start!.Value, cancelled: true);
        await EditAsync(id, null, sessions[0].Start!.Value.AddHours(9));
        using var second = await hub.Coordinator.Http.PostAsJsonAsync(
            $"api/conferences/{id}/releases",
            new ReleasesApi.Publishing(Guid.NewGuid(), null),
            HubJson.Options
        );
        second.EnsureSuccessStatusCode();
        await Eventually.Async(async () => (await NoticesAsync(attendee, id)).Count == 2);
        Assert.Equal([1, 2], (await attendee.GetAsync<List<Release>>($"api/conferences/{id}/releases")).Select(r => r.Number));
        await Eventually.Async(async () => (await attendee.Http.GetAsync($"api/conferences/{id}/releases/2")).IsSuccessStatusCode);
        var differences = await attendee.GetAsync<List<SessionDifference>>($"api/conferences/{id}/releases/2/changes?since=1");
        Assert.Contains(SessionChange.Cancelled, differences.Single(d => d.Session == sessions[0].Id).Changes);
        Assert.Single(differences, d => d.Changes is [SessionChange.Added]);
        // an old release does not change
        Assert.Equal(2, (await attendee.GetAsync<Programme>($"api/conferences/{id}/releases/1")).Sessions.Length);
        Assert.Equal(
            (HttpStatusCode.NotFound, "release.unknown"),
            await CodeAsync(attendee.Http.GetAsync($"api/conferences/{id}/releases/3"))
        );
    }

    [Fact]
    public async Task A_session_that_was_moved_after_the_draft_began_stays_moved_when_the_draft_is_published()
    {
        var id = await ImportAsync($"Moves {Guid.NewGuid():N}", "10:00", "11:00");
        var sessions = await SessionsAsync(hub.Coordinator, id);
        await hub.Coordinator.Http.PostAsync($"api/conferences/{id}/draft", null);
        var move = new
        {
            commandId = Guid.NewGuid(),
            start = sessions[0].Start!.Value.AddHours(5),
            duration = 45,
            room = "Hall A",
        };
        (
            await hub.Coordinator.Http.PostAsJsonAsync($"api/conferences/{id}/sessions/{sessions[0].Id}/move", move)
        ).EnsureSuccessStatusCode();
        await EditAsync(id, sessions[1], sessions[1].Start!.Value.AddHours(1));
        (
            await hub.Coordinator.Http.PostAsJsonAsync(
                $"api/conferences/{id}/releases",
                new ReleasesApi.Publishing(Guid.NewGuid(), null),
                HubJson.Options
            )
        ).EnsureSuccessStatusCode();
        var now = (await SessionsAsync(hub.Coordinator, id)).ToDictionary(s => s.Id);
        Assert.Equal((move.start, sessions[0].Start), (now[sessions[0].Id].Start, now[sessions[0].Id].Moved!.FromStart));
        Assert.Equal(sessions[1].Start!.Value.AddHours(1), now[sessions[1].Id].Start);
    }

    [Fact]
    public async Task A_check_of_a_draft_session_lists_the_overlaps_with_other_sessions_of_the_draft()
    {
        var id = await ImportAsync($"Checks {Guid.NewGuid():N}", "10:00", "11:00");
        var sessions = await SessionsAsync(hub.Coordinator, id);
        Task<HttpResponseMessage> PostAsync(ConferenceSession? session, DateTimeOffset start) =>
            hub.Coordinator.Http.PostAsJsonAsync(
                $"api/conferences/{id}/draft/checks",
                new ReleasesApi.DraftPlace(session?.Id, start, 45, "Hall A", null),
                HubJson.Options
            );
        async Task<SessionCheck> CheckAsync(ConferenceSession? session, DateTimeOffset start)
        {
            using var response = await PostAsync(session, start);
            return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SessionCheck>(HubJson.Options))!;
        }
        Assert.Equal((HttpStatusCode.NotFound, "draft.none"), await CodeAsync(PostAsync(null, sessions[0].Start!.Value)));
        await hub.Coordinator.Http.PostAsync($"api/conferences/{id}/draft", null);
        await EditAsync(id, sessions[1], sessions[1].Start!.Value.AddHours(4));
        Assert.Equal(sessions[1].Id, Assert.Single((await CheckAsync(sessions[0], sessions[1].Start!.Value.AddHours(4))).Overlaps).Session);
        Assert.Empty((await CheckAsync(sessions[0], sessions[1].Start!.Value)).Overlaps); // this time is free in the draft
        Assert.Equal(sessions[0].Id, Assert.Single((await CheckAsync(null, sessions[0].Start!.Value)).Overlaps).Session);
        await hub.Coordinator.Http.DeleteAsync($"api/conferences/{id}/draft");
    }

    [Fact]
    public async Task A_coordinator_follows_the_edits_of_a_draft_live_and_an_attendee_is_refused()
    {
        var id = await ImportAsync($"Live {Guid.NewGuid():N}", "10:00", "11:00");
        var session = (await SessionsAsync(hub.Coordinator, id))[0];
        await hub.Coordinator.Http.PostAsync($"api/conferences/{id}/draft", null);
        await using var client = hub.Coordinator.Watcher();
        var topic = client.Watch($"conference/{id}/draft");
        await topic.WhenLiveAsync();
        var edited = await EditAsync(id, session, session.Start!.Value.AddHours(2));
        await topic
            .WhenAsync(t => t.Picture.Items.Values.OfType<DraftSession>().Any(d => d.Session.Start == session.Start!.Value.AddHours(2)))
            .WaitAsync(Eventually.Patience);
        Assert.Equal(
            (HttpStatusCode.Conflict, "session.stale"),
            await CodeAsync(PutAsync(id, session, session.Start!.Value, false, edited.Version - 1))
        );
        Assert.Equal(
            (HttpStatusCode.Conflict, "session.stale"),
            await CodeAsync(
                hub.Coordinator.Http.DeleteAsync($"api/conferences/{id}/draft/sessions/{session.Id}?expectedVersion={edited.Version - 1}")
            )
        );
        await hub.Coordinator.Http.DeleteAsync($"api/conferences/{id}/draft");
        await topic.WhenAsync(t => t.Picture.Items.Count == 0).WaitAsync(Eventually.Patience);
        Assert.Equal(
            (HttpStatusCode.NotFound, "draft.none"),
            await CodeAsync(hub.Coordinator.Http.DeleteAsync($"api/conferences/{id}/draft"))
        );

        using var attendee = await hub.SignInAsync("p-attendee");
        await using var other = attendee.Watcher();
        var denied = other.Watch($"conference/{id}/draft");
        await denied.WhenAsync(t => t.Link.State == LinkState.Refused).WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task A_programme_is_public_only_while_it_is_marked_and_reveals_no_roster_data_or_consultant_ids()
    {
        using var nobody = Caller.Nobody(hub.Address);
        const string path = "api/public/conferences/demo-congress";
        Assert.Equal((HttpStatusCode.NotFound, "conference.unknown"), await CodeAsync(nobody.Http.GetAsync(path)));
        (
            await hub.Coordinator.Http.PutAsJsonAsync(
                "api/conferences/demo-congress/public",
                new PublicApi.Publicity(true),
                HubJson.Options
            )
        ).EnsureSuccessStatusCode();
        var text = await nobody.Http.GetStringAsync(path);
        var programme = await nobody.GetAsync<PublicApi.PublicProgramme>(path);
        Assert.NotEmpty(programme.Sessions.SelectMany(s => s.Speakers));
        Assert.All(programme.Sessions, s => Assert.Equal(s.Speakers, s.SpeakerNames.Select(n => n.En)));
        Assert.Contains(programme.Sessions.SelectMany(s => s.SpeakerNames), n => n.Ko is not null);
        var session = programme.Sessions.First(s => s is { Start: not null, Cancelled: false });
        foreach (var (file, type) in PublicFiles)
        {
            using var answer = await nobody.Http.GetAsync($"{path}/{file}");
            Assert.Equal(type, answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
            var content = await answer.Content.ReadAsStringAsync();
            Assert.Contains(session.Id.Value, content, StringComparison.Ordinal);
            Assert.DoesNotContain("\"c-", content, StringComparison.Ordinal);
        }
        foreach (var secret in (string[])["consultant", "engagement", "booking", "sourceId", "\"c-"])
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        (
            await hub.Coordinator.Http.PutAsJsonAsync(
                "api/conferences/demo-congress/public",
                new PublicApi.Publicity(false),
                HubJson.Options
            )
        ).EnsureSuccessStatusCode();
        foreach (var address in PublicFiles.Select(f => $"{path}/{f.File}").Append(path))
            Assert.Equal((HttpStatusCode.NotFound, "conference.unknown"), await CodeAsync(nobody.Http.GetAsync(address)));
    }

    private static readonly (string File, string Type)[] PublicFiles =
    [
        ("schedule.xml", "application/xml"),
        ("schedule.json", "application/json"),
        ("calendar.ics", "text/calendar"),
    ];

    [Theory]
    [InlineData("xml", "application/xml"), InlineData("json", "application/json")]
    public async Task An_exported_programme_changes_nothing_when_it_is_imported_again(string ending, string type)
    {
        var id = await ImportAsync($"Export {Guid.NewGuid():N}", "10:00", "11:00");
        using var file = await hub.Coordinator.Http.GetAsync($"api/conferences/{id}/schedule.{ending}");
        Assert.Equal(
            (type, $"{id}.{ending}"),
            (file.Content.Headers.ContentType?.MediaType, file.Content.Headers.ContentDisposition?.FileName)
        );
        var content = new ByteArrayContent(await file.Content.ReadAsByteArrayAsync());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var again = await hub.Coordinator.Http.PostAsync($"api/conferences/import?conferenceId={id}", content);
        var report = (await again.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ImportApi.ImportReport>(HubJson.Options))!;
        Assert.Equal((0, 0, 0), (report.Added, report.Updated, report.Removed));
    }

    private static async Task<List<ConferenceSession>> SessionsAsync(Caller caller, ConferenceId id) =>
        [
            .. (await caller.GetTopicAsync($"conference/{id}"))
                .Items.OfType<ConferenceSession>()
                .OrderBy(s => s.Id.Value, StringComparer.Ordinal),
        ];

    private static async Task<List<Alert>> NoticesAsync(Caller caller, ConferenceId id) =>
        [.. (await caller.GetAsync<List<Alert>>("api/inboxes/p-attendee/alerts")).Where(a => a.Conference == id)];

    private async Task<DraftSession> EditAsync(ConferenceId id, ConferenceSession? session, DateTimeOffset start, bool cancelled = false)
    {
        using var response = await PutAsync(id, session, start, cancelled, null);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<DraftSession>(HubJson.Options))!;
    }

    private Task<HttpResponseMessage> PutAsync(
        ConferenceId id,
        ConferenceSession? session,
        DateTimeOffset start,
        bool cancelled,
        long? version
    )
    {
        var edit = new ReleasesApi.DraftEdit(
            Guid.NewGuid(),
            session?.Title ?? "A new one",
            null,
            null,
            start,
            45,
            "Hall A",
            null,
            null,
            null,
            session?.Speakers,
            cancelled,
            version
        );
        var path = $"api/conferences/{id}/draft/sessions";
        return session is null
            ? hub.Coordinator.Http.PostAsJsonAsync(path, edit, HubJson.Options)
            : hub.Coordinator.Http.PutAsJsonAsync($"{path}/{session.Id}", edit, HubJson.Options);
    }

    private async Task<ConferenceId> ImportAsync(string title, string first, string second) =>
        (await PostFileAsync("", title, first, second)).ConferenceId;

    private async Task<ImportApi.ImportReport> PostFileAsync(string query, string title, string first, string second)
    {
        var xml = $"""
            <schedule><conference><title>{title}</title><time_zone_name>Asia/Dubai</time_zone_name></conference>
            <day index="1" date="2027-03-01"><room name="Hall A">
            <event id="1"><start>{first}</start><duration>00:45</duration>
            <title>Opening</title><persons><person id="7">Dr Kim</person></persons></event>
            <event id="2"><start>{second}</start><duration>00:30</duration><title>Closing</title></event>
            </room></day></schedule>
            """;
        var content = new StringContent(xml, Encoding.UTF8, "application/xml");
        using var response = await hub.Coordinator.Http.PostAsync("api/conferences/import" + query, content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<ImportApi.ImportReport>(HubJson.Options))!;
    }

    private static async Task<(HttpStatusCode, string?)> CodeAsync(Task<HttpResponseMessage> response)
    {
        var (status, problem) = await Caller.ProblemAsync(await response);
        return (status, problem.Code);
    }
}
