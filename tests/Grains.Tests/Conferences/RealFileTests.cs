using System.Globalization;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Tests.Conferences;

public sealed class RealFileTests
{
    [Theory]
    [InlineData("36c3_merged.xml", 1351, 92, 923, 4, "Etc/GMT-1", "04:00")]
    [InlineData("debconf23.xml", 117, 5, 87, 8, "Asia/Kolkata", "03:00")]
    [InlineData("fosdem2026.xml", 883, 30, 927, 2, "Europe/Brussels", "09:00")]
    [InlineData("fosdem2007.xml", 215, 18, 244, 2, "UTC", "09:00")]
    [InlineData("frab-camp2019.json", 79, 2, 90, 5, "Europe/Berlin", "04:00")]
    [InlineData("pretalx-democon.json", 36, 2, 27, 3, "UTC", "03:00")]
    [InlineData("hub-schedule2.json", 2, 5, 4, 1, "Europe/Berlin", "06:00")]
    public void Every_session_and_room_and_speaker_and_day_of_a_real_file_is_read(
        string name,
        int sessions,
        int rooms,
        int speakers,
        int days,
        string zone,
        string dayChange
    )
    {
        var programme = SharedSchedules.Read(name);
        Assert.Equal(sessions, programme.Sessions.Length);
        Assert.Equal(sessions, programme.Sessions.Select(s => s.Id).Distinct().Count());
        Assert.Equal(rooms, programme.Conference.Rooms.Length);
        Assert.Equal(speakers, programme.Sessions.SelectMany(s => s.Speakers).Distinct().Count());
        Assert.Equal(days, programme.Sessions.Select(s => s.Day).Distinct().Count());
        Assert.All(programme.Sessions, s => Assert.NotNull(s.Start));
        Assert.Equal(zone, programme.Conference.TimeZone);
        Assert.Equal(TimeOnly.ParseExact(dayChange, "HH:mm", CultureInfo.InvariantCulture), programme.Conference.DayChange);
    }

    [Theory]
    [InlineData(
        "36c3_merged.xml",
        "after-midnight 46, bad-url 1, duplicate-guid 3, duplicate-id 13, duplicate-room 2, markup 1, missing-zone 1, "
            + "room-differs 1, room-overlap 189, speaker-overlap 50, zero-length 1"
    )]
    [InlineData("debconf23.xml", "day-differs 8, local-start 1")]
    [InlineData("fosdem2026.xml", "markup 1, speaker-overlap 1")]
    [InlineData("fosdem2007.xml", "bad-url 1, markup 1, missing-zone 1")]
    [InlineData("frab-camp2019.json", "markup 1")]
    [InlineData("pretalx-democon.json", "offset-differs 1, speaker-overlap 1")]
    [InlineData("hub-schedule2.json", "after-midnight 1")]
    public void The_warnings_about_a_real_file_are_the_same_each_time(string name, string expected)
    {
        var warnings = SharedSchedules.Read(name).Warnings;
        var counted = warnings
            .GroupBy(w => w.Code)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key["import.".Length..]} {g.Count()}");
        Assert.Equal(expected, string.Join(", ", counted));
        Assert.Equal(
            warnings.Select(w => (w.Code, w.Message, w.Place)),
            SharedSchedules.Read(name).Warnings.Select(w => (w.Code, w.Message, w.Place))
        );
        Assert.All(warnings, w => Assert.NotNull(w.Place));
    }

    [Theory]
    [InlineData("invalid-example.json", "import.invalid", "$.schedule.rooms")]
    [InlineData("voctosched-indico.json", "import.unknown-format", "$")]
    [InlineData("voc-schema.json", "import.unknown-format", "$")]
    [InlineData("voc-schedule.xml.xsd", "import.unknown-format", "line 31")]
    [InlineData("voctosched-gpn11.csv", "import.malformed", "line 1, column 1")]
    public void A_file_that_is_invalid_or_of_another_format_is_refused_with_the_reason_and_the_place(string name, string code, string place)
    {
        var fault = Assert.IsType<ImportFault>(SharedSchedules.Result(name));
        Assert.Equal((code, place), (fault.Code, fault.Place));
    }

    [Fact]
    public void A_session_is_read_with_its_time_and_text_and_speakers()
    {
        var opening = SharedSchedules.Read("debconf23.xml").Sessions.Single(s => s.SourceId == "35");
        Assert.Equal(new DateTimeOffset(2023, 9, 10, 5, 0, 0, TimeSpan.Zero), opening.Start);
        Assert.Equal(TimeSpan.FromMinutes(20), opening.Duration);
        Assert.Equal(new DateOnly(2023, 9, 10), opening.Day);
        Assert.Equal(("Opening Ceremony", "Anamudi", "Welcome to DebConf23"), (opening.Title, opening.Room, opening.Abstract));
        Assert.Equal("Sruthi Chandran", Assert.Single(opening.Speakers).Name);
    }

    [Fact]
    public void Abstracts_of_real_files_contain_no_markup()
    {
        var abstracts = SharedSchedules
            .Read("fosdem2026.xml")
            .Sessions.Concat(SharedSchedules.Read("fosdem2007.xml").Sessions)
            .Select(s => s.Abstract);
        Assert.All(abstracts, a => Assert.DoesNotContain("<p>", a ?? "", StringComparison.OrdinalIgnoreCase));
    }
}
