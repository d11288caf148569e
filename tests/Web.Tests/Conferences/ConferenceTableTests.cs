using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Records;
using static ConsultHub.Tests.Records.EnteredNetwork;

namespace ConsultHub.Tests.Conferences;

/// <summary>Conferences and sessions as tables.</summary>
[Collection(nameof(RecordsHub))]
public sealed class ConferenceTableTests(RecordsHub hub)
{
    private static (int Added, int Changed, int Same, int Refused) Counts(JsonElement report) =>
        (
            report.GetProperty("added").GetInt32(),
            report.GetProperty("changed").GetInt32(),
            report.GetProperty("same").GetInt32(),
            report.GetProperty("refused").GetInt32()
        );

    private static string Conferences(EnteredNetwork network) =>
        "id,title.en,title.ar,title.ko,timeZone,firstDay,lastDay,rooms,tracks\n"
        + $"{network.Id}-heart,Heart days,أيام القلب,심장 학회,Asia/Dubai,2027-03-01,2027-03-02,Hall A;Hall \\; B,Surgery\n";

    private static string Sessions(EnteredNetwork network, params string[] rows) =>
        "conference,id,title.en,start,end,room,speakers\n" + string.Concat(rows.Select(r => $"{network.Id}-heart,{r}\n"));

    [Fact]
    public async Task A_programme_that_is_exported_and_imported_into_an_empty_hub_is_the_same()
    {
        var schedule = await BadFileTests.SharedAsync("schedule", "debconf23.xml");
        await using var full = await HubHost.StartAsync(demo: false);
        using var owner = await RecordsHub.FirstAsync(full);
        const string of = "net";
        var here = new EnteredNetwork(owner, of);
        (await here.PutAsync($"api/networks/{of}", """{"name":{"en":"A network"},"timeZone":"Asia/Dubai"}""")).Is(HttpStatusCode.Created);
        var content = new ByteArrayContent(schedule);
        content.Headers.ContentType = new("application/xml");
        using var imported = await owner.Http.PostAsync("api/conferences/import", content);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
        var report = JsonDocument.Parse(await imported.Content.ReadAsStringAsync()).RootElement;
        var id = report.GetProperty("conferenceId").GetString()!;
        await here.ImportedAsync("conferences", $"id,subtitle,title.ko\n{id},Ours,데브컨프\n");
        var (conferences, sessions) = (await OfAsync("conferences"), await OfAsync("sessions"));
        Assert.Equal(report.GetProperty("sessions").GetInt32(), sessions.Rows.Count);
        Assert.Equal((0, 0, sessions.Rows.Count, 0), Counts(await here.ImportedAsync("sessions", sessions.File)));

        await using var host = await HubHost.StartAsync(demo: false);
        using var admin = await RecordsHub.FirstAsync(host);
        var empty = new EnteredNetwork(admin, of);
        (await empty.PutAsync($"api/networks/{of}", """{"name":{"en":"A network"},"timeZone":"Asia/Dubai"}""")).Is(HttpStatusCode.Created);
        Assert.Equal((1, 0, 0, 0), Counts(await empty.ImportedAsync("conferences", conferences.File)));
        Assert.Equal((sessions.Rows.Count, 0, 0, 0), Counts(await empty.ImportedAsync("sessions", sessions.File)));
        Assert.Equal(conferences.Rows, await CellsAsync(empty, "conferences", "id"));
        Assert.Equal(sessions.Rows, await CellsAsync(empty, "sessions", "conference"));

        async Task<(string File, List<string> Rows)> OfAsync(string table)
        {
            var lines = await here.ExportAsync(table);
            return (lines, await CellsAsync(here, table, table == "sessions" ? "conference" : "id"));
        }
        async Task<List<string>> CellsAsync(EnteredNetwork at, string table, string column)
        {
            var found = new List<string>();
            for (var offset = 0; ; offset += 200)
            {
                var rows = await at.RowsAsync(table, $"&offset={offset}&{column}={id}");
                found.AddRange(rows.Select(r => r.ToJsonString()));
                if (rows.Count < 200)
                    return found;
            }
        }
    }

