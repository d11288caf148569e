using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Edits;
using ConsultHub.Conferences.Releases;
using ConsultHub.Directories;
using ConsultHub.Inboxes;
using ConsultHub.Records;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Conferences.ConferenceGrainTests;

namespace ConsultHub.Tests.Conferences;

/// <summary>People create, edit, withdraw and delete conferences and their sessions without a file.</summary>
public sealed class ConferenceEditTests : IAsyncLifetime
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
    public async Task A_conference_with_sessions_can_be_made_by_hand_and_survives_a_restart()
    {
        var folder = TestHub.NewFolder();
        var id = new ConferenceId("c-byhand");
        string conferenceTag,
            sessionTag;
        await using (var first = await TestHub.StartAsync(folder))
        {
            await SeedAsync(first);
            var grain = first.Grains.GetGrain<IConferenceGrain>(id.Value);
            var made = await grain.EditConferenceAsync(
                Coordinator,
                new(Guid.NewGuid(), Text() with { TitleAr = "المؤتمر", TitleKo = "학회" }, RecordTag.None)
            );
            Assert.Equal((null, true), (made.Code, made.Created));
            var session = await grain.EditSessionAsync(
                Coordinator,
                new(Guid.NewGuid(), new("c-byhand-one"), Talk() with { Room = "Linked", Speakers = [Kim] }, RecordTag.None)
            );
            Assert.Equal((null, true), (session.Code, session.Created));
            await UntilAsync(async () => (await grain.GetSessionAsync(new("c-byhand-one")))!.Booking == BookingState.Booked);
            (conferenceTag, sessionTag) = (EditTag.Of(made.Conference!), EditTag.Of(session.Session!));
        }
        await using (var second = await TestHub.StartAsync(folder))
        {
            var grain = second.Grains.GetGrain<IConferenceGrain>(id.Value);
            var read = await grain.ReadEditedAsync(new("c-byhand-one"));
            Assert.Equal((conferenceTag, sessionTag), (EditTag.Of(read.Conference!), EditTag.Of(read.Session!)));
            Assert.Equal(("المؤتمر", "학회"), (read.Conference!.TitleAr, read.Conference.TitleKo));
            Assert.Contains(
                new DirectoryEntry(id.Value, new("Congress", "المؤتمر", "학회")),
                await second.Grains.GetGrain<IDirectoryGrain>("ehs/conferences").ListAsync()
            );
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_condition_that_is_not_met_is_refused_with_what_is_there_now()
    {
        await CreateAsync("c-tags");
        Task<EditReply> PutAsync(string? expected, string title = "Another") =>
            Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), Text() with { Title = title }, expected));
        var tag = EditTag.Of((await Conference.GetAsync())!);
        Assert.Equal(("record.condition-missing", "Congress"), (await PutAsync(null)) is var a ? (a.Code, a.Conference!.Title) : default);
        Assert.Equal(("record.changed", "Congress"), (await PutAsync(RecordTag.None)) is var b ? (b.Code, b.Conference!.Title) : default);
        Assert.Null((await PutAsync(tag)).Code);
        Assert.Equal(("record.changed", "Another"), (await PutAsync(tag, "Late")) is var c ? (c.Code, c.Conference!.Title) : default);
        Assert.Null((await PutAsync(EditTag.Any, "Whatever is there")).Code);

        Assert.Equal("record.changed", (await SessionAsync("gone", Talk(), EditTag.Any)).Code);
        Assert.Equal("session.unknown", (await SessionAsync("gone", null, null)).Code);
        Assert.Null((await SessionAsync("one", Talk(), null)).Code);
        Assert.Equal("record.condition-missing", (await SessionAsync("one", Talk(), null)).Code);
        // A registration or a booking does not change the tag.
        await Conference.SetRegistrationAsync(Coordinator, new(true));
        tag = EditTag.Of((await Conference.GetAsync())!);
        await Conference.TakeRegistrationAsync(Fan.Person, true);
        Assert.Null((await PutAsync(tag, "After a registration")).Code);
    }

    [Fact]
    public async Task A_repeated_command_is_answered_and_not_decided_again_and_a_preview_stores_nothing()
    {
        await CreateAsync("c-again");
        var command = new EditSession(Guid.NewGuid(), new("c-again-one"), Talk(), RecordTag.None);
        Assert.Null((await Conference.EditSessionAsync(Coordinator, command with { Preview = true })).Code);
        Assert.Null(await Conference.GetSessionAsync(command.Session));
        var first = await Conference.EditSessionAsync(Coordinator, command);
        var again = await Conference.EditSessionAsync(Coordinator, command with { Text = Talk() with { Title = "Not again" } });
        Assert.Equal((null, "A talk"), (again.Code, again.Session!.Title));
        Assert.Equal(first.Session!.Version, again.Session.Version);
    }

    [Fact]
    public async Task A_session_without_a_time_is_booked_when_it_gets_a_time_and_cannot_lose_it_then()
    {
        await CreateAsync("c-when");
        var text = Talk() with { Start = null, Room = "Linked" };
        Assert.Equal((null, BookingState.None), (await SessionAsync("one", text, null)).Session is { } s ? (s.Start, s.Booking) : default);
        await SessionAsync("one", text with { Start = Ten }, EditTag.Any);
        var booked = await UntilBookedAsync("one");
        Assert.Equal(new(2026, 11, 24), booked.Day);
        var refused = await SessionAsync("one", text, EditTag.Any);
        Assert.Equal(("session.booked-time", "$.start"), (refused.Code, refused.Place));
        refused = await SessionAsync("one", text with { Start = Ten, Room = "Hall" }, EditTag.Any);
        Assert.Equal(("session.room-not-linked", "$.room"), (refused.Code, refused.Place));
    }

    [Fact]
    public async Task The_roster_decides_about_an_edit_of_a_booked_session_and_the_answer_shows_its_decision()
    {
        await CreateAsync("c-move");
        await SessionAsync("one", Talk() with { Room = "Linked", Speakers = [Kim] }, null);
        await SessionAsync("two", Talk() with { Room = "Linked", Start = Ten.AddHours(3) }, null);
        var booked = await UntilBookedAsync("one");
        await UntilBookedAsync("two");
        var later = Talk() with { Room = "Linked", Speakers = [Kim], Start = Ten.AddHours(1), Title = "Later" };
        var moved = await SessionAsync("one", later, EditTag.Any, "Why");
        Assert.Equal((null, "Later", Ten.AddHours(1)), (moved.Code, moved.Session!.Title, moved.Session.Start!.Value));
        Assert.Equal(Ten.AddHours(1), (await RosterOf(booked).GetAsync(booked.Engagement!.Value))!.Start);

        var text = later with { Start = Ten.AddHours(3), Title = "Never" };
        var refused = await SessionAsync("one", text, EditTag.Any, "Why");
        Assert.Contains(refused.Findings!.Value, f => f.Code == "roster.room-overlap");
        Assert.Equal("Later", (await Conference.GetSessionAsync(new("c-move-one")))!.Title); // all or nothing
        var preview = await SessionAsync("one", text, EditTag.Any, preview: true);
        Assert.Null(preview.Code);
        Assert.Contains(preview.Effects!.Findings, f => f.Code == "roster.room-overlap");

        // A warning of the roster needs a reason.
        var tooLong = later with
        {
            Start = Ten.AddDays(-1),
            Duration = TimeSpan.FromHours(15),
        };
        var warned = await SessionAsync("one", tooLong, EditTag.Any);
        Assert.All(warned.Findings!.Value, f => Assert.Equal(("roster.rest", true), (f.Code, f.Overridable)));
        Assert.True((await SessionAsync("one", tooLong, EditTag.Any, preview: true)).Effects!.NeedsReason);
        Assert.Null((await SessionAsync("one", tooLong, EditTag.Any, "Nobody else can")).Code);
        Assert.Null((await SessionAsync("one", later, EditTag.Any, "Back")).Code);

        // The roster also decides who speaks.
        var unqualified = later with
        {
            Speakers = [Kim, new("Lee", null, new PersonId("c-lee"))],
        };
        Assert.Contains(
            (await SessionAsync("one", unqualified, EditTag.Any, "Why")).Findings!.Value,
            f => f.Code == "roster.no-credential"
        );
        var guests = await SessionAsync("one", later with { Speakers = [new("A guest")] }, EditTag.Any, "Why");
        Assert.Equal((null, "A guest"), (guests.Code, guests.Session!.Speakers.Single().Name));
        Assert.Empty((await RosterOf(booked).GetAsync(booked.Engagement!.Value))!.Consultants);
    }

    [Theory]
    [InlineData("Linked")]
    [InlineData("Hall")]
    public async Task A_withdrawn_session_stays_visible_and_another_import_of_its_file_does_not_restore_it(string room)
    {
        _id = new("c-off");
        var programme = Programme("c-off", Ehs, Session("1") with { Room = room }, Session("2"));
        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), programme);
        await _hub.Grains.GetGrain<IAudienceGrain>("c-off").SetFavouriteAsync(Fan, new("c-1"), true);
        if (room == "Linked")
            await UntilAsync(async () => (await Conference.GetSessionAsync(new("c-1")))!.Booking == BookingState.Booked);
        var before = (await Conference.GetSessionAsync(new("c-1")))!;
        Task<EditReply> WithdrawAsync(string? reason, bool preview = false) =>
            Conference.EditSessionAsync(
                Coordinator,
                new(Guid.NewGuid(), new("c-1"), SessionText.Of(before) with { Cancelled = true }, EditTag.Of(before), reason, preview)
            );
        var preview = (await WithdrawAsync(null, preview: true)).Effects!;
        Assert.Equal((1, 1, true), (preview.Told, preview.Favourites, preview.NeedsReason));
        Assert.Equal(before.Engagement, preview.CancelledBookings.Select(b => (EngagementId?)b.Engagement).SingleOrDefault());
        Assert.Equal("conference.reason-missing", (await WithdrawAsync(null)).Code);
        var off = await WithdrawAsync("The speaker is ill.");
        Assert.Equal((null, true), (off.Code, off.Session!.Cancelled));
        if (before.Engagement is { } engagement)
            Assert.Equal(EngagementStatus.Cancelled, (await RosterOf(before).GetAsync(engagement))!.Status);
        await UntilAsync(async () => (await NoticesAsync()).Count == 1);
        Assert.Contains("does not take place", (await NoticesAsync())[0].Text["en"], StringComparison.Ordinal);

        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), programme);
        Assert.True((await Conference.GetSessionAsync(new("c-1")))!.Cancelled);
        // Even if the file moves the session.
        await Conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme("c-off", Ehs, Session("1") with { Room = room, Start = Ten.AddHours(5) }, Session("2"))
        );
        await Conference.ImportAsync(
            Coordinator,
            Guid.NewGuid(),
            Programme("c-off", Ehs, Session("1") with { Room = room, Start = Ten.AddHours(5) }, Session("2"))
        );
        Assert.True((await Conference.GetSessionAsync(new("c-1")))!.Cancelled);

        var restored = await Conference.EditSessionAsync(
            Coordinator,
            new(Guid.NewGuid(), new("c-1"), SessionText.Of((await Conference.GetSessionAsync(new("c-1")))!) with { Cancelled = false }, "*")
        );
        Assert.Equal((null, false), (restored.Code, restored.Session!.Cancelled));
        if (room == "Linked")
            await UntilAsync(async () =>
                await Conference.GetSessionAsync(new("c-1")) is { Booking: BookingState.Booked } again
                && again.Engagement != before.Engagement
            );
    }

    [Fact]
    public async Task Another_import_of_the_same_file_does_not_undo_a_time_and_room_that_a_person_gave()
    {
        _id = new("c-kept");
        var programme = Programme("c-kept", null, Session("1"), Session("2"));
        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), programme);
        var text = SessionText.Of((await Conference.GetSessionAsync(new("c-1")))!) with { Start = Ten.AddHours(2), Room = "Linked" };
        var moved = await Conference.EditSessionAsync(Coordinator, new(Guid.NewGuid(), new("c-1"), text, EditTag.Any));
        Assert.Equal((Ten, "Hall"), (moved.Session!.Moved!.FromStart, moved.Session.Moved.FromRoom));
        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), programme);
        var kept = (await Conference.GetSessionAsync(new("c-1")))!;
        Assert.Equal((Ten.AddHours(2), "Linked"), (kept.Start!.Value, kept.Room));
    }

    [Fact]
    public async Task A_withdrawn_conference_cancels_everything_once_and_takes_in_nothing_new()
    {
        await CreateAsync("c-withdrawn");
        await SessionAsync("one", Talk() with { Room = "Linked", Speakers = [Kim] }, null);
        await SessionAsync("two", Talk() with { Start = null }, null);
        var booked = await UntilBookedAsync("one");
        await _hub.Grains.GetGrain<IAudienceGrain>(_id.Value).SetFavouriteAsync(Fan, booked.Id, true);
        await Conference.SetPublicAsync(Coordinator, true);
        await Conference.SetRegistrationAsync(Coordinator, new(true));
        var registered = new PersonId("p-registered");
        await Conference.TakeRegistrationAsync(registered, ofNetwork: true);
        await Conference.StartDraftAsync(Coordinator, Guid.NewGuid());

        var text = ConferenceText.Of((await Conference.GetAsync())!) with { Withdrawn = true };
        Task<EditReply> WithdrawAsync(string? reason, bool preview = false) =>
            Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), text, EditTag.Any, reason, preview));
        var effects = (await WithdrawAsync(null, preview: true)).Effects!;
        Assert.Equal(
            (2, 1, 3, 1, true, true),
            (effects.Sessions, effects.Bookings, effects.Told, effects.Registered, effects.DropsDraft, effects.NeedsReason)
        );
        Assert.Equal(("conference.reason-missing", "X-Reason"), await WithdrawAsync(null) is var r ? (r.Code, r.Place) : default);
        var withdrawn = (await WithdrawAsync("There is no money.")).Conference!;
        Assert.Equal((true, false, false, false), (withdrawn.Withdrawn, withdrawn.Public, withdrawn.SelfRegistration, withdrawn.HasDraft));
        Assert.Equal(RegistrationState.Closed, withdrawn.RegistrationAt(DateTimeOffset.UtcNow, ofNetwork: true));
        await UntilAsync(async () => (await Conference.ReadAsync())!.Sessions.All(s => s.Cancelled));
        Assert.Equal(EngagementStatus.Cancelled, (await RosterOf(booked).GetAsync(booked.Engagement!.Value))!.Status);
        foreach (var person in new[] { Fan.Person, registered, new("c-kim") })
        {
            await UntilAsync(async () => (await NoticesAsync(person, AlertKind.ProgrammeChanged)).Count == 1);
            Assert.Contains("does not take place", (await NoticesAsync(person, AlertKind.ProgrammeChanged))[0].Text["en"]);
        }
        Assert.Empty(await NoticesAsync()); // the roster's report of the cancellation tells nobody again

        Assert.Equal("conference.withdrawn", (await SessionAsync("three", Talk(), null)).Code);
        Assert.Equal("conference.withdrawn", (await Conference.StartDraftAsync(Coordinator, Guid.NewGuid())).Code);
        Assert.Equal(
            "conference.withdrawn",
            (await Conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme(_id.Value, Ehs, Session("1")))).Code
        );
        Assert.Null(
            (await Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), text with { Withdrawn = false }, EditTag.Any))).Code
        );
        Assert.Null((await SessionAsync("two", Talk(), EditTag.Any)).Code);
    }

    [Fact]
    public async Task Rows_of_a_file_that_are_stored_again_after_a_crash_change_nothing()
    {
        await CreateAsync("c-rows");
        SessionRow Row(string name, string? room = null) =>
            new(new($"c-rows-{name}"), new(name), null, null, Ten, Ten.AddHours(1), room, null, null, null, ["A Guest", "Kim <c-kim>"]);
        EditRecords command = new(
            Guid.NewGuid(),
            [
                RecordEdit.Put(Row("one"), RecordTag.None),
                RecordEdit.Put(Row("two", "Nowhere"), RecordTag.None),
                RecordEdit.Put(Row("three"), RecordTag.None),
            ]
        );
        var check = await Conference.CheckAsync(command);
        Assert.Equal([("session.unknown-room", "room", false)], check.Faults.Select(f => (f.Code, f.Field, f.Overridable)));
        Assert.Empty((await Conference.ReadAsync())!.Sessions);
        var refused = Assert.IsType<RecordsRefused>(await Conference.EditAsync(Coordinator, command));
        Assert.Equal(["c-rows-two"], refused.Faults.Select(f => f.Record.Id));
        var stored = (await Conference.ReadAsync())!;
        Assert.Equal([new("A Guest"), new("Kim", null, new("c-kim"))], stored.Sessions.Single(s => s.Id.Value == "c-rows-one").Speakers);
        // The next attempt of an import leaves the refused row out and has another id.
        var next = new EditRecords(Guid.NewGuid(), command.Edits.RemoveAt(1));
        Assert.IsType<RecordsEdited>(await Conference.EditAsync(Coordinator, next));
        Assert.Equal(stored.Conference.Version, (await Conference.ReadAsync())!.Conference.Version);
        Assert.Equal(
            stored.Sessions.Select(s => (s.Id.Value, s.Version)).Order(),
            (await Conference.ReadAsync())!.Sessions.Select(s => (s.Id.Value, s.Version)).Order()
        );
        // Somebody else has changed a session that the file saw otherwise.
        var late = RecordEdit.Put(Row("one") with { Track = "Ours" }, RecordTag.Of(Row("one") with { Track = "Theirs" }));
        refused = Assert.IsType<RecordsRefused>(await Conference.EditAsync(Coordinator, new(Guid.NewGuid(), [late])));
        Assert.Equal(("record.changed", "one"), (refused.Faults[0].Code, ((SessionRow)refused.Faults[0].Current!).Title.En));
    }

    [Fact]
    public async Task A_deleted_conference_leaves_nothing_and_its_id_is_free_in_its_network()
    {
        await CreateAsync("c-deleted");
        await SessionAsync("one", Talk() with { Room = "Linked" }, null);
        var booked = await UntilBookedAsync("one");
        var position = (await Conference.ReadSinceAsync(null)).To;
        Task<EditReply> DeleteAsync(string? reason, OtherUses? uses = null, bool preview = false) =>
            Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), null, EditTag.Any, reason, preview, uses));
        var attended = new OtherUses(3, 0, [new("attendance", "c-deleted-one", "A talk")], 1);
        var refused = await DeleteAsync("Twice", attended);
        Assert.Equal(("record.in-use", 1), (refused.Code, refused.Effects!.Uses));
        Assert.Equal(1, (await DeleteAsync(null, preview: true)).Effects!.Bookings);
        Assert.Equal("conference.reason-missing", (await DeleteAsync(null)).Code);

        Assert.Null((await DeleteAsync("It was imported twice.")).Code);
        Assert.Equal((null, null), (await Conference.GetAsync(), await Conference.ReadAsync()));
        Assert.Superset(
            new HashSet<string> { "conference/c-deleted", "session/c-deleted-one" },
            (await Conference.ReadSinceAsync(position)).Removed.Select(t => t.Key).ToHashSet()
        );
        await UntilAsync(async () => (await RosterOf(booked).GetAsync(booked.Engagement!.Value))!.Status == EngagementStatus.Cancelled);
        await UntilAsync(async () =>
            (await _hub.Grains.GetGrain<IDirectoryGrain>("ehs/conferences").ListAsync()).All(e => e.Id != _id.Value)
        );
        Assert.Equal("record.changed", (await DeleteAsync("Again")).Code);

        var elsewhere = await Conference.EditConferenceAsync(
            Coordinator,
            new(Guid.NewGuid(), Text() with { Network = new("other") }, RecordTag.None)
        );
        Assert.Equal("record.unknown-reference", elsewhere.Code);
        Assert.Equal(
            "conference.exists",
            (await Conference.ImportAsync(Coordinator, Guid.NewGuid(), Programme(_id.Value, new("other"), Session("1")), create: true)).Code
        );
        await CreateAsync("c-deleted");
        Assert.Empty((await Conference.ReadAsync())!.Sessions);
        Assert.DoesNotContain((await Conference.ReadSinceAsync(position)).Removed, t => t.Key == "conference/c-deleted");
    }

    [Fact]
    public async Task A_deletion_is_finished_after_a_restart_and_the_history_gives_the_same_state_again()
    {
        var folder = TestHub.NewFolder();
        ConferenceSession booked;
        await using (var first = await TestHub.StartAsync(folder))
        {
            await SeedAsync(first);
            var grain = first.Grains.GetGrain<IConferenceGrain>("c-restart");
            await grain.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), Text(), RecordTag.None));
            await grain.EditSessionAsync(
                Coordinator,
                new(Guid.NewGuid(), new("c-restart-one"), Talk() with { Room = "Linked" }, RecordTag.None)
            );
            await UntilAsync(async () => (await grain.GetSessionAsync(new("c-restart-one")))!.Booking == BookingState.Booked);
            booked = (await grain.GetSessionAsync(new("c-restart-one")))!;
            Assert.Null((await grain.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), null, EditTag.Any, "Twice"))).Code);
        }
        await using (var second = await TestHub.StartAsync(folder))
        {
            Assert.Null(await second.Grains.GetGrain<IConferenceGrain>("c-restart").GetAsync());
            await UntilAsync(async () =>
                (await second.Grains.GetGrain<IDirectoryGrain>("ehs/conferences").ListAsync()).All(e => e.Id != "c-restart")
            );
            var roster = second.Grains.GetGrain<IRosterGrain>($"ehs/{booked.Week}");
            await UntilAsync(async () => (await roster.GetAsync(booked.Engagement!.Value))!.Status == EngagementStatus.Cancelled);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_released_can_be_withdrawn_but_not_deleted()
    {
        await CreateAsync("c-released");
        await SessionAsync("one", Talk(), null);
        await Conference.StartDraftAsync(Coordinator, Guid.NewGuid());
        Assert.Null((await Conference.PublishAsync(Coordinator, Guid.NewGuid(), null)).Code);
        await UntilAsync(async () => await _hub.Grains.GetGrain<IReleaseGrain>($"{_id}/1").GetAsync() is not null);
        await SessionAsync("two", Talk(), null);
        var refused = await SessionAsync("one", null, EditTag.Any, "Why");
        Assert.Equal(("record.in-use", new ConferenceUse("releases", "1", "1")), (refused.Code, refused.Effects!.UsedBy.Single()));
        Assert.Equal(
            "record.in-use",
            (await Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), null, EditTag.Any, "Why"))).Code
        );
        var deleted = await SessionAsync("two", null, EditTag.Any);
        Assert.Equal((null, null), (deleted.Code, deleted.Session));
        Assert.Null(await Conference.GetSessionAsync(new("c-released-two")));
        Assert.Null((await SessionAsync("one", Talk() with { Cancelled = true }, EditTag.Any)).Code);
    }

    [Fact]
    public async Task Sessions_keep_their_local_time_when_the_time_zone_is_corrected_and_nobody_is_told()
    {
        _id = new("c-zone");
        var programme = Programme("c-zone", Ehs, Session("1"), Session("2") with { Room = "Linked" }, Session("3") with { Start = null });
        await Conference.ImportAsync(Coordinator, Guid.NewGuid(), programme);
        await _hub.Grains.GetGrain<IAudienceGrain>("c-zone").SetFavouriteAsync(Fan, new("c-1"), true);
        await UntilAsync(async () => (await Conference.GetSessionAsync(new("c-2")))!.Booking == BookingState.Booked);
        var text = ConferenceText.Of((await Conference.GetAsync())!) with { TimeZone = "Asia/Seoul" };
        var preview = await Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), text, EditTag.Any, Preview: true));
        Assert.Equal((2, "Asia/Dubai", 0), (preview.Effects!.Corrected, preview.Effects.ZoneBefore, preview.Effects.Told));
        Assert.Null((await Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), text, EditTag.Any))).Code);
        Assert.Equal(Ten.AddHours(-5), (await Conference.GetSessionAsync(new("c-1")))!.Start);
        await UntilAsync(async () => (await Conference.GetSessionAsync(new("c-2")))!.Start == Ten.AddHours(-5));
        Assert.Null((await Conference.GetSessionAsync(new("c-2")))!.Moved);
        Assert.Empty(await NoticesAsync());
        // The corrected file now agrees with the programme.
        var corrected = programme with
        {
            Conference = programme.Conference with { TimeZone = "Asia/Seoul" },
            Sessions = [.. programme.Sessions.Select(s => s with { Start = s.Start?.AddHours(-5) })],
        };
        var again = await Conference.PreviewAsync(corrected);
        Assert.Equal((0, 0), (again.Moved, again.Corrected));
    }

    [Fact]
    public async Task While_there_is_a_draft_edits_go_to_the_draft_and_the_answer_says_so()
    {
        await CreateAsync("c-draft");
        await SessionAsync("one", Talk(), null);
        await Conference.StartDraftAsync(Coordinator, Guid.NewGuid());
        var session = await SessionAsync("one", Talk() with { Title = "Drafted", TitleKo = "초안" }, EditTag.Any);
        var added = await SessionAsync("two", Talk(), RecordTag.None);
        var conference = await Conference.EditConferenceAsync(
            Coordinator,
            new(Guid.NewGuid(), Text() with { Title = "New name", TimeZone = "Asia/Seoul" }, EditTag.Any)
        );
        Assert.Equal((true, true, true), (session.Draft, added.Draft, conference.Draft));
        Assert.Equal(("Drafted", "New name"), (session.Session!.Title, conference.Conference!.Title));
        Assert.Equal(
            ("A talk", "Congress", null),
            ((await Conference.GetSessionAsync(new("c-draft-one")))!.Title, (await Conference.GetAsync())!.Title, await TwoAsync())
        );
        // A client of an earlier release, which sends no titles in other languages, keeps them.
        var drafted = (await Conference.ReadDraftAsync())!.Sessions.Single(s => s.Id == new SessionId("c-draft-one"));
        await Conference.EditDraftAsync(
            Coordinator,
            new(Guid.NewGuid(), drafted.Id, SessionText.Of(drafted) with { TitleKo = null, Title = "Drafted again" }, null)
        );
        Assert.Null((await Conference.PublishAsync(Coordinator, Guid.NewGuid(), null)).Code);
        var now = (await Conference.GetSessionAsync(new("c-draft-one")))!;
        Assert.Equal(("Drafted again", "초안", Ten.AddHours(-5)), (now.Title, now.TitleKo, now.Start!.Value));
        Assert.NotNull(await TwoAsync());
        Assert.Equal("New name", (await Conference.GetAsync())!.Title);

        Task<ConferenceSession?> TwoAsync() => Conference.GetSessionAsync(new("c-draft-two"));
    }

    [Fact]
    public async Task Linking_a_room_books_its_sessions_and_a_room_in_use_stays_as_it_is()
    {
        await CreateAsync("c-rooms");
        await SessionAsync("one", Talk(), null);
        var text = Text();
        Task<EditReply> PutAsync(params ImmutableArray<ConferenceRoom> rooms) =>
            Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), text with { Rooms = rooms }, EditTag.Any));
        Assert.Null((await PutAsync(new ConferenceRoom("Hall", Hospital, new RoomId("r-two")))).Code);
        Assert.Equal(new RoomId("r-two"), (await RosterOf(await UntilBookedAsync("one")).GetAsync(await EngagementAsync()))!.Room);
        foreach (
            var rooms in (ImmutableArray<ConferenceRoom>[])
                [
                    [],
                    [new("Hall")],
                    [new("Hall", Hospital, new RoomId("r-one"))],
                    [new("Foyer")],
                ]
        )
        {
            var refused = await PutAsync(rooms);
            Assert.Equal(("record.in-use", "$.rooms", 1), (refused.Code, refused.Place, refused.Effects!.Uses));
        }
        Assert.Null((await PutAsync(new("Foyer"), new("Hall", Hospital, new RoomId("r-two")))).Code);

        async Task<EngagementId> EngagementAsync() => (await Conference.GetSessionAsync(new("c-rooms-one")))!.Engagement!.Value;
    }

    [Fact]
    public async Task The_network_of_a_conference_never_changes_and_unknown_things_are_refused()
    {
        await CreateAsync("c-faults");
        Task<EditReply> PutAsync(ConferenceText text) =>
            Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), text, EditTag.Any));
        Assert.Equal(("conference.other-network", "$.network"), Fault(await PutAsync(Text() with { Network = new("other") })));
        Assert.Equal(
            ("record.unknown-reference", "$.rooms[0].hospital"),
            Fault(await PutAsync(Text() with { Rooms = [new("Hall", new HospitalId("h-none"), new RoomId("r"))] }))
        );
        Assert.Equal(
            ("record.unknown-reference", "$.rooms[0].room"),
            Fault(await PutAsync(Text() with { Rooms = [new("Hall", Hospital, new RoomId("r-none"))] }))
        );
        Assert.Equal(
            ("record.unknown-reference", "$.speakers[1].consultant"),
            Fault(await SessionAsync("one", Talk() with { Speakers = [Kim, new("Nobody", null, new PersonId("c-nobody"))] }, null))
        );
        Assert.Equal(
            ("record.bad-id", "session"),
            Fault(await Conference.EditSessionAsync(Coordinator, new(Guid.NewGuid(), new("elsewhere-one"), Talk(), null)))
        );

        static (string?, string?) Fault(EditReply reply) => (reply.Code, reply.Place);
    }

    private IConferenceGrain Conference => _hub.Grains.GetGrain<IConferenceGrain>(_id.Value);

    private static ConferenceText Text() =>
        new(
            "Congress",
            null,
            null,
            null,
            "Asia/Dubai",
            new(2026, 11, 24),
            new(2026, 11, 25),
            null,
            Ehs,
            [new("Hall"), new("Linked", Hospital, new RoomId("r-one"))],
            ["Heart"],
            false
        );

    private static SessionText Talk() =>
        new("A talk", null, "About hearts.", Ten, TimeSpan.FromHours(1), "Hall", "Heart", "lecture", "en", [new("A guest")], false);

    private async Task CreateAsync(string id)
    {
        _id = new(id);
        Assert.Null((await Conference.EditConferenceAsync(Coordinator, new(Guid.NewGuid(), Text(), RecordTag.None))).Code);
    }

    private Task<EditReply> SessionAsync(string name, SessionText? text, string? expected, string? reason = null, bool preview = false) =>
        Conference.EditSessionAsync(Coordinator, new(Guid.NewGuid(), new($"{_id}-{name}"), text, expected, reason, preview));

    private async Task<ConferenceSession> UntilBookedAsync(string name)
    {
        ConferenceSession? session = null;
        await UntilAsync(async () =>
            (session = await Conference.GetSessionAsync(new($"{_id}-{name}"))) is { Booking: BookingState.Booked }
        );
        return session!;
    }

    private IRosterGrain RosterOf(ConferenceSession session) => _hub.Grains.GetGrain<IRosterGrain>($"ehs/{session.Week}");

    private async Task<List<Alert>> NoticesAsync(PersonId? person = null, AlertKind kind = AlertKind.SessionMoved) =>
        [
            .. (await _hub.Grains.GetGrain<IInboxGrain>((person ?? Fan.Person).Value).ListAsync()).Where(a =>
                a.Kind == kind && a.Conference == _id
            ),
        ];
}
