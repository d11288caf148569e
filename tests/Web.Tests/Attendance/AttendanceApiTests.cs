using System.Net.Http.Json;
using System.Text;
using ConsultHub.Attendance;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Attendance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using static ConsultHub.Tests.Attendance.CreditHub;

namespace ConsultHub.Tests.Attendance;

/// <summary>Attendance as people and coordinators see it.</summary>
public sealed class AttendanceApiTests(CreditHub hub) : IClassFixture<CreditHub>
{
    private static object Report(
        DateTimeOffset from,
        DateTimeOffset to,
        string how = "live",
        string connection = "tab",
        params string[] receipts
    ) =>
        new
        {
            connection,
            played = new[]
            {
                new
                {
                    from,
                    to,
                    @as = how,
                },
            },
            receipts,
        };

    /// <summary>A receipt as a node issues it after it has sent this media to Noura.</summary>
    private string Receipt(ConferenceId conference, DateTimeOffset from, DateTimeOffset to, PlayedAs how = PlayedAs.Live) =>
        hub.Services.GetRequiredService<MediaReceipts>().Issue(new($"{conference}-1"), Noura.Person, how, [Stretch.Of(from, to)]);

    private Task<HttpResponseMessage> SayAsync(string session, object report) =>
        hub.Http(Noura).PostAsJsonAsync($"api/lectures/{session}/played", report);

