using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ConsultHub.Client;
using ConsultHub.Conferences;
using ConsultHub.Live;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Conferences;

namespace ConsultHub.Tests.Conferences;

public sealed class ImportTests(DemoHub hub)
{
    private const string Xml = "application/xml",
        Json = "application/json",
        Calendar = "text/calendar";

    [Fact]
    public async Task A_preview_stores_nothing_and_an_imported_update_sends_a_watching_page_only_the_changes()
    {
        var file = Programme("Heart days", "10:00", "11:00");
        var preview = await ImportAsync(file, "?preview=true", HttpStatusCode.OK);
        Assert.Equal((2, 1, 1), (preview.Sessions, preview.Rooms, preview.Speakers));
        // the preview stored nothing
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Coordinator.Http.GetAsync($"api/conferences/{preview.ConferenceId}")).StatusCode);

        var imported = await ImportAsync(file, "", HttpStatusCode.Created);
        Assert.Equal((preview.ConferenceId, "Heart days", 2), (imported.ConferenceId, imported.Title, imported.Sessions));
        var again = await ImportAsync(file, "", HttpStatusCode.Created);
        Assert.NotEqual(imported.ConferenceId, again.ConferenceId); // an import without a conference id creates another conference

        using var attendee = await hub.SignInAsync("p-attendee");
        await using var client = attendee.Watcher(messagePack: true);
        List<Frame> frames = [];
        var topic = client.Watch($"conference/{imported.ConferenceId}", changed: c => frames.Add(c.Frame));
        await topic.WhenLiveAsync();
        Assert.Equal(2, topic.Picture.Items.Values.OfType<ConferenceSession>().Count());

        var later = Programme("Heart days", "10:00", "15:30");
        var update = await ImportAsync(later, $"?preview=true&conferenceId={imported.ConferenceId}", HttpStatusCode.OK);
        Assert.Equal((0, 1, 0), (update.Added, update.Updated, update.Removed));
        update = await ImportAsync(later, $"?conferenceId={imported.ConferenceId}", HttpStatusCode.OK);
        Assert.Equal((0, 1, 0), (update.Added, update.Updated, update.Removed));
        await topic
            .WhenAsync(t => t.Picture.Items.Values.OfType<ConferenceSession>().Any(s => s.Moved is not null))
            .WaitAsync(Eventually.Patience);
        Assert.Single(frames[^1].Items.OfType<ConferenceSession>()); // only the changed session is sent
        Assert.Equal(0, (await ImportAsync(later, $"?conferenceId={imported.ConferenceId}", HttpStatusCode.OK)).Updated);
    }

    [Fact]
    public async Task A_warning_contains_the_key_of_its_sentence_and_the_values_in_it()
    {
        var preview = await ImportAsync(Programme("Overlaps", "10:00", "10:30"), "?preview=true", HttpStatusCode.OK);
        var warning = Assert.Single(preview.Warnings, w => w.Code == "import.room-overlap");
        Assert.Equal(
            ("import.room-overlap", "Hall A", "Opening — 개회 افتتاح"),
            (warning.Sentence, warning.Values["room"], warning.Values["title"])
        );
        Assert.Equal("The session begins in “Hall A” before “Opening — 개회 افتتاح” ends there.", warning.Message);
    }

    [Fact]
    public async Task A_refusal_contains_the_key_of_its_sentence_and_the_values_in_it()
    {
        async Task<(string Sentence, Dictionary<string, string> Values)> ToldAsync(string file, string query = "")
        {
            using var response = await PostAsync(file, query, Xml);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            return (problem.GetProperty("sentence").GetString()!, problem.GetProperty("values").Deserialize<Dictionary<string, string>>()!);
        }
        var (sentence, values) = await ToldAsync("<html/>");
        Assert.Equal(("import.unknown-format.xml", "html"), (sentence, values["name"]));
        (sentence, values) = await ToldAsync("<schedule><day>");
        Assert.Equal("import.malformed.xml", sentence);
        Assert.NotEmpty(values["parser"]);
        Assert.Equal("request.bad-parameter.zone", (await ToldAsync("<schedule/>", "?timeZone=Mars/Olympus")).Sentence);
    }

    [Fact]
    public async Task A_check_of_a_move_lists_overlaps_and_findings_and_moves_nothing()
    {
        var id = (await ImportAsync(Programme("Checks", "10:00", "11:00"), "", HttpStatusCode.Created)).ConferenceId;
        var sessions = (await hub.Coordinator.GetTopicAsync($"conference/{id}"))
            .Items.OfType<ConferenceSession>()
            .OrderBy(s => s.Start)
            .ToList();
        var path = $"api/conferences/{id}/sessions/{sessions[0].Id}/move/checks";
        var move = new
        {
            commandId = Guid.NewGuid(),
            start = sessions[1].Start!.Value.AddMinutes(15),
            duration = 45,
            room = "Hall A",
            expectedVersion = sessions[0].Version,
        };
        async Task<SessionCheck> CheckAsync(object wish)
        {
            using var response = await hub.Coordinator.Http.PostAsJsonAsync(path, wish);
            return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SessionCheck>(HubJson.Options))!;
        }
        var check = await CheckAsync(move);
        Assert.Empty(check.Findings);
        Assert.Equal(
            [("session.room-overlap", "Hall A"), ("session.speaker-overlap", "Dr Kim")],
            check.Overlaps.Select(o => (o.Code, o.What))
        );
        Assert.All(check.Overlaps, o => Assert.Equal((sessions[1].Id, "Closing", sessions[1].Start), (o.Session, o.Title, o.Start)));
        Assert.Equal(["session.speaker-overlap"], (await CheckAsync(move with { room = "" })).Overlaps.Select(o => o.Code));
        // the moved session begins when the other one ends
        Assert.Empty((await CheckAsync(move with { start = sessions[1].Start!.Value.AddMinutes(30) })).Overlaps);
        Assert.Equal("session.stale", Assert.Single((await CheckAsync(move with { expectedVersion = 999 })).Findings).Code);
        Assert.Equal("session.unknown-room", Assert.Single((await CheckAsync(move with { room = "Attic" })).Findings).Code);
        Assert.Equal(
            sessions.Select(s => s.Start),
            (await hub.Coordinator.GetTopicAsync($"conference/{id}")).Items.OfType<ConferenceSession>().Select(s => s.Start).Order()
        ); // the checks moved nothing

        Assert.Equal(
            (HttpStatusCode.NotFound, "session.unknown"),
            await CodeAsync(
                hub.Coordinator.Http.PostAsJsonAsync(path.Replace(sessions[0].Id.Value, "s-none", StringComparison.Ordinal), move)
            )
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "session.bad-time"),
            await CodeAsync(hub.Coordinator.Http.PostAsJsonAsync(path, move with { start = new(9999, 12, 31, 23, 0, 0, TimeSpan.Zero) }))
        );
        using var attendee = await hub.SignInAsync("p-attendee");
        Assert.Equal(HttpStatusCode.Forbidden, (await attendee.Http.PostAsJsonAsync(path, move)).StatusCode);
    }

    [Fact]
    public async Task A_check_of_a_booked_sessions_move_contains_the_findings_of_the_roster()
    {
        var sessions = (await hub.Coordinator.GetTopicAsync("conference/demo-congress"))
            .Items.OfType<ConferenceSession>()
            .Where(s => s is { Booking: BookingState.Booked, Cancelled: false })
            .ToList();
        var other = sessions.First(o => sessions.Any(s => s.Room != o.Room && s.Start == o.Start && s.Week == o.Week));
        var session = sessions.First(s => s.Room != other.Room && s.Start == other.Start && s.Week == other.Week);
        var move = new
        {
            commandId = Guid.NewGuid(),
            start = other.Start,
            duration = session.Duration.TotalMinutes,
            room = other.Room,
            expectedVersion = session.Version,
        };
        using var response = await hub.Coordinator.Http.PostAsJsonAsync(
            $"api/conferences/demo-congress/sessions/{session.Id}/move/checks",
            move
        );
        var check = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SessionCheck>(HubJson.Options))!;
        Assert.Contains(check.Findings, f => f.Code == "roster.room-overlap" && f.ConflictsWith == other.Engagement && !f.Overridable);
        Assert.DoesNotContain(check.Overlaps, o => o.Session == other.Id); // the finding already names this conflict
        using var done = await hub.Coordinator.Http.PostAsJsonAsync($"api/conferences/demo-congress/sessions/{session.Id}/move", move);
        Assert.Equal(HttpStatusCode.Conflict, done.StatusCode); // as the check predicted
    }

    [Fact]
    public async Task A_session_is_moved_and_a_second_move_with_the_old_version_is_refused()
    {
        var imported = await ImportAsync(Programme("Moves", "10:00", "11:00"), "", HttpStatusCode.Created);
        var sessions = (await hub.Coordinator.GetTopicAsync($"conference/{imported.ConferenceId}"))
            .Items.OfType<ConferenceSession>()
            .OrderBy(s => s.Start)
            .ToList();
        var move = new
        {
            commandId = Guid.NewGuid(),
            start = sessions[0].Start!.Value.AddHours(5),
            duration = 45,
            room = "Hall A",
            expectedVersion = sessions[0].Version,
        };
        var path = $"api/conferences/{imported.ConferenceId}/sessions/{sessions[0].Id}/move";
        using var done = await hub.Coordinator.Http.PostAsJsonAsync(path, move);
        var moved = (await done.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ConferenceSession>(HubJson.Options))!;
        Assert.Equal(
            (move.start, TimeSpan.FromMinutes(45), sessions[0].Start),
            (moved.Start!.Value, moved.Duration, moved.Moved!.FromStart)
        );

        Assert.Equal(
            (HttpStatusCode.Conflict, "session.stale"),
            await CodeAsync(hub.Coordinator.Http.PostAsJsonAsync(path, move with { commandId = Guid.NewGuid() }))
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "session.unknown-room"),
            await CodeAsync(
                hub.Coordinator.Http.PostAsJsonAsync(
                    path,
                    move with
                    {
                        commandId = Guid.NewGuid(),
                        expectedVersion = moved.Version,
                        room = "Attic",
                    }
                )
            )
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "session.bad-time"),
            await CodeAsync(hub.Coordinator.Http.PostAsJsonAsync(path, move with { commandId = Guid.NewGuid(), duration = -1 }))
        );
        Assert.Equal(
            (HttpStatusCode.NotFound, "session.unknown"),
            await CodeAsync(
                hub.Coordinator.Http.PostAsJsonAsync(
                    path.Replace(sessions[0].Id.Value, "s-none", StringComparison.Ordinal),
                    move with
                    {
                        commandId = Guid.NewGuid(),
                    }
                )
            )
        );
    }

    [Fact]
    public async Task Each_person_has_separate_favourites()
    {
        var imported = await ImportAsync(Programme("Favourites", "10:00", "11:00"), "", HttpStatusCode.Created);
        var session = (await hub.Coordinator.GetTopicAsync($"conference/{imported.ConferenceId}"))
            .Items.OfType<ConferenceSession>()
            .First()
            .Id;
        using var attendee = await hub.SignInAsync("p-attendee");
        var path = $"api/conferences/{imported.ConferenceId}/favourites";
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await attendee.Http.PutAsync($"{path}/{session}", null)).StatusCode);
        Assert.Equal([session], await attendee.GetAsync<List<SessionId>>(path));
        Assert.Empty(await hub.Coordinator.GetAsync<List<SessionId>>(path));
        Assert.Equal((HttpStatusCode.NotFound, "session.unknown"), await CodeAsync(attendee.Http.PutAsync($"{path}/s-none", null)));
        Assert.Equal(HttpStatusCode.NoContent, (await attendee.Http.DeleteAsync($"{path}/{session}")).StatusCode);
        Assert.Empty(await attendee.GetAsync<List<SessionId>>(path));
    }

    [Theory]
    [InlineData("x", "text/plain", 415, "import.unknown-type", "Content-Type")]
    [InlineData("BEGIN:VCALENDAR", Calendar, 400, "import.malformed", "line 1")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR", Calendar, 422, "import.no-sessions", null)]
    [InlineData("<schedule/>", Calendar, 422, "import.unknown-format", "line 1")]
    [InlineData("x", "not a type", 415, "import.unknown-type", "Content-Type")]
    [InlineData("", Xml, 400, "import.malformed", null)]
    [InlineData("<schedule><day>", Xml, 400, "import.malformed", "line")]
    [InlineData("{\"schedule\":", Json, 400, "import.malformed", null)]
    [InlineData("<html/>", Xml, 422, "import.unknown-format", null)]
    [InlineData("{\"a\":1}", Json, 422, "import.unknown-format", null)]
    [InlineData("<schedule><conference><title>Empty</title></conference></schedule>", Xml, 422, "import.no-sessions", null)]
    [InlineData("<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><schedule>&x;</schedule>", Xml, 400, "import.dtd", null)]
    [InlineData(
        "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><schedule>&c;</schedule>",
        Xml,
        400,
        "import.dtd",
        null
    )]
    public async Task A_file_that_cannot_be_imported_is_refused_with_a_code_and_the_place_of_the_fault(
        string file,
        string type,
        int status,
        string code,
        string? place
    )
    {
        var before = (await hub.Coordinator.GetAsync<List<ConferenceSummary>>("api/conferences")).Count;
        var (answered, problem) = await Caller.ProblemAsync(await PostAsync(file, "", type));
        Assert.Equal((status, code), ((int)answered, problem.Code));
        if (place is not null)
            Assert.Contains(place, problem.Place!, StringComparison.Ordinal);
        Assert.Equal(before, (await hub.Coordinator.GetAsync<List<ConferenceSummary>>("api/conferences")).Count);
    }

    [Fact]
    public async Task An_import_with_an_unknown_time_zone_or_conference_is_refused()
    {
        Assert.Equal(
            (HttpStatusCode.BadRequest, "request.bad-parameter"),
            await CodeAsync(PostAsync(Programme("Zone", "10:00", "11:00"), "?timeZone=Mars/Olympus", Xml))
        );
        Assert.Equal(
            (HttpStatusCode.NotFound, "conference.unknown"),
            await CodeAsync(PostAsync(Programme("Zone", "10:00", "11:00"), "?conferenceId=none", Xml))
        );
    }

    [Fact]
    public async Task A_body_of_50_MB_is_refused_before_its_first_byte_is_sent()
    {
        using var socket = await SendHeadAsync("Content-Length: 50000000");
        Assert.StartsWith("HTTP/1.1 413", await AnswerAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_at_50_MB()
    {
        using var socket = await SendHeadAsync("Transfer-Encoding: chunked");
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 0x10000) + "\r\n");
        long sent = 0;
        for (; socket.Available == 0 && sent < 100_000_000; sent += 0x10000)
        {
            await socket.SendAsync(chunk);
            if (sent > 50_000_000)
                // enough has been sent, so wait for the answer, for about 15 s at most
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.InRange(sent, 50_000_000 - 0x10000, 100_000_000 - 1);
        Assert.StartsWith("HTTP/1.1 413", await AnswerAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [
        InlineData("debconf23.xml", Xml),
        InlineData("fosdem2007.xml", Xml),
        InlineData("hub-schedule2.json", Json),
        InlineData("frab-camp2019.json", Json),
        InlineData("linux_conf_au_2020.ics", Calendar),
        InlineData("jres_2022.ics", Calendar)
    ]
    public async Task A_real_programme_is_imported_completely_and_a_second_import_changes_nothing(string name, string type)
    {
        var file = await File.ReadAllTextAsync(RealFile(name));
        var report = await ImportAsync(file, "", HttpStatusCode.Created, type);
        var stored = (await hub.Coordinator.GetTopicAsync($"conference/{report.ConferenceId}")).Items.OfType<ConferenceSession>().ToList();
        Assert.NotEqual(0, report.Sessions);
        Assert.Equal(report.Sessions, stored.Count);
        var again = await ImportAsync(file, $"?conferenceId={report.ConferenceId}", HttpStatusCode.OK, type);
        Assert.Equal((0, 0, 0), (again.Added, again.Updated, again.Removed));
    }

    private static string RealFile(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent;
        var path = Path.Combine(
            Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(folder?.FullName ?? ".", "..", "shared", "data"),
            name.EndsWith(".ics", StringComparison.Ordinal) ? "ics" : "schedule",
            name
        );
        Assert.SkipUnless(File.Exists(path), "The shared data folder is absent.");
        return path;
    }

    private static string Programme(string title, string first, string second) =>
        $"""
            <schedule><conference><title>{title}</title><time_zone_name>Asia/Dubai</time_zone_name></conference>
            <day index="1" date="2027-03-01"><room name="Hall A">
            <event guid="{title}-1" id="1"><start>{first}</start><duration>00:45</duration>
            <title>Opening — 개회 افتتاح</title><persons><person id="7">Dr Kim</person></persons></event>
            <event guid="{title}-2" id="2"><start>{second}</start><duration>00:30</duration>
            <title>Closing</title><persons><person id="7">Dr Kim</person></persons></event>
            </room></day></schedule>
            """;

    private async Task<ImportApi.ImportReport> ImportAsync(string file, string query, HttpStatusCode expected, string type = Xml)
    {
        using var response = await PostAsync(file, query, type);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<ImportApi.ImportReport>(HubJson.Options))!;
    }

    private async Task<HttpResponseMessage> PostAsync(string file, string query, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        if (MediaTypeHeaderValue.TryParse(type, out var parsed))
            content.Headers.ContentType = parsed;
        else
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await hub.Coordinator.Http.PostAsync("api/conferences/import" + query, content);
    }

    private async Task<Socket> SendHeadAsync(string length)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(hub.Address.Host, hub.Address.Port);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/conferences/import HTTP/1.1\r\nHost: {hub.Address.Authority}\r\nX-Hub: 1\r\n"
                    + $"Cookie: {hub.Coordinator.Cookie}\r\nContent-Type: {Xml}\r\n{length}\r\n\r\n"
            )
        );
        return socket;
    }

    private static async Task<string> AnswerAsync(Socket socket)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer).WaitAsync(Eventually.Patience));
    }

    private static async Task<(HttpStatusCode, string?)> CodeAsync(Task<HttpResponseMessage> response)
    {
        var (status, problem) = await Caller.ProblemAsync(await response);
        return (status, problem.Code);
    }
}
