using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Feeds;
using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Conferences.ConferenceGrainTests;

namespace ConsultHub.Tests.Conferences;

/// <summary>Tests how a release changes sessions that rosters have booked, and which notices people get.</summary>
public sealed class ReleaseGrainTests : IAsyncLifetime
{
    private static readonly Actor Fan = new(new PersonId("p-fan"), Role.Attendee);
    private static readonly Speaker Kim = new("Kim", null, new PersonId("c-kim"));

    private TestHub _hub = null!;
    private ConferenceId _id;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        await SeedAsync(_hub);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_booked_session_that_a_draft_cancels_is_cancelled_everywhere_and_stays_so_in_the_next_release()
    {
        await StartAsync("c-cancel", Session("1") with { Room = "Linked", Speakers = [Kim] }, Session("2"));
        var booked = await SessionAsync("1");
        await DraftAsync(booked with { Cancelled = true });
        var first = await PublishAsync();

        Assert.True((await SessionAsync("1")).Cancelled);
        Assert.Equal(EngagementStatus.Cancelled, (await RosterOf(booked).GetAsync(booked.Engagement!.Value))!.Status);
        Assert.Equal([SessionChange.Cancelled], Assert.Single(await ChangesAsync(first)).Changes);
        Assert.True((await ReleaseAsync(1)).Programme.Sessions.Single(s => s.Id == booked.Id).Cancelled);
        Assert.Equal(FeedStatus.Cancelled, await FeedAsync("1"));
        await UntilAsync(async () => (await NoticesAsync()).Count == 1);

        await DraftAsync((await SessionAsync("2")) with { Title = "Another title" });
        Assert.Equal([SessionChange.Title], Assert.Single(await ChangesAsync(await PublishAsync())).Changes);
        Assert.True((await SessionAsync("1")).Cancelled);
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task A_cancelled_session_is_booked_again_when_a_draft_restores_it()
    {
        await StartAsync("c-restore", Session("1") with { Room = "Linked", Speakers = [Kim] });
        var booked = await SessionAsync("1");
        await DraftAsync(booked with { Cancelled = true });
        await PublishAsync();
        await DraftAsync((await SessionAsync("1")) with { Cancelled = false, Start = Ten.AddHours(1) });
        var second = await PublishAsync();

        var restored = await SessionAsync("1");
        Assert.Equal((false, BookingState.Booked, Ten.AddHours(1)), (restored.Cancelled, restored.Booking, restored.Start!.Value));
        Assert.NotEqual(booked.Engagement, restored.Engagement);
        Assert.True((await RosterOf(restored).GetAsync(restored.Engagement!.Value))!.TakesTime);
        Assert.Equal([SessionChange.Restored, SessionChange.Time], Assert.Single(await ChangesAsync(second)).Changes);
        Assert.Equal(FeedStatus.Confirmed, await FeedAsync("1"));
    }

    [Fact]
    public async Task A_cancelled_session_keeps_the_time_and_consultants_of_its_engagement()
    {
        await StartAsync("c-off", Session("1") with { Room = "Linked" });
        var booked = await SessionAsync("1");
        await DraftAsync(booked with { Cancelled = true });
        await PublishAsync();
        await DraftAsync((await SessionAsync("1")) with { Start = Ten.AddHours(1), Speakers = [Kim] });
        Assert.Empty((await Conference.DraftChangesAsync())!.Value);
        await PublishAsync();
        var off = await SessionAsync("1");
        var engagement = (await RosterOf(booked).GetAsync(booked.Engagement!.Value))!;
        Assert.Equal((true, engagement.Start), (off.Cancelled, off.Start!.Value));
        Assert.Equal(engagement.Consultants, off.Speakers.Select(s => s.Consultant!.Value));
        await Conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme(_id.Value, Ehs, Session("1") with { Room = "Linked", Start = Ten.AddHours(2), Cancelled = true })
        );
        Assert.Equal((true, engagement.Start), (await SessionAsync("1")) is var still ? (still.Cancelled, still.Start!.Value) : default);
    }