    [Fact]
    public async Task A_person_in_the_room_gets_credit_and_a_late_arrival_gets_none_with_a_reason()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        await hub.CheckInAsync(conference, 2, Noura, late: TimeSpan.FromMinutes(30));
        var mine = await hub.GetAsync<PersonCredits>(Noura, $"api/conferences/{conference}/attendance/mine");
        Assert.Equal("نورة الحمادي", mine.Name.Ar);
        Assert.Equal([(60.0, 60.0), (60.0, 30.0)], mine.Sessions.Select(s => (s.Minutes, s.Room)));
        var body = mine.Bodies.Single();
        Assert.Equal((1m, "below-share"), (body.Credits, body.Lectures[1].Why.Single()));
        Assert.Empty((await hub.GetAsync<PersonCredits>(Min, $"api/conferences/{conference}/attendance/mine")).Sessions);
    }

    [Fact]
    public async Task A_playback_report_is_stored_before_it_is_answered_and_a_repeated_report_changes_nothing()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.GoLiveAsync(conference, 1);
        var (from, to) = (DateTimeOffset.UtcNow.AddSeconds(-8), DateTimeOffset.UtcNow);
        for (var i = 0; i < 2; i++)
        {
            using var said = await SayAsync($"{conference}-1", Report(from, to, receipts: Receipt(conference, from, to)));
            Assert.Equal(204, (int)said.StatusCode);
            var attended = await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").OfAsync(Noura.Person);
            Assert.Equal(Stretch.Of(from, to), attended.Live.Pieces.Single());
        }
    }

    [Fact]
    public async Task A_wall_display_does_not_count_as_attending_and_only_people_who_attended_can_give_feedback()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.GoLiveAsync(conference, 1);
        var wall = new Member(new("p-display"), Role.Display, Ehs);
        var (from, to) = (DateTimeOffset.UtcNow.AddSeconds(-8), DateTimeOffset.UtcNow);
        foreach (var viewer in (Member[])[wall, Noura])
            Assert.Equal(
                204,
                (int)
                    (
                        await hub.Http(viewer)
                            .PostAsJsonAsync(
                                $"api/lectures/{conference}-1/played",
                                Report(from, to, receipts: Receipt(conference, from, to))
                            )
                    ).StatusCode
            );
        Assert.Equal([Noura.Person], (await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").AllAsync()).Select(a => a.Person));

        Task<HttpResponseMessage> FeedbackAsync(Member viewer) =>
            hub.Http(viewer).PutAsJsonAsync($"api/conferences/{conference}/sessions/{conference}-1/feedback", new { stars = 5 });
        Assert.Equal((403, "access.denied"), await RefusedAsync(FeedbackAsync(wall)));
        Assert.Equal((409, "feedback.not-there"), await RefusedAsync(FeedbackAsync(Min)));
        using var given = await FeedbackAsync(Noura);
        Assert.Equal(200, (int)given.StatusCode);
    }

    [Fact]
    public async Task All_stretches_of_a_report_are_stored_when_there_are_gaps_between_them()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.GoLiveAsync(conference, 1);
        var now = DateTimeOffset.UtcNow;
        var played = Enumerable
            .Range(1, 5)
            .Select(n => new
            {
                from = now.AddSeconds(-10 * n),
                to = now.AddSeconds((-10 * n) + 5),
                @as = "live",
            });
        using var said = await SayAsync(
            $"{conference}-1",
            new
            {
                connection = "tab",
                played,
                receipts = new[] { Receipt(conference, now.AddMinutes(-1), now) },
            }
        );
        Assert.Equal(204, (int)said.StatusCode);
        var attended = await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").OfAsync(Noura.Person);
        Assert.Equal((5, TimeSpan.FromSeconds(25)), (attended.Live.Pieces.Length, attended.Live.Length));
    }

    [Fact]
    public async Task A_first_report_counts_no_playback_in_the_future_and_at_most_20_seconds_of_real_time()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.GoLiveAsync(conference, 1);
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(2));
        using var said = await SayAsync(
            $"{conference}-1",
            Report(from, to, "recorded", receipts: Receipt(conference, from, to, PlayedAs.Recorded))
        );
        var attended = await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").OfAsync(Noura.Person);
        // the part in the future does not count
        Assert.InRange(attended.Recorded.Length, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.InRange(attended.RecordedWall.Length, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Playback_long_after_the_words_were_spoken_counts_as_recorded()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.GoLiveAsync(conference, 1);
        var from = DateTimeOffset.UtcNow.AddMinutes(-20);
        using var said = await SayAsync(
            $"{conference}-1",
            Report(from, from.AddMinutes(1), receipts: Receipt(conference, from, from.AddMinutes(1)))
        );
        var attended = await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").OfAsync(Noura.Person);
        Assert.True(attended.Live.IsEmpty);
        Assert.Equal(TimeSpan.FromMinutes(1), attended.Recorded.Length);
    }

    [Fact]
    public async Task An_implausible_or_malformed_report_is_refused_with_a_code()
    {
        var (conference, now) = (await hub.NewConferenceAsync(), DateTimeOffset.UtcNow);
        Assert.Equal(
            (404, "lecture.unknown"),
            await RefusedAsync(
                SayAsync($"{conference}-1", Report(now.AddSeconds(-5), now, receipts: Receipt(conference, now.AddSeconds(-5), now)))
            )
        );
        await hub.GoLiveAsync(conference, 1);
        Assert.Equal((400, "attendance.implausible"), await RefusedAsync(SayAsync($"{conference}-1", Report(now, now.AddSeconds(-5)))));
        Assert.Equal(
            (400, "attendance.implausible"),
            await RefusedAsync(SayAsync($"{conference}-1", Report(DateTimeOffset.MaxValue, DateTimeOffset.MinValue, connection: "new")))
        );
        Assert.Equal(
            (400, "request.bad-json"),
            await RefusedAsync(SayAsync($"{conference}-1", Report(now.AddSeconds(-5), now, connection: "")))
        );
        Assert.Equal(
            (400, "request.bad-json"),
            await RefusedAsync(SayAsync($"{conference}-1", new { connection = "tab", played = Array.Empty<object>() }))
        );
    }

    [Fact]
    public async Task A_report_counts_only_the_time_that_its_receipts_cover_and_is_refused_without_a_valid_receipt()
    {
        var (conference, now) = (await hub.NewConferenceAsync(), DateTimeOffset.UtcNow);
        await hub.GoLiveAsync(conference, 1);
        var (from, to) = (now.AddSeconds(-60), now);
        // Earlier releases had no receipts. A page of such a release sends this report.
        Assert.Equal(
            (409, "attendance.no-receipt"),
            await RefusedAsync(
                SayAsync(
                    $"{conference}-1",
                    new
                    {
                        connection = "tab",
                        played = new[]
                        {
                            new
                            {
                                from,
                                to,
                                @as = "live",
                            },
                        },
                    }
                )
            )
        );
        var forged = Receipt(conference, from, to);
        Assert.Equal(
            (409, "attendance.no-receipt"),
            await RefusedAsync(SayAsync($"{conference}-1", Report(from, to, receipts: forged[..^8] + "AAAAAAAA")))
        );
        Assert.Equal(
            (409, "attendance.no-receipt"),
            await RefusedAsync(hub.Http(Min).PostAsJsonAsync($"api/lectures/{conference}-1/played", Report(from, to, receipts: forged)))
        );
        Assert.Equal(
            (409, "attendance.not-received"),
            await RefusedAsync(
                SayAsync($"{conference}-1", Report(from, to, receipts: Receipt(conference, now.AddHours(-2), now.AddHours(-1))))
            )
        );
        // A receipt for the recording does not cover live playback.
        Assert.Equal(
            (409, "attendance.not-received"),
            await RefusedAsync(SayAsync($"{conference}-1", Report(from, to, receipts: Receipt(conference, from, to, PlayedAs.Recorded))))
        );
        Assert.Equal(Attended.Nothing, await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").OfAsync(Noura.Person));

        using var said = await SayAsync(
            $"{conference}-1",
            Report(
                from,
                to,
                receipts: [Receipt(conference, from, from.AddSeconds(5)), Receipt(conference, from.AddSeconds(4), from.AddSeconds(9))]
            )
        );
        Assert.Equal(204, (int)said.StatusCode);
        Assert.Equal(
            TimeSpan.FromSeconds(9),
            (await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").OfAsync(Noura.Person)).Live.Length
        );
    }

    [Fact]
    public async Task A_stopping_node_stores_the_waiting_reports_at_once()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.GoLiveAsync(conference, 1);
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        using var reports = new PlayedReports(hub.Grains, TimeProvider.System, lifetime);
        await reports.StartAsync(default);
        var now = DateTimeOffset.UtcNow;
        Task<string?> Say(string person) =>
            reports.ReportAsync(new($"{conference}-1"), new(person), "tab", Stretch.Of(now.AddSeconds(-3), now), PlayedAs.Live);
        Assert.Null(await Say("p-first"));
        var waiting = Enumerable.Range(0, 20).Select(i => Say($"p-{i}")).ToList(); // these wait for the next batch
        lifetime.StopApplication();
        await reports.StopAsync(default);
        Assert.All(waiting, w => Assert.True(w.IsCompletedSuccessfully && w.Result is null));
        Assert.Equal(21, (await hub.Grains.GetGrain<IAttendanceGrain>($"{conference}-1").AllAsync()).Length);
    }

    [Fact]
    public async Task Only_the_networks_coordinators_can_read_and_export_attendance_and_the_export_runs_no_formula()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        await hub.CheckInAsync(conference, 1, Min);
        Assert.Equal((403, "access.denied"), await RefusedAsync(hub.Http(Stranger).GetAsync($"api/conferences/{conference}/attendance")));
        Assert.Equal(
            (403, "access.denied"),
            await RefusedAsync(hub.Http(Stranger).GetAsync($"api/conferences/{conference}/attendance/export"))
        );
        Assert.Equal(
            ["p-min", "p-noura"],
            (await hub.GetAsync<List<PersonCredits>>(Coordinator, $"api/conferences/{conference}/attendance")).Select(p => p.Person.Value)
        );

        using var response = await hub.Http(Coordinator).GetAsync($"api/conferences/{conference}/attendance/export?language=ar");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            "person,name,session,title,day,held_minutes,live_minutes,recorded_minutes,room_minutes,credit_body,why_body",
            lines[0]
        );
        Assert.Equal($"p-min,\"'=cmd|' /C calc'!A0, Min\",{conference}-1,Lecture 1,2026-03-01,60,0,0,60,1,", lines[1]);
        Assert.Equal($"p-noura,نورة الحمادي,{conference}-1,Lecture 1,2026-03-01,60,0,0,60,1,", lines[2]);
    }

    [Theory]
    [
        InlineData("plain", "plain"),
        InlineData("a,b", "\"a,b\""),
        InlineData("say \"so\"", "\"say \"\"so\"\"\""),
        InlineData("+1", "\"'+1\""),
        InlineData("-1", "\"'-1\""),
        InlineData("@x", "\"'@x\""),
        InlineData("two\r\nlines", "\"two\r\nlines\"")
    ]
    public void A_cell_with_special_characters_is_quoted_and_a_formula_becomes_text(string value, string cell) =>
        Assert.Equal(cell, AttendanceCsv.Cell(value));

    [Fact]
    public async Task Only_a_coordinator_with_the_newest_version_can_change_the_policies_and_the_change_applies_at_once()
    {
        var network = new CreditPolicies([Policy]);
        Assert.Equal(
            (403, "access.denied"),
            await RefusedAsync(hub.Http(Stranger).PutAsJsonAsync("api/networks/ehs/credit-policies", network, HubJson.Options))
        );
        Assert.Equal(
            (409, "credit.stale"),
            await RefusedAsync(hub.Http(Coordinator).PutAsJsonAsync("api/networks/ehs/credit-policies", network, HubJson.Options))
        );
        var now = await hub.GetAsync<CreditPolicies>(Noura, "api/networks/ehs/credit-policies");
        var known = (await hub.GetAsync<List<CreditPoliciesChange>>(Coordinator, "api/networks/ehs/credit-policies/history")).Count;
        var (_, problem) = await Caller.ProblemAsync(
            await hub.Http(Coordinator)
                .PutAsJsonAsync("api/networks/ehs/credit-policies", now with { Policies = [Policy with { Step = 7 }] }, HubJson.Options)
        );
        Assert.Equal(("credit.bad-policy", "$.policies[0].step"), (problem.Code, problem.Place));

        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        using var put = await hub.Http(Coordinator)
            .PutAsJsonAsync(
                "api/networks/ehs/credit-policies",
                now with
                {
                    Policies = [Policy, Policy with { Id = new("other"), PerHour = 2 }],
                },
                HubJson.Options
            );
        Assert.Equal(now.Version + 1, (await put.Content.ReadFromJsonAsync<CreditPolicies>(HubJson.Options))!.Version);
        var mine = await hub.GetAsync<PersonCredits>(Noura, $"api/conferences/{conference}/attendance/mine");
        Assert.Equal([1m, 2m], mine.Bodies.Select(b => b.Credits));
        Assert.Equal(
            known + 1,
            (await hub.GetAsync<List<CreditPoliciesChange>>(Coordinator, "api/networks/ehs/credit-policies/history")).Count
        );

        // Restores the policies for the other tests.
        using var back = await hub.Http(Coordinator)
            .PutAsJsonAsync("api/networks/ehs/credit-policies", now with { Version = now.Version + 1 }, HubJson.Options);
        Assert.True(back.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_daily_cap_applies_across_all_conferences_of_a_network_in_lists_and_on_certificates()
    {
        var before = await hub.GetAsync<CreditPolicies>(Noura, "api/networks/ehs/credit-policies");
        using var put = await hub.Http(Coordinator)
            .PutAsJsonAsync("api/networks/ehs/credit-policies", before with { Policies = [Policy with { DayCap = 2 }] }, HubJson.Options);
        Assert.True(put.IsSuccessStatusCode);
        var (first, second) = (await hub.NewConferenceAsync(), await hub.NewConferenceAsync());
        Member keen = new(new("p-keen"), Role.Attendee, Ehs),
            certified = new(new("p-certified"), Role.Attendee, Ehs);
        foreach (var who in (Member[])[keen, certified])
        foreach (var lecture in (int[])[2, 3])
            await hub.CheckInAsync(first, lecture, who);
        Assert.Equal(2, (await hub.IssueAsync(first, certified)).Credits);
        Assert.Equal([(2m, 0m), (2m, 0m)], [await CreditsAsync(keen), await CreditsAsync(certified)]);

        // Both people also attended an earlier lecture on the same day, at another conference.
        foreach (var who in (Member[])[keen, certified])
            await hub.CheckInAsync(second, 1, who);
        Assert.Equal((1m, 1m), await CreditsAsync(keen));
        Assert.Equal((2m, 0m), await CreditsAsync(certified)); // certified credits do not change
        Assert.Equal(
            (409, "certificate.nothing-earned"),
            await RefusedAsync(hub.Http(certified).PostAsJsonAsync($"api/conferences/{second}/certificates", new { body = Body.Value }))
        );
        var body = (await hub.GetAsync<PersonCredits>(keen, $"api/conferences/{first}/attendance/mine")).Bodies.Single();
        Assert.Equal([(1m, ""), (0m, "day-cap")], body.Lectures.Select(l => (l.Credits, string.Join(' ', l.Why))));
        Assert.Equal([new CreditElsewhere(second, "Clinical Congress", new(2026, 3, 1), 1)], body.Elsewhere);
        var listed = await hub.GetAsync<List<PersonCredits>>(Coordinator, $"api/conferences/{second}/attendance");
        Assert.Equal(
            [("p-certified", 0m, 2m), ("p-keen", 1m, 1m)],
            listed.Select(p => (p.Person.Value, p.Bodies[0].Credits, p.Bodies[0].Elsewhere.Sum(e => e.Credits)))
        );
        // A second count gives the same result. The certificate lists the credits that count at other conferences.
        Assert.Equal((1m, 1m), await CreditsAsync(keen));
        Assert.Equal(body.Elsewhere, (await hub.IssueAsync(first, keen)).Elsewhere);

        using var back = await hub.Http(Coordinator)
            .PutAsJsonAsync("api/networks/ehs/credit-policies", before with { Version = before.Version + 1 }, HubJson.Options);
        Assert.True(back.IsSuccessStatusCode);

        async Task<(decimal, decimal)> CreditsAsync(Member who) => (await OfAsync(who, first), await OfAsync(who, second));
        async Task<decimal> OfAsync(Member who, ConferenceId conference) =>
            (await hub.GetAsync<PersonCredits>(who, $"api/conferences/{conference}/attendance/mine")).Bodies.Single().Credits;
    }
}
