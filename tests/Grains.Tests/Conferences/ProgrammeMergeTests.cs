using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.Conferences;

/// <summary>Tests which changes an import makes. The tested code is a pure function.</summary>
public sealed class ProgrammeMergeTests
{
    private static readonly ConferenceId Id = new("demo");
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
        Now = Noon.AddDays(-1);
    private static readonly BookingFacts Facts = new(
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"),
        ImmutableDictionary<PersonId, string>.Empty.Add(new("c-kim"), "oncology")
    );

    [Theory]
    [InlineData("36c3_merged.xml")]
    [InlineData("fosdem2007.xml")]
    [InlineData("pretalx-democon.json")]
    public void Importing_a_real_file_again_changes_nothing(string name)
    {
        var programme = SharedSchedules.Read(name);
        var (state, _) = Import(new(), programme);
        Assert.Equal(programme.Sessions.Length, state.Sessions.Count);
        var (again, imported) = Import(state, SharedSchedules.Read(name));
        Assert.Null(imported.Header);
        Assert.Empty(imported.Sessions);
        Assert.Equal((0, 0, 0), (imported.Outcome.Added, imported.Outcome.Updated, imported.Outcome.Removed));
        Assert.Same(state.Sessions, again.Sessions);
    }

    [Fact]
    public void A_changed_session_keeps_its_id_and_unchanged_sessions_keep_their_version()
    {
        var (state, _) = Import(new(), Of(Session("1"), Session("2")));
        var (after, imported) = Import(state, Of(Session("2") with { Title = "New title" }, Session("1")));
        Assert.Equal(new SessionId("demo-2"), Assert.Single(imported.Sessions).Id);
        Assert.Equal((1L, 2L), (after.Sessions[new("demo-1")].Version, after.Sessions[new("demo-2")].Version));
    }

    [Fact]
    public void A_session_is_found_by_its_guid_after_its_id_has_changed()
    {
        var (state, _) = Import(new(), Of(Session("1") with { SourceGuid = "g-1" }));
        var (after, imported) = Import(state, Of(Session("9") with { SourceGuid = "g-1" }));
        Assert.Equal((0, 1, 0), (imported.Outcome.Added, imported.Outcome.Updated, imported.Outcome.Removed));
        Assert.Equal("9", after.Sessions[new("demo-1")].SourceId);
    }

    [Fact]
    public void Another_guid_means_another_session_even_with_the_same_id()
    {
        var (state, _) = Import(new(), Of(Session("1") with { SourceGuid = "g-1" }));
        var (after, imported) = Import(state, Of(Session("1") with { SourceGuid = "g-2" }));
        Assert.Equal((1, 0, 1), (imported.Outcome.Added, imported.Outcome.Updated, imported.Outcome.Removed));
        Assert.Equal(new SessionId("demo-1-2"), Assert.Single(after.Sessions).Key);
    }

    [Fact]
    public void Sessions_that_share_a_guid_and_an_id_are_each_matched_once()
    {
        var twins = Of(
            Session("1") with
            {
                SourceGuid = "g",
            },
            Session("1") with
            {
                SourceGuid = "g",
                Id = new("demo-1-2"),
                Start = Noon.AddHours(3),
            }
        );
        var (state, _) = Import(new(), twins);
        var (after, imported) = Import(state, twins with { Sessions = [.. twins.Sessions.Reverse()] });
        Assert.Empty(imported.Sessions);
        Assert.Equal(2, after.Sessions.Count);
    }

    [Fact]
    public void A_session_that_is_missing_from_the_file_leaves_a_tombstone_until_it_comes_back()
    {
        var (state, _) = Import(new(), Of(Session("1"), Session("2")));
        var (after, imported) = Import(state, Of(Session("1")));
        Assert.Equal(1, imported.Outcome.Removed);
        Assert.Equal(new Tombstone("session/demo-2", 2), Assert.Single(after.Tombstones.Since(1)!));
        Assert.Empty(after.Tombstones.Since(2)!);
        var (back, _) = Import(after, Of(Session("1"), Session("2")));
        Assert.Empty(back.Tombstones.Since(1)!);
    }

    [Fact]
    public void A_new_time_in_the_file_is_recorded_as_a_move()
    {
        var (state, _) = Import(new(), Of(Session("1")));
        var (after, _) = Import(state, Of(Session("1") with { Start = Noon.AddHours(1) }));
        Assert.Equal(new SessionMove(Now, Noon, "Hall"), after.Sessions[new("demo-1")].Moved);
    }

