using System.Net;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>
/// Sets of records that are read and replaced together: the calendar of a hospital, and the ways and the rota of a network.
/// </summary>
[Collection(nameof(RecordsHub))]
public sealed class RecordSetTests(RecordsHub hub)
{
    private const string Calendar = """
        {"hours":[{"day":"monday","opens":"08:00:00","closes":"16:00:00"},{"day":"friday","opens":"08:00:00","closes":"12:00:00"}],
        "holidays":[{"from":"2027-12-02","until":"2027-12-03","name":"اليوم الوطني"}]}
        """;

    private static string CalendarPath(EnteredNetwork network) => $"api/hospitals/{network.North}/calendar";

    [Fact]
    public async Task A_calendar_is_replaced_as_a_whole_if_nobody_has_changed_it_meanwhile()
    {
        var network = await hub.PopulatedAsync();
        var path = CalendarPath(network);
        var empty = (await network.GetAsync(path)).Is(HttpStatusCode.OK);
        Assert.Equal("""{"hours":[],"holidays":[]}""", empty.Text);
        (await network.PutAsync(path, Calendar)).Is((HttpStatusCode)428, "record.condition-missing");
        var entered = (await network.PutAsync(path, Calendar, empty.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal((2, 1), (entered.Json.GetProperty("hours").GetArrayLength(), entered.Json.GetProperty("holidays").GetArrayLength()));
        Assert.Equal(entered.Tag, (await network.GetAsync(path)).Tag);
        Assert.Equal(2, (await network.RowsAsync("hours")).Count);

        var late = (await network.PutAsync(path, Calendar, empty.Tag)).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        Assert.Equal(entered.Tag, late.Tag);
        Assert.Equal(2, late.Json.GetProperty("current").GetProperty("hours").GetArrayLength());
        // Only what differs is changed: Friday and the holiday go, and Monday stays as it is.
        const string Monday = """{"hours":[{"day":"monday","opens":"08:00:00","closes":"16:00:00"}],"holidays":[]}""";
        (await network.PutAsync(path, Monday, entered.Tag)).Is(HttpStatusCode.OK);
        var history = $"api/tables/hours/history?owner={network.North}&id=";
        Assert.Single((await network.GetAsync(history + "monday")).Json.EnumerateArray());
        Assert.Equal(2, (await network.GetAsync(history + "friday")).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_preview_of_a_calendar_stores_nothing()
    {
        var network = await hub.PopulatedAsync();
        var path = CalendarPath(network);
        var preview = (await network.PutAsync($"{path}?preview=true", Calendar, "*")).Is(HttpStatusCode.OK);
        Assert.Equal(0, preview.Json.GetProperty("affects").GetArrayLength());
        preview = (await network.PutAsync($"{path}?preview=true", """{"hours":[],"holidays":[]}""", "*")).Is(HttpStatusCode.OK);
        Assert.Equal(0, preview.Json.GetProperty("usedBy").GetArrayLength());
        Assert.Empty(await network.RowsAsync("hours"));
    }

    [Theory]
    [InlineData("""{"hours":[{"day":"monday","opens":"08:00:00"}],"holidays":[]}""", "record.required", "$.hours[0].closes")]
    [InlineData(
        """{"hours":[],"holidays":[{"from":"2027-01-01","until":"2027-01-01","name":"x"},7]}""",
        "record.bad-value",
        "$.holidays[1]"
    )]
    [InlineData(
        """{"hours":[{"day":"monday","opens":"09:00:00","closes":"08:00:00"}],"holidays":[]}""",
        "record.end-before-start",
        "$.hours[0].closes"
    )]
    [InlineData("""{"hours":[]}""", "record.required", "$.holidays")]
    [InlineData("""{"hours":[],"holidays":[],"moons":[]}""", "request.bad-json", "$.moons")]
    [InlineData(
        """{"hours":[{"day":"monday","opens":"nine","closes":"08:00:00"}],"holidays":[]}""",
        "record.bad-value",
        "$.hours[0].opens"
    )]
    public async Task A_fault_in_a_calendar_is_named_with_its_place(string json, string code, string place)
    {
        var network = await hub.PopulatedAsync();
        (await network.PutAsync(CalendarPath(network), json, "*")).Is(HttpStatusCode.BadRequest, code, place);
        Assert.Empty(await network.RowsAsync("holidays"));
    }

    [Fact]
    public async Task A_calendar_without_an_open_hour_is_refused()
    {
        var network = await hub.PopulatedAsync();
        // From Monday, the 8th, to Wednesday, the 10th of February 2027, there is no Friday.
        const string Never = """
            {"hours":[{"day":"friday","opens":"08:00:00","closes":"12:00:00","from":"2027-02-08","until":"2027-02-10"}],"holidays":[]}
            """;
        (await network.PutAsync(CalendarPath(network), Never, "*")).Is(HttpStatusCode.BadRequest, "calendar.no-open-hour");
        // The only open Friday is a holiday.
        const string Holiday = """
            {"hours":[{"day":"friday","opens":"08:00:00","closes":"12:00:00","from":"2027-02-08","until":"2027-02-14"}],
            "holidays":[{"from":"2027-02-12","until":"2027-02-12","name":"Holiday"}]}
            """;
        (await network.PutAsync(CalendarPath(network), Holiday, "*")).Is(HttpStatusCode.BadRequest, "calendar.no-open-hour");
        (await network.PutAsync(CalendarPath(network), """{"hours":[],"holidays":[]}""", "*")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_same_hours_twice_in_a_calendar_are_refused()
    {
        var network = await hub.PopulatedAsync();
        const string Twice = """
            {"hours":[{"day":"monday","opens":"08:00:00","closes":"10:00:00"},{"day":"monday","opens":"11:00:00","closes":"12:00:00"}],
            "holidays":[]}
            """;
        (await network.PutAsync(CalendarPath(network), Twice, "*")).Is(HttpStatusCode.Conflict, "record.twice");
    }

    [Fact]
    public async Task The_ways_and_the_rota_of_a_network_are_replaced_as_a_whole()
    {
        var network = await hub.PopulatedAsync();
        await network.CreatedAsync($"api/hospitals/{network.Id}-south", network.HospitalJson("South"));
        var ways = $"api/networks/{network.Id}/travel";
        string Way(int minutes) => $$"""{"travel":[{"from":"{{network.North}}","to":"{{network.Id}}-south","minutes":{{minutes}}}]}""";
        var first = (await network.PutAsync(ways, Way(30), "*")).Is(HttpStatusCode.OK);
        (await network.PutAsync(ways, Way(40), first.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal(40, (await network.RowsAsync("travel")).Single()["minutes"]!.GetValue<int>());
        (await network.PutAsync(ways, Way(-1), "*")).Is(HttpStatusCode.BadRequest, "record.out-of-range");
        (await network.PutAsync(ways, """{"travel":[]}""", "*")).Is(HttpStatusCode.OK);
        Assert.Empty(await network.RowsAsync("travel"));

        var rota = $"api/networks/{network.Id}/rota";
        var period = $$"""{"coordinator":"{{hub.Person}}","from":"2029-01-01T00:00:00Z","to":"2029-01-09T00:00:00Z"}""";
        (await network.PutAsync(rota, $$"""{"rota":[{{period}}]}""", "*")).Is(HttpStatusCode.OK);
        (await network.PutAsync(rota, $$"""{"rota":[{{period}},{{period}}]}""", "*")).Is(HttpStatusCode.Conflict, "record.twice");
        Assert.Single(await network.RowsAsync("rota"));
        (await network.GetAsync("api/networks/n-none/rota")).Is(HttpStatusCode.NotFound, "record.unknown");
    }

    [Fact]
    public async Task Holidays_that_make_engagements_illegal_need_a_reason()
    {
        var network = await hub.PopulatedAsync();
        var policy = (await network.GetAsync($"api/networks/{network.Id}/policy")).Is(HttpStatusCode.OK);
        var strict = policy.Text.Replace("\"workingHours\":\"warn\"", "\"workingHours\":\"refuse\"", StringComparison.Ordinal);
        (await network.PutAsync($"api/networks/{network.Id}/policy", strict, policy.Tag)).Is(HttpStatusCode.OK);
        await network.PlanAsync("e-1");
        var day = DateOnly
            .FromDateTime(network.Start.UtcDateTime)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var holiday = $$"""{"hours":[],"holidays":[{"from":"{{day}}","until":"{{day}}","name":"Holiday"}]}""";
        var refused = (await network.PutAsync(CalendarPath(network), holiday, "*")).Is(HttpStatusCode.Conflict, "record.affects");
        Assert.Equal("outsideHours", refused.Json.GetProperty("affects")[0].GetProperty("reasons")[0].GetString());
        (await network.PutAsync(CalendarPath(network), holiday, "*", "Royal wedding")).Is(HttpStatusCode.OK);
        await Eventually.Async(async () => (await network.EngagementAsync("e-1")).Attention.SequenceEqual([AttentionReason.OutsideHours]));
    }
}
