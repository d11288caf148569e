using System.Net;
using System.Text;
using System.Text.Json;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Records;

/// <summary>Imports of CSV files over HTTP: what is stored, what is asked, and what a preview says.</summary>
[Collection(nameof(RecordsHub))]
public sealed class TableImportTests(RecordsHub hub)
{
    private static string Rooms(EnteredNetwork network, params string[] rows) =>
        "hospital,id,name.en,capacity\n" + string.Concat(rows.Select(r => $"{network.North},{r}\n"));

    private static (int Added, int Changed, int Same, int Refused) Counts(JsonElement report) =>
        (
            report.GetProperty("added").GetInt32(),
            report.GetProperty("changed").GetInt32(),
            report.GetProperty("same").GetInt32(),
            report.GetProperty("refused").GetInt32()
        );

    [Fact]
    public async Task A_preview_says_what_each_row_would_do_and_stores_nothing()
    {
        var network = await hub.PopulatedAsync();
        var file = Rooms(network, "clinic-1,Clinic 1,6", "ward,Ward,12", "clinic-1b,,0", "hall,Hall,180") + "\n";
        var report = (await network.ImportAsync("rooms", file, preview: true)).Is(HttpStatusCode.OK).Json;
        Assert.Equal((2, 0, 1, 1), Counts(report));
        Assert.Equal(("utf-8", ","), (report.GetProperty("encoding").GetString(), report.GetProperty("separator").GetString()));
        var rows = report.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(
            [(4, "refused"), (3, "added"), (5, "added")],
            rows.Select(r => (r.GetProperty("line").GetInt32(), r.GetProperty("outcome").GetString()))
        );
        Assert.Equal([network.North, "ward"], rows[1].GetProperty("key").EnumerateArray().Select(k => k.GetString()));
        file = Rooms(network, "clinic-1,Clinic One,8");
        report = (await network.ImportAsync("rooms", file, preview: true)).Is(HttpStatusCode.OK).Json;
        Assert.Equal(
            [("name.en", "Clinic 1", "Clinic One"), ("capacity", "6", "8")],
            report
                .GetProperty("rows")[0]
                .GetProperty("changes")
                .EnumerateArray()
                .Select(c => (c.GetProperty("column").GetString(), $"{c.GetProperty("before")}", $"{c.GetProperty("after")}"))
        );
        Assert.Single(await network.RowsAsync("rooms"));
    }

    [Fact]
    public async Task A_file_is_stored_as_a_whole_and_importing_it_again_changes_nothing()
    {
        var network = await hub.PopulatedAsync();
        var file = Rooms(network, "clinic-1,Clinic One,8", "ward,Ward,12");
        var report = await network.ImportedAsync("rooms", file);
        Assert.Equal((1, 1, 0, 0), Counts(report));
        var progress = (await network.GetAsync($"api/tables/imports/{report.GetProperty("import").GetString()}")).Json;
        Assert.Equal(
            (2, 2, true),
            (progress.GetProperty("done").GetInt32(), progress.GetProperty("of").GetInt32(), progress.GetProperty("finished").GetBoolean())
        );
        Assert.Equal(
            [("clinic-1", 8), ("ward", 12)],
            (await network.RowsAsync("rooms")).Select(r => (r["id"]!.GetValue<string>(), r["capacity"]!.GetValue<int>()))
        );
        Assert.Equal((0, 0, 2, 0), Counts(await network.ImportedAsync("rooms", file)));
        (await network.GetAsync($"api/tables/imports/i-{Guid.NewGuid():N}")).Is(HttpStatusCode.NotFound, "table.unknown-import");
        (await network.GetAsync("api/tables/imports/nonsense")).Is(HttpStatusCode.NotFound, "table.unknown-import");
    }

