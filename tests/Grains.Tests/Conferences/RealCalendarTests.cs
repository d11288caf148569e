using ConsultHub.Conferences.Import;

namespace ConsultHub.Tests.Conferences;

/// <summary>Calendars as real programs wrote them.</summary>
public sealed class RealCalendarTests
{
    [Theory]
    [InlineData("jres_2022.ics", 120, "Europe/Paris", "zero-length 1")]
    [InlineData("linux_conf_au_2020.ics", 262, "Australia/Brisbane", "empty-room 17, markup 1")]
    [InlineData("producers/icalendarpy-alarm_etar_future.ics", 1, "Europe/London", "empty-room 1")]
    [InlineData("producers/icalendarpy-alarm_google_future.ics", 1, "Europe/London", "empty-room 1")]
    [InlineData("producers/icalendarpy-alarm_thunderbird_future.ics", 1, "Europe/London", "empty-room 1")]
    [InlineData("producers/icalendarpy-america_new_york.ics", 1, "America/New_York", "empty-room 1")]
    [InlineData(
        "producers/icalendarpy-issue_156_RDATE_with_PERIOD_TZID_khal_2.ics",
        4,
        "UTC",
        "empty-room 4, missing-zone 1, recurrence-cut 4"
    )]
    [InlineData("producers/icalendarpy-issue_313_globally_unique_tzid.ics", 3, "Europe/Berlin", "empty-room 3")]
    [InlineData("producers/icalendarpy-issue_350.ics", 1, "Europe/Berlin", "bad-line 1")]
    [InlineData(
        "producers/icalendarpy-issue_722_timezone_transition_ambiguity.ics",
        4,
        "UTC",
        "empty-room 4, missing-zone 1, zero-length 4"
    )]
    [InlineData("producers/icalendarpy-pacific_fiji.ics", 1, "Pacific/Fiji", "empty-room 1, zero-length 1")]
    [InlineData("producers/icalendarpy-x_location.ics", 261, "Europe/Zurich", "recurrence-cut 1")]
    [InlineData("producers/icaljs-blank_description.ics", 1, "America/Los_Angeles", "empty-room 1")]
    [InlineData("producers/icaljs-daily_recur.ics", 367, "America/Los_Angeles", "empty-room 251, recurrence-cut 1")]
    [InlineData("producers/icaljs-google_birthday.ics", 6, "America/Los_Angeles", "all-day 1, empty-room 6, speaker-overlap 3")]
    [InlineData("producers/icaljs-multiple_rrules.ics", 36, "America/Los_Angeles", "empty-room 36")]
    [InlineData("producers/icaljs-recur_instances_finite.ics", 5, "America/Los_Angeles", "")]
    [InlineData("producers/icaljs-recur_instances.ics", 15, "America/Los_Angeles", "empty-room 2, recurrence-cut 1")]
    [InlineData(
        "producers/icalnet-Bug2148092.ics",
        6,
        "UTC",
        "all-day 1, empty-room 1, encoding 1, floating-time 1, missing-zone 1, other-entry 1"
    )]
    [InlineData("producers/icalnet-Calendar1.ics", 14, "UTC", "all-day 1, empty-room 11, floating-time 1, missing-zone 1, other-entry 1")]
    [InlineData("producers/icalnet-DateTime1.ics", 107, "America/Toronto", "recurrence-cut 2")]
    [InlineData(
        "producers/icalnet-Event3.ics",
        143,
        "America/Boise",
        "all-day 1, empty-room 61, floating-time 1, other-entry 1, recurrence-cut 1"
    )]
    [InlineData("producers/icalnet-Google1.ics", 367, "Europe/Berlin", "empty-room 251, recurrence-cut 1")]
    [InlineData("producers/icalnet-Outlook2007LineFolds.ics", 1, "UTC", "all-day 1, missing-zone 1")]
    [InlineData("producers/icalnet-ProdID1.ics", 84, "UTC", "all-day 1, empty-room 24, missing-zone 1, no-uid 1, zero-length 84")]
    [InlineData(
        "producers/icalnet-ProdID2.ics",
        40,
        "US/Eastern",
        "empty-room 40, encoding 1, floating-time 1, no-uid 1, time-out-of-range 1, zero-length 1"
    )]
    [InlineData("producers/icalnet-TimeZone3.ics", 2, "Europe/Berlin", "all-day 1, empty-room 2, recurrence-cut 1")]
    [InlineData("producers/icalnet-Trigger1.ics", 10, "UTC", "empty-room 10, missing-zone 1")]
    [InlineData("producers/icalnet-USHolidays.ics", 68, "US/Pacific", "all-day 1, empty-room 68, recurrence-cut 27")]
    [InlineData(
        "producers/libical-incoming.ics",
        6,
        "UTC",
        "duplicate-guid 1, empty-room 6, message 1, missing-zone 1, other-entry 1, speaker-overlap 1, superseded 1, zero-length 2"
    )]
    public void The_sessions_and_the_warnings_of_a_real_calendar_are_the_same_each_time(
        string name,
        int sessions,
        string zone,
        string expected
    )
    {
        var programme = SharedSchedules.Read(name);
        Assert.Equal(sessions, programme.Sessions.Length);
        Assert.Equal(sessions, programme.Sessions.Select(s => s.Id).Distinct().Count());
        Assert.Equal(zone, programme.Conference.TimeZone);
        var counted = programme
            .Warnings.GroupBy(w => w.Code)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key["import.".Length..]} {g.Count()}");
        Assert.Equal(expected, string.Join(", ", counted));
        Assert.Equal(
            programme.Warnings.Select(w => (w.Code, w.Message, w.Place)),
            SharedSchedules.Read(name).Warnings.Select(w => (w.Code, w.Message, w.Place))
        );
        Assert.All(programme.Warnings.Where(w => w.Sentence != "import.more"), w => Assert.NotNull(w.Place));
    }

    [Theory]
    [InlineData("timezones/Dubai.ics", "import.no-sessions")]
    [InlineData("timezones/Seoul.ics", "import.no-sessions")]
    public void A_calendar_without_sessions_is_refused_with_the_reason(string name, string code) =>
        Assert.Equal(code, Assert.IsType<ImportFault>(SharedSchedules.Result(name)).Code);

    [Fact]
    public void Every_calendar_file_of_the_shared_folder_is_tested_here()
    {
        var folder = Path.GetDirectoryName(SharedSchedules.PathOf("jres_2022.ics"))!;
        var here = typeof(RealCalendarTests)
            .GetMethods()
            .SelectMany(m => m.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(a => (string)((InlineDataAttribute)a).Data[0]!)
            .Distinct();
        Assert.Equal(
            Directory
                .EnumerateFiles(folder, "*.ics", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f))
                .Order(StringComparer.Ordinal),
            here.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(
        "producers/icalendarpy-issue_722_timezone_transition_ambiguity.ics",
        "2024-03-02 20:00, 2024-05-04 19:00, 2024-05-04 22:00, 2024-08-02 22:00"
    )] // these times are in the comments of the file
    [InlineData(
        "producers/icalendarpy-issue_156_RDATE_with_PERIOD_TZID_khal_2.ics",
        "2021-11-01 15:00, 2021-12-06 15:00, 2022-01-03 15:00, 2022-02-07 15:00"
    )]
    [InlineData("producers/icalendarpy-issue_313_globally_unique_tzid.ics", "2020-04-26 12:00, 2020-04-26 17:00, 2020-04-26 18:00")]
    [InlineData(
        "producers/icaljs-recur_instances_finite.ics",
        "2012-10-02 17:00, 2012-11-05 18:00, 2012-11-06 18:00, 2012-11-10 18:00, 2012-12-04 18:00"
    )]
    public void Times_in_zones_of_other_programs_are_the_right_instants(string name, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ", ",
                SharedSchedules
                    .Read(name)
                    .Sessions.Select(s =>
                        s.Start!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)
                    )
                    .Order()
            )
        );

    [Fact]
    public void A_session_is_read_with_its_room_and_text_and_uid()
    {
        var session = SharedSchedules.Read("jres_2022.ics").Sessions.Single(s => s.SourceGuid == "presentation_129@conf-ng.jres.org");
        Assert.Equal(
            ("Amphithéâtre 1600", new DateTimeOffset(2022, 5, 17, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(2)),
            (session.Room, session.Start!.Value, session.Duration)
        );
        Assert.StartsWith("Les interdépendances du monde numérique", session.Abstract, StringComparison.Ordinal);
        Assert.EndsWith("d’un numérique plus responsable.", session.Abstract, StringComparison.Ordinal);
    }
}
