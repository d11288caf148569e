using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Directories;
using ConsultHub.Lectures;
using ConsultHub.Records;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Attendance.Lectures;

namespace ConsultHub.Tests.Attendance;

/// <summary>Attendance, policies and certificates on a real silo with SQLite.</summary>
public sealed class AttendanceGrainTests : IAsyncLifetime
{
    private static readonly Actor Coordinator = new(new("p-coordinator"), Role.Coordinator);
    private static readonly PersonId One = new("p-1"),
        Two = new("p-2");

    private readonly string _folder = TestHub.NewFolder();
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await StartAsync();
        var sessions = ((string[])["s-1", "s-2"]).Select(id => new ConferenceSession
        {
            Id = new(id),
            Title = $"Talk {id}",
            Start = Ten,
            Duration = TimeSpan.FromHours(1),
            Day = new(2026, 11, 24),
        });
        await _hub
            .Grains.GetGrain<IConferenceGrain>("congress")
            .ImportAsync(
                Coordinator,
                Guid.NewGuid(),
                new(
                    new Conference
                    {
                        Id = new("congress"),
                        Title = "Congress",
                        TimeZone = "Asia/Dubai",
                    },
                    [.. sessions],
                    []
                )
            );
        var opened = await _hub
            .Grains.GetGrain<ILectureGrain>("s-1")
            .DecideAsync(LectureCaller.System, new OpenRoom { CommandId = Guid.NewGuid(), Conference = new("congress") });
        Assert.IsType<LectureDone>(opened);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<RosterHub> StartAsync() => RosterHub.StartAsync(_folder, At(120), seed: false);

    private async Task RestartAsync()
    {
        await _hub.DisposeAsync();
        _hub = await StartAsync();
    }

    private IAttendanceGrain Attendance(string session = "s-1") => _hub.Grains.GetGrain<IAttendanceGrain>(session);

    [Fact]
    public async Task A_report_that_arrives_twice_counts_once_and_survives_a_restart_and_the_conference_lists_its_session()
    {
        var reports = ImmutableArray.Create(
            Report(PlayedAs.Live, 0, 20),
            Report(PlayedAs.Live, 15, 30),
            Report(PlayedAs.Live, 0, 30, person: "p-2")
        );
        Assert.Equal([null, null, null], await Attendance().ReportAsync(reports));
        Assert.Equal([null, null, null], await Attendance().ReportAsync(reports));
        Assert.Null(await Attendance().CheckInAsync(Coordinator, new("congress"), Two, At(10)));
        Assert.Null(await Attendance().CheckInAsync(Coordinator, new("congress"), Two, At(40)));
        await RestartAsync();
        Assert.Equal([Stretch.Of(At(0), At(30))], (await Attendance().OfAsync(One)).Live.Pieces);
        Assert.Equal(At(10), (await Attendance().OfAsync(Two)).CheckedIn);
        Assert.Equal([One, Two], (await Attendance().AllAsync()).Select(a => a.Person));
        Assert.Equal(["s-1"], (await _hub.Grains.GetGrain<IDirectoryGrain>("congress/attended").ListAsync()).Select(e => e.Id));
    }

    [Fact]
    public async Task A_batch_of_reports_is_stored_as_one_decision_and_a_repeated_batch_stores_nothing()
    {
        ImmutableArray<Played> batch = [.. Enumerable.Range(0, 500).Select(i => Report(PlayedAs.Live, 0, 5, person: $"p-{i}"))];
        await Attendance().ReportAsync(batch);
        await Attendance().ReportAsync(batch);
        Assert.Equal(1, (await Attendance().AsReference<Live.ILiveAuthority>().ReadSinceAsync(null)).To.Version);
        Assert.Equal(500, (await Attendance().AllAsync()).Length);
    }

    [Fact]
    public async Task Each_impossible_report_or_check_in_is_refused_with_its_code()
    {
        var backwards = Report(PlayedAs.Live, 0, 20) with { Lecture = Stretch.Of(At(20), At(10)) };
        var endless = Report(PlayedAs.Live, -3000, 20);
        Assert.Equal(
            ["attendance.implausible", null, "attendance.implausible"],
            await Attendance().ReportAsync([backwards, Report(PlayedAs.Live, 0, 20), endless])
        );
        Assert.Equal(["lecture.unknown"], await Attendance("s-2").ReportAsync([Report(PlayedAs.Live, 0, 20)]));
        Assert.Equal("session.unknown", await Attendance("s-9").CheckInAsync(Coordinator, new("congress"), One, At(0)));
        Assert.Equal("attendance.bad-time", await Attendance().CheckInAsync(Coordinator, new("congress"), One, At(500)));
    }

