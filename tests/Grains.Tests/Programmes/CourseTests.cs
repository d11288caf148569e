using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Feeds;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterHub;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Programmes;

/// <summary>
/// Sessions of a cohort, on a real silo: engagements of the roster whose purpose is the cohort. The roster owns them and tells the course.
/// </summary>
public sealed class CourseTests
{
    private static readonly Purpose Cohort = new(new("f-1"), "2026");
    private static readonly PersonId One = Sample.Person(1),
        Two = Sample.Person(2);

    private static ICourseGrain Course(RosterHub hub) => hub.Grains.GetGrain<ICourseGrain>("f-1/2026");

    private static Plan Session(string id, double at = 0, PersonId? trainer = null) =>
        Plan(id, trainer ?? Kim, at, room: RosterWorld.Two) with
        {
            Kind = EngagementKind.Training,
            Purpose = Cohort,
        };

    private static MarkPresence Mark(string session, params (PersonId Person, Presence? State)[] people) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Session = new(session),
            People = [.. people.Select(p => new PersonPresence(p.Person, p.State))],
        };

    private static GiveFeedback Feedback(string session, int rating, string? comment = null) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Session = new(session),
            Rating = rating,
            Reason = comment,
        };

    private static async Task<CourseSession?> SessionAsync(RosterHub hub, string id) => (await Course(hub).GetAsync()).Find(new(id));

    private static Task UntilAsync(RosterHub hub, string id, Func<CourseSession, bool> condition, string what) =>
        RosterHub.UntilAsync(async () => await SessionAsync(hub, id) is { } session && condition(session), what);

    private static async Task<string?> CodeAsync(RosterHub hub, PersonId by, CourseCommand command, bool decides = false) =>
        (await Course(hub).DecideAsync(new(by, Role.Trainee), command with { Decides = decides })).Code;

    /// <summary>The titles in a person's calendar.</summary>
    private static async Task<IEnumerable<string>> CalendarAsync(RosterHub hub, PersonId person)
    {
        var feed = hub.Grains.GetGrain<IFeedGrain>(person.Value);
        var token = await feed.RenewAsync(new(person, Role.Attendee), new("ehs"));
        return (await feed.ReadAsync(token, "en"))!.Value.Select(e => e.Title);
    }

    /// <summary>The network of <see cref="RosterWorld"/> with a training in which two people have a place.</summary>
    private static async Task<RosterHub> StartAsync(string? folder = null)
    {
        var hub = await RosterHub.StartAsync(folder, Eight.AddDays(-1));
        var programme = hub.Grains.GetGrain<IProgrammeGrain>("f-1");
        var cohort = new Cohort("2026", new("Autumn"), new(2026, 12, 1), new(2026, 12, 31), Eight.AddDays(3), 5, 7);
        await EditAsync(
            Sample.Profile with
            {
                Admission = Admission.FirstCome,
                Partner = null,
                AtPartner = false,
                Hospitals = [North],
            },
            cohort
        );
        foreach (var person in new[] { One, Two })
            Assert.Null(
                (await programme.DecideAsync(new(person, Role.Trainee), new Apply { CommandId = Guid.NewGuid(), Cohort = "2026" })).Code
            );
        return hub;

        async Task EditAsync(params IRecord[] records) =>
            Assert.IsType<RecordsEdited>(
                await programme.EditAsync(Coordinator, new(Guid.NewGuid(), [.. records.Select(r => RecordEdit.Put(r))]))
            );
    }

    [Fact]
    public async Task A_session_follows_the_roster_in_place_time_week_and_status_and_its_participants_are_told()
    {
        await using var hub = await StartAsync();
        await hub.DoneAsync(Session("a"));
        await UntilAsync(
            hub,
            "a",
            s => s is { TakesPlace: true, Kind: EngagementKind.Training } && s.Trainers.SequenceEqual([Kim]),
            "it is there"
        );
        Assert.Contains("new sessions", (await hub.AlertAsync(One, AlertKind.CourseChanged)).Text["en"], StringComparison.Ordinal);

        await hub.DoneAsync(Move("a", 3));
        await UntilAsync(hub, "a", s => s.Start == Eight.AddHours(3), "it has moved");
        await RosterHub.UntilAsync(
            async () =>
                (await hub.Inbox(Two).ListAsync()).Any(a => a.Text["en"].Contains("2026-11-24 11:00 Asia/Dubai", StringComparison.Ordinal)),
            "a participant knows the new time in the network's zone"
        );
        // To another week: that week's roster tells the course from then on.
        await hub.DoneAsync(Move("a", 7 * 24));
        await UntilAsync(hub, "a", s => s.Week == RosterWorld.Week.Next && s.Start == Eight.AddDays(7), "it is in the next week");
        await hub.DoneAsync(
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Reason = "The trainer is ill.",
            },
            at: hub.Next
        );
        await UntilAsync(hub, "a", s => !s.TakesPlace, "it is cancelled");
        await RosterHub.UntilAsync(
            async () => (await hub.Inbox(One).ListAsync()).Any(a => a.Text["en"].Contains("does not take place", StringComparison.Ordinal)),
            "a participant knows"
        );
        // The trainer is told by the roster alone.
        Assert.DoesNotContain(await hub.Inbox(Kim).ListAsync(), a => a.Kind == AlertKind.CourseChanged);
    }

    [Fact]
    public async Task A_purpose_is_given_later_and_taken_back_by_an_undo_and_an_unknown_one_is_refused()
    {
        await using var hub = await StartAsync();
        var engagement = await hub.DoneAsync(Session("a") with { Purpose = null });
        SetPurpose Set(Purpose? purpose) =>
            new()
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Purpose = purpose,
                ExpectedVersion = null,
            };
        foreach (
            var wrong in (Purpose[])
                [
                    new(new("f-1"), "none"),
                    new(new("none"), "2026"),
                    new(Initiative: new("none")),
                    new(new("f-1"), "2026", new("i")),
                    new(new("f-1")),
                    new(),
                ]
        )
            Assert.Equal([RosterCodes.UnknownPurpose.Name], await hub.RefusedAsync(Set(wrong)));
        Assert.Equal([RosterCodes.NotAllowed.Name], await hub.RefusedAsync(Set(Cohort), As(Kim)));
        engagement = await hub.DoneAsync(Set(Cohort));
        await UntilAsync(hub, "a", s => !s.IsGone, "it is there");
        await hub.DoneAsync(
            new Undo
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                ExpectedVersion = engagement.Version,
            }
        );
        await UntilAsync(hub, "a", s => s.IsGone, "it is gone");
        Assert.Equal(CourseCodes.UnknownSession.Name, await CodeAsync(hub, Kim, Mark("a", (One, Presence.Present))));
    }

    [Fact]
    public async Task An_older_message_of_the_other_week_that_arrives_later_changes_nothing()
    {
        await using var hub = await StartAsync();
        var engagement = await hub.DoneAsync(Session("a"));
        await UntilAsync(hub, "a", s => s.TakesPlace, "it is there");
        var late = new PurposeTold(engagement with { Title = "Old" }, RosterWorld.Week.Previous, Kim);
        var sender = Orleans.Runtime.GrainId.Create("roster", "ehs/2026-W47");
        var receiver = Course(hub).AsReference<ConsultHub.Journal.IOutboxReceiver>();
        Task DeliverAsync(long number, DateTimeOffset at) =>
            receiver.ReceiveAsync(sender, [new(number, Course(hub).GetGrainId(), late, null, at)]);
        await DeliverAsync(1, hub.Clock.GetUtcNow().AddMinutes(-5));
        Assert.Equal("a", (await SessionAsync(hub, "a"))!.Title);
        await DeliverAsync(2, hub.Clock.GetUtcNow().AddMinutes(5));
        Assert.Equal("Old", (await SessionAsync(hub, "a"))!.Title);
    }

    [Fact]
    public async Task Trainers_record_who_was_there_and_participants_say_how_it_was_also_after_a_restart()
    {
        var folder = TestHub.NewFolder();
        try
        {
            await using (var hub = await StartAsync(folder))
            {
                await hub.DoneAsync(Session("a"));
                await UntilAsync(hub, "a", s => s.TakesPlace, "it is there");
                Assert.Equal(CourseCodes.TooEarly.Name, await CodeAsync(hub, Kim, Mark("a", (One, Presence.Present))));
                hub.Clock.Advance(Eight.AddMinutes(-20) - hub.Clock.GetUtcNow());
                Assert.Equal(CourseCodes.NotTrainer.Name, await CodeAsync(hub, Lee, Mark("a", (One, Presence.Present))));
                Assert.Equal(CourseCodes.NotParticipant.Name, await CodeAsync(hub, Kim, Mark("a", (Sample.Person(9), Presence.Present))));
                Assert.Equal(CourseCodes.BadCommand.Name, await CodeAsync(hub, Kim, Mark("a")));
                Assert.Equal(CourseCodes.Own.Name, await CodeAsync(hub, One, Mark("a", (One, Presence.Present)), decides: true));
                var mark = Mark("a", (One, Presence.Present), (Two, Presence.Absent));
                Assert.Null(await CodeAsync(hub, Kim, mark));
                Assert.Null(await CodeAsync(hub, Kim, mark)); // a repeat
                Assert.Equal(CourseCodes.TooEarly.Name, await CodeAsync(hub, One, Feedback("a", 5)));
                hub.Clock.Advance(TimeSpan.FromHours(2));
                Assert.Equal(CourseCodes.BadCommand.Name, await CodeAsync(hub, One, Feedback("a", 6)));
                Assert.Equal(CourseCodes.NotAttended.Name, await CodeAsync(hub, Two, Feedback("a", 1)));
                Assert.Equal(CourseCodes.NotYours.Name, await CodeAsync(hub, Lee, Feedback("a", 1)));
                Assert.Null(await CodeAsync(hub, One, Feedback("a", 2, "Too fast.")));
                Assert.Null(await CodeAsync(hub, One, Feedback("a", 4, "Good after all.")));
            }
            await using (var hub = await RosterHub.StartAsync(folder, Eight.AddHours(3), seed: false))
            {
                Assert.Equal(["Good after all."], await Course(hub).CommentsAsync(new("a")));
                var sheet = await Course(hub).ReadAsync();
                Assert.Equal(4, Assert.Single(sheet.Course.Feedback.Values).Rating);
                Assert.Equal((1, 1), sheet.AttendanceOf(One, hub.Clock.GetUtcNow()));
                Assert.Equal((1, 0), sheet.AttendanceOf(Two, hub.Clock.GetUtcNow()));
                Assert.Equal(Kim, sheet.Course.Find(new("a"))!.Marks[One.Value].By);
                // Somebody who is excused does not have to make up for the session.
                Assert.Null(await CodeAsync(hub, Kim, Mark("a", (Two, Presence.Excused))));
                Assert.Equal((0, 0), (await Course(hub).ReadAsync()).AttendanceOf(Two, hub.Clock.GetUtcNow()));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_supervised_session_is_for_the_people_who_are_chosen()
    {
        await using var hub = await StartAsync();
        await hub.DoneAsync(Session("a"));
        await UntilAsync(hub, "a", s => s.TakesPlace, "it is there");
        ChooseParticipants Choose(params PersonId[] people) =>
            new()
            {
                CommandId = Guid.NewGuid(),
                Session = new("a"),
                People = [.. people],
            };
        Assert.Equal(CourseCodes.NotTrainer.Name, await CodeAsync(hub, Kim, Choose(One)));
        Assert.Equal(CourseCodes.NotParticipant.Name, await CodeAsync(hub, Coordinator.Person, Choose(Lee), decides: true));
        Assert.Null(await CodeAsync(hub, Coordinator.Person, Choose(One), decides: true));
        hub.Clock.Advance(Eight.AddHours(2) - hub.Clock.GetUtcNow());
        Assert.Equal(CourseCodes.NotParticipant.Name, await CodeAsync(hub, Kim, Mark("a", (Two, Presence.Present))));
        Assert.Null(await CodeAsync(hub, Kim, Mark("a", (One, Presence.Present))));
        var sheet = await Course(hub).ReadAsync();
        Assert.Equal(((1, 1), (0, 0)), (sheet.AttendanceOf(One, hub.Clock.GetUtcNow()), sheet.AttendanceOf(Two, hub.Clock.GetUtcNow())));
        // Nobody loses what is recorded, and a participant does not see what is said about others.
        Assert.Equal(CourseCodes.HasMark.Name, await CodeAsync(hub, Coordinator.Person, Choose(Two), decides: true));
        var session = sheet.Course.Find(new("a"))!;
        Assert.True(session.For(Two) is { IsGone: true, Title: "", Marks.IsEmpty: true, Participants.IsEmpty: true });
        Assert.Equal(["t-1"], session.For(One).Marks.Keys);
        Assert.Same(session, session.For(Kim));
        await RosterHub.UntilAsync(
            async () => (await hub.Inbox(Two).ListAsync()).Any(a => a.Text["en"].Contains("no longer for you", StringComparison.Ordinal)),
            "who is left out knows"
        );
        // A calendar shows the session to its participant, and to its trainer once.
        Assert.Equal(["a"], await CalendarAsync(hub, One));
        Assert.Empty(await CalendarAsync(hub, Two));
        Assert.Equal(["a"], await CalendarAsync(hub, Kim));
        // Who has trained somebody may judge the person.
        var logbook = hub.Grains.GetGrain<ILogbookGrain>($"f-1/2026/{One}");
        Assert.True((await logbook.ReadAsync(Kim, false))!.Supervises);
        Assert.False((await logbook.ReadAsync(Lee, false))!.Supervises);
        // Who gives up the place no longer sees the session in the calendar.
        var leave = new Withdraw { CommandId = Guid.NewGuid(), Cohort = "2026" };
        Assert.Null((await hub.Grains.GetGrain<IProgrammeGrain>("f-1").DecideAsync(new(One, Role.Trainee), leave)).Code);
        await RosterHub.UntilAsync(async () => !(await CalendarAsync(hub, One)).Any(), "the calendar is empty");
    }

    [Fact]
    public async Task A_meeting_of_an_initiative_needs_no_credential_visit_or_consultant_and_its_leads_are_told()
    {
        await using var hub = await StartAsync();
        var initiative = hub.Grains.GetGrain<IInitiativeGrain>("heart");
        var profile = Research.ResearchWorld.Profile;
        Assert.IsType<RecordsEdited>(await initiative.EditAsync(Coordinator, new(Guid.NewGuid(), [RecordEdit.Put(profile)])));
        var meeting = Plan("m", at: 2) with { Kind = EngagementKind.ResearchMeeting, Purpose = new(Initiative: new("heart")) };
        Assert.Empty((await hub.DoneAsync(meeting)).Attention);
        await RosterHub.UntilAsync(async () => (await initiative.GetAsync())!.Meetings.Length == 1, "the initiative knows");
        await hub.AlertAsync(profile.Lead, AlertKind.MeetingChanged);
        await RosterHub.UntilAsync(async () => (await CalendarAsync(hub, profile.Lead)).SequenceEqual(["m"]), "the lead's calendar has it");
        Assert.Empty(await CalendarAsync(hub, One));
        // A consultant whose visit is over and whose credential is for another specialty can take part, but not be at two places.
        await hub.Consultant(Lee).PutAsync(Coordinator, NewConsultant(Lee) with { Visits = [], Credentials = [] });
        await hub.DoneAsync(Assign("m", Lee));
        await RosterHub.UntilAsync(async () => (await initiative.GetAsync())!.Meetings[0].Consultants.SequenceEqual([Lee]), "it follows");
        Assert.Equal(
            [RosterCodes.ConsultantOverlap.Name],
            await hub.RefusedAsync(Plan("n", Lee, 2) with { Kind = EngagementKind.ResearchMeeting })
        );
        await hub.DoneAsync(
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("m"),
                Reason = "Next month.",
            }
        );
        await RosterHub.UntilAsync(
            async () =>
                (await hub.Inbox(profile.Lead).ListAsync()).Any(a =>
                    a.Text["en"].Contains("does not take place", StringComparison.Ordinal)
                ),
            "the lead knows"
        );
    }

    [Fact]
    public void A_lecture_room_counts_for_who_was_let_in_or_played_half_of_the_session_live()
    {
        var session = new CourseSession
        {
            Engagement = new("a"),
            Week = RosterWorld.Week,
            Kind = EngagementKind.Lecture,
            Title = "A",
            Hospital = North,
            Start = Eight,
            End = Eight.AddHours(1),
            Status = EngagementStatus.Confirmed,
        };
        Attended Live(int minutes) => new() { Live = Stretches.Of(Eight, Eight.AddMinutes(minutes)) };
        Assert.False(CourseRules.WasThere(session, Live(29)));
        Assert.True(CourseRules.WasThere(session, Live(30)));
        Assert.True(CourseRules.WasThere(session, new() { CheckedIn = Eight }));
        Assert.False(CourseRules.WasThere(session, new() { Live = Stretches.Of(Eight.AddHours(-1), Eight.AddMinutes(29)) }));
        Assert.False(CourseRules.WasThere(session, new() { Recorded = Stretches.Of(Eight, Eight.AddHours(1)) }));
        var sheet = new CourseSheet(new(), 1, ImmutableDictionary<string, ImmutableArray<PersonId>>.Empty.Add("a", [One]));
        Assert.Equal(Presence.Present, sheet.PresenceOf(session, One));
        Assert.Null(sheet.PresenceOf(session, Two));
        // What a person said counts more.
        var said = session with
        {
            Marks = session.Marks.Add(One.Value, new(Presence.Absent, Kim, Eight)),
        };
        Assert.Equal(Presence.Absent, sheet.PresenceOf(said, One));
    }
}
