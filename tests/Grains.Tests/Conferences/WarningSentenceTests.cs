using System.Text;
using System.Text.Json;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Tests.Conferences;

/// <summary>Warnings name their sentence and its values, so that clients can show them in other languages.</summary>
public sealed class WarningSentenceTests
{
    /// <summary>Together these files cause every kind of warning.</summary>
    private static IEnumerable<Programme> OddFiles()
    {
        const string at = "<date>2026-11-25T10:00:00+04:00</date><duration>01:00</duration>";
        yield return Xml(
            $"""
            <day date="2026-11-23" start="2026-11-24T09:00:00+04:00"/>
            <day date="2026-11-25"><room name="A"/><room name="A"/><room name="a"/><room name="A">
            <event id="1" guid="g"><title>One</title>{at}<persons><person id="7">Dr Kim</person></persons></event>
            <event id="1" guid="g"><title>Two</title>{at}<room>B</room><persons><person id="7">Dr Kim</person></persons></event>
            <event id="3"><date>yesterday</date><start>at noon</start></event>
            <event id="4"><title>Ancient</title><date>0001-01-01T10:00:00+00:00</date><duration>00:00</duration></event>
            <event id="5"><title>Differs</title>{at}<start>11:00</start></event>
            <event id="6"><title>Local</title><date>2026-11-25T06:00:00+00:00</date><start>10:00</start><duration>01:00</duration></event>
            <event id="7"><title>Offset</title><date>2026-11-25T06:00:00Z</date><duration>01:00</duration></event>
            <event id="8"><title>Late</title><start>01:30</start><duration>01:00</duration></event>
            <event id="9"><title>Another day</title><date>2026-12-01T10:00:00+04:00</date><duration>01:00</duration></event>
            <event id="10"><title>{new string('x', 400)}</title>{at}<url>javascript:alert(1)</url><abstract>&lt;p&gt;{new string(
                'x',
                30_000
            )}&lt;/p&gt;</abstract></event>
            <event id="11"><title>Many</title>{at}<persons>{string.Concat(
                Enumerable.Range(0, 201).Select(i => $"<person>{i}</person>")
            )}</persons></event>
            <event id="12"><title>Linked</title>{at}<links>{string.Concat(
                Enumerable.Range(0, 101).Select(i => $"<link href='https://hub.example/{i}'/>")
            )}</links></event>
            </room></day>
            """
        );
        yield return Xml(string.Concat(Enumerable.Repeat("<day date=\"2026-11-25\"><event/></day>", 251)), "");
        yield return Xml("<day date=\"2026-11-25\"><event/></day>", "<time_zone_name>Mars/Olympus</time_zone_name>");
        yield return Read(
            ProgrammeFormat.Calendar,
            Encoding.Latin1.GetBytes(
                """
                BEGIN:VCALENDAR
                this is no line
                BEGIN:VTODO
                END:VTODO
                BEGIN:VEVENT
                SUMMARY:Café
                DTSTART;VALUE=DATE:20261125
                END:VEVENT
                BEGIN:VEVENT
                UID:nothing
                END:VEVENT
                BEGIN:VEVENT
                UID:backwards
                DTSTART:20261125T100000Z
                DTEND:20261124T100000Z
                RRULE:nonsense
                EXRULE:FREQ=DAILY
                END:VEVENT
                BEGIN:VEVENT
                UID:endless
                DTSTART;TZID=Mars/Olympus:20261125T100000
                RRULE:FREQ=WEEKLY
                END:VEVENT
                BEGIN:VEVENT
                UID:changed
                SEQUENCE:1
                RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T100000
                DTSTART:20261125T100000
                END:VEVENT
                BEGIN:VEVENT
                UID:changed
                RECURRENCE-ID:20261125T100000
                DTSTART:20261125T100000
                END:VEVENT
                END:VCALENDAR
                BEGIN:VCALENDAR
                METHOD:REPLY
                BEGIN:VEVENT
                UID:answer
                DTSTART:20261125T100000Z
                END:VEVENT
                END:VCALENDAR
                """
            )
        );
    }

    [Fact]
    public void Every_warning_sentence_occurs_with_its_values()
    {
        var told = OddFiles().SelectMany(p => p.Warnings).ToList();
        Assert.Equal(
            Sentences.English(typeof(WarningSentences)).Keys.Except([WarningSentences.Places.Name]).Order(),
            told.Select(w => w.Sentence).Distinct().Order()
        );
        Assert.All(
            told,
            w =>
            {
                Assert.Equal(Places(w.Sentence), w.Values.Keys.Except(["places"]).Order());
                Assert.Equal(
                    w.Values.ContainsKey("places"),
                    w.Message.EndsWith($" Places concerned: {w.Values.GetValueOrDefault("places")}.", StringComparison.Ordinal)
                );
                Assert.True(
                    w.Sentence == WarningSentences.More.Name
                        || w.Sentence == w.Code
                        || w.Sentence.StartsWith(w.Code + '.', StringComparison.Ordinal)
                );
            }
        );
    }

    [Fact]
    public void Names_stay_unchanged_and_dates_and_numbers_are_machine_readable_values()
    {
        var warnings = Xml(
            $$"""
            <day date="2026-11-25"><room name="{title}">
            <event id="1"><title>{room}</title><start>01:30</start><duration>01:00</duration></event>
            <event id="2"><title>Two</title><start>02:00</start><duration>01:00</duration><abstract>{{new string(
                'x',
                30_000
            )}}</abstract></event>
            </room></day>
            """
        ).Warnings;
        ImportWarning Told(string sentence) => warnings.First(w => w.Sentence == sentence);
        Assert.Equal(
            ("The session begins at 01:30, after midnight, and belongs to 2026-11-25.", "2026-11-25"),
            (Told("import.after-midnight").Message, Told("import.after-midnight").Values["date"])
        );
        Assert.Equal(
            ("An abstract of 30,000 characters was cut to 20,000.", "30000"),
            (Told("import.text-cut.abstract").Message, Told("import.text-cut.abstract").Values["count"])
        );
        Assert.Equal(
            ("The session begins in “{title}” before “{room}” ends there.", "{room}"),
            (Told("import.room-overlap").Message, Told("import.room-overlap").Values["title"])
        );
    }

    /// <summary>The client's sentences in all languages are tested against this list.</summary>
    [Fact]
    public void The_list_that_the_client_is_tested_against_is_up_to_date()
    {
        var kept = File.ReadAllText(
            Path.Combine(SharedSchedules.RepositoryRoot(), "src/Web/client/src/conferences/sentences.vectors.json")
        );
        Assert.Equal(
            Sentences.English(typeof(WarningSentences)).OrderBy(s => s.Key, StringComparer.Ordinal),
            JsonSerializer.Deserialize<Dictionary<string, string>>(kept)!.OrderBy(s => s.Key, StringComparer.Ordinal)
        );
    }

    private static IEnumerable<string> Places(string sentence) =>
        Sentence.Places().Matches(Sentences.English(typeof(WarningSentences))[sentence]).Select(m => m.Groups[1].Value).Order();

    private static Programme Xml(string days, string zone = "<time_zone_name>Asia/Dubai</time_zone_name>") =>
        Read(
            ProgrammeFormat.ScheduleXml,
            Encoding.UTF8.GetBytes(
                $"<schedule><conference><title>Demo</title>{zone}<day_change>04:00</day_change></conference>{days}</schedule>"
            )
        );

    private static Programme Read(ProgrammeFormat format, byte[] file) =>
        Assert.IsType<ProgrammeRead>(ProgrammeReader.Read(new MemoryStream(file), format)).Programme;
}
