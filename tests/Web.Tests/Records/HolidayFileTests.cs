using System.Net;
using System.Text;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>Holidays from iCalendar files over HTTP.</summary>
[Collection(nameof(RecordsHub))]
public sealed class HolidayFileTests(RecordsHub hub)
{
    private static string Event(string name, string from, string? end, string more = "") =>
        $"BEGIN:VEVENT\r\nUID:{name}\r\nDTSTART;VALUE=DATE:{from}\r\n"
        + (end is null ? "" : $"DTEND;VALUE=DATE:{end}\r\n")
        + $"SUMMARY:{name}\r\n{more}END:VEVENT\r\n";

    private static string Calendar(params string[] events) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    private static Task<Answer> SendAsync(EnteredNetwork network, string file, string query = "", bool preview = false) =>
        network.ImportAsync("holidays", Encoding.UTF8.GetBytes(file), preview, query, type: "text/calendar");

    private static async Task<JsonElement> ImportedAsync(EnteredNetwork network, string file, string query = "") =>
        (await SendAsync(network, file, query)).Is(HttpStatusCode.OK).Json;

    private static async Task<string[]> HolidaysAsync(EnteredNetwork network, string query = "") =>
        [.. (await network.RowsAsync("holidays", query)).Select(r => $"{r["hospital"]} {r["from"]} {r["until"]} {r["name"]}")];

    private static (int Added, int Changed, int Same, int Refused) Counts(JsonElement report) =>
        (
            report.GetProperty("added").GetInt32(),
            report.GetProperty("changed").GetInt32(),
            report.GetProperty("same").GetInt32(),
            report.GetProperty("refused").GetInt32()
        );

    /// <summary>A network with two hospitals, one of which is called south.</summary>
    private async Task<(EnteredNetwork Network, string South)> TwoHospitalsAsync()
    {
        var network = await hub.PopulatedAsync();
        await network.CreatedAsync($"api/hospitals/{network.Id}-south", network.HospitalJson("South"));
        return (network, $"{network.Id}-south");
    }

    [Fact]
    public async Task Events_become_holidays_of_all_hospitals_and_the_end_of_an_event_is_the_day_after_the_last()
    {
        var (network, south) = await TwoHospitalsAsync();
        var file = Calendar(Event("Eid", "20270309", "20270312"), Event("New Year", "20270101", null));
        var preview = (await SendAsync(network, file, preview: true)).Is(HttpStatusCode.OK).Json;
        Assert.Equal((4, 0, 0, 0), Counts(preview));
        Assert.Equal([3, 3, 9, 9], preview.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("line").GetInt32()));
        Assert.Empty(await HolidaysAsync(network));

