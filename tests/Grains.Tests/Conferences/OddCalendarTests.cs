using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;
using ConsultHub.Journal;

namespace ConsultHub.Tests.Conferences;

/// <summary>Unusual calendars, and calendars that try to do harm.</summary>
public sealed class OddCalendarTests
{
    [Theory]
    [InlineData("Asia/Dubai")]
    [InlineData("/mozilla.org/20070129_1/Asia/Dubai")]
    [InlineData("custom_Asia/Dubai")]
    [InlineData("Arabian Standard Time")] // from Outlook
    [InlineData("\"(UTC+04:00) Abu Dhabi, Muscat\"")] // from Exchange, which defines the zone in the file
    public void Time_zone_names_of_other_programs_are_understood(string zone)
    {
        const string defined =
            "BEGIN:VTIMEZONE\nTZID:(UTC+04:00) Abu Dhabi, Muscat\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
            + "TZOFFSETFROM:+0400\nTZOFFSETTO:+0400\nEND:STANDARD\nEND:VTIMEZONE\n";
        var session = Assert.Single(Read($"{defined}{Event($"DTSTART;TZID={zone}:20261124T100000")}").Sessions);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 6, 0, 0, TimeSpan.Zero), session.Start);
    }

    [Fact]
    public void People_with_a_name_who_have_not_declined_become_speakers_and_no_mail_address_is_read()
    {
        const string people =
            "ATTENDEE;CN=Dr. Kim Min-jun:mailto:kim@hub.example\n"
            + "ATTENDEE;CN=\"Haddad, Noor\";CUTYPE=INDIVIDUAL;ROLE=CHAIR:mailto:noor@hub.example\n"
            + "ATTENDEE:mailto:private@hub.example\nATTENDEE;CN=private@hub.example:mailto:private@hub.example\n"
            + "ATTENDEE;CN=Hall A;CUTYPE=ROOM:mailto:a@hub.example\nATTENDEE;CN=Somebody;PARTSTAT=DECLINED:mailto:s@hub.example\n"
            + "ATTACH:https://hub.example/slides.pdf\nATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\n";
        var session = Assert.Single(Read(Event("DTSTART:20261124T100000Z\n" + people.TrimEnd())).Sessions);
        Assert.Equal(["Dr. Kim Min-jun", "Haddad, Noor"], session.Speakers.Select(s => s.Name));
        Assert.All(session.Speakers, s => Assert.Null(s.SourceId));
        Assert.Equal([new SessionLink("https://hub.example/slides.pdf", null, null, true)], session.Links!.Value);
    }

    [Fact]
    public void A_zone_that_the_file_defines_has_summer_time_and_a_skipped_hour_uses_the_offset_before_the_change()
    {
        const string zone = """
            BEGIN:VTIMEZONE
            TZID:Ours
            BEGIN:STANDARD
            DTSTART:16011104T030000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010325T020000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            END:DAYLIGHT
            END:VTIMEZONE

            """;
        DateTimeOffset? Start(string local) => Read(zone + Event($"DTSTART;TZID=Ours:{local}")).Sessions[0].Start?.ToUniversalTime();
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero), Start("20260701T100000"));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero), Start("20261201T100000"));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), Start("20260329T023000")); // clocks go from 2:00 to 3:00
    }

    [Fact]
    public void A_recurring_entry_keeps_its_local_time_and_each_occurrence_has_a_stable_id()
    {
        var programme = Read(
            Event(
                "DTSTART;TZID=Europe/Berlin:20261023T090000\nRRULE:FREQ=DAILY;UNTIL=20261027T080000Z\n"
                    + "EXDATE;TZID=Europe/Berlin:20261024T090000\nRDATE;VALUE=PERIOD;TZID=Europe/Berlin:20261030T120000/PT20M"
            ) + Event("RECURRENCE-ID;TZID=Europe/Berlin:20261026T090000\nDTSTART;TZID=Europe/Berlin:20261026T150000\nSTATUS:CANCELLED")
        );
        Assert.Equal(
            [
                "u-1#20261023T090000 07:00",
                "u-1#20261025T090000 08:00",
                "u-1#20261026T090000 14:00 cancelled",
                "u-1#20261027T090000 08:00",
                "u-1#20261030T120000 11:00",
            ],
            programme.Sessions.Select(s => $"{s.SourceGuid} {s.Start!.Value.UtcDateTime:HH:mm}{(s.Cancelled ? " cancelled" : "")}")
        );
        Assert.Equal(TimeSpan.FromMinutes(20), programme.Sessions[^1].Duration);
    }

    [Theory]
    [InlineData("RRULE:FREQ=SECONDLY", "import.bad-recurrence", 1)]
    [InlineData("RRULE:FREQ=MINUTELY;COUNT=999999999", "import.bad-recurrence", 1)]
    [InlineData("RRULE:FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=0,1,2,3,4,5;BYSECOND=0,1,2", "import.bad-recurrence", 1)]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", null, 1)] // 30 February never comes
    [InlineData("RRULE:FREQ=HOURLY;COUNT=999999999", "import.recurrence-cut", CalendarInstances.Most)]
    [InlineData("RRULE:FREQ=WEEKLY", "import.recurrence-cut", 53)]
    [InlineData("RRULE:FREQ=WEEKLY;INTERVAL=99999999999", "import.bad-recurrence", 1)]
    [InlineData("RRULE:nonsense", "import.bad-recurrence", 1)]
    [InlineData("RRULE:FREQ=YEARLY;COUNT=500;INTERVAL=2000", null, 4)] // only four of these years are below 10,000
    public void A_recurrence_rule_makes_only_a_limited_number_of_sessions(string rule, string? code, int times)
    {
        var programme = Read(Event($"DTSTART:20261124T100000Z\nDURATION:PT1H\nLOCATION:A\n{rule}"));
        Assert.Equal(times, programme.Sessions.Length);
        if (code is not null)
            Assert.Contains(code, programme.Warnings.Select(w => w.Code));
    }

    [Theory]
    [InlineData(
        "import.too-many-recurrences",
        "BEGIN:VEVENT\nDTSTART:20261124T100000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n",
        1_001
    )]
    [InlineData("import.too-many-sessions", "BEGIN:VEVENT\nDTSTART:20261124T100000Z\nRRULE:FREQ=HOURLY;COUNT=500\nEND:VEVENT\n", 21)]
    [InlineData("import.too-many-zones", "BEGIN:VTIMEZONE\nTZID:{0}\nEND:VTIMEZONE\n", 501)]
    [InlineData("import.too-deep", "BEGIN:X-{0}\n", 9)]
    public void A_calendar_that_asks_for_too_much_work_is_refused(string code, string part, int times) =>
        Assert.Equal(
            code,
            Fault(
                "BEGIN:VCALENDAR\n"
                    + string.Concat(Enumerable.Range(0, times).Select(i => part.Replace("{0}", $"{i}", StringComparison.Ordinal)))
                    + "END:VCALENDAR"
            ).Code
        );

    [Fact]
    public void A_time_zone_with_too_many_rules_is_refused()
    {
        var rules = string.Concat(Enumerable.Repeat("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n", 1_001));
        var zone =
            "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
            + $"{rules}END:STANDARD\nEND:VTIMEZONE\n";
        Assert.Equal("import.too-many-recurrences", Fault(Calendar(zone + Event("DTSTART;TZID=Ours:20261124T100000"))).Code);
    }

    [Theory]
    [InlineData("import.floating-time", "DTSTART:20261124T100000\nDURATION:PT1H")]
    [InlineData("import.all-day", "DTSTART;VALUE=DATE:20261124")]
    [InlineData("import.unknown-zone", "DTSTART;TZID=Mars/Olympus:20261124T100000\nDURATION:PT1H")]
    [InlineData("import.bad-duration", "DTSTART:20261124T100000Z\nDTEND:20261123T100000Z")]
    [InlineData("import.bad-time", "DTSTART:tomorrow")]
    [InlineData("import.bad-line", "DTSTART:20261124T100000Z\nthis is no line")]
    public void An_odd_calendar_entry_is_kept_with_a_warning(string code, string lines)
    {
        var programme = Read(Event(lines));
        Assert.Single(programme.Sessions);
        Assert.Contains(code, programme.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void An_update_matches_entries_by_their_uid_and_matches_each_occurrence_of_a_recurring_entry()
    {
        ConferenceState Import(ConferenceState state, Programme programme, (int, int, int) expected)
        {
            var (imported, _) = ProgrammeMerge.Merge(state, new("c"), programme, null, default);
            Assert.Equal(expected, (imported.Outcome.Added, imported.Outcome.Updated, imported.Outcome.Removed));
            return state.Apply(new JournalEntry<ConferenceEvent>(1, default, Actor.System, Guid.NewGuid(), [imported], [], null, [], null));
        }

        const string series = "DTSTART:20261124T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
            other = "BEGIN:VEVENT\nUID:u-2\nSUMMARY:Two\nDTSTART:20261124T080000Z\nDURATION:PT1H\nEND:VEVENT\n";
        var state = Import(new(), Read(Event(series) + other), (4, 0, 0));
        state = Import(state, Read(other + Event(series)), (0, 0, 0));
        state = Import(
            state,
            Read(
                Event(series)
                    + Event("RECURRENCE-ID:20261125T100000Z\nDTSTART:20261125T150000Z\nDURATION:PT1H")
                    + other.Replace("T08", "T09", StringComparison.Ordinal)
            ),
            (0, 2, 0)
        );
        Import(state, Read(Event(series + "\nEXDATE:20261126T100000Z") + other.Replace("T08", "T09", StringComparison.Ordinal)), (0, 1, 1));
    }

    [Fact]
    public void Floating_times_use_the_zone_that_the_calendar_names_or_else_the_assumed_zone()
    {
        Assert.Equal(6, Read("X-WR-TIMEZONE:Asia/Dubai\n" + Event("DTSTART:20261124T100000")).Sessions[0].Start!.Value.UtcDateTime.Hour);
        Assert.Equal(
            1,
            Read(Event("DTSTART:20261124T100000"), TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"))
                .Sessions[0]
                .Start!.Value.UtcDateTime.Hour
        );
    }

    [Fact]
    public void A_character_that_is_folded_between_its_bytes_is_joined_again_and_escapes_are_decoded()
    {
        var bytes = Encoding.UTF8.GetBytes(Calendar(Event("DTSTART:20261124T100000Z\nDESCRIPTION:One\\, two\\nthree; é")));
        var at = bytes.AsSpan().IndexOf("é"u8) + 1;
        byte[] folded = [.. bytes[..at], .. "\r\n "u8, .. bytes[at..]];
        var read = Assert.IsType<ProgrammeRead>(ProgrammeReader.Read(new MemoryStream(folded), ProgrammeFormat.Calendar)).Programme;
        Assert.Equal("One, two\nthree; é", read.Sessions[0].Abstract);
        Assert.DoesNotContain("import.encoding", read.Warnings.Select(w => w.Code));
    }

    private static string Event(string lines) => $"BEGIN:VEVENT\nUID:u-1\nSUMMARY:One\n{lines}\nEND:VEVENT\n";

    private static string Calendar(string parts) => $"BEGIN:VCALENDAR\nVERSION:2.0\n{parts}END:VCALENDAR\n";

    private static Programme Read(string parts, TimeZoneInfo? assumed = null) =>
        Assert
            .IsType<ProgrammeRead>(
                ProgrammeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Calendar(parts))), ProgrammeFormat.Calendar, assumed)
            )
            .Programme;

    private static ImportFault Fault(string text) =>
        Assert.IsType<ImportFault>(ProgrammeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), ProgrammeFormat.Calendar));
}
