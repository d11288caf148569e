using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Edits;
using ConsultHub.Conferences.Releases;
using ConsultHub.Hospitals;

namespace ConsultHub.Tests.Conferences;

/// <summary>What people type is cleaned and has limits. Each fault has a stable code and names the member.</summary>
public sealed class EditFaultsTests
{
    private static readonly HospitalId Hospital = new("h-one");
    private static readonly NetworkId Ehs = new("ehs");
    private static readonly ImmutableDictionary<HospitalId, Hospital> Hospitals = ImmutableDictionary<HospitalId, Hospital>.Empty.Add(
        Hospital,
        new()
        {
            Id = Hospital,
            Network = Ehs,
            Name = new("One"),
            City = "Dubai",
            TimeZone = "Asia/Dubai",
            Rooms = [new(new("r-one"), new("One"), 10)],
        }
    );

    private static readonly ConferenceText Text = new(
        "Congress",
        null,
        null,
        null,
        "Asia/Dubai",
        null,
        null,
        null,
        Ehs,
        [new("Hall")],
        [],
        false
    );

    private static readonly SessionText Talk = new("Talk", null, null, null, TimeSpan.FromHours(1), "Hall", null, null, null, [], false);

    private static readonly Conference Header = new()
    {
        Id = new("c"),
        Network = Ehs,
        Title = "Congress",
        TimeZone = "Asia/Dubai",
        Rooms = [new("Hall")],
    };

    private static string Long(int length) => new('x', length);

    public static TheoryData<ConferenceText, string, string> Conferences { get; } =
        new()
        {
            { Text with { Title = " \u0001 " }, "record.required", "$.title" },
            { Text with { Title = Long(301) }, "record.too-long", "$.title" },
            { Text with { TitleAr = Long(301) }, "record.too-long", "$.titleAr" },
            { Text with { TitleKo = Long(301) }, "record.too-long", "$.titleKo" },
            { Text with { Subtitle = Long(301) }, "record.too-long", "$.subtitle" },
            { Text with { TimeZone = "Mars/Olympus" }, "record.unknown-zone", "$.timeZone" },
            { Text with { TimeZone = null! }, "record.unknown-zone", "$.timeZone" },
            { Text with { FirstDay = new(1600, 1, 1) }, "record.out-of-range", "$.firstDay" },
            { Text with { LastDay = new(3000, 1, 1) }, "record.out-of-range", "$.lastDay" },
            { Text with { FirstDay = new(2026, 11, 25), LastDay = new(2026, 11, 24) }, "record.end-before-start", "$.lastDay" },
            { Text with { Rooms = [.. Enumerable.Range(0, 501).Select(n => new ConferenceRoom($"{n}"))] }, "record.too-many", "$.rooms" },
            { Text with { Rooms = [new("")] }, "record.required", "$.rooms[0].name" },
            { Text with { Rooms = [new(Long(201))] }, "record.too-long", "$.rooms[0].name" },
            { Text with { Rooms = [new("Hall"), new(" Hall ")] }, "record.twice", "$.rooms[1].name" },
            { Text with { Rooms = [new("Hall", Hospital)] }, "record.required", "$.rooms[0].room" },
            { Text with { Rooms = [new("Hall", null, new RoomId("r-one"))] }, "record.required", "$.rooms[0].hospital" },
            {
                Text with
                {
                    Rooms = [new("A", Hospital, new("r-one")), new("B", Hospital, new("r-one"))],
                },
                "record.twice",
                "$.rooms[1].room"
            },
            { Text with { Rooms = [new("A", new("h-two"), new("r-one"))] }, "record.unknown-reference", "$.rooms[0].hospital" },
            { Text with { Rooms = [new("A", Hospital, new("r-two"))] }, "record.unknown-reference", "$.rooms[0].room" },
            {
                Text with
                {
                    Network = new("other"),
                    Rooms = [new("A", Hospital, new("r-one"))],
                },
                "record.unknown-reference",
                "$.rooms[0].hospital"
            },
            { Text with { Tracks = [.. Enumerable.Range(0, 501).Select(n => $"{n}")] }, "record.too-many", "$.tracks" },
            { Text with { Tracks = ["A", "A"] }, "record.twice", "$.tracks[1]" },
            { Text with { Tracks = [""] }, "record.required", "$.tracks[0]" },
            { Text with { Tracks = [Long(201)] }, "record.too-long", "$.tracks[0]" },
        };