        await ImportedAsync(network, file);
        Assert.Equal(
            [
                $"{network.North} 2027-01-01 2027-01-01 New Year",
                $"{network.North} 2027-03-09 2027-03-11 Eid",
                $"{south} 2027-01-01 2027-01-01 New Year",
                $"{south} 2027-03-09 2027-03-11 Eid",
            ],
            await HolidaysAsync(network)
        );
        Assert.Equal((0, 0, 4, 0), Counts(await ImportedAsync(network, file)));
    }

    [Fact]
    public async Task Only_the_hospitals_that_the_request_names_get_the_holidays()
    {
        var (network, south) = await TwoHospitalsAsync();
        var file = Calendar(Event("Eid", "20270309", "20270312"));
        await ImportedAsync(network, file, $"&hospital={south}");
        Assert.Equal([$"{south} 2027-03-09 2027-03-11 Eid"], await HolidaysAsync(network));
        var refused = await SendAsync(network, file, $"&hospital={south}&hospital=nowhere");
        Assert.Equal(
            1,
            refused.Is(HttpStatusCode.UnprocessableEntity, "table.refused").Json.GetProperty("report").GetProperty("refused").GetInt32()
        );
    }

    [Fact]
    public async Task A_newer_file_changes_ends_and_names_and_says_which_holidays_it_no_longer_has()
    {
        var network = await hub.PopulatedAsync();
        await ImportedAsync(
            network,
            Calendar(
                Event("New Year", "20270101", null),
                Event("Eid", "20270309", "20270312"),
                Event("National day", "20271202", "20271204")
            )
        );
        await network.CreatedAsync(
            $"api/hospitals/{network.North}/calendar/holidays/x",
            """{"from":"2026-05-05","until":"2026-05-05","name":"Before the file"}"""
        );
        // The feast begins a day later than predicted.
        var newer = Calendar(
            Event("New Year", "20270101", null),
            Event("Eid al-Fitr", "20270310", "20270313"),
            Event("Union day", "20271202", "20271205")
        );
        var preview = (await SendAsync(network, newer, preview: true)).Json;
        Assert.Equal((1, 1, 1, 0), Counts(preview));
        var missing = Assert.Single(preview.GetProperty("missing").EnumerateArray());
        Assert.Equal([network.North, "2027-03-09"], missing.GetProperty("key").EnumerateArray().Select(k => k.GetString()));
        Assert.Equal("Eid", missing.GetProperty("cells").GetProperty("name").GetString());
        await ImportedAsync(network, newer);
        Assert.Equal(
            ["2026-05-05 Before the file", "2027-01-01 New Year", "2027-03-09 Eid", "2027-03-10 Eid al-Fitr", "2027-12-02 Union day"],
            (await network.RowsAsync("holidays", "&sort=from")).Select(r => $"{r["from"]} {r["name"]}")
        );
    }

    [Fact]
    public async Task Events_that_begin_on_one_day_become_one_holiday()
    {
        var network = await hub.PopulatedAsync();
        await ImportedAsync(network, Calendar(Event("Children", "20250505", null), Event("Buddha", "20250505", "20250507")));
        Assert.Equal([$"{network.North} 2025-05-05 2025-05-06 Children; Buddha"], await HolidaysAsync(network));
    }

    [Fact]
    public async Task What_is_no_holiday_is_refused_with_its_place()
    {
        var network = await hub.PopulatedAsync();
        var good = Event("Eid", "20270309", "20270312");
        foreach (
            var (file, code, place) in new[]
            {
                (Calendar(good, Event("Daily", "20270310", null, "RRULE:FREQ=DAILY\r\n")), "table.recurring-event", "line 9"),
                (
                    Calendar(good, "BEGIN:VEVENT\r\nSUMMARY:A talk\r\nDTSTART:20270101T090000\r\nEND:VEVENT\r\n"),
                    "table.timed-event",
                    "line 9"
                ),
                (Calendar(Event("No date", "2027", null)), "table.timed-event", "line 3"),
                (Calendar(Event("No end", "20270101", null, "DURATION:P9999999D\r\n")), "table.timed-event", "line 3"),
                (Calendar(good).Replace("END:VCALENDAR\r\n", "", StringComparison.Ordinal), "table.bad-calendar", "line 1"),
                ("hospital,from\r\n", "table.bad-calendar", "line 1"),
                (Calendar(), "table.empty", null),
                (Calendar(Event("Gone", "20270101", null, "STATUS:CANCELLED\r\n")), "table.empty", null),
            }
        )
        {
            var refused = (await SendAsync(network, file)).Is(HttpStatusCode.UnprocessableEntity, code);
            Assert.Equal(place, refused.Place);
            Assert.NotEmpty(refused.Detail);
        }
        // The rules of holidays hold too.
        var long61 = (await SendAsync(network, Calendar(Event("Long", "20270101", "20270401")), preview: true)).Json;
        Assert.Equal("record.out-of-range", long61.GetProperty("rows")[0].GetProperty("code").GetString());
        (await SendAsync(await hub.NetworkAsync(), Calendar(good))).Is(HttpStatusCode.BadRequest, "record.unknown-reference", "hospital");
        (await network.ImportAsync("rooms", Calendar(good), query: "", type: "text/calendar")).Is(
            HttpStatusCode.UnsupportedMediaType,
            "request.unsupported-type"
        );
        Assert.Empty(await HolidaysAsync(network));
    }

    [Theory, InlineData("ae_2025_2030.ics", 49), InlineData("kr_2025_2030.ics", 89)]
    public async Task Published_calendars_are_read(string name, int holidays)
    {
        var path = Path.Combine(SharedFiles.Folder, "holidays", name);
        Assert.SkipUnless(File.Exists(path), "The shared calendars are not on this machine.");
        var network = await hub.PopulatedAsync();
        var report = await ImportedAsync(network, await File.ReadAllTextAsync(path));
        Assert.Equal((holidays, 0, 0, 0), Counts(report));
        Assert.Equal(holidays, (await network.RowsAsync("holidays")).Count);
    }

    [Fact]
    public async Task The_holidays_of_Korea_become_those_of_a_partner_and_stand_in_plans_of_rotations()
    {
        var path = Path.Combine(SharedFiles.Folder, "holidays", "kr_2025_2030.ics");
        Assert.SkipUnless(File.Exists(path), "The shared calendars are not on this machine.");
        var network = await hub.PopulatedAsync();
        var korea = await File.ReadAllTextAsync(path);
        Task<Answer> ImportAsync(string query = "") =>
            network.ImportAsync("partner-holidays", Encoding.UTF8.GetBytes(korea), query: query, type: "text/calendar");
        (
            await network.PutAsync(
                $"api/partners/{network.Id}-one?network={network.Id}",
                """{"name":{"en":"One"},"timeZone":"Asia/Seoul"}"""
            )
        ).Is(HttpStatusCode.Created);
        (
            await network.PutAsync(
                $"api/partners/{network.Id}-two?network={network.Id}",
                """{"name":{"en":"Two"},"timeZone":"Asia/Seoul"}"""
            )
        ).Is(HttpStatusCode.Created);
        (await ImportAsync()).Is(HttpStatusCode.BadRequest, "request.bad-parameter", "partner");
        (await ImportAsync($"&partner={network.Id}-one")).Is(HttpStatusCode.OK);
        (await network.DeleteAsync($"api/partners/{network.Id}-one?network={network.Id}", "*")).Is(
            HttpStatusCode.Conflict,
            "record.in-use"
        );
        var rows = await network.RowsAsync("partner-holidays");
        Assert.Contains(rows, r => $"{r["partner"]} {r["from"]}" == $"{network.Id}-one 2027-03-01");
        Assert.DoesNotContain(rows, r => $"{r["partner"]}" == $"{network.Id}-two");

        var programme = $"api/programmes/{network.Id}-elective";
        (
            await network.PutAsync(
                programme,
                $$"""
                {"network":"{{network.Id}}","kind":"residencyElective","name":{"en":"An elective"},"summary":{"en":"A month."},
                "partner":"{{network.Id}}-one","hospitals":[],"atPartner":true,"languages":["en"],"director":"{{hub.Person}}",
                "reviewsPerSide":1,"admission":"selection","public":false}
                """
            )
        ).Is(HttpStatusCode.Created);
        (
            await network.PutAsync(
                $"{programme}/cohorts/c",
                """
                {"name":{"en":"March"},"from":"2027-03-01","to":"2027-03-31","applyBy":"2027-02-01T00:00:00Z","places":1,"answerDays":7}
                """
            )
        ).Is(HttpStatusCode.Created);
        var plan = (await network.GetAsync($"{programme}/rotations-attention")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["2027-03-01"],
            plan.GetProperty("holidays")
                .EnumerateArray()
                .Select(h => h.GetProperty("from").GetString())
                .Where(d => d!.StartsWith("2027", StringComparison.Ordinal))
        );
    }
}