    [Fact]
    public void A_move_by_hand_survives_an_import_unless_the_file_moves_the_session_too()
    {
        var (state, _) = Import(new(), Of(Session("1")));
        var (_, _, moved) = SessionRules.Move(
            state,
            new MoveSession(Guid.NewGuid(), new("demo-1"), Noon.AddHours(2), TimeSpan.FromHours(1), "Hall", 1),
            Now
        );
        state = Apply(state, new SessionChanged(moved!));
        var (same, imported) = Import(state, Of(Session("1") with { Title = "Other" }));
        Assert.Equal((Noon.AddHours(2), "Other"), (same.Sessions[new("demo-1")].Start, same.Sessions[new("demo-1")].Title));
        var (other, _) = Import(same, Of(Session("1") with { Start = Noon.AddHours(5) }));
        Assert.Equal(Noon.AddHours(5), other.Sessions[new("demo-1")].Start);
        Assert.Empty(other.FilePlaces);
    }

    [Fact]
    public void A_session_in_a_room_of_the_network_asks_its_roster_for_a_booking()
    {
        var linked = Of(Session("1") with { Room = "Linked", Speakers = [new("Kim", "7", new PersonId("c-kim"))] }, Session("2"));
        var (imported, outbox) = ProgrammeMerge.Merge(new(), Id, linked, Facts, Now);
        var request = Assert.IsType<BookSession>(Assert.Single(outbox).Payload);
        Assert.Equal("roster/ehs/2026-W48", outbox[0].To.ToString());
        Assert.Equal(
            (new HospitalId("h-1"), new RoomId("r-1"), "oncology", Noon),
            (request.Hospital, request.Room, request.Specialty, request.Start)
        );
        Assert.Equal([BookingState.Requested, BookingState.None], imported.Sessions.Select(s => s.Booking));
    }

    [Fact]
    public void A_file_that_moves_a_session_while_its_booking_is_pending_is_refused()
    {
        var (state, _) = Import(new(), Of(Session("1") with { Room = "Linked" }, Session("2")));
        var moves = Of(Session("1") with { Room = "Linked", Start = Noon.AddHours(3) }, Session("2"));
        Assert.Equal("conference.booking", ProgrammeMerge.Merge(state, Id, moves, Facts, Now).Event.Outcome.Code);
        Assert.Null(
            ProgrammeMerge
                .Merge(
                    state,
                    Id,
                    Of(Session("1") with { Room = "Linked", Title = "Other" }, Session("2") with { Start = Noon.AddHours(3) }),
                    Facts,
                    Now
                )
                .Event.Outcome.Code
        );
    }

    [Fact]
    public void A_refusal_of_the_roster_stays_on_the_session_until_its_engagement_moves()
    {
        var (state, _) = Import(new(), Of(Session("1") with { Room = "Linked" }));
        var refused = state.Sessions[new("demo-1")] with
        {
            Booking = BookingState.Booked,
            Engagement = new("s-1"),
            Week = new(2026, 48),
            BookingFindings = ["roster.room-overlap"],
        };
        var engagement = new Engagement
        {
            Id = new("s-1"),
            Kind = EngagementKind.Lecture,
            Title = "Session 1",
            Hospital = new("h-1"),
            Room = new RoomId("r-1"),
            Specialty = "oncology",
            Start = Noon,
            End = Noon.AddHours(1),
            Consultants = [new("c-kim")],
        };
        ConferenceSession Follow(Engagement now) =>
            SessionRules.Follow(state.Header!, refused, now, new(2026, 48), ImmutableDictionary<PersonId, string>.Empty, Now);
        Assert.Equal(["roster.room-overlap"], Follow(engagement).BookingFindings);
        Assert.Empty(Follow(engagement with { Start = Noon.AddHours(1), End = Noon.AddHours(2) }).BookingFindings);
    }

    [Fact]
    public void An_import_moves_a_booked_session_only_through_its_roster_and_asks_the_roster_once()
    {
        var file = Of(Session("1") with { Room = "Linked" });
        var (state, _) = Import(new(), file);
        state = Apply(
            state,
            new SessionChanged(
                state.Sessions[new("demo-1")] with
                {
                    Booking = BookingState.Booked,
                    Engagement = new("s-1"),
                    Week = new(2026, 48),
                }
            )
        );
        var later = Of(Session("1") with { Room = "Linked", Start = Noon.AddHours(4) });
        var (after, imported) = Import(state, later);
        Assert.Equal(Noon, after.Sessions[new("demo-1")].Start);
        var change = Assert.IsType<ChangeTime>(Assert.Single(imported.Tasks).Command);
        Assert.Equal((new EngagementId("s-1"), Noon.AddHours(4), new RoomId("r-1")), (change.Engagement, change.Start, change.Room));
        Assert.Empty(Import(after, later).Imported.Tasks);
        var (_, removed) = Import(after, Of(Session("2")));
        Assert.IsType<Cancel>(Assert.Single(removed.Tasks).Command);
    }

