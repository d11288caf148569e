using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Tests.Conferences;

/// <summary>An import keeps the sessions that have faults in the file, and warns about them.</summary>
public sealed class ImportOfFaultyFilesTests
{
    private const string Header =
        "<conference><acronym>demo</acronym><title>Demo</title><time_zone_name>Asia/Dubai</time_zone_name></conference>";

    [Theory]
    [InlineData("import.bad-time", "<date>yesterday</date><start>at noon</start><duration>00:30</duration><room>A</room>")]
    [InlineData("import.bad-time", "<date>2026-11-23T25:00:00+04:00</date><start>99:99</start><duration>00:30</duration><room>A</room>")]
    [InlineData("import.time-out-of-range", "<date>0001-01-01T10:00:00+00:00</date><duration>00:30</duration><room>A</room>")]
    [InlineData("import.time-out-of-range", "<date>9999-12-31T23:59:59+00:00</date><duration>00:30</duration><room>A</room>")]
    [InlineData("import.time-out-of-range", "<date>9999-12-31T23:59:59</date><duration>00:30</duration><room>A</room>")]
    [InlineData("import.bad-duration", "<date>2026-11-23T10:00:00+04:00</date><duration>half an hour</duration><room>A</room>")]
    [InlineData("import.bad-duration", "<date>2026-11-23T10:00:00+04:00</date><duration>999999:00</duration><room>A</room>")]
    [InlineData("import.zero-length", "<date>2026-11-23T10:00:00+04:00</date><duration>00:00</duration><room>A</room>")]
    [InlineData("import.empty-room", "<date>2026-11-23T10:00:00+04:00</date><duration>00:30</duration><room> </room>")]
    [InlineData(
        "import.start-differs",
        "<date>2026-11-23T10:00:00+04:00</date><start>11:00</start><duration>00:30</duration><room>A</room>"
    )]
    [InlineData("import.local-start", "<date>2026-11-23T06:00:00+00:00</date><start>10:00</start><duration>00:30</duration><room>A</room>")]
    [InlineData("import.offset-differs", "<date>2026-11-23T06:00:00Z</date><duration>00:30</duration><room>A</room>")]
    [InlineData("import.after-midnight", "<start>01:30</start><duration>00:30</duration><room>A</room>")]
    [InlineData(
        "import.bad-url",
        "<date>2026-11-23T10:00:00+04:00</date><duration>00:30</duration><room>A</room><url>javascript:alert(1)</url>"
    )]
    [InlineData(
        "import.markup",
        "<date>2026-11-23T10:00:00+04:00</date><duration>00:30</duration><room>A</room><abstract>&lt;p&gt;Hello&lt;/p&gt;</abstract>"
    )]
    public void An_odd_session_is_kept_with_a_warning(string code, string fields)
    {
        var header = Header.Replace("</conference>", "<day_change>04:00</day_change></conference>", StringComparison.Ordinal);
        var programme = Read(
            $"<schedule>{header}<day date=\"2026-11-23\"><event id=\"1\"><title>One</title>{fields}</event></day></schedule>"
        );
        Assert.Single(programme.Sessions);
        Assert.Contains(code, programme.Warnings.Select(w => w.Code));
        Assert.StartsWith("line 1", programme.Warnings.First(w => w.Code == code).Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "import.missing-zone")]
    [InlineData("<time_zone_name>Mars/Olympus</time_zone_name>", "import.unknown-zone")]
    [InlineData("<time_zone_name>../../etc/passwd</time_zone_name>", "import.unknown-zone")]
    public void The_given_zone_is_assumed_with_a_warning_if_the_zone_of_the_file_is_missing_or_unknown(string zone, string code)
    {
        var text =
            $"<schedule><conference><title>T</title>{zone}</conference><day date=\"2026-11-23\"><event id=\"1\"><title>One</title>"
            + "<start>10:00</start><duration>30</duration><room>A</room></event></day></schedule>";
        var programme = Read(text, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"));
        Assert.Equal(code, Assert.Single(programme.Warnings).Code);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero), programme.Sessions[0].Start);
    }

    [Fact]
    public void A_session_after_midnight_belongs_to_the_day_before()
    {
        var session = Read(
            $"<schedule>{Header}<day date=\"2026-11-23\" start=\"2026-11-23T09:00:00+04:00\" end=\"2026-11-24T05:00:00+04:00\">"
                + "<room name=\"A\"><event id=\"1\"><title>Late</title><date>2026-11-24T01:00:00+04:00</date>"
                + "<duration>01:00</duration></event></room></day></schedule>"
        ).Sessions[0];
        Assert.Equal(new DateOnly(2026, 11, 23), session.Day);
    }

    [Fact]
    public void Control_characters_of_a_file_are_never_stored()
    {
        const string bad = "a\\u0000\\u001b\\u0085b";
        var json = """
            {"schedule":{"version":"BAD","conference":{"acronym":"BAD","title":"BAD","tracks":[{"name":"BAD"}],
            "days":[{"index":1,"date":"2026-11-23","rooms":{"BAD":[
            {"guid":"BAD","id":"BAD","date":"2026-11-23T10:00:00Z","duration":"00:30","title":"BAD","subtitle":"BAD",
            "type":"BAD","language":"BAD","abstract":"BAD","slug":"BAD",
            "persons":[{"id":"BAD","name":"BAD"}],"links":[{"url":"https://hub.example/","title":"BAD"}]}]}}]}}}
            """.Replace("BAD", bad, StringComparison.Ordinal);
        var programme = Assert
            .IsType<ProgrammeRead>(ProgrammeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), ProgrammeFormat.ScheduleJson))
            .Programme;
        var session = Assert.Single(programme.Sessions);
        string?[] kept =
        [
            programme.Conference.Id.Value,
            programme.Conference.Title,
            programme.Conference.Rooms[0].Name,
            programme.Conference.Tracks[0],
            session.Id.Value,
            session.SourceGuid,
            session.SourceId,
            session.Title,
            session.Subtitle,
            session.Kind,
            session.Language,
            session.Abstract,
            session.Slug,
            session.Room,
            session.Speakers[0].Name,
            session.Speakers[0].SourceId,
            session.Links!.Value[0].Title,
        ];
        Assert.All(kept, text => Assert.Matches("^[a-z0-9 \n-]+\\z", text));
    }

    [Fact]
    public void Any_script_and_emoji_are_kept_and_control_characters_are_replaced()
    {
        var session = Read(
            $"<schedule>{Header}<day date=\"2026-11-23\"><event id=\"١\"><title>مؤتمر 의료 👩🏽‍⚕️&#x9;x</title>"
                + "<start>10:00</start><duration>30</duration><room>قاعة</room>"
                + "<persons><person>김민준</person></persons></event></day></schedule>"
        ).Sessions[0];
        Assert.Equal(("مؤتمر 의료 👩🏽‍⚕️ x", "قاعة", "김민준"), (session.Title, session.Room, session.Speakers[0].Name));
        Assert.True(SessionId.TryParse(session.Id.Value, null, out _));
    }

    [Fact]
    public void Long_texts_are_cut_between_characters_with_a_warning()
    {
        var programme = Read(
            $"<schedule>{Header}<day date=\"2026-11-23\"><event id=\"1\"><title>{string.Concat(Enumerable.Repeat("👩", 400))}</title>"
                + "<start>10:00</start><duration>30</duration><room>A</room>"
                + $"<abstract>{new string('x', 30_000)}</abstract></event></day></schedule>"
        );
        Assert.True(programme.Sessions[0].Title.Length <= 300 && !char.IsHighSurrogate(programme.Sessions[0].Title[^2]));
        Assert.Equal(20_000, programme.Sessions[0].Abstract!.Length);
        Assert.Equal(2, programme.Warnings.Count(w => w.Code == "import.text-cut"));
    }

    [Fact]
    public void Sessions_with_the_same_id_in_the_file_get_different_ids_in_the_hub()
    {
        var one = "<event id=\"7\"><title>One</title><start>10:00</start><duration>30</duration><room>A</room></event>";
        var programme = Read($"<schedule>{Header}<day date=\"2026-11-23\">{one}{one}</day></schedule>");
        Assert.Equal(["demo-7", "demo-7-2"], programme.Sessions.Select(s => s.Id.Value));
        Assert.Equal(["import.duplicate-id", "import.room-overlap"], programme.Warnings.Select(w => w.Code).Order());
    }

    [Theory]
    [InlineData("a &lt; b and std::vector&lt;int&gt;", "a < b and std::vector<int>", false)]
    [InlineData("<![CDATA[<p>One</p><ul><li>two</li></ul><script>alert(1)</script>&amp;]]>", "One\n• two\n\n&", true)]
    [InlineData("plain <b>bold</b>", "plain bold", true)]
    public void Html_is_removed_from_an_abstract_and_other_text_stays_unchanged(string written, string read, bool told)
    {
        var programme = Read(
            $"<schedule>{Header}<day date=\"2026-11-23\"><event id=\"1\"><title>One</title><start>10:00</start>"
                + $"<duration>30</duration><room>A</room><abstract>{written}</abstract></event></day></schedule>"
        );
        Assert.Equal(read, programme.Sessions[0].Abstract);
        Assert.Equal(told, programme.Warnings.Any(w => w.Code == "import.markup"));
    }

    private static Programme Read(string xml, TimeZoneInfo? assumed = null) =>
        Assert
            .IsType<ProgrammeRead>(
                ProgrammeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), ProgrammeFormat.ScheduleXml, assumed)
            )
            .Programme;
}
