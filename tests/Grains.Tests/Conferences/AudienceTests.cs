using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using CsCheck;

namespace ConsultHub.Tests.Conferences;

/// <summary>Tests the rules for places, tickets and notices of a conference. The rules are pure functions.</summary>
public sealed class AudienceTests
{
    private static readonly SessionId Session = new("s-1");
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Places_stay_within_the_capacity_and_nobody_is_lost_and_the_longest_waiting_person_is_first() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 4])
            .Array[1, 60]
            .Sample(steps =>
            {
                AudienceState state = new();
                HashSet<PersonId> wanting = [];
                List<PersonId> queue = []; // waiting people in the order in which they came
                foreach (var (what, who, number) in steps)
                {
                    var person = new PersonId($"p-{who}");
                    var before = state.Of(Session);
                    ImmutableArray<AudienceEvent> events = what switch
                    {
                        0 => AudienceRules.Register(before, Session, person),
                        1 => AudienceRules.Leave(before, Session, person),
                        2 => AudienceRules.SetCapacity(before, Session, number == 4 ? null : number),
                        _ => AudienceRules.CheckIn(before, Session, person, Now) ?? [],
                    };
                    foreach (var e in events)
                        state = state.Apply(e, 1);
                    var after = state.Of(Session);

                    if (what == 0 || (what == 3 && (after.Registered.Contains(person) || after.Waiting.Contains(person))))
                        wanting.Add(person);
                    if (what == 1)
                        wanting.Remove(person);
                    Assert.Equal(
                        wanting.Order(Comparer<PersonId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))),
                        after
                            .Registered.Concat(after.Waiting)
                            .Order(Comparer<PersonId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)))
                    );
                    // There may be more people than places only if the capacity was lowered below the number of registered people.
                    if (after.Capacity is { } places)
                        Assert.True(
                            after.Registered.Count <= places || after.Registered.Count <= before.Registered.Count,
                            $"{after.Registered.Count} of {places}"
                        );
                    Assert.All(before.Registered, p => Assert.True(after.Registered.Contains(p) || (what == 1 && p == person)));
                    if (!after.Waiting.IsEmpty)
                        Assert.True(after.IsFull, "Somebody waits although a place is free.");

                    queue = [.. queue.Where(after.Waiting.Contains), .. after.Waiting.Except(queue)];
                    Assert.Equal(queue, after.Waiting);
                    var promoted = before.Waiting.Where(after.Registered.Contains).ToList();
                    if (what != 3)
                        Assert.Equal(before.Waiting.Where(p => p != person || what != 1).Take(promoted.Count), promoted);
                }
            });

    [Fact]
    public void A_ticket_is_recognised_when_it_is_scanned_or_typed_and_a_forged_ticket_is_not()
    {
        byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var (conference, person) = (new ConferenceId("c"), new PersonId("p-1"));
        var code = AudienceRules.CodeOf(secret, person);
        var state = new AudienceState { Secret = [.. secret] }.Apply(new TicketIssued(code, person, null), 1);
        var token = AudienceRules.TokenOf(secret, conference, person);
        foreach (
            var shown in (string[])
                [token, code, code.ToLowerInvariant(), $" {code[..5]}-{code[5..]} ", code.Replace('0', 'O').Replace('1', 'l')]
        )
            Assert.Equal(person, AudienceRules.Read(state, conference, shown));
        foreach (
            var forged in (string[])
                [
                    token.Replace("p-1", "p-2", StringComparison.Ordinal),
                    token[..^1],
                    "HUB1:c:p-1:",
                    "",
                    "AAAAAAAAAA",
                    AudienceRules.TokenOf(secret, new("other"), person),
                    new string('x', 5000),
                ]
        )
            Assert.Null(AudienceRules.Read(state, conference, forged));
        Assert.Null(AudienceRules.Read(new(), conference, token));
    }

    [Fact]
    public void A_release_informs_each_person_once_about_the_changes_that_concern_that_person()
    {
        SessionId Id(int n) => new($"s-{n}");
        AudienceState state = new();
        foreach (
            var e in (AudienceEvent[])
                [
                    new FavouriteSet(Id(1), new("p-fan"), true),
                    new PlaceTaken(Id(1), new("p-fan"), false),
                    new PlaceTaken(Id(2), new("p-fan"), true),
                    new FavouriteSet(Id(3), new("p-other"), true),
                ]
        )
            state = state.Apply(e, 1);
        ConferenceSession Of(int n, int hour, params ImmutableArray<Speaker> speakers) =>
            new()
            {
                Id = Id(n),
                Title = $"S{n}",
                Start = Now.AddHours(hour),
                Room = "A",
                Speakers = speakers,
            };
        var kim = new Speaker("Kim", null, new PersonId("c-kim"));
        var differences = Between(
            [Of(1, 0), Of(2, 0, kim), Of(3, 0)],
            [Of(1, 1), Of(2, 2, kim), Of(3, 0) with { Title = "Another title" }, Of(4, 0, kim)]
        );
        var concerned = AudienceRules
            .Concerned(state, new(new("c"), "C", "Asia/Dubai", 2, new("p-coordinator"), differences))
            .ToDictionary(c => c.Person.Value, c => c.Differences.Select(d => d.Session.Value));
        Assert.Equal(["c-kim", "p-fan"], concerned.Keys.Order());
        Assert.Equal(["s-1", "s-2"], concerned["p-fan"].Order());
        Assert.Equal(["s-2", "s-4"], concerned["c-kim"].Order());
    }

    [Fact]
    public void A_difference_lists_only_the_changes_that_people_can_see()
    {
        var before = new ConferenceSession
        {
            Id = Session,
            Title = "One",
            Start = Now,
            Duration = TimeSpan.FromHours(1),
            Room = "A",
            Speakers = [new("Kim")],
        };
        ImmutableArray<SessionChange> Changes(ConferenceSession after) => Assert.Single(Between([before], [after])).Changes;
        Assert.Equal([SessionChange.Time, SessionChange.Room], Changes(before with { Start = Now.AddHours(1), Room = "B" }));
        Assert.Equal([SessionChange.Speakers], Changes(before with { Speakers = [new("Lee")] }));
        Assert.Equal([SessionChange.Cancelled], Changes(before with { Cancelled = true }));
        Assert.Equal([SessionChange.Title, SessionChange.Text], Changes(before with { Title = "Two", Abstract = "New" }));
        Assert.Empty(
            Between(
                [before],
                [before with { Version = 9, Moved = new(Now, null, "B"), Booking = BookingState.Booked, Speakers = [new("Kim")] }]
            )
        ); // people see none of these changes
        Assert.Equal(
            [SessionChange.Removed, SessionChange.Added],
            Between([before], [before with { Id = new("s-2"), Start = Now.AddHours(1) }]).SelectMany(d => d.Changes)
        );
    }

    private static ImmutableArray<SessionDifference> Between(
        ImmutableArray<ConferenceSession> before,
        ImmutableArray<ConferenceSession> after
    )
    {
        var conference = new Conference
        {
            Id = new("c"),
            Title = "C",
            TimeZone = "Asia/Dubai",
        };
        return ReleaseDiff.Between(new(conference, before, []), new(conference, after, []));
    }

    [Theory]
    [InlineData("en"), InlineData("ar"), InlineData("ko")]
    public void A_notice_names_the_sessions_and_their_times_and_rooms_in_each_language(string language)
    {
        var lines = ImmutableArray.Create(
            new NoticeLine(Session, "심장 Heart قلب", NoticeChange.Moved, Now, "Hall A"),
            new NoticeLine(Session, "Second", NoticeChange.Cancelled, null, "")
        );
        var text = NoticeTexts.Of(new(AlertKind.ProgrammeChanged, new("c"), "Congress", "Asia/Dubai", 3, lines, 4, new("p-coordinator")))[
            language
        ];
        foreach (var part in (string[])["\u2068심장 Heart قلب\u2069", "10:00", "\u2068Hall A\u2069", "Second", "Congress", "3", "4"])
            Assert.Contains(part, text, StringComparison.Ordinal);
        var place = NoticeTexts.Of(new(AlertKind.PlaceFree, new("c"), "Congress", "Asia/Dubai", 0, lines[..1], 0, new("p-coordinator")))[
            language
        ];
        Assert.Contains("10:00", place, StringComparison.Ordinal);
    }
}
