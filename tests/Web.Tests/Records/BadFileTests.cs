using System.Net;
using System.Text;
using ConsultHub.Tests.Accounts;

namespace ConsultHub.Tests.Records;

/// <summary>
/// Files with faults, as people really send them. Each fault is told with a sentence, the line and the column. Nothing is stored by halves.
/// </summary>
[Collection(nameof(RecordsHub))]
public sealed class BadFileTests(RecordsHub hub)
{
    private static async Task RefusedAsFileAsync(EnteredNetwork network, string table, string file, string code, string? place)
    {
        var answer = (await network.ImportAsync(table, file)).Is(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(place, answer.Place);
        Assert.NotEmpty(answer.Detail);
        Assert.Equal(code, (await network.ImportAsync(table, file, preview: true)).Code);
    }

    [Fact]
    public async Task Time_zones_that_do_not_exist()
    {
        var network = await hub.NetworkAsync();
        var file =
            $"id,name.en,city,timeZone\n{network.Id}-a,A,Dubai,Asia/Dubai\n{network.Id}-b,B,Dubai,Dubai\n{network.Id}-c,C,Dubai,GMT+4 \n";
        Assert.Equal(
            [(3, "record.unknown-zone", "timeZone"), (4, "record.unknown-zone", "timeZone")],
            await network.RefusedAsync("hospitals", file)
        );
        Assert.Empty(await network.RowsAsync("hospitals"));
    }

    [Fact]
    public async Task Calendars_without_an_open_hour()
    {
        var network = await hub.PopulatedAsync();
        const string Header = "hospital,day,opens,closes,from,until\n";
        Assert.Equal(
            [(2, "record.end-before-start", "closes"), (3, "record.bad-value", "closes"), (4, "record.unknown-choice", "day")],
            (
                await network.RefusedAsync(
                    "hours",
                    $"{Header}{network.North},monday,08:00,08:00,,\n{network.North},tuesday,08:00,closed,,\n"
                        + $"{network.North},fri,08:00,12:00,,\n"
                )
            ).Order()
        );
        Assert.Equal(
            [(2, "calendar.no-open-hour", null)],
            await network.RefusedAsync("hours", $"{Header}{network.North},friday,08:00,12:00,2027-02-08,2027-02-10\n")
        );
        Assert.Empty(await network.RowsAsync("hours"));
    }

    [Fact]
    public async Task Rooms_twice()
    {
        var network = await hub.PopulatedAsync();
        var file = $"hospital,id,name.en,capacity\n{network.North},ward,Ward,5\n{network.North},hall,Hall,5\n{network.North},ward,Ward,6\n";
        Assert.Equal([(4, "record.twice", null)], await network.RefusedAsync("rooms", file));
        Assert.Single(await network.RowsAsync("rooms"));
    }

    [Fact]
    public async Task Credentials_that_end_before_they_begin_or_are_for_nothing_that_exists()
    {
        var network = await hub.PopulatedAsync();
        var file =
            "consultant,id,hospital,specialty,from,to\n"
            + $"{network.Kim},a,{network.North},cardiology,2027-02-01,2027-01-01\n"
            + $"{network.Kim},b,h-none,cardiology,2027-02-01,2027-03-01\n"
            + $"{network.Kim},c,{network.North},astrology,2027-02-01,2027-03-01\n"
            + "c-nobody,d,h-none,cardiology,2027-02-01,2027-03-01\n"
            + $"{network.Kim},e,{network.North},cardiology,1/2/2027,2027-03-01\n"
            + $",f,{network.North},cardiology,2027-01-02,2027-03-01\n"
            + $"{network.Kim},G h,{network.North},cardiology,2027-01-02,2027-03-01\n";
        var refused = await network.RefusedAsync("credentials", file);
        Assert.Contains((3, "record.unknown-reference", "hospital"), refused);
        Assert.Contains((4, "record.unknown-reference", "specialty"), refused);
        Assert.Contains((5, "record.unknown", "consultant"), refused);
        Assert.Contains((6, "record.bad-value", "from"), refused);
        Assert.Contains((7, "record.required", "consultant"), refused);
        Assert.Contains((8, "record.bad-id", "id"), refused);
        Assert.Equal(
            [(2, "record.end-before-start", "to")],
            await network.RefusedAsync(
                "credentials",
                $"consultant,id,hospital,specialty,from,to\n{network.Kim},a,{network.North},cardiology,2027-02-01,2027-01-01\n"
            )
        );
        Assert.Single(await network.RowsAsync("credentials"));
    }

    [Fact]
    public async Task Visits_that_overlap_in_two_networks()
    {
        var (network, other) = (await hub.PopulatedAsync(), await hub.NetworkAsync());
        (
            await other.PutAsync(
                $"api/consultants/{network.Kim}/visits/there",
                other.VisitJson(network.Start.AddDays(60), network.Start.AddDays(70))
            )
        ).Is(HttpStatusCode.Created);
        var file =
            "consultant,id,arrival,departure\n"
            + $"{network.Kim},early,{EnteredNetwork.Iso(network.Start.AddDays(40))},{EnteredNetwork.Iso(network.Start.AddDays(50))}\n"
            + $"{network.Kim},late,{EnteredNetwork.Iso(network.Start.AddDays(65))},{EnteredNetwork.Iso(network.Start.AddDays(75))}\n";
        Assert.Equal([(3, "visit.overlap", "arrival")], await network.RefusedAsync("visits", file));
        Assert.Single(await network.RowsAsync("visits"));
    }

    [Fact]
    public async Task Rows_that_the_person_may_not_change()
    {
        var (network, other) = (await hub.PopulatedAsync(), await hub.PopulatedAsync());
        using var caller = await hub.JoinAsync("coordinator", network.Id);
        await AuthenticatorApp.AddAsync(caller.Http);
        var file = $"hospital,id,name.en,capacity\n{network.North},ward,Ward,5\n{other.North},ward,Ward,5\nh-none,ward,Ward,5\n";
        Assert.Equal([(3, "access.denied", null), (4, "record.unknown", "hospital")], await network.As(caller).RefusedAsync("rooms", file));
        Assert.Single(await other.RowsAsync("rooms"));
        (await other.As(caller).ImportAsync("rooms", file)).Is(HttpStatusCode.Forbidden, "access.denied", "network");
    }

    [Fact]
    public async Task Half_a_file()
    {
        var network = await hub.PopulatedAsync();
        var file = $"hospital,id,name.en,capacity\n{network.North},ward,Ward,5\n{network.North},hall,Ha";
        Assert.Equal([(3, "table.cells-missing", null)], await network.RefusedAsync("rooms", file));
        await RefusedAsFileAsync(network, "rooms", file.Replace("hall,", "hall,\"", StringComparison.Ordinal), "table.bad-quote", "line 3");
        Assert.Single(await network.RowsAsync("rooms"));
    }

    [Fact]
    public async Task A_row_with_more_cells_than_the_first_row()
    {
        var network = await hub.PopulatedAsync();
        var file = $"hospital,id,name.en,capacity\n{network.North},ward,Ward, North,5\n{network.North},hall,Hall,5,,\n";
        Assert.Equal([(2, "table.cells-missing", null)], await network.RefusedAsync("rooms", file));
    }

    [Fact]
    public async Task A_file_for_another_table()
    {
        var network = await hub.PopulatedAsync();
        await RefusedAsFileAsync(
            network,
            "rooms",
            "consultant,id,hospital,specialty,from,to\na,b,c,d,e,f\n",
            "table.other-table",
            "credentials"
        );
        await RefusedAsFileAsync(network, "hours", "hospital,id,name.en,capacity\na,b,c,4\n", "table.other-table", "rooms");
        await RefusedAsFileAsync(network, "rooms", "Raum;Plätze\nA;4\n", "table.column-missing", null);
    }

    [Fact]
    public async Task Columns_that_are_missing_or_there_twice()
    {
        var network = await hub.PopulatedAsync();
        await RefusedAsFileAsync(network, "rooms", "id,name.en,capacity\na,A,4\n", "table.column-missing", "hospital");
        await RefusedAsFileAsync(network, "rooms", "hospital,id,Name.En,name.en\na,b,c,d\n", "table.column-twice", "name.en");
        await RefusedAsFileAsync(network, "rooms", "hospital,id,name.en,capacity\n", "table.empty", null);
        await RefusedAsFileAsync(network, "rooms", "", "table.empty", null);
    }

    [Fact]
    public async Task Files_that_are_too_large()
    {
        var network = await hub.PopulatedAsync();
        var rows = new StringBuilder("hospital,id,name.en,capacity\n");
        for (var i = 0; i <= 20_000; i++)
            rows.Append("h,r,R,5\n");
        await RefusedAsFileAsync(network, "rooms", rows.ToString(), "table.too-many-rows", "line 20002");
        var bytes = new byte[(16 << 20) + 1];
        Array.Fill(bytes, (byte)'a');
        (await network.ImportAsync("rooms", bytes)).Is(HttpStatusCode.RequestEntityTooLarge, "table.too-large");
    }

    [Fact]
    public async Task Encodings_and_separators_that_nobody_knows()
    {
        var network = await hub.PopulatedAsync();
        (await network.ImportAsync("rooms", "hospital\nx\n", query: "&encoding=klingon")).Is(
            HttpStatusCode.BadRequest,
            "table.unknown-encoding",
            "encoding"
        );
        (await network.ImportAsync("rooms", "hospital\nx\n", query: "&separator=ab")).Is(
            HttpStatusCode.BadRequest,
            "table.bad-separator",
            "separator"
        );
        (await network.ImportAsync("moons", "id\nx\n")).Is(HttpStatusCode.NotFound, "record.unknown-table");
    }

    [Fact]
    public async Task The_real_list_of_hospitals_has_no_time_zones_and_the_answer_says_so()
    {
        var network = await hub.NetworkAsync();
        var file = Encoding.UTF8.GetString(await SharedAsync("facts", "uae_ehs_hospitals.csv")).TrimStart('\uFEFF');
        var refused = await network.RefusedAsync("hospitals", file);
        Assert.Equal(16, refused.Count);
        Assert.All(refused, r => Assert.Equal(("record.required", "timeZone"), (r.Code, r.Column)));
        Assert.Empty(await network.RowsAsync("hospitals"));
        // The name of another column is understood. Two more columns are added, and the names of two are replaced.
        var rows = file.Replace("lat_a,lon_a", "latitude,longitude", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var mapped = $"id,timeZone,{rows[0]}\n" + string.Concat(rows.Skip(1).Select((r, i) => $"{network.Id}-{i},Asia/Dubai,{r}\n"));
        var report = await network.ImportedAsync("hospitals", mapped);
        Assert.Equal(16, report.GetProperty("added").GetInt32());
        Assert.Contains("emirate", report.GetProperty("ignored").EnumerateArray().Select(i => i.GetString()));
        var first = (await network.RowsAsync("hospitals", $"&id={network.Id}-0")).Single();
        Assert.Equal(("مستشفى القاسمي", 25.3418), ((string)first["name.ar"]!, (double)first["latitude"]!));
    }

    [Fact]
    public async Task The_real_list_of_Korean_departments_has_no_English_names_and_the_answer_says_so()
    {
        var network = await hub.NetworkAsync();
        var file = Encoding.UTF8.GetString(await SharedAsync("codes", "kr_hira_department_codes.csv"));
        var refused = await network.RefusedAsync("specialties", file);
        Assert.Equal(file.TrimEnd().Split('\n').Length - 1, refused.Count);
        Assert.All(refused, r => Assert.Equal(("record.required", "name.en"), (r.Code, r.Column)));
        await RefusedAsFileAsync(network, "rooms", file, "table.other-table", "specialties");
    }

    internal static async Task<byte[]> SharedAsync(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent;
        var data = Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(folder?.FullName ?? ".", "..", "shared", "data");
        var file = Path.Combine([data, .. path]);
        Assert.SkipUnless(File.Exists(file), "The shared data folder is absent.");
        return await File.ReadAllBytesAsync(file);
    }
}