    [Fact]
    public async Task A_file_makes_conferences_and_sessions_and_changes_only_what_it_names()
    {
        var network = await hub.PopulatedAsync();
        Assert.Equal((1, 0, 0, 0), Counts((await network.ImportAsync("conferences", Conferences(network), preview: true)).Json));
        Assert.Empty(await network.RowsAsync("conferences"));
        Assert.Equal((1, 0, 0, 0), Counts(await network.ImportedAsync("conferences", Conferences(network))));
        Assert.Equal((0, 0, 1, 0), Counts(await network.ImportedAsync("conferences", Conferences(network))));
        var path = $"api/conferences/{network.Id}-heart";
        var conference = (await network.GetAsync(path)).Json;
        Assert.Equal(
            ("Heart days", "심장 학회"),
            (conference.GetProperty("title").GetString(), conference.GetProperty("titleKo").GetString())
        );
        Assert.Equal(
            ["Hall A", "Hall ; B"],
            conference.GetProperty("rooms").EnumerateArray().Select(r => r.GetProperty("name").GetString())
        );

        // Times without an offset are in the zone of the conference, and a row without an id gets one from its title.
        var file = Sessions(
            network,
            $"{network.Id}-heart-1,Valves,2027-03-01 10:00,2027-03-01 10:45,Hall A,Kim Min-jun <{network.Kim}>;A Guest",
            ",Lunch,2027-03-01 12:00,2027-03-01 13:00,,",
            ",Lunch,2027-03-02 12:00,2027-03-02 13:00,,"
        );
        Assert.Equal((3, 0, 0, 0), Counts(await network.ImportedAsync("sessions", file)));
        Assert.Equal((0, 0, 3, 0), Counts(await network.ImportedAsync("sessions", file)));
        var session = (await network.GetAsync($"{path}/sessions/{network.Id}-heart-1")).Json;
        Assert.Equal(new(2027, 3, 1, 6, 0, 0, TimeSpan.Zero), session.GetProperty("start").GetDateTimeOffset());
        Assert.Equal(45, session.GetProperty("duration").GetDouble());
        var speakers = session.GetProperty("speakers").EnumerateArray().ToList();
        Assert.Equal(["Kim Min-jun", "A Guest"], speakers.Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(network.Kim, speakers[0].GetProperty("consultant").GetString());
        Assert.Equal(
            [$"{network.Id}-heart-1", $"{network.Id}-heart-lunch", $"{network.Id}-heart-lunch-2"],
            (await network.RowsAsync("sessions")).Select(r => (string)r["id"]!)
        );
        var report = await network.ImportedAsync("sessions", $"conference,id,title.ar\n{network.Id}-heart,{network.Id}-heart-1,الصمامات\n");
        Assert.Equal((0, 1, 0, 0), Counts(report));
        session = (await network.GetAsync($"{path}/sessions/{network.Id}-heart-1")).Json;
        Assert.Equal(("Valves", "الصمامات"), (session.GetProperty("title").GetString(), session.GetProperty("titleAr").GetString()));
    }

    [Fact]
    public async Task A_row_with_a_fault_is_named_by_line_and_column_and_nothing_is_stored()
    {
        var network = await hub.PopulatedAsync();
        await network.ImportedAsync("conferences", Conferences(network));
        var prefix = $"{network.Id}-heart";
        var refused = await network.RefusedAsync(
            "sessions",
            Sessions(
                network,
                $"{prefix}-ok,Good,,,,",
                $"{prefix}-a,Bad room,,,Nowhere,",
                $"{prefix}-b,Backwards,2027-03-01 10:00,2027-03-01 09:00,,",
                $"{prefix}-c,Endless,2027-03-01 10:00,,,",
                $"{prefix}-d,Nobody,,,,Nobody <p-nobody>",
                "elsewhere,Elsewhere,,,,"
            )
        );
        Assert.Equal(
            [
                (3, "session.unknown-room", "room"),
                (4, "session.bad-time", "end"),
                (5, "record.required", "end"),
                (6, "record.unknown-reference", "speakers"),
                (7, "record.bad-id", "id"),
            ],
            refused.OrderBy(r => r.Line)
        );
        Assert.Empty(await network.RowsAsync("sessions"));
        Assert.Equal(
            [(2, "record.unknown-zone", "timeZone"), (3, "record.end-before-start", "lastDay")],
            (
                await network.RefusedAsync(
                    "conferences",
                    $"id,title.en,timeZone,firstDay,lastDay\n{prefix}-1,A,Mars,,\n{prefix}-2,B,Asia/Dubai,2027-03-02,2027-03-01\n"
                )
            ).OrderBy(r => r.Line)
        );
    }

    [Fact]
    public async Task A_withdrawal_that_people_are_told_of_needs_a_reason_and_a_draft_takes_the_rows()
    {
        var network = await hub.PopulatedAsync();
        await network.ImportedAsync("conferences", Conferences(network));
        var id = $"{network.Id}-heart";
        await network.ImportedAsync("sessions", Sessions(network, $"{id}-1,Valves,2027-03-01 10:00,2027-03-01 10:45,,"));
        using var follower = await hub.JoinAsync("consultant", network.Id);
        (await follower.Http.PutAsync($"api/conferences/{id}/favourites/{id}-1", null)).EnsureSuccessStatusCode();
        var file = $"conference,id,cancelled\n{id},{id}-1,yes\n";
        Assert.Equal([(2, "conference.reason-missing", null)], await network.RefusedAsync("sessions", file));
        (await hub.Admin.Http.PostAsync($"api/conferences/{id}/draft", null)).EnsureSuccessStatusCode();
        await network.ImportedAsync("sessions", file);
        Assert.False((await network.GetAsync($"api/conferences/{id}/sessions/{id}-1")).Json.GetProperty("cancelled").GetBoolean());
        Assert.True((bool)(await network.RowsAsync("sessions")).Single()["cancelled"]!);
        // Those who may not edit the conference do not see the draft.
        Assert.Empty(await network.As(follower).RowsAsync("sessions"));
        (await network.As(follower).ImportAsync("sessions", file)).Is(HttpStatusCode.Forbidden, "access.denied");
    }

    [Fact]
    public async Task A_deleted_conference_ends_the_roles_that_are_limited_to_it_and_the_preview_says_so()
    {
        var network = await hub.PopulatedAsync();
        await network.ImportedAsync("conferences", Conferences(network));
        var id = $"{network.Id}-heart";
        var path = $"api/conferences/{id}";
        var user = $"u{Guid.NewGuid():N}"[..16];
        await network.ImportedAsync(
            "people",
            $"userName,name.en,role,network,conference\n{user},A guest,attendee,{network.Id},{id}\n{user},A guest,display,{network.Id},\n"
        );
        (await hub.Admin.Http.PutAsync($"{path}/registration", JsonContent("""{"open":true}"""))).EnsureSuccessStatusCode();
        using var member = await hub.JoinAsync("consultant", network.Id);
        (await member.Http.PutAsync($"{path}/registration/mine", null)).EnsureSuccessStatusCode();
        var preview = (await network.DeleteAsync($"{path}?preview=true", "*")).Is(HttpStatusCode.OK).Json;
        Assert.Equal((1, 2), (preview.GetProperty("registered").GetInt32(), preview.GetProperty("roles").GetInt32()));
        (await network.DeleteAsync(path, "*")).Is(HttpStatusCode.NoContent);
        await Eventually.Async(async () => (await network.RowsAsync("people", $"&conference={id}")).Count == 0);
        Assert.Equal(["display"], (await network.RowsAsync("people", $"&userName={user}")).Select(r => (string)r["role"]!));
        // Somebody who enters a conference with the same id finds nobody registered.
        await network.ImportedAsync("conferences", Conferences(network));
        (await hub.Admin.Http.PutAsync($"{path}/registration", JsonContent("""{"open":true}"""))).EnsureSuccessStatusCode();
        var mine = JsonNode.Parse(await member.Http.GetStringAsync($"{path}/registration/mine"))!;
        Assert.Equal(("open", false), ((string)mine["state"]!, (bool)mine["registered"]!));
    }
}
