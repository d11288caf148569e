using System.Collections.Immutable;
using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;
using ConsultHub.Feeds;
using ConsultHub.Programmes;
using ConsultHub.Rostering;
using CsCheck;

namespace ConsultHub.Tests.Feeds;

public sealed class FeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
    private static readonly Uri Pages = new("https://hub.example");
    private static readonly FeedEntry Entry = new(
        "u-1",
        Now,
        Now.AddHours(1),
        "Asia/Dubai",
        "Cardiology",
        "Hall",
        null,
        FeedStatus.Confirmed
    );

    [Fact]
    public void A_sequence_number_rises_only_with_a_change_that_a_reader_sees() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool)
            .Array[1, 12]
            .Sample(steps =>
            {
                var marks = ImmutableDictionary<string, FeedMark>.Empty;
                (FeedEntry Entry, int Sequence)? last = null;
                var now = Now;
                foreach (var (hours, title, present) in steps)
                {
                    now = now.AddMinutes(5);
                    var entry = Entry with { Start = Now.AddHours(hours), Title = $"Title {title}" };
                    var (numbered, change) = FeedRules.Number(marks, present ? [entry] : [], now);
                    if (change is not null)
                        marks = marks.RemoveRange(change.Removed).SetItems(change.Set.Select(m => KeyValuePair.Create(m.Uid, m)));
                    if (!present)
                        continue;
                    var sequence = Assert.Single(numbered).Sequence;
                    if (last is { } before)
                        Assert.Equal(before.Entry == entry ? before.Sequence : before.Sequence + 1, sequence);
                    last = (entry, sequence);
                }
            });

    [Fact]
    public void A_session_of_a_cohort_leads_to_its_course_and_its_lecture_room_until_it_is_cancelled()
    {
        var member = new ApplicationTold(new("f"), new("ehs"), "2027", ApplicationStatus.Accepted, null, Now);
        var session = new CourseSession
        {
            Engagement = new("e-1"),
            Week = Week.Of(new DateOnly(2026, 11, 24)),
            Kind = EngagementKind.Training,
            Title = "Echo",
            Hospital = new("north"),
            Room = new("hall"),
            Start = Now,
            End = Now.AddHours(1),
            Status = EngagementStatus.Confirmed,
            Lecture = new(new("c"), new("s")),
        };
        var entry = FeedRules.Of(member, session, null, "en");
        Assert.Equal("e-1.ehs@duty.consult-hub", entry.Uid);
        Assert.Equal(
            ("/programme/f/course/2027", "/conferences/c/sessions/s/room", FeedStatus.Confirmed, "north"),
            (entry.Page, entry.Room, entry.Status, entry.Place)
        );
        var cancelled = FeedRules.Of(member, session with { Status = EngagementStatus.Cancelled }, null, "en");
        Assert.Equal((null, FeedStatus.Cancelled), (cancelled.Room, cancelled.Status));
        Assert.Equal(FeedStatus.Tentative, FeedRules.Of(member, session with { Status = EngagementStatus.Planned }, null, "en").Status);
    }

    [Fact]
    public void The_name_of_a_place_in_another_language_does_not_count_as_a_change_of_an_engagement()
    {
        var engagement = Entry with { Uid = "e-1.ehs@duty.consult-hub", PlaceId = "north/hall" };
        var (_, change) = FeedRules.Number(ImmutableDictionary<string, FeedMark>.Empty, [engagement], Now);
        Assert.Null(
            FeedRules.Number(change!.Set.ToImmutableDictionary(m => m.Uid), [engagement with { Place = "قاعة" }], Now.AddDays(1)).Change
        );
        // An earlier release looked at no place. Its mark is replaced, and nothing has changed.
        var (_, old) = FeedRules.Number(ImmutableDictionary<string, FeedMark>.Empty, [engagement with { PlaceId = "" }], Now);
        var (same, replaced) = FeedRules.Number(old!.Set.ToImmutableDictionary(m => m.Uid), [engagement], Now.AddDays(1));
        Assert.Equal((0, Now), (same[0].Sequence, same[0].Changed));
        Assert.Equal(change.Set[0].Content, replaced!.Set[0].Content);
        var moved = engagement with { PlaceId = "north/ward" };
        Assert.Equal(1, FeedRules.Number(change.Set.ToImmutableDictionary(m => m.Uid), [moved], Now).Entries[0].Sequence);
    }

    [Fact]
    public void An_engagement_that_is_cancelled_in_one_week_and_takes_place_in_another_appears_once_as_taking_place() =>
        Assert.Equal(FeedStatus.Confirmed, Assert.Single(FeedRules.Distinct([Entry with { Status = FeedStatus.Cancelled }, Entry])).Status);

    [Theory]
    [
        InlineData("Asia/Dubai"),
        InlineData("Asia/Seoul"),
        InlineData("Europe/Berlin"),
        InlineData("America/New_York"),
        InlineData("Australia/Lord_Howe"),
        InlineData("UTC")
    ]
    public void Every_instant_can_be_read_back_with_the_zone_that_the_calendar_defines(string zone)
    {
        var entries = Enumerable
            .Range(0, 60)
            .Select(i =>
                Entry with
                {
                    Uid = $"u-{i}",
                    Start = Now.AddDays(6 * i).AddHours(i),
                    End = Now.AddDays(6 * i).AddHours(i + 1),
                    Zone = zone,
                }
            )
            .ToList();
        // The zone is renamed, so that the reader depends on the definition in the calendar.
        var text = FeedCalendar.Write("Mine", entries, Pages).Replace(zone, "Ours", StringComparison.Ordinal);
        var read = Read(zone == "UTC" ? FeedCalendar.Write("Mine", entries, Pages) : text);
        Assert.Equal(entries.Select(e => e.Start), read.Sessions.Select(s => s.Start!.Value));
    }

    [Fact]
    public void A_calendar_has_the_properties_that_programs_need_and_no_line_is_too_long()
    {
        var entry = Entry with
        {
            Title = "수술; 심장, \"x\" \\ 1",
            Place = "قاعة المحاضرات الكبرى في مستشفى القاسمي بالشارقة، الطابق الثاني",
            Text = "One\nTwo",
            Sequence = 7,
            Changed = Now,
            Status = FeedStatus.Cancelled,
        };
        var text = FeedCalendar.Write("Consult Hub", [entry], Pages);
        foreach (
            var line in (string[])
                [
                    "METHOD:PUBLISH",
                    "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
                    "X-PUBLISHED-TTL:PT15M",
                    "UID:u-1",
                    "SEQUENCE:7",
                    "STATUS:CANCELLED",
                    "TZID:Asia/Dubai",
                    "DTSTART;TZID=Asia/Dubai:20261124T100000",
                    "LAST-MODIFIED:20261124T060000Z",
                ]
        )
            Assert.Contains($"\r\n{line}\r\n", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        var session = Assert.Single(Read(text).Sessions);
        Assert.Equal((entry.Title, entry.Place, entry.Text, true), (session.Title, session.Room, session.Abstract, session.Cancelled));
    }

    [Fact]
    public void A_calendar_entry_links_to_its_page_and_to_the_room()
    {
        var conference = new Conference
        {
            Id = new("c"),
            Title = "Congress",
            TimeZone = "Asia/Dubai",
        };
        var session = new ConferenceSession
        {
            Id = new("c-1"),
            Title = "Valves",
            Abstract = "What is new.",
            Start = Now,
            Duration = TimeSpan.FromHours(1),
        };
        var text = Unfolded(FeedCalendar.Write("Mine", [FeedRules.Of(conference, session)!], Pages));
        Assert.Contains("\r\nURL:https://hub.example/conferences/c?session=c-1\r\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\r\nDESCRIPTION:What is new.\\n\\nhttps://hub.example/conferences/c/sessions/c-1/room\r\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\r\nCONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://hub.example/conferences/c/sessions/c-1/room\r\n",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "/room",
            FeedCalendar.Write("Mine", [FeedRules.Of(conference, session with { Cancelled = true })!], Pages),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Control_characters_never_reach_a_calendar()
    {
        var all = string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c));
        var text = FeedCalendar.Write(
            $"Mi{all}ne",
            [Entry with { Uid = $"u{all}", Title = $"a{all}b", Place = $"c{all}d", Text = $"e{all}f" }],
            Pages
        );
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\r' or '\n'));
        Assert.All(text.Split("\r\n"), line => Assert.DoesNotContain(line, c => c is '\r' or '\n'));
    }

    private static string Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal);

    [Fact]
    public void A_link_that_an_earlier_release_stored_as_plain_text_is_recognised_by_its_hash()
    {
        var hash = FeedRules.HashOf("secret");
        Assert.Equal(hash, new FeedState { Token = "secret" }.KnownHash);
        var read = new FeedState().Apply(
            new(1, Now, Actor.System, Guid.Empty, [new FeedLinkSet("secret", new NetworkId("ehs"))], [], null, [], null)
        );
        Assert.Equal((hash, null), (read.KnownHash, read.Token));
        Assert.Null(read.Apply(new(2, Now, Actor.System, Guid.Empty, [new FeedLinkSet(null, null)], [], null, [], null)).KnownHash);
    }

    [Fact]
    public async Task The_secret_of_a_feed_link_opens_the_feed_and_is_stored_in_no_file()
    {
        await using var hub = await TestHub.StartAsync();
        var feed = hub.Grains.GetGrain<IFeedGrain>("p-attendee");
        var token = await feed.RenewAsync(Actor.System, new("ehs"));
        Assert.NotNull(await feed.ReadAsync(token, "en"));
        Assert.Null(await feed.ReadAsync(FeedRules.HashOf(token), "en"));
        Assert.All(
            Directory.GetFiles(hub.DataPath).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)),
            file =>
            {
                using var stored = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var bytes = new byte[stored.Length];
                stored.ReadExactly(bytes);
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token)));
            }
        );
    }

    private static Programme Read(string text) =>
        Assert
            .IsType<ProgrammeRead>(ProgrammeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), ProgrammeFormat.Calendar))
            .Programme;
}
