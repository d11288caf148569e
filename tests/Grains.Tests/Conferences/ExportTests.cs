using System.Text.Json;
using System.Xml;
using System.Xml.Schema;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Export;
using ConsultHub.Conferences.Import;
using ConsultHub.Journal;
using Json.Schema;

namespace ConsultHub.Tests.Conferences;

/// <summary>
/// Exported files are valid by the schema of their format. Read again, they contain every session that has a time and is not cancelled.
/// </summary>
public sealed class ExportTests
{
    private static readonly Uri Pages = new("https://hub.example");

    public static TheoryData<string> Files { get; } =
    [
        "36c3_merged.xml",
        "debconf23.xml",
        "fosdem2026.xml",
        "fosdem2007.xml",
        "frab-camp2019.json",
        "pretalx-democon.json",
        "hub-schedule2.json",
        "linux_conf_au_2020.ics",
        "jres_2022.ics",
        "producers/icalnet-DateTime1.ics",
    ];

    [Theory, MemberData(nameof(Files))]
    public void The_exported_xml_of_a_real_programme_is_valid_by_its_schema(string name)
    {
        List<string> faults = [];
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            ValidationFlags = XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.ReportValidationWarnings,
        };
        settings.Schemas.Add(null, SharedSchedules.PathOf("voc-schedule.xml.xsd"));
        settings.ValidationEventHandler += (_, fault) => faults.Add($"{fault.Exception.LineNumber}: {fault.Message}");
        using var xml = XmlReader.Create(new MemoryStream(Write(SharedSchedules.Read(name), ScheduleFormat.Xml)), settings);
        while (xml.Read()) { }
        Assert.Empty(faults.Take(5));
    }

    [Theory, MemberData(nameof(Files))]
    public void The_exported_json_of_a_real_programme_is_valid_by_its_schema(string name)
    {
        var result = Schema.Value.Evaluate(
            Json(Write(SharedSchedules.Read(name), ScheduleFormat.Json)),
            new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true }
        );
        // The details may list faults even if the file is valid. These faults are in alternatives of the schema that the file does not use.
        Assert.True(
            result.IsValid,
            string.Join(
                '\n',
                (result.Details ?? [])
                    .Where(d => d.Errors is { Count: > 0 })
                    .Take(9)
                    .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}")
            )
        );
    }

    [Fact]
    public void The_schema_refuses_an_invalid_file() => // otherwise the tests above would prove nothing
        Assert.False(Schema.Value.Evaluate(Json(File.ReadAllBytes(SharedSchedules.PathOf("invalid-example.json")))).IsValid);

    [Theory, MemberData(nameof(Files))]
    public void An_exported_programme_reads_back_unchanged_without_cancelled_sessions_and_sessions_that_have_no_time(string name)
    {
        var before = SharedSchedules.Read(name);
        foreach (var format in Enum.GetValues<ScheduleFormat>())
        {
            var after = Read(Write(before, format), format);
            var left = before
                .Sessions.Where(s => s is { Start: not null, Cancelled: false })
                .Select(s => Text(s, format))
                .Order(StringComparer.Ordinal);
            Assert.Equal(left, after.Sessions.Select(s => Text(s, format)).Order(StringComparer.Ordinal));
            Assert.Equal(before.Conference.Rooms, after.Conference.Rooms);
            Assert.Equal(before.Conference.DayChange, after.Conference.DayChange);
            if (format == ScheduleFormat.Xml)
                Assert.Equal(before.Conference.TimeZone, after.Conference.TimeZone);

            ConferenceState state = new();
            state = Apply(state, ProgrammeMerge.Merge(state, before.Conference.Id, before, null, default).Event);
            var (again, _) = ProgrammeMerge.Merge(state, before.Conference.Id, after, null, default);
            Assert.Equal(
                (0, 0, before.Sessions.Count(s => s.Start is null || s.Cancelled)),
                (again.Outcome.Added, again.Outcome.Updated, again.Outcome.Removed)
            );
        }
    }

    [Fact]
    public void Text_that_looks_like_markup_and_text_in_any_script_survive_an_export()
    {
        var session = new ConferenceSession
        {
            Id = new("c-1"),
            Title = "Use <b> & <script> in تقنية 의료 👩🏽‍⚕️",
            Abstract = "1 < 2\n<p>not markup</p>\n\nend & so on",
            Start = new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromHours(30),
            Room = "<i>",
            Day = new(2026, 11, 25),
            Kind = "a \"kind\"",
            Speakers = [new("O'Neil & <em>", "77"), new("김민준")],
        };
        var programme = new Programme(
            new Conference
            {
                Id = new("c"),
                Title = "T & <b>",
                TimeZone = "Asia/Dubai",
                Rooms = [new("<i>")],
                Tracks = ["<u>"],
            },
            [session],
            []
        );
        foreach (var format in Enum.GetValues<ScheduleFormat>())
        {
            var read = Read(Write(programme, format), format);
            Assert.Equal(Text(session, format), Text(Assert.Single(read.Sessions), format));
            Assert.Equal(("T & <b>", "<u>"), (read.Conference.Title, Assert.Single(read.Conference.Tracks)));
        }
        // Other programs do not read a title as HTML, so an export does not encode it as HTML.
        var xml = new XmlDocument();
        xml.LoadXml(System.Text.Encoding.UTF8.GetString(Write(programme, ScheduleFormat.Xml)));
        Assert.Equal(
            ("T & <b>", session.Title, "O'Neil & <em>"),
            (
                xml.SelectSingleNode("//conference/title")!.InnerText,
                xml.SelectSingleNode("//event/title")!.InnerText,
                xml.SelectSingleNode("//person")!.InnerText
            )
        );
        var json = Json(Write(programme, ScheduleFormat.Json)).GetProperty("schedule").GetProperty("conference");
        Assert.Equal("T & <b>", json.GetProperty("title").GetString());
        Assert.Equal(
            session.Title,
            json.GetProperty("days")[0].GetProperty("rooms").GetProperty("<i>")[0].GetProperty("title").GetString()
        );
    }

    [Theory]
    [
        InlineData("fosdem2026.xml", 2840, 3, 883),
        InlineData("36c3_merged.xml", 280, 89, 1351),
        InlineData("frab-camp2019.json", 52, 12, 79),
        InlineData("hub-schedule2.json", 5, 1, 2)
    ]
    public void Links_and_attachments_and_slugs_are_read_and_the_links_and_attachments_are_exported_again(
        string name,
        int links,
        int attachments,
        int slugs
    )
    {
        var before = SharedSchedules.Read(name);
        Assert.Equal((links, attachments, slugs), Counted(before));
        Assert.All(Links(before), link => Assert.Matches("^https?://", link.Url));
        foreach (var format in Enum.GetValues<ScheduleFormat>())
        {
            var after = Read(Write(before, format), format);
            var (again, more, _) = Counted(after);
            Assert.Equal((links, attachments), (again, more));
        }
    }

    [Fact]
    public void Control_characters_never_reach_an_export()
    {
        var all = string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c));
        var session = new ConferenceSession
        {
            Id = new("c-1"),
            Title = $"a{all}b",
            Subtitle = all,
            Abstract = $"c{all}d",
            Start = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero),
            Room = $"e{all}f",
            Kind = all,
            Track = all,
            Language = all,
            Speakers = [new($"g{all}h", all)],
            SourceGuid = all,
            SourceId = all,
            Slug = all,
            Links = [new("https://hub.example/x", all)],
        };
        var programme = new Programme(
            new Conference
            {
                Id = new("c"),
                Title = all,
                TimeZone = "Asia/Dubai",
                Rooms = [new($"e{all}f")],
                Tracks = [all],
            },
            [session],
            []
        );
        Assert.DoesNotContain(
            System.Text.Encoding.UTF8.GetString(Write(programme, ScheduleFormat.Xml)),
            c => char.IsControl(c) && c is not ('\n' or '\r')
        );
        Assert.All(
            Texts(Json(Write(programme, ScheduleFormat.Json))),
            text => Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n')
        );
    }

    private static IEnumerable<string> Texts(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value).Append(p.Name)),
            _ => [],
        };

    private static IEnumerable<SessionLink> Links(Programme programme) => programme.Sessions.SelectMany(s => s.Links ?? []);

    private static (int Links, int Attachments, int Slugs) Counted(Programme programme) =>
        (
            Links(programme).Count(l => !l.Attachment),
            Links(programme).Count(l => l.Attachment),
            programme.Sessions.Count(s => s.Slug is not null)
        );

    private static readonly Lazy<JsonSchema> Schema = new(() =>
        JsonSchema.FromText(File.ReadAllText(SharedSchedules.PathOf("voc-schema.json")))
    );

    private static JsonElement Json(byte[] bytes) => JsonDocument.Parse(bytes).RootElement;

    private static byte[] Write(Programme programme, ScheduleFormat format) => ProgrammeWriter.Write(programme, format, Pages, "1");

    private static Programme Read(byte[] bytes, ScheduleFormat format) =>
        Assert
            .IsType<ProgrammeRead>(
                ProgrammeReader.Read(
                    new MemoryStream(bytes),
                    format == ScheduleFormat.Xml ? ProgrammeFormat.ScheduleXml : ProgrammeFormat.ScheduleJson
                )
            )
            .Programme;

    /// <summary>The parts of a session that people read.</summary>
    private static string Text(ConferenceSession s, ScheduleFormat format) =>
        string.Join(
            '|',
            s.Title,
            s.Subtitle,
            s.Abstract,
            s.Start!.Value.UtcDateTime.ToString("O"),
            format == ScheduleFormat.Json ? Math.Ceiling(s.Duration.TotalMinutes) : s.Duration,
            s.Room,
            s.Track,
            s.Kind,
            s.Language,
            s.Day,
            string.Join(',', s.Speakers.Select(p => p.Name)),
            string.Join(' ', s.Links ?? []),
            s.Url?.StartsWith(Pages.ToString(), StringComparison.Ordinal) == true ? null : s.Url
        );

    private static ConferenceState Apply(ConferenceState state, ConferenceEvent e) =>
        state.Apply(new JournalEntry<ConferenceEvent>(1, default, Actor.System, Guid.NewGuid(), [e], [], null, [], null));
}