    [Fact]
    public void A_session_that_changes_only_because_of_a_corrected_time_zone_counts_as_corrected_and_not_as_moved()
    {
        // The file names no zone. It was read as Dubai time, but its times are Seoul time.
        var wrong = Of(Session("1"), Session("2"), Session("3") with { Room = "Linked" });
        var (state, _) = Import(new(), wrong);
        state = Apply(
            state,
            new SessionChanged(
                state.Sessions[new("demo-3")] with
                {
                    Booking = BookingState.Booked,
                    Engagement = new("s-3"),
                    Week = new(2026, 48),
                }
            )
        );
        var (_, _, byHand) = SessionRules.Move(
            state,
            new MoveSession(Guid.NewGuid(), new("demo-2"), Noon.AddHours(2), TimeSpan.FromHours(1), "Hall", null),
            Now
        );
        state = Apply(state, new SessionChanged(byHand!));
        var right = wrong with
        {
            Conference = wrong.Conference with { TimeZone = "Asia/Seoul" },
            Sessions = [.. wrong.Sessions.Select((s, i) => s with { Start = Noon.AddHours(i == 0 ? -3 : -5) })],
        };
        var (after, imported) = Import(state, right);
        Assert.Equal(("Asia/Dubai", 1, 2), (imported.Outcome.ZoneBefore, imported.Outcome.Moved, imported.Outcome.Corrected));
        // In the second file the first session is also two hours later by the local clock. The second session keeps the local time to
        // which a coordinator moved it.
        Assert.Equal(
            (Noon.AddHours(-3), Noon),
            (after.Sessions[new("demo-1")].Start!.Value, after.Sessions[new("demo-1")].Moved!.FromStart!.Value)
        );
        Assert.Equal(
            (Noon.AddHours(-3), Noon.AddHours(-5)),
            (after.Sessions[new("demo-2")].Start!.Value, after.Sessions[new("demo-2")].Moved!.FromStart!.Value)
        );
        Assert.Equal(Noon.AddHours(-5), after.Corrections[new("demo-3")]);
        Assert.Equal(Noon.AddHours(-5), Assert.IsType<ChangeTime>(Assert.Single(imported.Tasks).Command).Start);
        var differences = ReleaseDiff
            .Between(new(state.Header!, [.. state.Sessions.Values], []), new(after.Header!, [.. after.Sessions.Values], []))
            .ToDictionary(d => d.Session.Value);
        Assert.Equal([SessionChange.Time], differences["demo-1"].Changes);
        Assert.DoesNotContain("demo-2", differences.Keys);
        // Importing the same file again changes nothing.
        Assert.Equal((0, 0), (Import(after, right).Imported.Outcome.Moved, Import(after, right).Imported.Outcome.Corrected));
    }

    private static ConferenceSession Session(string id) =>
        new()
        {
            Id = new($"demo-{id}"),
            SourceId = id,
            Title = $"Session {id}",
            Start = Noon,
            Duration = TimeSpan.FromHours(1),
            Room = "Hall",
            Day = new(2026, 11, 23),
            Speakers = [new("Somebody", "7")],
        };

    private static Programme Of(params ReadOnlySpan<ConferenceSession> sessions) =>
        new(
            new Conference
            {
                Id = Id,
                Network = new NetworkId("ehs"),
                Title = "Demo",
                TimeZone = "Asia/Dubai",
                Rooms = [new("Hall"), new("Linked", new HospitalId("h-1"), new RoomId("r-1"))],
            },
            [.. sessions],
            []
        );

    private static (ConferenceState State, ProgrammeImported Imported) Import(ConferenceState state, Programme programme)
    {
        var (imported, _) = ProgrammeMerge.Merge(state, Id, programme, Facts, Now);
        return (Apply(state, imported), imported);
    }

    private static ConferenceState Apply(ConferenceState state, ConferenceEvent e)
    {
        var version = Math.Max(state.LastImport?.Version ?? 0, state.Sessions.Values.Select(s => s.Version).DefaultIfEmpty().Max()) + 1;
        return state.Apply(new JournalEntry<ConferenceEvent>(version, Now, Actor.System, Guid.NewGuid(), [e], [], null, [], null));
    }
}
