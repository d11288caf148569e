using System.Collections.Immutable;
using System.Diagnostics;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using Orleans.Runtime;

namespace ConsultHub.Tests.Conferences;

/// <summary>Conferences on a real silo with SQLite, together with the rosters that book their sessions.</summary>
public sealed class ConferenceGrainTests : IAsyncLifetime
{
    internal static readonly Actor Coordinator = new(new PersonId("p-coordinator"), Role.Coordinator);
    internal static readonly NetworkId Ehs = new("ehs");
    internal static readonly HospitalId Hospital = new("h-one");
    internal static readonly DateTimeOffset Ten = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    private TestHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await TestHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_large_programme_survives_a_restart_and_importing_it_again_changes_nothing()
    {
        var programme = SharedSchedules.Read("36c3_merged.xml");
        var folder = TestHub.NewFolder();
        await using (var first = await TestHub.StartAsync(folder))
        {
            var took = Stopwatch.StartNew();
            var outcome = await first.Grains.GetGrain<IConferenceGrain>("36c3").ImportAsync(Coordinator, Guid.NewGuid(), programme);
            TestContext.Current.TestOutputHelper?.WriteLine($"stored in {took.ElapsedMilliseconds} ms");
            Assert.Equal((1351, 0, 0), (outcome.Added, outcome.Updated, outcome.Removed));
        }
        await using (var second = await TestHub.StartAsync(folder))
        {
            var conference = second.Grains.GetGrain<IConferenceGrain>("36c3");
            Assert.Equal(1351, (await conference.SummaryAsync())!.Sessions);
            Assert.Equal(1352, (await conference.ReadSinceAsync(null)).Items.Length);
            var again = await conference.ImportAsync(Coordinator, Guid.NewGuid(), programme);
            Assert.Equal((0, 0, 0), (again.Added, again.Updated, again.Removed));
            Assert.All((await conference.ReadSinceAsync(null)).Items, item => Assert.Equal(1, item.Version));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_repeated_import_command_gets_the_first_answer_and_a_preview_stores_nothing()
    {
        var conference = Conference("c-repeat");
        Assert.Equal(2, (await conference.PreviewAsync(Programme("c-repeat", null, Session("1"), Session("2")))).Added);
        Assert.Null(await conference.GetAsync());
        var command = Guid.NewGuid();
        var first = await conference.ImportAsync(Coordinator, command, Programme("c-repeat", null, Session("1")));
        Assert.Equal(first, await conference.ImportAsync(Coordinator, command, Programme("c-repeat", null, Session("1"), Session("2"))));
        Assert.Equal(1, (await conference.SummaryAsync())!.Sessions);
        Assert.Equal(
            "conference.exists",
            (await conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme("c-repeat", null, Session("3")), create: true)).Code
        );
        var listed = await _hub.Grains.GetGrain<IDirectoryGrain>("hub/conferences").ListAsync();
        Assert.Contains("c-repeat", listed.Select(e => e.Id));
    }

    [Fact]
    public async Task Watchers_receive_only_the_sessions_that_an_import_changed_or_removed()
    {
        var conference = Conference("c-live");
        await conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme("c-live", null, Session("1"), Session("2"), Session("3")));
        var position = (await conference.ReadSinceAsync(null)).To;
        await conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme("c-live", null, Session("1"), Session("2") with { Title = "New" })
        );
        var delta = await conference.ReadSinceAsync(position);
        Assert.Equal(["session/c-2"], delta.Items.Select(i => i.Key));
        Assert.Equal(["session/c-3"], delta.Removed.Select(t => t.Key));
    }

    [Fact]
    public async Task The_second_of_two_people_who_move_the_same_session_learns_that_it_has_changed()
    {
        var conference = Conference("c-move");
        await conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme("c-move", null, Session("1")));
        var seen = (await conference.GetSessionAsync(new("c-1")))!.Version;
        var move = new MoveSession(Guid.NewGuid(), new("c-1"), Ten.AddHours(1), TimeSpan.FromMinutes(30), "Hall", seen);
        var moved = await conference.MoveAsync(Coordinator, move);
        Assert.Equal((null, Ten, "Hall"), (moved.Code, moved.Session!.Moved!.FromStart, moved.Session.Moved.FromRoom));
        Assert.Equal(moved.Session, (await conference.MoveAsync(Coordinator, move)).Session, (a, b) => SessionRules.SameContent(a!, b!));
        var second = await conference.MoveAsync(Coordinator, move with { CommandId = Guid.NewGuid(), Start = Ten.AddHours(5) });
        Assert.Equal(("session.stale", Ten.AddHours(1)), (second.Code, second.Session!.Start));
        Assert.Equal(
            "session.unknown-room",
            (
                await conference.MoveAsync(Coordinator, move with { CommandId = Guid.NewGuid(), Room = "Nowhere", ExpectedVersion = null })
            ).Code
        );
        Assert.Equal(
            "session.unknown",
            (await conference.MoveAsync(Coordinator, move with { CommandId = Guid.NewGuid(), Session = new("c-9") })).Code
        );
    }

    [Fact]
    public async Task A_booked_session_follows_the_moves_of_its_engagement_in_the_roster()
    {
        await SeedAsync(_hub);
        var conference = Conference("c-booked");
        await conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme(
                "c-booked",
                Ehs,
                Session("1") with
                {
                    Room = "Linked",
                    Speakers = [new Speaker("Kim", null, new PersonId("c-kim")), new Speaker("A guest")],
                }
            )
        );
        var booked = await WhenAsync(conference, s => s.Booking == BookingState.Booked);
        var roster = _hub.Grains.GetGrain<IRosterGrain>($"ehs/{booked.Week}");
        var engagement = (await roster.GetAsync(booked.Engagement!.Value))!;
        Assert.Equal((Ten, new RoomId("r-one"), new SessionId("c-1")), (engagement.Start, engagement.Room, engagement.Session!.Session));
        Assert.Equal(
            "session.room-not-linked",
            (await conference.MoveAsync(Coordinator, new(Guid.NewGuid(), new("c-1"), Ten, TimeSpan.FromHours(1), "Hall", null))).Code
        );

        Assert.IsType<Decided>(
            await roster.DecideAsync(
                Coordinator,
                new ChangeTime
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = engagement.Id,
                    Start = Ten.AddHours(2),
                    End = Ten.AddHours(3),
                    Room = new RoomId("r-two"),
                    Reason = "Test",
                }
            )
        );
        var moved = await WhenAsync(conference, s => s.Start == Ten.AddHours(2));
        Assert.Equal(("Linked too", Ten, "Linked"), (moved.Room, moved.Moved!.FromStart, moved.Moved.FromRoom));
        Assert.Equal(["A guest", "Kim"], moved.Speakers.Select(s => s.Name).Order());

        // The file moves the session, and the conference asks the roster to move it.
        await conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme("c-booked", Ehs, Session("1") with { Room = "Linked", Start = Ten.AddHours(4) })
        );
        await WhenAsync(conference, s => s.Start == Ten.AddHours(4) && s.Room == "Linked");

        // The file no longer contains the session, and the engagement is cancelled.
        await conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme("c-booked", Ehs, Session("2")));
        await UntilAsync(async () => (await roster.GetAsync(engagement.Id))!.Status == EngagementStatus.Cancelled);

        // Somebody undoes the cancellation. The engagement has no session any more, so it is cancelled again.
        Assert.IsType<Decided>(
            await roster.DecideAsync(
                Coordinator,
                new Undo
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = engagement.Id,
                    Reason = "Test",
                }
            )
        );
        await UntilAsync(async () => (await roster.GetAsync(engagement.Id))!.Status == EngagementStatus.Cancelled);
    }

    [Fact]
    public async Task A_late_message_from_a_week_that_the_session_has_left_changes_nothing()
    {
        await SeedAsync(_hub);
        var conference = Conference("c-left");
        await conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme("c-left", Ehs, Session("1") with { Room = "Linked" }));
        var booked = await WhenAsync(conference, s => s.Booking == BookingState.Booked);
        var first = _hub.Grains.GetGrain<IRosterGrain>($"ehs/{booked.Week}");
        var engagement = (await first.GetAsync(booked.Engagement!.Value))!;
        Assert.IsType<Decided>(
            await first.DecideAsync(
                Coordinator,
                new ChangeTime
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = engagement.Id,
                    Start = Ten.AddDays(7),
                    End = Ten.AddDays(7).AddHours(1),
                    Reason = "Test",
                }
            )
        );
        var moved = await WhenAsync(conference, s => s.Start == Ten.AddDays(7));
        await RosterHub.DeliverAsync(
            conference,
            first.GetGrainId(),
            1_000,
            new SessionRescheduled(new("c-1"), engagement, booked.Week!.Value)
        );
        Assert.Equal(moved, await conference.GetSessionAsync(new("c-1")));
    }

    [Fact]
    public async Task A_move_of_a_booked_session_is_decided_by_its_roster_and_the_answer_shows_what_is_stored()
    {
        await SeedAsync(_hub);
        var conference = Conference("c-live");
        await conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme("c-live", Ehs, Session("1") with { Room = "Linked" }, Session("2") with { Room = "Linked", Start = Ten.AddHours(3) })
        );
        var booked = await WhenAsync(conference, s => s.Booking == BookingState.Booked);
        await UntilAsync(async () => (await conference.GetSessionAsync(new("c-2")))!.Booking == BookingState.Booked);
        var move = new MoveSession(Guid.NewGuid(), new("c-1"), Ten.AddHours(1), TimeSpan.FromHours(1), "Linked", booked.Version, "Test");
        Assert.All((await conference.CheckMoveAsync(move, Coordinator))!.Findings, f => Assert.True(f.Overridable));

        var moved = await conference.MoveAsync(Coordinator, move);
        Assert.Equal((null, Ten.AddHours(1)), (moved.Code, moved.Session!.Start));
        Assert.Equal(moved.Session, await conference.GetSessionAsync(new("c-1")));
        var roster = _hub.Grains.GetGrain<IRosterGrain>($"ehs/{booked.Week}");
        Assert.Equal(Ten.AddHours(1), (await roster.GetAsync(booked.Engagement!.Value))!.Start);
        Assert.Equal(Ten.AddHours(1), (await conference.MoveAsync(Coordinator, move)).Session!.Start); // a repeat

        var stale = move with { CommandId = Guid.NewGuid(), Start = Ten.AddHours(2) };
        Assert.Equal("session.stale", (await conference.MoveAsync(Coordinator, stale)).Code);
        var onTop = stale with { Start = Ten.AddHours(3), ExpectedVersion = null };
        var refused = await conference.MoveAsync(Coordinator, onTop);
        Assert.Contains(refused.ByRoster!.Findings, f => f.Code == "roster.room-overlap");
        Assert.Equal(
            refused.ByRoster.Findings.Select(f => f.Code),
            (await conference.CheckMoveAsync(onTop, Coordinator))!.Findings.Select(f => f.Code)
        );
        Assert.Equal(Ten.AddHours(1), (await conference.GetSessionAsync(new("c-1")))!.Start);
    }

    [Fact]
    public async Task A_session_that_is_booked_without_a_room_moves_between_the_conferences_own_rooms()
    {
        await SeedAsync(_hub);
        var conference = Conference("c-own");
        var programme = Programme("c-own", Ehs, Session("1") with { Speakers = [new Speaker("Kim", null, new PersonId("c-kim"))] });
        await conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            programme with
            {
                Conference = programme.Conference with { Rooms = programme.Conference.Rooms.Add(new ConferenceRoom("Foyer")) },
            }
        );
        var booked = await WhenAsync(conference, s => s.Booking == BookingState.Booked);
        var move = new MoveSession(Guid.NewGuid(), new("c-1"), Ten.AddMinutes(30), TimeSpan.FromHours(1), "Foyer", booked.Version, "Test");
        Assert.All((await conference.CheckMoveAsync(move, Coordinator))!.Findings, f => Assert.True(f.Overridable));
        var moved = (await conference.MoveAsync(Coordinator, move)).Session!;
        Assert.Equal((Ten.AddMinutes(30), "Foyer"), (moved.Start, moved.Room));
        var back = move with { CommandId = Guid.NewGuid(), Room = "Hall", ExpectedVersion = moved.Version };
        Assert.Equal("Hall", (await conference.MoveAsync(Coordinator, back)).Session!.Room);
        Assert.Equal(
            "session.stale",
            (await conference.MoveAsync(Coordinator, back with { CommandId = Guid.NewGuid(), Room = "Foyer" })).Code
        );
    }

    [Fact]
    public async Task A_refused_booking_is_shown_on_the_session_with_its_reason()
    {
        await SeedAsync(_hub);
        var conference = Conference("c-refused");
        await conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme("c-refused", Ehs, Session("1") with { Room = "Linked", Speakers = [new Speaker("Lee", null, new PersonId("c-lee"))] })
        );
        var refused = await WhenAsync(conference, s => s.Booking == BookingState.Refused);
        Assert.Contains("roster.no-credential", refused.BookingFindings);
    }

    [Fact]
    public async Task A_check_before_a_move_says_that_the_roster_would_not_book_the_session()
    {
        await SeedAsync(_hub);
        var conference = Conference("c-check");
        await conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme("c-check", Ehs, Session("1") with { Room = "Linked" }, Session("2") with { Speakers = [new Speaker("A guest")] })
        );
        var other = await WhenAsync(conference, s => s.Booking == BookingState.Booked);
        var move = new MoveSession(Guid.NewGuid(), new("c-2"), Ten.AddMinutes(30), TimeSpan.FromHours(1), "Linked", null);
        var check = (await conference.CheckMoveAsync(move))!;
        Assert.Equal(("roster.room-overlap", other.Engagement), check.NotBooked.Select(f => (f.Code, f.ConflictsWith)).Single());
        Assert.Empty(check.Overlaps); // the finding already names this conflict
        Assert.Empty((await conference.CheckMoveAsync(move with { Start = Ten.AddHours(1) }))!.NotBooked);
        Assert.Equal(
            (Ten, BookingState.None),
            ((await conference.GetSessionAsync(new("c-2")))!.Start!.Value, (await conference.GetSessionAsync(new("c-2")))!.Booking)
        ); // the check changed nothing

        await conference.MoveAsync(Coordinator, move);
        // The roster refuses as the check said.
        await UntilAsync(async () => (await conference.GetSessionAsync(new("c-2")))!.BookingFindings.Contains("roster.room-overlap"));
    }

    [Fact]
    public async Task Marking_a_session_twice_counts_once_and_each_person_has_separate_marks()
    {
        var audience = _hub.Grains.GetGrain<IAudienceGrain>("demo-congress");
        var (me, other) = (new Actor(new PersonId("p-attendee"), Role.Attendee), new Actor(new PersonId("p-other"), Role.Attendee));
        foreach (var id in (string[])["s-2", "s-1", "s-2"])
            Assert.True(await audience.SetFavouriteAsync(me, new SessionId(id), true));
        Assert.True(await audience.SetFavouriteAsync(me, new SessionId("s-9"), false));
        Assert.True(await audience.SetFavouriteAsync(other, new SessionId("s-2"), true));
        Assert.Equal([new SessionId("s-1"), new SessionId("s-2")], (await audience.FavouritesAsync(me.Person)).OrderBy(s => s.Value));
        await audience.SetFavouriteAsync(me, new SessionId("s-2"), false);
        Assert.Equal([new SessionId("s-1")], await audience.FavouritesAsync(me.Person));
        Assert.Equal([new SessionId("s-2")], await audience.FavouritesAsync(other.Person));
    }

    private IConferenceGrain Conference(string id) => _hub.Grains.GetGrain<IConferenceGrain>(id);

    internal static ConferenceSession Session(string id) =>
        new()
        {
            Id = new($"c-{id}"),
            SourceId = id,
            Title = $"Session {id}",
            Start = Ten,
            Duration = TimeSpan.FromHours(1),
            Room = "Hall",
            Day = new(2026, 11, 24),
            Kind = "lecture",
        };

    internal static Programme Programme(string id, NetworkId? network, params ReadOnlySpan<ConferenceSession> sessions) =>
        new(
            new Conference
            {
                Id = new(id),
                Network = network,
                Title = id,
                TimeZone = "Asia/Dubai",
                Rooms = [new("Hall"), new("Linked", Hospital, new RoomId("r-one")), new("Linked too", Hospital, new RoomId("r-two"))],
            },
            [.. sessions],
            []
        );

    internal static async Task SeedAsync(TestHub hub)
    {
        var always = (From: Ten.AddYears(-1), To: Ten.AddYears(1));
        await hub
            .Grains.GetGrain<INetworkGrain>("ehs")
            .PutAsync(
                Actor.System,
                new Network
                {
                    Id = Ehs,
                    Name = new("EHS"),
                    TimeZone = "Asia/Dubai",
                }
            );
        await hub
            .Grains.GetGrain<IHospitalGrain>(Hospital.Value)
            .PutAsync(
                Actor.System,
                new Hospital
                {
                    Id = Hospital,
                    Network = Ehs,
                    Name = new("One"),
                    City = "Dubai",
                    TimeZone = "Asia/Dubai",
                    Rooms = [new(new("r-one"), new("One"), 100), new(new("r-two"), new("Two"), 100)],
                }
            );
        foreach (
            var (id, credentials) in ((string, ImmutableArray<Credential>)[])
                [("c-kim", [new(Hospital, "oncology", always.From, always.To)]), ("c-lee", [])]
        )
            await hub
                .Grains.GetGrain<IConsultantGrain>(id)
                .PutAsync(
                    Actor.System,
                    new Consultant
                    {
                        Id = new(id),
                        Name = new(id),
                        HomeTimeZone = "Asia/Seoul",
                        Specialties = ["oncology"],
                        Credentials = credentials,
                        Visits = [new(new VisitId("v-" + id), Ehs, always.From, always.To)],
                    }
                );
    }

    private static async Task<ConferenceSession> WhenAsync(IConferenceGrain conference, Func<ConferenceSession, bool> holds)
    {
        ConferenceSession? session = null;
        await UntilAsync(async () => (session = await conference.GetSessionAsync(new("c-1"))) is { } now && holds(now));
        return session!;
    }

    internal static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var limit = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(20), "The condition was not met within 20 seconds.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
