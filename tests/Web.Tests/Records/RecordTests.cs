using System.Net;
using System.Text.Json;
using ConsultHub.Rostering;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>Single records over HTTP: conditions, refusals, previews, reasons and histories.</summary>
[Collection(nameof(RecordsHub))]
public sealed class RecordTests(RecordsHub hub, DemoHub demo)
{
    private const string Six = """{"name":{"en":"Clinic 1"},"capacity":6}""",
        Seven = """{"name":{"en":"Clinic 1"},"capacity":7}""";

    [Fact]
    public async Task An_administrator_who_enters_a_network_becomes_its_coordinator()
    {
        var network = await hub.NetworkAsync();
        var session = (await network.GetAsync("api/session")).Json;
        Assert.Contains(
            session.GetProperty("roles").EnumerateArray(),
            r =>
                r.GetProperty("role").GetString() == "coordinator"
                && r.GetProperty("scope").TryGetProperty("network", out var of)
                && of.GetString() == network.Id
        );
        await network.PopulateAsync(); // which only a coordinator may do
        Assert.Equal(network.Id, (await network.RowsAsync("networks")).Single()["id"]!.GetValue<string>());
        // Somebody else who is no administrator may enter none.
        (await network.PutAsync($"api/networks/{network.Id}-2", """{"name":{"en":"x"},"timeZone":"Mars/Base"}""", onlyNew: true)).Is(
            HttpStatusCode.BadRequest,
            "record.unknown-zone",
            "$.timeZone"
        );
        Assert.DoesNotContain($"{network.Id}-2", (await network.GetAsync("api/session")).Text);
    }

