using System.Net;
using System.Text.Json;
using ConsultHub.Client;
using ConsultHub.Directories;
using ConsultHub.Live;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>Lists of records: search, order, filters, pages and limits. And the live topic that says what has changed.</summary>
[Collection(nameof(RecordsHub))]
public sealed class TableListTests(RecordsHub hub)
{
    private const string Rooms = """
        id,name.en,name.ar,name.ko,capacity,until
        clinic-1,Clinic 1,العِيادة الأولى,진료실 하나,6,
        clinic-2,Clinic 2,العيادة الثانية,진료실 둘,6,2099-01-01
        ward,Ward Nürnberg,الجناح,병동,12,
        hall,Lecture hall,القاعة,대강당,1000,
        zelt,Zelt,,,7,
        """;

    private static string[] Ids(JsonElement list) =>
        [.. list.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("key")[1].GetString()!)];

    private async Task<(EnteredNetwork Network, Func<string, Task<string[]>> Ids)> WithRoomsAsync()
    {
        var network = await hub.NetworkAsync();
        await network.CreatedAsync($"api/hospitals/{network.North}", network.HospitalJson());
        var lines = Rooms.Split('\n');
        await network.ImportedAsync("rooms", $"hospital,{lines[0]}\n" + string.Concat(lines.Skip(1).Select(l => $"{network.North},{l}\n")));
        return (
            network,
            async query => Ids((await network.GetAsync($"api/tables/rooms?network={network.Id}&{query}")).Is(HttpStatusCode.OK).Json)
        );
    }

    [Theory]
    [InlineData("CLINIC", "clinic-1 clinic-2"), InlineData("nurn", "ward"), InlineData("nürn", "ward"), InlineData("강당", "hall")]
    [InlineData("عيادة", "clinic-1 clinic-2"), InlineData("العيادة الثا", "clinic-2"), InlineData("1000", "hall"), InlineData("000000", "")]
    [
        InlineData("2099-01", "clinic-2"),
        InlineData("nothing", ""),
        InlineData("  ", "clinic-1 clinic-2 hall ward zelt"),
        InlineData("\"", "")
    ]
    public async Task A_search_finds_a_text_in_every_cell_and_script(string search, string found)
    {
        var (_, ids) = await WithRoomsAsync();
        Assert.Equal(found, string.Join(' ', (await ids($"search={Uri.EscapeDataString(search)}")).Order()));
    }

    [Fact]
    public async Task Rows_are_sorted_by_a_column_with_numbers_as_numbers()
    {
        var (network, ids) = await WithRoomsAsync();
        Assert.Equal(["clinic-1", "clinic-2", "zelt", "ward", "hall"], await ids("sort=capacity"));
        Assert.Equal(["hall", "ward", "zelt"], (await ids("sort=capacity&descending=true")).Take(3));
        Assert.Equal(["zelt", "ward", "hall", "clinic-2", "clinic-1"], await ids("sort=name.en&descending=true"));
        Assert.Equal("clinic-2", (await ids("sort=until"))[^1]);
        Assert.Equal(["zelt", "hall", "ward"], (await ids("sort=name.ko")).Take(3));
        foreach (var (name, longitude) in new[] { ("a", "-120"), ("b", "-9.5"), ("c", "55") })
            await network.CreatedAsync(
                $"api/hospitals/{network.Id}-{name}",
                network
                    .HospitalJson(name)
                    .Replace("\"city\"", $"\"latitude\":1,\"longitude\":{longitude},\"city\"", StringComparison.Ordinal)
            );
        var west = (await network.GetAsync($"api/tables/hospitals?network={network.Id}&sort=longitude")).Json;
        Assert.Equal(
            ["North", "a", "b", "c"],
            west.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("cells").GetProperty("name.en").GetString())
        );
    }

    [Fact]
    public async Task Columns_filter_rows_also_by_one_value_of_a_list()
    {
        var (network, ids) = await WithRoomsAsync();
        Assert.Equal(["clinic-1", "clinic-2"], await ids("capacity=6"));
        Assert.Equal(["clinic-2"], await ids("capacity=6&search=2099"));
        Assert.Equal(["zelt"], await ids("name.ar="));
        Assert.Empty(await ids($"hospital={network.Id}-south"));
        await network.ImportedAsync(
            "consultants",
            $"id,name.en,homeTimeZone,languages\n{network.Id}-a,Kim,Asia/Seoul,ko;en\n{network.Id}-b,Omar,Asia/Dubai,ar;en\n"
        );
        async Task<int> WhoAsync(string language) => (await network.RowsAsync("consultants", $"&languages={language}")).Count;
        Assert.Equal((1, 2, 0), (await WhoAsync("ko"), await WhoAsync("en"), await WhoAsync("e")));
    }

    [Fact]
    public async Task A_list_is_read_in_pages_and_says_how_many_rows_there_are()
    {
        var (network, _) = await WithRoomsAsync();
        async Task<JsonElement> PageAsync(string query) =>
            (await network.GetAsync($"api/tables/rooms?network={network.Id}&sort=name.en&{query}")).Is(HttpStatusCode.OK).Json;
        var page = await PageAsync("offset=1&take=2&search=cli");
        Assert.Equal(["clinic-2"], Ids(page));
        Assert.Equal((2, 5), (page.GetProperty("matching").GetInt32(), page.GetProperty("total").GetInt32()));
        Assert.Equal(["hall", "ward"], Ids(await PageAsync("offset=2&take=2")));
        Assert.Empty(Ids(await PageAsync("offset=99")));
    }

    [Theory]
    [InlineData("take=0", "take"), InlineData("take=201", "take"), InlineData("offset=-1", "offset"), InlineData("sort=color", "sort")]
    [InlineData("search=LONG", "search")]
    public async Task A_parameter_beyond_its_limits_is_refused(string query, string place)
    {
        var network = await hub.NetworkAsync();
        query = query.Replace("LONG", new string('x', 101), StringComparison.Ordinal);
        (await network.GetAsync($"api/tables/rooms?network={network.Id}&{query}")).Is(
            HttpStatusCode.BadRequest,
            "request.bad-parameter",
            place
        );
    }

    [Fact]
    public async Task A_list_is_about_a_network_and_a_table_that_exist()
    {
        var network = await hub.NetworkAsync();
        (await network.GetAsync("api/tables/rooms")).Is(HttpStatusCode.BadRequest, "request.bad-parameter", "network");
        (await network.GetAsync($"api/tables/moons?network={network.Id}")).Is(HttpStatusCode.NotFound, "record.unknown-table", "table");
        Assert.Empty(Ids((await network.GetAsync("api/tables/rooms?network=n-none")).Is(HttpStatusCode.OK).Json));
        Assert.NotEmpty((await network.GetAsync("api/tables/specialties")).Is(HttpStatusCode.OK).Json.GetProperty("rows").EnumerateArray());
    }

    [Fact]
    public async Task A_row_says_its_address_and_tag_and_whether_the_person_may_change_it()
    {
        var network = await hub.PopulatedAsync();
        var row = (await network.GetAsync($"api/tables/rooms?network={network.Id}")).Json.GetProperty("rows")[0];
        Assert.Equal($"/{network.RoomPath}", row.GetProperty("path").GetString());
        Assert.True(row.GetProperty("mayChange").GetBoolean());
        Assert.Equal(row.GetProperty("tag").GetString(), (await network.GetAsync(network.RoomPath)).Tag);
        (await network.PutAsync(network.RoomPath, EnteredNetwork.Room, row.GetProperty("tag").GetString())).Is(HttpStatusCode.OK);
        using var caller = await hub.JoinAsync("consultant", network.Id);
        row = (await network.As(caller).GetAsync($"api/tables/rooms?network={network.Id}")).Json.GetProperty("rows")[0];
        Assert.False(row.GetProperty("mayChange").GetBoolean());
        foreach (var table in (await network.GetAsync("api/tables")).Json.EnumerateArray())
        {
            var name = table.GetProperty("name").GetString()!;
            foreach (
                var listed in (await network.GetAsync($"api/tables/{name}?network={network.Id}&take=3"))
                    .Json.GetProperty("rows")
                    .EnumerateArray()
            )
            {
                var answer = (await network.GetAsync(listed.GetProperty("path").GetString()!)).Is(HttpStatusCode.OK);
                // The pages of what comes from files have tags of their own.
                if (!table.GetProperty("byFileOnly").GetBoolean())
                    Assert.Equal(listed.GetProperty("tag").GetString(), answer.Tag);
            }
        }
    }

    [Fact]
    public async Task Only_those_who_may_read_credentials_see_how_to_reach_a_consultant()
    {
        var network = await hub.PopulatedAsync();
        var json = network.KimJson("Kim").Replace("\"networks\"", "\"contact\":\"+82 2 123\",\"networks\"", StringComparison.Ordinal);
        (await network.PutAsync($"api/consultants/{network.Kim}", json, "*")).Is(HttpStatusCode.OK);
        Assert.Equal("+82 2 123", (string)(await network.RowsAsync("consultants")).Single()["contact"]!);
        using var caller = await hub.JoinAsync("consultant", network.Id);
        var other = network.As(caller);
        Assert.Null((await other.RowsAsync("consultants")).Single()["contact"]);
        Assert.Empty(await other.RowsAsync("consultants", "&search=82%202"));
        Assert.DoesNotContain("82 2", await other.ExportAsync("consultants"), StringComparison.Ordinal);
        Assert.Empty(await other.RowsAsync("credentials"));
    }

    [Fact]
    public async Task A_visit_to_another_network_is_in_the_list_of_that_network()
    {
        var (network, other) = (await hub.PopulatedAsync(), await hub.NetworkAsync());
        var visit = other.VisitJson(network.Start.AddDays(30), network.Start.AddDays(40));
        await network.CreatedAsync($"api/consultants/{network.Kim}/visits/other", visit);
        Assert.Equal("visit", (string)(await network.RowsAsync("visits")).Single()["id"]!);
        Assert.Equal("other", (string)(await other.RowsAsync("visits")).Single()["id"]!);
        Assert.Empty(await other.RowsAsync("credentials"));
    }

    [Fact]
    public async Task Each_change_is_told_to_those_who_watch_the_records_of_the_network()
    {
        var (network, other) = (await hub.PopulatedAsync(), await hub.PopulatedAsync());
        await using var client = network.Caller.Watcher();
        var watched = client.Watch($"records/{network.Id}");
        await watched.WhenLiveAsync();
        long VersionOf(string kind, string id) =>
            watched.Picture.Items.Values.OfType<RecordChanges>().Single(c => c.Kind == kind).Recent.Single(r => r.Id == id).Version;

        async Task TellsAsync(string kind, string id, Func<Task> change)
        {
            var before = VersionOf(kind, id);
            await change();
            await Eventually.Async(() => VersionOf(kind, id) > before);
        }
        await TellsAsync(
            "hospitals",
            network.North,
            () => network.CreatedAsync($"api/hospitals/{network.North}/rooms/new", EnteredNetwork.Room)
        );
        await TellsAsync(
            "hospitals",
            network.North,
            async () => (await network.DeleteAsync($"api/hospitals/{network.North}/rooms/new", "*")).Is(HttpStatusCode.NoContent)
        );
        await TellsAsync(
            "consultants",
            network.Kim,
            () =>
                network.CreatedAsync(
                    $"api/consultants/{network.Kim}/absences/a",
                    """{"from":"2029-01-01T00:00:00Z","to":"2029-01-02T00:00:00Z"}"""
                )
        );
        await TellsAsync(
            "networks",
            network.Id,
            () => network.CreatedAsync($"api/partners/p?network={network.Id}", """{"name":{"en":"P"},"timeZone":"Asia/Seoul"}""")
        );
        await TellsAsync(
            "hospitals",
            network.North,
            () => network.ImportedAsync("rooms", $"hospital,id,name.en,capacity\n{network.North},x,X,5\n")
        );
        await network.CreatedAsync($"api/hospitals/{network.Id}-new", network.HospitalJson());
        await Eventually.Async(() =>
            watched.Picture.Items.Values.OfType<RecordChanges>().Single(c => c.Kind == "hospitals").Recent[0].Id == $"{network.Id}-new"
        );
        // Changes of another network are not told here.
        await other.CreatedAsync($"api/partners/p?network={other.Id}", """{"name":{"en":"P"},"timeZone":"Asia/Seoul"}""");
        var networks = (await network.Caller.GetTopicAsync($"records/{network.Id}"))
            .Items.OfType<RecordChanges>()
            .Single(c => c.Kind == "networks");
        Assert.Equal([network.Id], networks.Recent.Select(r => r.Id));
    }
}