    [Fact]
    public async Task If_one_row_is_refused_nothing_is_stored()
    {
        var network = await hub.PopulatedAsync();
        Assert.Equal(
            [(3, "record.out-of-range", "capacity")],
            await network.RefusedAsync("rooms", Rooms(network, "ward,Ward,12", "hall,Hall,0", "clinic-1,Clinic 1,9"))
        );
        Assert.Equal(6, (await network.RowsAsync("rooms")).Single()["capacity"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_file_with_some_columns_changes_only_these_and_a_blank_cell_removes_a_value()
    {
        var network = await hub.PopulatedAsync();
        await network.ImportedAsync("rooms", $"hospital,id,name.ar,until\n{network.North},clinic-1,عيادة,2099-01-01\n");
        var room = (await network.RowsAsync("rooms")).Single();
        Assert.Equal(("Clinic 1", "عيادة", 6), ((string)room["name.en"]!, (string)room["name.ar"]!, (int)room["capacity"]!));
        // The last day counts, so the room ends when the day is over in Dubai.
        Assert.StartsWith("2099-01-01T20:00:00", (string)room["until"]!, StringComparison.Ordinal);
        var report = await network.ImportedAsync("rooms", $"Hospital,ID,Until,Notes\n{network.North},clinic-1,,old\n");
        Assert.Equal(["Notes"], report.GetProperty("ignored").EnumerateArray().Select(i => i.GetString()));
        room = (await network.RowsAsync("rooms")).Single();
        Assert.Equal((null, "عيادة"), ((string?)room["until"], (string)room["name.ar"]!));
        Assert.Equal(
            [(2, "record.required", "name.en")],
            await network.RefusedAsync("rooms", $"hospital,id,name.en\n{network.North},clinic-1,\n")
        );
        Assert.Equal(
            [(2, "record.required", "name.en")],
            await network.RefusedAsync("rooms", $"hospital,id,capacity\n{network.North},new,5\n")
        );
    }

    [Fact]
    public async Task A_file_with_some_columns_also_finds_records_that_are_named_by_their_content()
    {
        var network = await hub.PopulatedAsync();
        await network.ImportedAsync(
            "hours",
            $"hospital,day,opens,closes,from,until\n{network.North},friday,08:00,12:00,,\n"
                + $"{network.North},friday,09:00,11:30,2027-02-08,2027-03-09\n"
        );
        var report = await network.ImportedAsync("hours", $"hospital,day,closes\n{network.North},Friday,11:45\n");
        Assert.Equal((0, 1, 0, 0), Counts(report));
        Assert.Equal(
            [("11:45:00", null), ("11:30:00", "2027-02-08")],
            (await network.RowsAsync("hours")).Select(r => ((string)r["closes"]!, (string?)r["from"]))
        );
        Assert.Equal(
            [(2, "record.required", "opens")],
            await network.RefusedAsync("hours", $"hospital,day,closes\n{network.North},monday,11:45\n")
        );
    }

    [Fact]
    public async Task The_order_of_the_rows_of_one_owner_does_not_matter()
    {
        var network = await hub.PopulatedAsync();
        // The first visit moves to a time that the second one frees.
        var (a, b, c) = (network.Start.AddDays(-20), network.Start.AddDays(20), network.Start.AddDays(40));
        string Visits(params (string Id, DateTimeOffset From, DateTimeOffset To)[] rows) =>
            "consultant,id,network,arrival,departure\n"
            + string.Concat(
                rows.Select(r => $"{network.Kim},{r.Id},{network.Id},{EnteredNetwork.Iso(r.From)},{EnteredNetwork.Iso(r.To)}\n")
            );
        await network.ImportedAsync("visits", Visits(("second", b, c)));
        await network.ImportedAsync("visits", Visits(("second", a, b), ("visit", b, c)));
        Assert.Equal(["second", "visit"], (await network.RowsAsync("visits", "&sort=arrival")).Select(r => (string)r["id"]!));
        Assert.Equal(
            [(2, "visit.overlap", "arrival"), (3, "visit.overlap", "departure")],
            await network.RefusedAsync("visits", Visits(("visit", b.AddHours(-1), c), ("second", a, b.AddMinutes(-1))))
        );
    }

    [Fact]
    public async Task A_row_without_an_id_gets_one_from_its_name_which_stays_the_same()
    {
        var network = await hub.PopulatedAsync();
        var file = $"hospital,name.en,name.ko,capacity\n{network.North},Große Halle 2,강당,180\n{network.North},강당,강당,90\n";
        await network.ImportedAsync("rooms", file);
        Assert.Contains("gro-e-halle-2", (await network.RowsAsync("rooms")).Select(r => (string)r["id"]!));
        Assert.Equal((0, 0, 2, 0), Counts(await network.ImportedAsync("rooms", file)));
        Assert.Equal(3, (await network.RowsAsync("rooms")).Count);
    }

    [Fact]
    public async Task New_hospitals_and_consultants_without_a_network_belong_to_the_network_of_the_import()
    {
        var network = await hub.NetworkAsync();
        await network.ImportedAsync("hospitals", $"id,name.en,city,timeZone\n{network.Id}-west,West,Ajman,Asia/Dubai\n");
        await network.ImportedAsync("consultants", $"id,name.en,homeTimeZone\n{network.Id}-lee,Lee Seo-yeon,Asia/Seoul\n");
        Assert.Equal(network.Id, (string)(await network.RowsAsync("hospitals")).Single()["network"]!);
        Assert.Equal([network.Id], (await network.RowsAsync("consultants")).Single()["networks"]!.AsArray().Select(n => (string)n!));
    }

    [Theory]
    [InlineData("windows-1256", "عيادة القلب"), InlineData("ks_c_5601-1987", "심장내과 진료실"), InlineData("utf-16", "심장내과 진료실")]
    public async Task Files_in_encodings_of_Windows_arrive_as_they_were_written(string name, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var network = await hub.PopulatedAsync();
        var encoding = Encoding.GetEncoding(name);
        var file = $"hospital;id;name.en;name.ar;capacity\r\n{network.North};x;{text};{text};5\r\n";
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(file)];
        var report = (await network.ImportAsync("rooms", bytes)).Is(HttpStatusCode.OK).Json;
        Assert.Equal(";", report.GetProperty("separator").GetString());
        Assert.Equal(text, (string)(await network.RowsAsync("rooms", "&id=x")).Single()["name.ar"]!);
    }

    [Fact]
    public async Task A_person_whom_the_hub_probably_knows_is_asked_for_and_the_answer_counts()
    {
        var network = await hub.PopulatedAsync(); // with Kim Min-jun
        const string Header = "id,name.en,homeTimeZone\n";
        var file = $"{Header}{network.Id}-a,Minjun Kim,Asia/Seoul\n{network.Id}-b,Omar Saeed,Asia/Dubai\n";
        Assert.Equal([(2, "table.same-person", "name.en")], await network.RefusedAsync("consultants", file));
        var preview = (await network.ImportAsync("consultants", file, preview: true)).Json;
        var like = preview.GetProperty("rows")[0].GetProperty("like");
        Assert.Equal(
            (network.Kim, "Kim Min-jun"),
            (like.GetProperty("id").GetString(), like.GetProperty("name").GetProperty("en").GetString())
        );

        var report = await network.ImportedAsync("consultants", file, $"&same=2:{network.Kim}");
        Assert.Equal((1, 1, 0, 0), Counts(report));
        Assert.Equal(["Minjun Kim", "Omar Saeed"], (await network.RowsAsync("consultants")).Select(r => (string)r["name.en"]!).Order());
        Assert.Equal(
            ["cardiology"],
            (await network.RowsAsync("consultants", $"&id={network.Kim}")).Single()["specialties"]!.AsArray().Select(s => (string)s!)
        );
        // Another file spells the second person differently, and this time it is somebody else.
        file = $"{Header}{network.Id}-c,Saeed Umar,Asia/Dubai\n";
        Assert.Equal([(2, "table.same-person", "name.en")], await network.RefusedAsync("consultants", file));
        await network.ImportedAsync("consultants", file, "&new=2");
        Assert.Equal(3, (await network.RowsAsync("consultants")).Count);
        (await network.ImportAsync("consultants", file, query: "&same=nonsense")).Is(HttpStatusCode.BadRequest, "request.bad-parameter");
    }

    [Fact]
    public async Task Two_rows_of_one_file_can_be_the_same_person()
    {
        var network = await hub.NetworkAsync();
        var file = $"id,name.en,homeTimeZone\n{network.Id}-a,Kim Min-jun,Asia/Seoul\n{network.Id}-b,Min Jun KIM,Asia/Seoul\n";
        Assert.Equal([(3, "table.same-person", "name.en")], await network.RefusedAsync("consultants", file));
        var like = (await network.ImportAsync("consultants", file, preview: true)).Json.GetProperty("rows")[0].GetProperty("like");
        Assert.Equal(2, like.GetProperty("line").GetInt32());
        await network.ImportedAsync("consultants", file, "&new=3");
    }

    [Fact]
    public async Task A_row_without_an_id_whose_name_is_known_is_asked_about()
    {
        var network = await hub.PopulatedAsync(); // with the room clinic-1, named Clinic 1
        string File(string rows) => $"hospital,name.en,capacity\n{rows.Replace("^", network.North, StringComparison.Ordinal)}";
        Assert.Equal((0, 0, 1, 0), Counts(await network.ImportedAsync("rooms", File("^,Clinic 1,6\n")))); // it changes nothing
        var file = File("^,Clinic 1,8\n");
        Assert.Equal([(2, "table.same-name", "name.en")], await network.RefusedAsync("rooms", file));
        var like = (await network.ImportAsync("rooms", file, preview: true)).Json.GetProperty("rows")[0].GetProperty("like");
        Assert.Equal(
            ("clinic-1", "Clinic 1"),
            (like.GetProperty("id").GetString(), like.GetProperty("name").GetProperty("en").GetString())
        );
        Assert.Equal((1, 0, 0, 0), Counts(await network.ImportedAsync("rooms", file, "&new=2")));
        Assert.Equal((0, 1, 0, 0), Counts(await network.ImportedAsync("rooms", File("^,Clinic 1,9\n"), "&same=2:clinic-1")));
        Assert.Equal(
            [("clinic-1", 9), ("clinic-1-2", 8)],
            (await network.RowsAsync("rooms")).Select(r => ((string)r["id"]!, (int)r["capacity"]!))
        );
        // Two rows of one file with the same name are asked about too.
        file = File("^,Ward,1\n^,Ward,2\n");
        Assert.Equal([(3, "table.same-name", "name.en")], await network.RefusedAsync("rooms", file));
        await network.ImportedAsync("rooms", file, "&new=3");
        Assert.Equal((0, 0, 2, 0), Counts(await network.ImportedAsync("rooms", file)));
    }

    [Fact]
    public async Task A_person_without_an_id_is_asked_about_also_without_a_network_in_the_address()
    {
        var network = await hub.PopulatedAsync();
        var name = $"Omar {string.Concat(network.Id[1..].Select(c => (char)('a' + (c % 26))))}";
        await network.ImportedAsync("consultants", $"name.en,homeTimeZone\n{name},Asia/Dubai\n");
        var omar = (await network.RowsAsync("consultants")).Single(r => (string)r["name.en"]! == name);
        var file = $"name.en,homeTimeZone,networks\n{name},Asia/Muscat,{network.Id}\n";
        foreach (var address in new[] { "api/tables/consultants", $"api/tables/consultants?network={network.Id}" })
        {
            using var response = await hub.Admin.Http.PostAsync(address, new StringContent(file, Encoding.UTF8, "text/csv"));
            var answer = (await Answer.OfAsync(response)).Is(HttpStatusCode.UnprocessableEntity, "table.refused");
            var row = answer.Json.GetProperty("report").GetProperty("rows")[0];
            Assert.Equal(
                ("table.same-person", (string)omar["id"]!),
                (row.GetProperty("code").GetString(), row.GetProperty("like").GetProperty("id").GetString())
            );
        }
        await network.ImportedAsync("consultants", file, "&new=2");
        Assert.Equal(2, (await network.RowsAsync("consultants")).Count(r => (string)r["name.en"]! == name));
    }

    [Fact]
    public async Task An_import_that_makes_engagements_illegal_needs_a_reason()
    {
        var network = await hub.PopulatedAsync();
        await network.PlanAsync("e-1");
        var file =
            $"consultant,id,from,to\n"
            + $"{network.Kim},ill,{EnteredNetwork.Iso(network.Start)},{EnteredNetwork.Iso(network.Start.AddDays(1))}\n";
        var refused = (await network.ImportAsync("absences", file)).Is(HttpStatusCode.Conflict, "record.affects");
        Assert.Equal(1, refused.Json.GetProperty("report").GetProperty("affected").GetInt32());
        Assert.Equal("e-1", refused.Json.GetProperty("report").GetProperty("affects")[0].GetProperty("engagement").GetString());
        Assert.Empty(await network.RowsAsync("absences"));
        (await network.ImportAsync("absences", file, reason: "إجازة")).Is(HttpStatusCode.OK);
        await Eventually.Async(async () =>
            (await network.EngagementAsync("e-1")).Attention.SequenceEqual([AttentionReason.ConsultantAbsent])
        );
        var history = (await network.GetAsync($"api/tables/absences/history?owner={network.Kim}&id=ill")).Json;
        Assert.Equal("إجازة", history[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_preview_can_tell_how_far_it_is()
    {
        var network = await hub.PopulatedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/tables/rooms?network={network.Id}&preview=true")
        {
            Content = new StringContent(Rooms(network, "ward,Ward,12", "bad,,5"), Encoding.UTF8, "text/csv"),
        };
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var response = await network.Caller.Http.SendAsync(request);
        Assert.Equal("application/x-ndjson", response.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("""{"checked":2,"of":2}""", lines[^2]);
        Assert.Equal((1, 0, 0, 1), Counts(JsonDocument.Parse(lines[^1]).RootElement));
    }

    [Fact]
    public async Task A_text_that_a_spreadsheet_would_run_as_a_formula_survives_export_and_import()
    {
        var network = await hub.PopulatedAsync();
        string[] contacts = ["=HYPERLINK(\"http://x\")", "+971 4 123, extension 5", "-", "@kim", "'quoted", "'=x", "a \"b\", c;d"];
        foreach (var (contact, i) in contacts.Select((c, i) => (c, i)))
            await network.CreatedAsync(
                $"api/hospitals/{network.Id}-{i}",
                network
                    .HospitalJson()
                    .Replace("\"city\"", $"\"contact\":{JsonSerializer.Serialize(contact)},\"city\"", StringComparison.Ordinal)
            );
        var file = await network.ExportAsync("hospitals");
        Assert.Contains("'+971 4 123", file, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", file, StringComparison.Ordinal);
        Assert.Equal((0, 0, contacts.Length + 1, 0), Counts(await network.ImportedAsync("hospitals", file)));
    }

    [Fact]
    public async Task A_program_needs_only_the_action_that_changes_the_table()
    {
        var network = await hub.PopulatedAsync();
        async Task<EnteredNetwork> ProgramAsync(params string[] actions)
        {
            var made = await DoAsync(
                hub.Admin.Http,
                "POST",
                "api/tokens",
                new
                {
                    name = "A program",
                    actions,
                    until = DateTimeOffset.UtcNow.AddDays(1),
                }
            );
            var program = Caller.Nobody(hub.Host.Address);
            program.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {made.GetProperty("token").GetString()}");
            return network.As(program);
        }
        var places = await ProgramAsync("hospitals.change");
        var people = await ProgramAsync("consultants.change");
        var rights = await ProgramAsync("consultants.change-credentials");
        var rooms = Rooms(network, "ward,Ward,12");
        await places.ImportedAsync("rooms", rooms);
        await places.ImportedAsync("hospitals", $"id,name.en,city,timeZone\n{network.Id}-w,West,Ajman,Asia/Dubai\n");
        await people.ImportedAsync("consultants", $"id,name.en,homeTimeZone\n{network.Id}-omar,Omar Saeed,Asia/Dubai\n");
        await people.ImportedAsync("absences", $"consultant,id,from,to\n{network.Kim},a,2029-01-01,2029-01-02\n");
        var credential = $"consultant,id,hospital,specialty,from,to\n{network.Kim},c,{network.North},urology,2029-01-01,2029-01-02\n";
        await rights.ImportedAsync("credentials", credential);
        (await people.ImportAsync("rooms", rooms)).Is(HttpStatusCode.Forbidden, "access.denied");
        (await places.ImportAsync("absences", $"consultant,id,from,to\n{network.Kim},b,2029-01-01,2029-01-02\n")).Is(
            HttpStatusCode.Forbidden,
            "access.denied"
        );
        (await people.ImportAsync("credentials", credential)).Is(HttpStatusCode.Forbidden, "access.denied");
        (await places.ImportAsync("policy", $"network\n{network.Id}\n")).Is(HttpStatusCode.Forbidden, "access.denied");
        // The list of tables says the same.
        var tables = (await places.GetAsync("api/tables")).Json.EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        Assert.Contains(network.Id, tables["rooms"].GetProperty("mayChange").EnumerateArray().Select(n => n.GetString()));
        Assert.DoesNotContain("credentials", tables.Keys);
    }
}