    [Fact]
    public async Task Check_in_opens_one_hour_before_a_session_and_giving_up_a_place_removes_the_attendance()
    {
        var session = new SessionId("later-1");
        var later = new ConferenceSession
        {
            Id = session,
            Title = "Later",
            Start = At(120) + TimeSpan.FromHours(2),
            Duration = TimeSpan.FromMinutes(45),
            Day = new(2026, 11, 24),
        };
        await _hub
            .Grains.GetGrain<IConferenceGrain>("later")
            .ImportAsync(
                Coordinator,
                Guid.NewGuid(),
                new(
                    new Conference
                    {
                        Id = new("later"),
                        Title = "Later",
                        TimeZone = "Asia/Dubai",
                    },
                    [later],
                    []
                )
            );
        var audience = _hub.Grains.GetGrain<IAudienceGrain>("later");
        var code = (await audience.TicketAsync(One)).Code;
        var (me, book) = (new Actor(One, Role.Attendee), Attendance(session.Value));
        Assert.Equal("checkin.too-early", (await audience.CheckInAsync(Coordinator, session, code)).Code);
        Assert.Equal("attendance.bad-time", await book.CheckInAsync(Coordinator, new("later"), One, At(120)));

        _hub.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Null((await audience.CheckInAsync(Coordinator, session, code)).Code);
        await RosterHub.UntilAsync(async () => (await book.OfAsync(One)).CheckedIn is not null, "the attendance has the check-in");
        Assert.False((await audience.LeaveAsync(me, session)).Place!.Registered);
        await RosterHub.UntilAsync(async () => (await book.AllAsync()).IsEmpty, "the attendance is removed");

        Assert.Null((await audience.CheckInAsync(Coordinator, session, code)).Code);
        await RosterHub.UntilAsync(async () => (await book.OfAsync(One)).CheckedIn is not null, "the attendance has the second check-in");
        _hub.Clock.Advance(TimeSpan.FromMinutes(70));
        Assert.Equal("place.used", (await audience.LeaveAsync(me, session)).Code);
        Assert.NotNull((await book.OfAsync(One)).CheckedIn);
        Assert.Null((await audience.GiveFeedbackAsync(me, session, 5, null, attended: false)).Code);
        Assert.Equal(
            "feedback.not-there",
            (await audience.GiveFeedbackAsync(new(Two, Role.Attendee), session, 5, null, attended: false)).Code
        );
        Assert.Null((await audience.GiveFeedbackAsync(new(Two, Role.Attendee), session, 5, null, attended: true)).Code);
    }

    [Fact]
    public async Task A_report_that_reaches_into_the_future_counts_only_up_to_now()
    {
        await Attendance().ReportAsync([Report(PlayedAs.Live, 110, 900)]);
        Assert.InRange((await Attendance().OfAsync(One)).Live.Length.TotalMinutes, 10, 15);
    }

    [Fact]
    public async Task The_history_shows_changes_of_credit_policies_and_a_change_of_an_older_version_is_refused()
    {
        var grain = _hub.Grains.GetGrain<ICreditPoliciesGrain>("ehs");
        Assert.Empty((await grain.GetAsync()).Policies);
        Assert.Null(await grain.PutAsync(Coordinator, new([NewPolicy()])));
        var first = await grain.GetAsync();
        Assert.Equal("credit.stale", (await grain.PutAsync(Coordinator, first with { Version = 0 }))?.Code);
        Assert.Null(await grain.PutAsync(Coordinator, first with { Policies = [NewPolicy() with { DayCap = 6 }] }));
        await RestartAsync();
        var history = await _hub.Grains.GetGrain<ICreditPoliciesGrain>("ehs").HistoryAsync();
        Assert.Equal([6m, null], history.Select(h => h.Policies.Policies[0].DayCap));
        Assert.All(history, h => Assert.Equal(Coordinator.Person, h.By));
    }

    [Fact]
    public async Task A_faulty_credit_policy_is_refused_with_the_place_of_the_fault()
    {
        var good = NewPolicy();
        CreditPolicy[] bad =
        [
            good with
            {
                PerHour = 0,
            },
            good with
            {
                MinimumShare = 1.1m,
            },
            good with
            {
                Step = 0,
            },
            good with
            {
                Live = false,
                InPerson = false,
            },
            good with
            {
                DayCap = 0,
            },
            good with
            {
                Name = new(" "),
            },
        ];
        string[] members = ["perHour", "minimumShare", "step", "live", "dayCap", "name"];
        foreach (var (policy, member) in bad.Zip(members))
            Assert.Equal($"$.policies[1].{member}", CreditPolicyRules.Check([NewPolicy("other"), policy])?.Place);
        Assert.Equal("$.policies", CreditPolicyRules.Check([good, good])?.Place);
        Assert.Equal(
            "credit.bad-policy",
            (await _hub.Grains.GetGrain<ICreditPoliciesGrain>("ehs").PutAsync(Coordinator, new([bad[0]])))?.Code
        );
    }

