using System.Collections.Immutable;
using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;
using ConsultHub.Feeds;
using CsCheck;

namespace ConsultHub.Tests.Feeds;

public sealed class FeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
    private static readonly FeedEntry Entry = new("u-1", Now, Now.AddHours(1), "Asia/Dubai", "Cardiology", "Hall", null, FeedStatus.Confirmed);

    [Fact]
    public void A_sequence_rises_with_each_change_that_a_reader_sees_and_never_otherwise() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool).Array[1, 12].Sample(steps =>
        {
            var marks = ImmutableDictionary<string, FeedMark>.Empty;
            (FeedEntry Entry, int Sequence)? last = null;
            var now = Now;
            foreach (var (hours, title, present) in steps)
            {
                now = now.AddMinutes(5);
                var entry = Entry with { Start = Now.AddHours(hours), Title = $"Title {title}" };
                var (numbered, change) = FeedRules.Number(marks, present ? [entry] : [], now);
                if (change is not null) marks = marks.RemoveRange(change.Removed).SetItems(change.Set.Select(m => KeyValuePair.Create(m.Uid, m)));
                if (!present) continue;
                var sequence = Assert.Single(numbered).Sequence;
                if (last is { } before) Assert.Equal(before.Entry == entry ? before.Sequence : before.Sequence + 1, sequence);
                last = (entry, sequence);
            }
        });

    [Fact]
    public void Another_language_s_name_of_the_place_is_no_change_of_a_duty()
    {
        var duty = Entry with { Uid = "e-1.ehs@duty.consult-hub" };
        var (_, change) = FeedRules.Number(ImmutableDictionary<string, FeedMark>.Empty, [duty], Now);
        Assert.Null(FeedRules.Number(change!.Set.ToImmutableDictionary(m => m.Uid), [duty with { Place = "قاعة" }], Now.AddDays(1)).Change);
    }

    [Fact]
    public void Of_a_duty_that_was_handed_to_another_week_the_one_that_takes_place_counts() =>
        Assert.Equal(FeedStatus.Confirmed, Assert.Single(FeedRules.Distinct([Entry with { Status = FeedStatus.Cancelled }, Entry])).Status);

    [Theory]
    [InlineData("Asia/Dubai"), InlineData("Asia/Seoul"), InlineData("Europe/Berlin"), InlineData("America/New_York"), InlineData("Australia/Lord_Howe"), InlineData("UTC")]
    public void Every_instant_is_read_back_by_the_zone_that_the_calendar_itself_defines(string zone)
    {
        var entries = Enumerable.Range(0, 60).Select(i => Entry with { Uid = $"u-{i}", Start = Now.AddDays(6 * i).AddHours(i), End = Now.AddDays(6 * i).AddHours(i + 1), Zone = zone }).ToList();
        // Renamed, so that the reader has nothing but the definition to go by.
        var text = FeedCalendar.Write("Mine", entries).Replace(zone, "Ours", StringComparison.Ordinal);
        var read = Read(zone == "UTC" ? FeedCalendar.Write("Mine", entries) : text);
        Assert.Equal(entries.Select(e => e.Start), read.Sessions.Select(s => s.Start!.Value));
    }

    [Fact]
    public void A_calendar_has_what_programs_need_to_follow_it_and_no_line_is_too_long()
    {
        var entry = Entry with { Title = "수술; 심장, \"x\" \\ 1", Place = "قاعة المحاضرات الكبرى في مستشفى القاسمي بالشارقة، الطابق الثاني", Text = "One\nTwo", Sequence = 7, Changed = Now, Status = FeedStatus.Cancelled };
        var text = FeedCalendar.Write("Consult Hub", [entry]);
        foreach (var line in (string[])["METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M", "UID:u-1", "SEQUENCE:7", "STATUS:CANCELLED", "TZID:Asia/Dubai", "DTSTART;TZID=Asia/Dubai:20261124T100000", "LAST-MODIFIED:20261124T060000Z"])
            Assert.Contains($"\r\n{line}\r\n", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        var session = Assert.Single(Read(text).Sessions);
        Assert.Equal((entry.Title, entry.Place, entry.Text, true), (session.Title, session.Room, session.Abstract, session.Cancelled));
    }

    private static Programme Read(string text) =>
        Assert.IsType<ProgrammeRead>(ProgrammeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), ProgrammeFormat.Calendar)).Programme;
}