    public static TheoryData<SessionText, string, string> Sessions { get; } =
        new()
        {
            { Talk with { Title = "" }, "record.required", "$.title" },
            { Talk with { TitleKo = Long(301) }, "record.too-long", "$.titleKo" },
            { Talk with { Abstract = Long(20_001) }, "record.too-long", "$.abstract" },
            { Talk with { Track = Long(201) }, "record.too-long", "$.track" },
            { Talk with { Kind = Long(201) }, "record.too-long", "$.kind" },
            { Talk with { Language = "English (UK)" }, "record.bad-value", "$.language" },
            { Talk with { Start = new(1600, 1, 1, 0, 0, 0, TimeSpan.Zero) }, "session.bad-time", "$.start" },
            { Talk with { Duration = TimeSpan.FromDays(32) }, "session.bad-time", "$.duration" },
            { Talk with { Room = "Nowhere" }, "session.unknown-room", "$.room" },
            { Talk with { Speakers = [.. Enumerable.Range(0, 201).Select(n => new Speaker($"{n}"))] }, "record.too-many", "$.speakers" },
            { Talk with { Speakers = [new("A"), new("")] }, "record.required", "$.speakers[1].name" },
            { Talk with { Speakers = [new(Long(201))] }, "record.too-long", "$.speakers[0].name" },
            { Talk with { Speakers = [new("A", Long(201))] }, "record.too-long", "$.speakers[0].sourceId" },
            {
                Talk with
                {
                    Speakers = [new("A", null, new("c-1")), new("B", null, new("c-1"))],
                },
                "record.twice",
                "$.speakers[1].consultant"
            },
            { Talk with { Speakers = [new("A", null, new("c-none"))] }, "record.unknown-reference", "$.speakers[0].consultant" },
        };

    [Theory, MemberData(nameof(Conferences))]
    public void A_fault_of_a_conference_has_a_code_and_a_place(ConferenceText text, string code, string place) =>
        Assert.Equal((code, place), EditFaults.Of(EditFaults.Clean(text), null, Hospitals) is { } f ? (f.Code.Name, f.Place) : default);

    [Theory, MemberData(nameof(Sessions))]
    public void A_fault_of_a_session_has_a_code_and_a_place(SessionText text, string code, string place) =>
        Assert.Equal(
            (code, place),
            EditFaults.Of(EditFaults.Clean(text), Header, null, [new PersonId("c-none")]) is { } f ? (f.Code.Name, f.Place) : default
        );

    [Fact]
    public void A_clean_text_has_no_fault_and_no_control_characters()
    {
        var text = EditFaults.Clean(Text with { Title = " A\u0007\n title ", TitleAr = " ", Rooms = default, Tracks = default });
        Assert.Equal(("A title", null), (text.Title, text.TitleAr));
        Assert.Null(EditFaults.Of(text, null, Hospitals));
        var talk = EditFaults.Clean(Talk with { Abstract = "One\r\ntwo\u0000 ", Speakers = default });
        Assert.Equal("One\ntwo", talk.Abstract);
        Assert.Null(EditFaults.Of(talk, Header, null, []));
    }

    [Fact]
    public void What_was_there_before_an_edit_is_no_fault_although_it_no_longer_exists()
    {
        var linked = Header with { Rooms = [new("Hall", Hospital, new("r-gone"))] };
        Assert.Null(EditFaults.Of(Text with { Rooms = linked.Rooms }, linked, Hospitals));
        var session = new ConferenceSession
        {
            Id = new("c-1"),
            Title = "Talk",
            Room = "r-moved-by-the-roster",
            Speakers = [new("Gone", null, new("c-none"))],
        };
        Assert.Null(EditFaults.Of(SessionText.Of(session), Header, session, [new PersonId("c-none")]));
    }
}