    [Fact]
    public async Task A_network_that_could_have_no_coordinator_is_not_entered()
    {
        await using var host = await HubHost.StartAsync(demo: false);
        using var admin = await RecordsHub.FirstAsync(host);
        // An account has at most 50 roles, and the first is that of the administrator.
        for (var i = 0; i < 49; i++)
            await EnteredNetwork.NewAsync(admin);
        var network = new EnteredNetwork(admin, "n-last");
        var refused = await network.PutAsync("api/networks/n-last", """{"name":{"en":"x"},"timeZone":"Asia/Dubai"}""", onlyNew: true);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.DoesNotContain("n-last", (await network.GetAsync("api/networks")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_entered_and_read_and_changed_and_removed_with_tags()
    {
        var network = await hub.PopulatedAsync();
        var path = $"api/hospitals/{network.North}/rooms/ward";
        var created = (await network.PutAsync(path, Six, onlyNew: true)).Is(HttpStatusCode.Created);
        Assert.Equal($"/{path}", created.Location!.ToString());
        Assert.Equal("ward", created.Json.GetProperty("id").GetString());
        var read = (await network.GetAsync(path)).Is(HttpStatusCode.OK);
        Assert.Equal((created.Tag, created.Text), (read.Tag, read.Text));

        var changed = (await network.PutAsync(path, Seven, read.Tag)).Is(HttpStatusCode.OK);
        Assert.NotEqual(read.Tag, changed.Tag);
        Assert.Equal(changed.Tag, (await network.PutAsync(path, Seven, changed.Tag)).Is(HttpStatusCode.OK).Tag);

        var late = (await network.PutAsync(path, Six, read.Tag)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        Assert.Equal((7, changed.Tag), (late.Json.GetProperty("current").GetProperty("capacity").GetInt32(), late.Tag));
        Assert.Equal(changed.Tag, $"\"{late.Json.GetProperty("tag").GetString()}\"");
        (await network.DeleteAsync(path, read.Tag)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        (await network.PutAsync(path, Six, onlyNew: true)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        (await network.PutAsync(path, Six)).Is((HttpStatusCode)428, "record.condition-missing");
        (await network.DeleteAsync(path)).Is((HttpStatusCode)428, "record.condition-missing");
        (await network.PutAsync(path, Six, "*")).Is(HttpStatusCode.OK);

        (await network.DeleteAsync(path, "*")).Is(HttpStatusCode.NoContent);
        (await network.GetAsync(path)).Is(HttpStatusCode.NotFound, "record.unknown");
        (await network.DeleteAsync(path)).Is(HttpStatusCode.NotFound, "record.unknown");
        var gone = (await network.PutAsync(path, Six, changed.Tag)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        Assert.False(gone.Json.TryGetProperty("current", out var none) && none.ValueKind != JsonValueKind.Null);
        (await network.PutAsync(path, Six, "*")).Is(HttpStatusCode.PreconditionFailed, "record.changed"); // nothing is there
        (await network.DeleteAsync(path, "*")).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        (await network.PutAsync(path, Six)).Is(HttpStatusCode.Created); // nobody has to say that it is new
    }

    [Fact]
    public async Task Records_and_conferences_read_the_headers_of_a_condition_alike()
    {
        var network = await hub.PopulatedAsync();
        var conference = $"api/conferences/{network.Id}-days";
        var days = $$"""{"title":"Days","timeZone":"Asia/Dubai","network":"{{network.Id}}"}""";
        await network.CreatedAsync(conference, days);
        foreach (var (path, json) in new[] { (network.RoomPath, Six), (conference, days) })
        {
            var tag = (await network.GetAsync(path)).Tag!;
            (await network.PutAsync(path, json, tag)).Is(HttpStatusCode.OK);
            tag = (await network.GetAsync(path)).Tag!;
            // If-Match compares strongly (RFC 9110, 13.1.1).
            (await network.PutAsync(path, json, $"W/{tag}")).Is(HttpStatusCode.PreconditionFailed, "record.changed");
            (await network.DeleteAsync(path, $"W/{tag}")).Is(HttpStatusCode.PreconditionFailed, "record.changed");
            // In quotation marks, these are tags that nothing has.
            foreach (var none in new[] { "\"*\"", "\"-\"" })
                (await network.PutAsync(path, json, none)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
            foreach (var bad in new[] { "no tag", "\"", $"{tag}, {tag}", "w/x" })
                (await network.PutAsync(path, json, bad)).Is(HttpStatusCode.BadRequest, "request.bad-parameter", "If-Match");
            (await network.PutAsync(path, json, tag, onlyNew: true)).Is(
                HttpStatusCode.BadRequest,
                "request.bad-parameter",
                "If-None-Match"
            );
            (await network.PutAsync(path, json, onlyNew: true)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
            (await network.PutAsync(path + "x", json, "*")).Is(HttpStatusCode.PreconditionFailed, "record.changed");
            (await network.PutAsync(path, json, "*")).Is(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("""{"capacity":6}""", "record.required", "$.name.en")]
    [InlineData("""{"name":{"en":" "},"capacity":6}""", "record.required", "$.name.en")]
    [InlineData("""{"name":{"en":"x"}}""", "record.required", "$.capacity")]
    [InlineData("""{"name":{"en":"x"},"capacity":0}""", "record.out-of-range", "$.capacity")]
    [InlineData("""{"name":{"en":"x"},"capacity":"six"}""", "record.bad-value", "$.capacity")]
    [InlineData("""{"name":{"en":"x"},"capacity":6.5}""", "record.bad-value", "$.capacity")]
    [InlineData("""{"name":"x","capacity":6}""", "record.required", "$.name.en")]
    [InlineData("""{"name":{"en":"x"},"capacity":6,"beds":2}""", "record.unknown-field", "$.beds")]
    [InlineData("""{"name":{"en":"x"},"capacity":6,"id":"other"}""", "record.other-id", "$.id")]
    [InlineData("""{"name":{"en":"x"},"capacity":6,"until":"tomorrow"}""", "record.bad-value", "$.until")]
    [InlineData("""{"name":{"en":"x"},"capacity":6,"until":"2300-01-01T00:00:00Z"}""", "record.out-of-range", "$.until")]
    [InlineData("""{"name":{"en":"x"},"capacity":6,"until":"2027-01-01T00:00:00"}""", "request.no-offset", "$.until")]
    [InlineData("""{"name":{"en":"\ud800"},"capacity":6}""", "request.bad-json", "$")]
    [InlineData("""{"id":"\ud800","name":{"en":"x"},"capacity":6}""", "request.bad-json", "$")]
    [InlineData("""{"\ud800":1}""", "request.bad-json", "$")]
    [InlineData("[]", "request.bad-json", "$")]
    [InlineData("no json", "request.bad-json", "$")]
    public async Task A_record_with_a_fault_is_refused_and_the_place_of_the_fault_is_named(string json, string code, string place)
    {
        var network = await hub.NetworkAsync();
        await network.CreatedAsync($"api/hospitals/{network.North}", network.HospitalJson());
        (await network.PutAsync(network.RoomPath, json)).Is(HttpStatusCode.BadRequest, code, place);
        Assert.Empty(await network.RowsAsync("rooms"));
    }

    [Fact]
    public async Task Values_of_each_kind_are_refused_with_the_code_of_their_kind()
    {
        var network = await hub.PopulatedAsync();
        async Task RefusedAsync(string path, string json, string code, string place, HttpStatusCode status = HttpStatusCode.BadRequest) =>
            (await network.PutAsync(path, json, (await network.GetAsync(path)).Status == HttpStatusCode.OK ? "*" : null)).Is(
                status,
                code,
                place
            );

        var (hospital, kim) = ($"api/hospitals/{network.North}", $"api/consultants/{network.Kim}");
        await RefusedAsync($"{hospital}/rooms/Clinic%20One", Six, "record.bad-id", "$.id");
        await RefusedAsync(
            $"{hospital}/calendar/hours/monday",
            """{"day":"someday","opens":"08:00:00","closes":"09:00:00"}""",
            "record.unknown-choice",
            "$.day"
        );
        await RefusedAsync(
            $"{hospital}/calendar/hours/monday",
            """{"day":"monday","opens":"25:00:00","closes":"09:00:00"}""",
            "record.bad-value",
            "$.opens"
        );
        await RefusedAsync(
            $"{hospital}/calendar/holidays/2027-12-02",
            """{"from":"2027-12-02","until":"2.12.2027","name":"x"}""",
            "record.bad-value",
            "$.until"
        );
        await RefusedAsync(
            $"{hospital}/closures/c",
            """{"room":"none","from":"2027-01-01T00:00:00Z","to":"2027-01-02T00:00:00Z"}""",
            "record.unknown-reference",
            "$.room"
        );
        await RefusedAsync(
            $"{hospital}/closures/c",
            """{"from":"2027-01-02T00:00:00Z","to":"2027-01-01T00:00:00Z"}""",
            "record.end-before-start",
            "$.to"
        );
        await RefusedAsync(
            $"{hospital}/closures/c",
            """{"from":"2027-01-01T00:00:00","to":"2027-01-02T00:00:00Z"}""", // in which zone?
            "request.no-offset",
            "$.from"
        );
        await RefusedAsync(
            $"{kim}/credentials/c",
            """{"hospital":"h-none","specialty":"cardiology","from":"2027-01-01T00:00:00Z","to":"2027-01-02T00:00:00Z"}""",
            "record.unknown-reference",
            "$.hospital"
        );
        await RefusedAsync(
            $"{kim}/credentials/c",
            network.CredentialJson().Replace("cardiology", "astrology", StringComparison.Ordinal),
            "record.unknown-reference",
            "$.specialty"
        );
        await RefusedAsync(
            kim,
            network.KimJson("x").Replace("\"networks\"", "\"home\":\"nobody\",\"networks\"", StringComparison.Ordinal),
            "record.unknown-reference",
            "$.home"
        );
        await RefusedAsync(
            kim,
            network.KimJson("x").Replace("[\"ko\"]", "[\"ko\",\"ko\"]", StringComparison.Ordinal),
            "record.twice",
            "$.languages",
            HttpStatusCode.Conflict
        );
        await RefusedAsync(
            $"api/networks/{network.Id}/travel/x",
            $$"""{"from":"{{network.North}}","to":"h-none","minutes":5}""",
            "record.unknown-reference",
            "$.to"
        );
        await RefusedAsync(
            $"api/networks/{network.Id}/rota/x",
            """{"coordinator":"p-nobody","from":"2027-01-01T00:00:00Z","to":"2027-01-02T00:00:00Z"}""",
            "record.unknown-reference",
            "$.coordinator"
        );
        (await network.PutAsync($"api/hospitals/h-none/rooms/r", Six)).Is(HttpStatusCode.NotFound, "record.unknown");
        // A hospital stays in its network.
        var other = await hub.NetworkAsync();
        await RefusedAsync(
            hospital,
            network.HospitalJson().Replace(network.Id + "\"", other.Id + "\"", StringComparison.Ordinal),
            "record.unknown-reference",
            "$.network"
        );
    }

    [Fact]
    public async Task The_history_has_the_reason_in_any_script_and_the_person_and_the_record_before_and_after()
    {
        var network = await hub.PopulatedAsync();
        const string Reason = "توسيع العيادة — 확장 ✓";
        (await network.PutAsync(network.RoomPath, Seven, "*", Reason)).Is(HttpStatusCode.OK);
        (await network.DeleteAsync(network.RoomPath, "*")).Is(HttpStatusCode.NoContent);
        var address = $"api/tables/rooms/history?owner={network.North}&id=clinic-1";
        var history = (await network.GetAsync(address)).Is(HttpStatusCode.OK).Json.EnumerateArray().ToList();
        Assert.Equal(3, history.Count);
        static int? CapacityOf(JsonElement entry, string when) =>
            entry.TryGetProperty(when, out var record) && record.ValueKind == JsonValueKind.Object
                ? record.GetProperty("capacity").GetInt32()
                : null;
        Assert.Equal([(7, null), (6, 7), (null, 6)], history.Select(h => (CapacityOf(h, "before"), CapacityOf(h, "after"))));
        Assert.Equal(
            (Reason, hub.Person, "coordinator", "The First"),
            (
                history[1].GetProperty("reason").GetString(),
                history[1].GetProperty("by").GetString(),
                history[1].GetProperty("role").GetString(),
                history[1].GetProperty("name").GetProperty("en").GetString()
            )
        );
        var older = (await network.GetAsync($"{address}&take=1&before={history[1].GetProperty("version").GetInt64()}")).Json;
        Assert.Equal(history[2].GetProperty("version").GetInt64(), older[0].GetProperty("version").GetInt64());
        (await network.GetAsync($"{address}&take=0")).Is(HttpStatusCode.BadRequest, "request.bad-parameter");
        (await network.GetAsync("api/tables/rooms/history?owner=h-none&id=x")).Is(HttpStatusCode.NotFound, "record.unknown");
        (await network.GetAsync("api/tables/nonsense/history?owner=x")).Is(HttpStatusCode.NotFound, "record.unknown-table");
    }

    [Fact]
    public async Task A_reason_has_at_most_500_characters()
    {
        var network = await hub.PopulatedAsync();
        (await network.PutAsync(network.RoomPath, Seven, "*", new string('ك', 501))).Is(HttpStatusCode.BadRequest, "request.bad-parameter");
        (await network.PutAsync(network.RoomPath, Seven, "*", new string('ك', 500))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_preview_says_what_would_happen_and_stores_nothing()
    {
        var network = await hub.PopulatedAsync();
        await network.PlanAsync("e-1");
        var tag = (await network.GetAsync(network.RoomPath)).Tag;
        var preview = (await network.PutAsync($"{network.RoomPath}?preview=true", Seven, tag)).Is(HttpStatusCode.OK);
        Assert.Equal((0, 0), (preview.Json.GetProperty("affects").GetArrayLength(), preview.Json.GetProperty("usedBy").GetArrayLength()));
        var until = $$"""{"name":{"en":"Clinic 1"},"capacity":6,"until":"{{EnteredNetwork.Iso(network.Start)}}"}""";
        preview = (await network.PutAsync($"{network.RoomPath}?preview=true", until, tag)).Is(HttpStatusCode.OK);
        var affected = Assert.Single(preview.Json.GetProperty("affects").EnumerateArray());
        Assert.Equal(
            ("e-1", network.Id, network.Week.ToString(), network.North, "roomGone"),
            (
                affected.GetProperty("engagement").GetString(),
                affected.GetProperty("network").GetString(),
                affected.GetProperty("week").GetString(),
                affected.GetProperty("hospital").GetString(),
                affected.GetProperty("reasons")[0].GetString()
            )
        );
        preview = (await network.DeleteAsync($"{network.RoomPath}?preview=true", tag)).Is(HttpStatusCode.OK);
        Assert.Equal("e-1", Assert.Single(preview.Json.GetProperty("usedBy").EnumerateArray()).GetProperty("id").GetString());
        (await network.PutAsync($"{network.RoomPath}?preview=true", """{"name":{"en":"x"},"capacity":-1}""", tag)).Is(
            HttpStatusCode.BadRequest,
            "record.out-of-range"
        );
        Assert.Equal(tag, (await network.GetAsync(network.RoomPath)).Tag);
        Assert.Empty((await network.EngagementAsync("e-1")).Attention);
        Assert.Single((await network.GetAsync($"api/tables/rooms/history?owner={network.North}&id=clinic-1")).Json.EnumerateArray());
    }

    [Fact]
    public async Task A_change_that_makes_planned_engagements_illegal_needs_a_reason_and_marks_them()
    {
        var network = await hub.PopulatedAsync();
        await network.PlanAsync("e-1");
        var path = $"api/consultants/{network.Kim}/absences/ill";
        var json =
            $$"""{"from":"{{EnteredNetwork.Iso(network.Start.AddHours(-1))}}","to":"{{EnteredNetwork.Iso(network.Start.AddHours(3))}}"}""";
        var refused = (await network.PutAsync(path, json)).Is(HttpStatusCode.Conflict, "record.affects");
        var affected = Assert.Single(refused.Json.GetProperty("affects").EnumerateArray());
        Assert.Equal("consultantAbsent", affected.GetProperty("reasons")[0].GetString());
        Assert.Equal(1, refused.Json.GetProperty("affected").GetInt32());
        (await network.PutAsync(path, json, reason: "   ")).Is(HttpStatusCode.Conflict, "record.affects");
        (await network.GetAsync(path)).Is(HttpStatusCode.NotFound);
        (await network.PutAsync(path, json, reason: "مريض")).Is(HttpStatusCode.Created);
        await Eventually.Async(async () =>
            (await network.EngagementAsync("e-1")).Attention.SequenceEqual([AttentionReason.ConsultantAbsent])
        );
        // What is marked already needs no further reason.
        (await network.PutAsync($"api/consultants/{network.Kim}/absences/ill-2", json)).Is(HttpStatusCode.Created);
        (await network.DeleteAsync(path, "*")).Is(HttpStatusCode.NoContent);
        (await network.DeleteAsync($"api/consultants/{network.Kim}/absences/ill-2", "*")).Is(HttpStatusCode.NoContent);
        await Eventually.Async(async () => (await network.EngagementAsync("e-1")).Attention.IsEmpty);
    }

    [Fact]
    public async Task What_is_in_use_can_be_ended_and_not_removed()
    {
        var network = await hub.PopulatedAsync();
        await network.CreatedAsync($"api/partners/asan?network={network.Id}", """{"name":{"en":"Asan"},"timeZone":"Asia/Seoul"}""");
        var kim = network.KimJson("Kim").Replace("\"networks\"", "\"home\":\"asan\",\"networks\"", StringComparison.Ordinal);
        (await network.PutAsync($"api/consultants/{network.Kim}", kim, "*")).Is(HttpStatusCode.OK);
        await network.PlanAsync("e-1");
        var (south, way) = ($"{network.Id}-south", $"{network.Id}-north~{network.Id}-south");
        await network.CreatedAsync($"api/hospitals/{south}", network.HospitalJson("South"));
        await network.CreatedAsync(
            $"api/networks/{network.Id}/travel/{way}",
            $$"""{"from":"{{network.North}}","to":"{{south}}","minutes":30}"""
        );
        async Task UsedAsync(string path, params (string Table, string Id)[] by)
        {
            var refused = (await network.DeleteAsync(path, "*", "Away with it")).Is(HttpStatusCode.Conflict, "record.in-use");
            Assert.Equal(
                by.Order(),
                refused
                    .Json.GetProperty("usedBy")
                    .EnumerateArray()
                    .Select(u => (u.GetProperty("table").GetString()!, u.GetProperty("id").GetString()!))
                    .Order()
            );
            Assert.Equal(by.Length, refused.Json.GetProperty("uses").GetInt32());
        }
        await UsedAsync(network.RoomPath, ("engagements", "e-1"));
        await UsedAsync($"api/hospitals/{network.North}", ("engagements", "e-1"), ("credentials", network.Kim), ("travel", way));
        await UsedAsync($"api/hospitals/{south}", ("travel", way));
        (await network.DeleteAsync($"api/networks/{network.Id}/travel/{way}", "*")).Is(HttpStatusCode.NoContent);
        (await network.DeleteAsync($"api/hospitals/{south}", "*")).Is(HttpStatusCode.NoContent);
        await UsedAsync($"api/consultants/{network.Kim}", ("engagements", "e-1"));
        await UsedAsync($"api/partners/asan?network={network.Id}", ("consultants", network.Kim));
        await UsedAsync($"api/networks/{network.Id}", ("hospitals", network.North), ("consultants", network.Kim));
        var specialty = $"s-{network.Id}";
        await network.CreatedAsync($"api/specialties/{specialty}", """{"name":{"en":"Speech therapy"}}""");
        (await network.DeleteAsync($"api/specialties/{specialty}", "*")).Is(HttpStatusCode.NoContent);
        await network.CreatedAsync($"api/specialties/{specialty}", """{"name":{"en":"Speech therapy"}}""");
        var both = kim.Replace("[\"cardiology\"]", $"[\"cardiology\",\"{specialty}\"]", StringComparison.Ordinal);
        (await network.PutAsync($"api/consultants/{network.Kim}", both, "*")).Is(HttpStatusCode.OK);
        await UsedAsync($"api/specialties/{specialty}", ("consultants", network.Kim));
        (await network.PutAsync($"api/consultants/{network.Kim}", kim, "*")).Is(HttpStatusCode.OK);
        var procedure = $"api/hospitals/{network.North}/procedures/swallowing";
        await network.CreatedAsync(procedure, $$"""{"specialty":"{{specialty}}","name":{"en":"Swallowing"},"assisted":3,"supervised":2}""");
        await UsedAsync($"api/specialties/{specialty}", ("procedures", "swallowing"));
        (await network.DeleteAsync(procedure, "*")).Is(HttpStatusCode.NoContent);
        (await network.DeleteAsync($"api/specialties/{specialty}", "*")).Is(HttpStatusCode.NoContent);
        // The hub's own specialties can be ended and changed, but they would come back.
        (await network.DeleteAsync("api/specialties/urology", "*")).Is(HttpStatusCode.Conflict, "record.in-use");

        var later = network.HospitalJson().Replace("\"city\"", "\"until\":\"2099-01-01T00:00:00Z\",\"city\"", StringComparison.Ordinal);
        (await network.PutAsync($"api/hospitals/{network.North}", later, "*")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_room_in_which_a_conference_has_sessions_is_in_use()
    {
        var ehs = new EnteredNetwork(demo.Coordinator, "ehs");
        foreach (var path in (string[])["api/hospitals/al-qassimi/rooms/hall", "api/hospitals/al-qassimi"])
        {
            var preview = (await ehs.DeleteAsync($"{path}?preview=true", "*")).Is(HttpStatusCode.OK);
            Assert.NotEmpty(preview.Json.GetProperty("usedBy").EnumerateArray());
            var refused = (await ehs.DeleteAsync(path, "*")).Is(HttpStatusCode.Conflict, "record.in-use");
            Assert.InRange(refused.Json.GetProperty("usedBy").GetArrayLength(), 1, 20);
            Assert.True(refused.Json.GetProperty("uses").GetInt32() >= refused.Json.GetProperty("usedBy").GetArrayLength());
        }
        var used = (await ehs.DeleteAsync("api/hospitals/al-qassimi/rooms/seminar?preview=true", "*")).Is(HttpStatusCode.OK);
        Assert.Contains(used.Json.GetProperty("usedBy").EnumerateArray(), u => u.GetProperty("table").GetString() == "conferences");
    }

    [Fact]
    public async Task A_record_that_is_named_by_its_content_moves_when_its_content_changes()
    {
        var network = await hub.PopulatedAsync();
        var hours = $"api/hospitals/{network.North}/calendar/hours";
        const string Monday = """{"day":"monday","opens":"08:00:00","closes":"16:00:00"}""",
            Friday = """{"day":"friday","opens":"08:00:00","closes":"12:00:00"}""";
        var created = (await network.PutAsync($"{hours}/monday", Monday)).Is(HttpStatusCode.Created);
        (await network.PutAsync($"{hours}/monday", Friday, created.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal("friday", (await network.RowsAsync("hours")).Single()["day"]!.GetValue<string>());
        (await network.GetAsync($"{hours}/monday")).Is(HttpStatusCode.NotFound);
        var friday = (await network.GetAsync($"{hours}/friday")).Is(HttpStatusCode.OK);
        (await network.PutAsync($"{hours}/friday", Monday, created.Tag)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        (await network.PutAsync($"{hours}/monday", Monday)).Is(HttpStatusCode.Created);
        (await network.PutAsync($"{hours}/friday", Monday, friday.Tag)).Is(HttpStatusCode.Conflict, "record.twice");
        Assert.Equal(2, (await network.RowsAsync("hours")).Count);

        var rota = $"api/networks/{network.Id}/rota";
        string Period(int day) => $$"""{"coordinator":"{{hub.Person}}","from":"2029-01-0{{day}}T00:00:00Z","to":"2029-01-09T00:00:00Z"}""";
        var period = (await network.PutAsync($"{rota}/new", Period(1))).Is(HttpStatusCode.Created);
        Assert.EndsWith($"{hub.Person}~20290101T000000", Uri.UnescapeDataString(period.Location!.ToString()), StringComparison.Ordinal);
        (await network.PutAsync(period.Location!.ToString(), Period(2), period.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal("2029-01-02T00:00:00", (await network.RowsAsync("rota")).Single()["from"]!.GetValue<string>()[..19]);
    }

    [Fact]
    public async Task A_consultant_is_always_in_the_list_of_some_network()
    {
        var network = await hub.PopulatedAsync();
        var alone = network.KimJson("Kim").Replace($"[\"{network.Id}\"]", "[]", StringComparison.Ordinal);
        (await network.PutAsync($"api/consultants/{network.Id}-new", alone)).Is(HttpStatusCode.BadRequest, "record.required", "$.networks");
        // The visit lists the consultant too. Without the visit, nobody could read the record any more.
        (await network.PutAsync($"api/consultants/{network.Kim}", alone, "*")).Is(HttpStatusCode.OK);
        (await network.DeleteAsync($"api/consultants/{network.Kim}/visits/visit", "*")).Is(HttpStatusCode.BadRequest, "record.required");
        (await network.PutAsync($"api/consultants/{network.Kim}", network.KimJson("Kim"), "*")).Is(HttpStatusCode.OK);
        (await network.DeleteAsync($"api/consultants/{network.Kim}/visits/visit", "*")).Is(HttpStatusCode.NoContent);
        (await network.PutAsync($"api/consultants/{network.Kim}", alone, "*")).Is(
            HttpStatusCode.BadRequest,
            "record.required",
            "$.networks"
        );
        (await network.DeleteAsync($"api/consultants/{network.Kim}", "*")).Is(HttpStatusCode.NoContent);
        Assert.Empty(await network.RowsAsync("consultants"));
        Assert.Empty(await network.RowsAsync("credentials"));
    }

    [Fact]
    public async Task Two_networks_cannot_book_the_same_time_of_a_consultant()
    {
        var (network, other) = (await hub.PopulatedAsync(), await hub.NetworkAsync());
        var path = $"api/consultants/{network.Kim}/visits/second";
        var overlap = other.VisitJson(network.Start.AddDays(19), network.Start.AddDays(25));
        var refused = await network.PutAsync(path, overlap);
        refused.Is(HttpStatusCode.Conflict, "visit.overlap", "$.arrival");
        Assert.DoesNotContain(network.Id, refused.Detail, StringComparison.Ordinal);
        (await network.PutAsync(path, other.VisitJson(network.Start.AddDays(20), network.Start.AddDays(25)))).Is(HttpStatusCode.Created);
        Assert.Equal(network.Kim, (await other.RowsAsync("consultants")).Single()["id"]!.GetValue<string>());
        (await network.DeleteAsync(path, "*")).Is(HttpStatusCode.NoContent);
        Assert.Empty(await other.RowsAsync("consultants"));
    }

    [Fact]
    public async Task A_network_changes_only_its_own_visits_of_a_consultant_of_another_network()
    {
        var (network, other) = (await hub.PopulatedAsync(), await hub.NetworkAsync());
        await network.PlanAsync("e-1");
        using var stranger = await hub.JoinAsync("coordinator", other.Id);
        await AuthenticatorApp.AddAsync(stranger.Http);
        var theirs = other.As(stranger);
        var (kim, visit) = ($"api/consultants/{network.Kim}", other.VisitJson(network.Start.AddDays(40), network.Start.AddDays(45)));
        async Task RefusedAsync(Task<Answer> change) => (await change).Is(HttpStatusCode.Forbidden, "access.denied");
        await RefusedAsync(theirs.PutAsync($"{kim}/visits/theirs", visit));

        // A person with a role in both networks enters the visit.
        await network.CreatedAsync($"{kim}/visits/theirs", visit);
        await RefusedAsync(theirs.PutAsync(kim, network.KimJson("Somebody else"), "*"));
        await RefusedAsync(theirs.DeleteAsync(kim, "*"));
        var ill = $$"""{"from":"{{EnteredNetwork.Iso(network.Start)}}","to":"{{EnteredNetwork.Iso(network.Start.AddDays(1))}}"}""";
        await RefusedAsync(theirs.PutAsync($"{kim}/absences/ill?preview=true", ill));
        await RefusedAsync(theirs.DeleteAsync($"{kim}/visits/visit", "*"));
        (await theirs.DeleteAsync($"{kim}/visits/theirs", "*")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_zone_of_a_network_stays_while_there_are_engagements()
    {
        var network = await hub.PopulatedAsync();
        var path = $"api/networks/{network.Id}";
        (await network.PutAsync(path, """{"name":{"en":"Moved"},"timeZone":"Asia/Muscat"}""", "*")).Is(HttpStatusCode.OK);
        await network.PlanAsync("e-1");
        (await network.PutAsync(path, """{"name":{"en":"Moved"},"timeZone":"UTC"}""", "*")).Is(
            HttpStatusCode.Conflict,
            "record.in-use",
            "$.timeZone"
        );
        (await network.PutAsync(path, """{"name":{"en":"Renamed"},"timeZone":"Asia/Muscat"}""", "*")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"name":{"en":"A room"},"capacity":5,"capacity":6}""")]
    [InlineData("[]")]
    public async Task A_body_that_is_no_object_or_has_a_member_twice_is_refused(string json)
    {
        var network = await hub.PopulatedAsync();
        (await network.PutAsync($"api/hospitals/{network.North}/rooms/odd", json)).Is(HttpStatusCode.BadRequest, "request.bad-json", "$");
    }
}