    [Fact]
    public async Task People_who_marked_a_session_get_a_notice_at_once_when_the_session_changes_between_two_releases()
    {
        await StartAsync(
            "c-now",
            Session("1") with
            {
                Room = "Linked",
            },
            Session("2"),
            Session("3") with
            {
                Speakers = [new Speaker("A guest")],
            }
        );
        var booked = await SessionAsync("1");
        var roster = RosterOf(booked);
        Assert.IsType<Decided>(
            await roster.DecideAsync(
                Coordinator,
                new ChangeTime
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = booked.Engagement!.Value,
                    Start = Ten.AddHours(3),
                    End = Ten.AddHours(4),
                    Reason = "Test",
                }
            )
        );
        await UntilToldAsync(1, "Session 1\u2069: Tuesday 24 November, 13:00");
        Assert.IsType<Decided>(
            await roster.DecideAsync(
                Coordinator,
                new Cancel
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = booked.Engagement!.Value,
                    Reason = "Test",
                }
            )
        );
        await UntilToldAsync(2, "Session 1\u2069 does not take place");
        Assert.Null(
            (
                await Conference.MoveAsync(
                    Coordinator,
                    new(Guid.NewGuid(), new("c-2"), Ten.AddHours(1), TimeSpan.FromHours(1), "Hall", null)
                )
            ).Code
        );
        await UntilToldAsync(3, "Session 2\u2069: Tuesday 24 November, 11:00");
        await Conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme(_id.Value, Ehs, Session("1") with { Room = "Linked" }, Session("2"), Session("3") with { Start = Ten.AddHours(5) })
        );
        await UntilToldAsync(4, "Session 3\u2069: Tuesday 24 November, 15:00");

        async Task UntilToldAsync(int count, string text)
        {
            await UntilAsync(async () => (await NoticesAsync(kind: AlertKind.SessionMoved)).Count >= count);
            Assert.Contains(text, (await NoticesAsync(kind: AlertKind.SessionMoved))[count - 1].Text["en"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_move_that_the_roster_would_refuse_is_reported_before_publishing_and_alerts_nobody()
    {
        await StartAsync(
            "c-refuse",
            Session("1") with
            {
                Room = "Linked",
            },
            Session("2") with
            {
                Room = "Linked",
                Start = Ten.AddHours(4),
            },
            Session("3")
        );
        await DraftAsync(
            (await SessionAsync("1")) with
            {
                Start = Ten.AddHours(4.5),
                Title = "New title",
            },
            (await SessionAsync("3")) with
            {
                Start = Ten.AddHours(2),
            }
        );
        var check = (await Conference.CheckDraftAsync(new("c-1"), Ten.AddHours(4.5), TimeSpan.FromHours(1), "Linked", []))!;
        Assert.Equal("roster.room-overlap", Assert.Single(check.NotBooked).Code);
        Assert.Empty((await Conference.CheckDraftAsync(new("c-1"), Ten.AddHours(6), TimeSpan.FromHours(1), "Linked", []))!.NotBooked);
        Assert.Equal(
            "session.room-not-linked",
            Assert.Single((await Conference.CheckDraftAsync(new("c-1"), Ten, TimeSpan.FromHours(1), "Hall", []))!.NotBooked).Code
        );

        var release = await PublishAsync();
        Assert.Equal((1, false), (release.Refused, release.Settling));
        var stayed = await SessionAsync("1");
        Assert.Equal((Ten, "New title", BookingState.Booked), (stayed.Start!.Value, stayed.Title, stayed.Booking));
        Assert.Equal(["roster.room-overlap"], stayed.BookingFindings);
        var changes = (await ChangesAsync(release)).ToDictionary(d => d.Session.Value);
        Assert.Equal([SessionChange.Title, SessionChange.NotBooked], changes["c-1"].Changes);
        Assert.Equal(
            (Ten.AddHours(4.5), "roster.room-overlap"),
            (changes["c-1"].Refused!.Asked.Start!.Value, Assert.Single(changes["c-1"].Refused!.Codes))
        );
        Assert.Equal([SessionChange.Time], changes["c-3"].Changes);
        await UntilAsync(async () => (await NoticesAsync()).Count == 1);
        var text = Assert.Single(await NoticesAsync()).Text["en"];
        Assert.Contains("Session 3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("New title", text, StringComparison.Ordinal);

        // The next release asks the roster for nothing. After that release the session no longer shows the refusal.
        await DraftAsync((await SessionAsync("3")) with { Title = "Third" });
        await PublishAsync();
        Assert.Empty((await SessionAsync("1")).BookingFindings);
    }

    [Fact]
    public async Task A_session_whose_booking_is_refused_stays_in_its_room()
    {
        await StartAsync("c-unbooked", Session("1") with { Room = "Linked" }, Session("2"));
        await DraftAsync(
            (await SessionAsync("2")) with
            {
                Room = "Linked",
            },
            Session("9") with
            {
                Room = "Linked",
                Title = "New here",
                Speakers = [Kim],
            }
        );
        var release = await PublishAsync();
        var stayed = await SessionAsync("2");
        Assert.Equal(("Hall", BookingState.Refused), (stayed.Room, stayed.Booking));
        Assert.Contains("roster.room-overlap", stayed.BookingFindings);
        Assert.Equal(2, release.Refused);
        Assert.Equal(
            [
                [SessionChange.NotBooked],
                [SessionChange.Added, SessionChange.NotBooked],
            ],
            (await ChangesAsync(release)).Select(d => d.Changes).OrderBy(c => c.Length)
        );
        Assert.Empty(await NoticesAsync(Kim.Consultant!.Value));
    }

    [Fact]
    public async Task One_release_can_move_sessions_into_places_that_it_frees_and_into_another_week()
    {
        await StartAsync(
            "c-chain",
            Session("1") with
            {
                Room = "Linked",
            },
            Session("2") with
            {
                Room = "Linked",
                Start = Ten.AddHours(4),
            },
            Session("3") with
            {
                Room = "Linked too",
            }
        );
        await DraftAsync(
            (await SessionAsync("1")) with
            {
                Start = Ten.AddHours(4),
            },
            (await SessionAsync("2")) with
            {
                Start = Ten.AddHours(6),
            },
            (await SessionAsync("3")) with
            {
                Start = Ten.AddDays(7),
            }
        );
        var release = await PublishAsync();
        Assert.Equal(0, release.Refused);
        Assert.Equal(
            [Ten.AddHours(4), Ten.AddHours(6), Ten.AddDays(7)],
            [(await SessionAsync("1")).Start!.Value, (await SessionAsync("2")).Start!.Value, (await SessionAsync("3")).Start!.Value]
        );
        Assert.All(await ChangesAsync(release), d => Assert.Equal([SessionChange.Time], d.Changes));
        Assert.Equal(3, (await ChangesAsync(release)).Length);
    }

    [Fact]
    public async Task Changes_in_the_roster_during_a_draft_survive_the_release()
    {
        await StartAsync("c-follow", Session("1") with { Room = "Linked" }, Session("2") with { Room = "Linked too" });
        var (moved, cancelled) = (await SessionAsync("1"), await SessionAsync("2"));
        await DraftAsync(moved with { Title = "New title" });
        Assert.IsType<Decided>(
            await RosterOf(moved)
                .DecideAsync(
                    Coordinator,
                    new ChangeTime
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = moved.Engagement!.Value,
                        Start = Ten.AddHours(3),
                        End = Ten.AddHours(4),
                        Reason = "Test",
                    }
                )
        );
        Assert.IsType<Decided>(
            await RosterOf(cancelled)
                .DecideAsync(
                    Coordinator,
                    new Cancel
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = cancelled.Engagement!.Value,
                        Reason = "Test",
                    }
                )
        );
        await UntilAsync(async () => (await SessionAsync("1")).Start == Ten.AddHours(3) && (await SessionAsync("2")).Cancelled);
        Assert.Equal([SessionChange.Title], Assert.Single((await Conference.DraftChangesAsync())!.Value).Changes);
        await PublishAsync();
        Assert.Equal((Ten.AddHours(3), "New title"), ((await SessionAsync("1")).Start!.Value, (await SessionAsync("1")).Title));
        Assert.True((await SessionAsync("2")).Cancelled);
    }

    [Fact]
    public async Task A_file_cancels_a_booked_session_once_and_can_restore_it()
    {
        var session = Session("1") with { Room = "Linked" };
        await StartAsync("c-file", session);
        async Task ImportAsync(bool cancelled) =>
            await Conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme(_id.Value, Ehs, session with { Cancelled = cancelled }));
        await ImportAsync(true);
        await UntilAsync(async () => (await SessionAsync("1")).Cancelled);
        Assert.Equal(0, (await Conference.PreviewAsync(Programme(_id.Value, Ehs, session with { Cancelled = true }))).Updated);
        await ImportAsync(false);
        await UntilAsync(async () => await SessionAsync("1") is { Cancelled: false, Booking: BookingState.Booked });
    }

    [Fact]
    public async Task A_file_with_unchanged_times_undoes_no_move_and_no_cancellation()
    {
        var file = Programme("c-same", Ehs, Session("1") with { Room = "Linked" }, Session("2"), Session("3"));
        await StartAsync("c-same", [.. file.Sessions]);
        var booked = await SessionAsync("1");
        Assert.IsType<Decided>(
            await RosterOf(booked)
                .DecideAsync(
                    Coordinator,
                    new Cancel
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = booked.Engagement!.Value,
                        Reason = "Test",
                    }
                )
        );
        Assert.Null(
            (
                await Conference.MoveAsync(
                    Coordinator,
                    new(Guid.NewGuid(), new("c-2"), Ten.AddHours(1), TimeSpan.FromHours(1), "Hall", null)
                )
            ).Code
        );
        await UntilAsync(async () => (await SessionAsync("1")).Cancelled);
        await DraftAsync((await SessionAsync("3")) with { Start = Ten.AddHours(5) });
        await Conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            file with
            {
                Sessions = [.. file.Sessions.Select(s => s with { Abstract = "A typo less." })],
            }
        );
        Assert.All(
            (await Conference.DraftChangesAsync())!.Value,
            d =>
                Assert.Equal(d.Session == new SessionId("c-3") ? [SessionChange.Time, SessionChange.Text] : [SessionChange.Text], d.Changes)
        );
        await PublishAsync();
        Assert.Equal(
            (true, Ten.AddHours(1), Ten.AddHours(5)),
            ((await SessionAsync("1")).Cancelled, (await SessionAsync("2")).Start!.Value, (await SessionAsync("3")).Start!.Value)
        );
    }

    [Fact]
    public async Task A_release_is_completed_even_if_a_session_that_it_waits_for_leaves_the_programme()
    {
        await StartAsync("c-gone", Session("1") with { Room = "Linked" }, Session("2"));
        await DraftAsync((await SessionAsync("1")) with { Start = Ten.AddDays(7) });
        var reply = await Conference.PublishAsync(Coordinator, Guid.NewGuid(), null);
        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme(_id.Value, Ehs, Session("2")));
        await UntilAsync(async () => await _hub.Grains.GetGrain<IReleaseGrain>($"{_id}/{reply.Release!.Number}").GetAsync() is not null);
        Assert.False((await Conference.ReleasesAsync())[^1].Settling);
    }

    [Fact]
    public async Task An_old_engagement_that_is_restored_does_not_take_over_a_session_that_was_booked_again()
    {
        await StartAsync("c-anew", Session("1") with { Room = "Linked" });
        var first = await SessionAsync("1");
        await DraftAsync(first with { Cancelled = true });
        await PublishAsync();
        await DraftAsync((await SessionAsync("1")) with { Cancelled = false, Start = Ten.AddHours(2) });
        await PublishAsync();
        var anew = await SessionAsync("1");
        Assert.IsType<Decided>(
            await RosterOf(first)
                .DecideAsync(
                    Coordinator,
                    new Undo
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = first.Engagement!.Value,
                        Reason = "Test",
                    }
                )
        );
        await UntilAsync(async () => (await RosterOf(first).GetAsync(first.Engagement!.Value))!.Status == EngagementStatus.Cancelled);
        Assert.Equal(
            (anew.Engagement, Ten.AddHours(2), false),
            await SessionAsync("1") is var still ? (still.Engagement, still.Start!.Value, still.Cancelled) : default
        );
    }

    [Fact]
    public async Task A_corrected_time_zone_moves_a_booked_session_without_a_notice_of_a_move()
    {
        var session = Session("1") with { Room = "Linked" };
        await StartAsync("c-zone", session);
        var right = Programme(_id.Value, Ehs, session with { Start = Ten.AddHours(-5) });
        right = right with { Conference = right.Conference with { TimeZone = "Asia/Seoul" } };
        Assert.Equal(
            (0, 1, "Asia/Dubai"),
            await Conference.PreviewAsync(right) is var told ? (told.Moved, told.Corrected, told.ZoneBefore) : default
        );
        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), right);
        await UntilAsync(async () => (await SessionAsync("1")).Start == Ten.AddHours(-5));
        Assert.Null((await SessionAsync("1")).Moved);
        Assert.Empty(await NoticesAsync(kind: AlertKind.SessionMoved));
    }

    private IConferenceGrain Conference => _hub.Grains.GetGrain<IConferenceGrain>(_id.Value);

    /// <summary>Imports the sessions. Fan marks each as a favourite. Returns when every session that can be booked is booked.</summary>
    private async Task StartAsync(string id, params ImmutableArray<ConferenceSession> sessions)
    {
        _id = new(id);
        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme(id, Ehs, sessions.AsSpan()));
        foreach (var session in sessions)
            await _hub.Grains.GetGrain<IAudienceGrain>(id).SetFavouriteAsync(Fan, session.Id, true);
        await UntilAsync(async () =>
            (await Conference.ReadAsync())!.Sessions.All(s => s.Booking is BookingState.Booked or BookingState.None)
        );
    }

    private async Task<ConferenceSession> SessionAsync(string id) => (await Conference.GetSessionAsync(new($"c-{id}")))!;

    private IRosterGrain RosterOf(ConferenceSession session) => _hub.Grains.GetGrain<IRosterGrain>($"ehs/{session.Week}");

    /// <summary>Starts a draft and edits it.</summary>
    private async Task DraftAsync(params ImmutableArray<ConferenceSession> sessions)
    {
        Assert.Null((await Conference.StartDraftAsync(Coordinator, Guid.NewGuid())).Code);
        var known = (await Conference.ReadDraftAsync())!.Sessions.Select(s => s.Id).ToHashSet();
        foreach (var s in sessions)
        {
            SessionText text = new(
                s.Title,
                s.Subtitle,
                s.Abstract,
                s.Start,
                s.Duration,
                s.Room,
                s.Track,
                s.Kind,
                s.Language,
                s.Speakers,
                s.Cancelled
            );
            Assert.Null(
                (await Conference.EditDraftAsync(Coordinator, new(Guid.NewGuid(), known.Contains(s.Id) ? s.Id : null, text, null))).Code
            );
        }
    }

    private async Task<Release> PublishAsync()
    {
        var reply = await Conference.PublishAsync(Coordinator, Guid.NewGuid(), null);
        Assert.Null(reply.Code);
        await UntilAsync(async () => await _hub.Grains.GetGrain<IReleaseGrain>($"{_id}/{reply.Release!.Number}").GetAsync() is not null);
        return (await Conference.ReleasesAsync())[^1];
    }

    private async Task<KeepRelease> ReleaseAsync(int number) => (await _hub.Grains.GetGrain<IReleaseGrain>($"{_id}/{number}").GetAsync())!;

    private async Task<ImmutableArray<SessionDifference>> ChangesAsync(Release release)
    {
        var after = await ReleaseAsync(release.Number);
        return ReleaseDiff.Between(after.Before ?? (await ReleaseAsync(release.Number - 1)).Programme, after.Programme, after.Refused);
    }

    private async Task<List<Alert>> NoticesAsync(PersonId? person = null, AlertKind kind = AlertKind.ProgrammeChanged) =>
        [
            .. (await _hub.Grains.GetGrain<IInboxGrain>((person ?? Fan.Person).Value).ListAsync()).Where(a =>
                a.Kind == kind && a.Conference == _id
            ),
        ];

    private async Task<FeedStatus> FeedAsync(string session)
    {
        var feed = _hub.Grains.GetGrain<IFeedGrain>(Fan.Person.Value);
        var entries = await feed.ReadAsync(await feed.RenewAsync(Fan, Ehs), "en");
        return entries!.Value.Single(e => e.Uid.StartsWith($"c-{session}.", StringComparison.Ordinal)).Status;
    }
}