    [Fact]
    public async Task A_certificate_is_issued_once_and_can_be_replaced_by_one_with_more_credits_or_revoked_with_a_reason()
    {
        var grain = _hub.Grains.GetGrain<ICertificatesGrain>("congress");
        var first = (await grain.IssueAsync(Coordinator, NewCertificate(1m))).Certificate!;
        Assert.Equal(first.Number, (await grain.IssueAsync(Coordinator, NewCertificate(1m))).Certificate!.Number);
        var second = (await grain.IssueAsync(Coordinator, NewCertificate(2m))).Certificate!;
        Assert.Equal(second.Number, (await grain.GetAsync(first.Number))!.Revoked!.Replaced);
        Assert.Equal("certificate.bad-reason", await grain.RevokeAsync(Coordinator, second.Number, " "));
        Assert.Equal("certificate.unknown", await grain.RevokeAsync(Coordinator, "congress.00000000", "Because."));
        Assert.Null(await grain.RevokeAsync(Coordinator, second.Number, "Issued to the wrong person."));
        await RestartAsync();
        grain = _hub.Grains.GetGrain<ICertificatesGrain>("congress");
        Assert.Equal("Issued to the wrong person.", await grain.ReasonAsync(second.Number));
        Assert.Null((await grain.GetAsync(second.Number))!.Revoked!.Replaced);
        Assert.Equal(2, (await grain.ListAsync(One)).Length);
        Assert.Empty(await grain.ListAsync(Two));
    }

    [Fact]
    public async Task A_certificate_keeps_its_place_in_the_status_list_and_no_other_gets_the_same()
    {
        var grain = _hub.Grains.GetGrain<ICertificatesGrain>("congress");
        Assert.Null(await grain.RevokedPlacesAsync());
        List<string> numbers = [];
        for (var i = 1; i <= 4; i++)
        {
            // Each new certificate of the same person replaces the one before it.
            numbers.Add((await grain.IssueAsync(Coordinator, NewCertificate(i))).Certificate!.Number);
            if (i == 2)
                Assert.Null(await grain.RevokeAsync(Coordinator, numbers[^1], "Issued to the wrong person."));
        }
        async Task<List<long?>> PlacesAsync() =>
            [.. await Task.WhenAll(numbers.Select(n => _hub.Grains.GetGrain<ICertificatesGrain>("congress").PlaceAsync(n)))];
        var places = await PlacesAsync();
        Assert.All(places, place => Assert.InRange(place!.Value, 65_536, 131_071));
        Assert.Distinct(places);
        Assert.Equal(places[..3].Order(), (await grain.RevokedPlacesAsync())!.Value.Select(place => (long?)place));
        await RestartAsync();
        Assert.Equal(places, await PlacesAsync());
        grain = _hub.Grains.GetGrain<ICertificatesGrain>("congress");
        Assert.Null(await grain.PlaceAsync("congress.00000000"));
        for (var i = 5; i <= 70; i++)
            numbers.Add((await grain.IssueAsync(Coordinator, NewCertificate(i))).Certificate!.Number);
        await RestartAsync();
        var revoked = (await _hub.Grains.GetGrain<ICertificatesGrain>("congress").RevokedPlacesAsync())!.Value;
        Assert.Equal((await PlacesAsync())[..69].Order(), revoked.Select(place => (long?)place));
    }

    [Fact]
    public async Task Only_one_key_is_kept_when_two_nodes_add_the_first_signing_key_at_once()
    {
        var grain = _hub.Grains.GetGrain<ISigningKeysGrain>("hub");
        static SigningKey Key(string id) => new(id, "x", "y", [1, 2], Ten);
        var both = await Task.WhenAll(grain.AddAsync(Actor.System, Key("a"), null), grain.AddAsync(Actor.System, Key("b"), null));
        Assert.Single(both.Select(keys => keys.Single().Id).Distinct());
        var kept = both[0][0].Id;
        Assert.Equal(["c", kept], (await grain.AddAsync(Actor.System, Key("c"), kept)).Select(k => k.Id));
    }

    private static Certificate NewCertificate(decimal credits) =>
        new()
        {
            Number = CertificateNumber.New(new ConferenceId("congress")),
            Conference = new("congress"),
            Title = "Congress",
            Person = One,
            Holder = new("One"),
            Policy = NewPolicy(),
            PolicyVersion = 1,
            Lectures = [new(new("s-1"), "Talk", new(2026, 11, 24), 60, credits)],
            Credits = credits,
            IssuedAt = Ten,
            Token = "a.b.c",
        };
}
