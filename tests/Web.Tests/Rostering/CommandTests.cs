using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Rostering;

public sealed class CommandTests(DemoHub hub)
{
    [Fact]
    public async Task A_command_that_is_sent_twice_is_carried_out_once()
    {
        var week = hub.EmptyWeek();
        var plan = Engagements.Plan(week, "e-1");
        var first = await hub.Coordinator.DoAsync(week, plan);
        Assert.Equal(first.Version, (await hub.Coordinator.DoAsync(week, plan)).Version);
        Assert.Single(await HistoryAsync(week));
    }

    [Fact]
    public async Task A_move_based_on_an_old_version_is_refused_with_the_current_engagement()
    {
        var week = hub.EmptyWeek();
        var seen = (await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-1"))).Version;
        using var other = await hub.SignInAsync("p-coordinator-2");
        var moved = await hub.Coordinator.DoAsync(week, Engagements.Later(week, "e-1", 8) with { ExpectedVersion = seen });

        var (status, problem) = await other.RefusedAsync(week, Engagements.Later(week, "e-1", 10) with { ExpectedVersion = seen });

        Assert.Equal((HttpStatusCode.Conflict, "roster.stale"), (status, problem.Code));
        Assert.Equal((moved.Version, moved.Engagement.Start), (problem.Current!.Version, Assert.IsType<Engagement>(problem.Current).Start));
        Assert.Equal("roster.stale", Assert.Single(problem.Findings!.Value).Code);
    }

    [Fact]
    public async Task A_check_returns_the_findings_of_a_command_and_stores_nothing()
    {
        var week = hub.EmptyWeek();
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-1") with { Room = new("clinic-1") });
        var second = Engagements.Plan(week, "e-2") with
        {
            Room = new("clinic-1"),
            Start = Engagements.At(week, 1, 5.5),
            End = Engagements.At(week, 1, 6.5),
        };

        var check = await CheckAsync(week, second);
        Assert.False(check.Allowed);
        var finding = Assert.Single(check.Findings);
        Assert.Equal(("roster.room-overlap", "e-1", false), (finding.Code, finding.ConflictsWith!.Value.Value, finding.Overridable));
        var (status, problem) = await hub.Coordinator.RefusedAsync(week, second);
        Assert.Equal((HttpStatusCode.Conflict, "roster.room-overlap"), (status, problem.Code));

        var early = Engagements.Plan(week, "e-3") with { Start = Engagements.At(week, 1, 1), End = Engagements.At(week, 1, 2) };
        check = await CheckAsync(week, early);
        Assert.True(check.Allowed);
        Assert.True(Assert.Single(check.Findings, f => f.Code == "roster.working-hours").Overridable);
        (_, problem) = await hub.Coordinator.RefusedAsync(week, early); // a warning requires a reason
        Assert.Equal("roster.working-hours", problem.Code);
        Assert.Contains(
            (await hub.Coordinator.DoAsync(week, early with { Reason = "Night clinic 🌙" })).Warnings,
            w => w.Code == "roster.working-hours"
        );
        Assert.Equal(2, (await HistoryAsync(week)).Count);
    }

    [Theory]
    [InlineData("", 400, "request.bad-parameter", "command")]
    [InlineData("null", 400, null, null)]
    [InlineData("[]", 400, "request.bad-json", "$")]
    [InlineData("{", 400, "request.bad-json", "$")]
    [InlineData("7", 400, "request.bad-json", "$")]
    [InlineData("{}", 400, "request.bad-json", "$")]
    [InlineData("""{"commandId":"$id","engagement":"e-1"}""", 400, "request.bad-json", "$")]
    [InlineData("""{"type":"explode","commandId":"$id","engagement":"e-1"}""", 400, "request.bad-json", null)]
    [InlineData("""{"type":7,"commandId":"$id","engagement":"e-1"}""", 400, "request.bad-json", null)]
    [InlineData("""{"type":"cancel","engagement":"e-1","reason":"x"}""", 400, "request.bad-json", null)]
    [InlineData(
        """{"type":"cancel","commandId":"00000000-0000-0000-0000-000000000000","engagement":"e-1"}""",
        400,
        "request.bad-json",
        "$.commandId"
    )]
    [InlineData("""{"type":"cancel","commandId":"not a guid","engagement":"e-1"}""", 400, "request.bad-json", "$.commandId")]
    [InlineData("""{"type":"cancel","commandId":"$id","engagement":"E 1"}""", 400, "request.bad-json", "$.engagement")]
    [InlineData("""{"type":"cancel","commandId":"$id","engagement":""}""", 400, "request.bad-json", "$.engagement")]
    [InlineData("""{"type":"cancel","commandId":"$id","engagement":"e-1","resaon":"x"}""", 400, "request.bad-json", "$.resaon")]
    [InlineData(
        """{"type":"cancel","commandId":"$id","engagement":"e-1","expectedVersion":"5"}""",
        400,
        "request.bad-json",
        "$.expectedVersion"
    )]
    [InlineData("""{"type":"expire","commandId":"$id","engagement":"e-1","proposal":"$id"}""", 400, "request.bad-json", null)]
    [InlineData("""{"type":"cancel","commandId":"$id","engagement":"e-none","reason":"x"}""", 404, "roster.unknown-engagement", null)]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"yesterday","end":"$day1T06:00:00Z"}""",
        400,
        "request.bad-json",
        "$.start"
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"2026-02-30T05:00:00Z","end":"2026-02-30T06:00:00Z"}""",
        400,
        "request.bad-json",
        "$.start"
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":1764000000,"end":1764003600}""",
        400,
        "request.bad-json",
        "$.start"
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"0001-01-01T00:00:00Z","end":"0001-01-01T01:00:00Z"}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"9999-12-31T22:00:00Z","end":"9999-12-31T23:00:00Z"}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"2201-06-01T05:00:00Z","end":"2201-06-01T06:00:00Z"}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"0001-01-01T00:00:00+14:00","""
            + """ "end":"0001-01-01T01:00:00+14:00"}""",
        400,
        "request.bad-json",
        "$.start"
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"$day1T06:00:00Z","end":"$day1T06:00:00Z"}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"$day1T06:00:00Z","end":"$day3T06:00:00Z"}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData(
        """{"type":"emergencyMove","commandId":"$id","engagement":"e-1","start":"0001-01-01T00:00:00Z","end":"0001-01-01T01:00:00Z"}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData("""{"type":"changeRoom","commandId":"$id","engagement":"e-1","room":"no-such-room"}""", 409, "roster.room-unknown", null)]
    [InlineData("""{"type":"changeRoom","commandId":"$id","engagement":"e-1","room":"../etc/passwd"}""", 400, "request.bad-json", "$.room")]
    [InlineData(
        """{"type":"assign","commandId":"$id","engagement":"e-1","consultants":["c-nobody"]}""",
        409,
        "roster.unknown-consultant",
        null
    )]
    [InlineData(
        """{"type":"assign","commandId":"$id","engagement":"e-1","consultants":"c-nobody"}""",
        400,
        "request.bad-json",
        "$.consultants"
    )]
    [InlineData(
        """{"type":"assign","commandId":"$id","engagement":"e-1","consultants":[null]}""",
        400,
        "request.bad-json",
        "$.consultants[0]"
    )]
    [InlineData(
        """{"type":"propose","commandId":"$id","engagement":"e-1","candidate":"c-nobody","answerWithinSeconds":4}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData(
        """{"type":"propose","commandId":"$id","engagement":"e-1","candidate":"c-nobody","answerWithinSeconds":2147483647}""",
        409,
        "roster.bad-time",
        null
    )]
    [InlineData(
        """{"type":"propose","commandId":"$id","engagement":"e-1","candidate":"c-nobody","answerWithinSeconds":99999999999}""",
        400,
        "request.bad-json",
        "$.answerWithinSeconds"
    )]
    [InlineData("""{"type":"accept","commandId":"$id","engagement":"e-1","proposal":"$id"}""", 409, "roster.proposal-gone", null)]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"$long","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        409,
        "roster.text-too-long",
        null
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"x","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00","end":"$day1T07:00:00Z"}""",
        400,
        "request.no-offset",
        "$.start"
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"$day1T06:00:00+04:00","end":"$day1T07:00"}""",
        400,
        "request.no-offset",
        "$.end"
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"$day1","end":"$day3"}""",
        400,
        "request.no-offset",
        "$.start"
    )]
    [InlineData(
        """{"type":"changeTime","commandId":"$id","engagement":"e-1","start":"noon","end":"$day1T07:00:00Z"}""",
        400,
        "request.bad-json",
        "$.start"
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"picnic","title":"x","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        400,
        "request.bad-json",
        "$.kind"
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":1,"title":"x","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        400,
        "request.bad-json",
        "$.kind"
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"  ","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        409,
        "roster.text-too-long",
        null
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":null,"hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        409,
        "roster.text-too-long",
        null
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"\ud800","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        400,
        "request.bad-json",
        "$.title"
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"x","hospital":"nowhere","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        409,
        "roster.unknown-hospital",
        null
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"x","hospital":"al-qassimi","""
            + """ "specialty":"astrology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        409,
        "roster.unknown-specialty",
        null
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"x","hospital":"al-qassimi","""
            + """ "specialty":null,"start":"$day1T06:00:00Z","end":"$day1T07:00:00Z"}""",
        409,
        "roster.unknown-specialty",
        null
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"x","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"2026-01-05T06:00:00Z","end":"2026-01-05T07:00:00Z"}""",
        409,
        "roster.wrong-week",
        null
    )]
    [InlineData(
        """{"type":"plan","commandId":"$id","engagement":"e-2","kind":"consultation","title":"x","hospital":"al-qassimi","""
            + """ "specialty":"cardiology","start":"$day1T06:00:00Z","end":"$day1T07:00:00Z","attendees":-5}""",
        400,
        "request.bad-json",
        "$.attendees"
    )]
    public async Task A_bad_command_is_refused_with_a_code_and_a_place_and_is_not_stored(
        string body,
        int status,
        string? code,
        string? place
    )
    {
        var week = hub.EmptyWeek();
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-1"));
        body = body.Replace("$id", Guid.NewGuid().ToString())
            .Replace("$day1", $"{week.Monday.AddDays(1):yyyy-MM-dd}")
            .Replace("$day3", $"{week.Monday.AddDays(3):yyyy-MM-dd}")
            .Replace("$long", string.Concat(Enumerable.Repeat("😀", 61)));

        var (answered, problem) = await Caller.ProblemAsync(await PostAsync(week, body));

        Assert.Equal((status, code ?? problem.Code), ((int)answered, problem.Code));
        Assert.NotNull(problem.Code);
        if (place is not null)
            Assert.Equal(place, problem.Place);
        if (status == 409)
            Assert.NotEmpty(problem.Findings!.Value);
        Assert.Single(await HistoryAsync(week));
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_not_JSON_and_a_reason_that_is_too_long_are_refused()
    {
        var week = hub.EmptyWeek();
        var huge = new JsonObject
        {
            ["type"] = "cancel",
            ["commandId"] = Guid.NewGuid(),
            ["engagement"] = "e-1",
            ["reason"] = new string('x', 2_000_000),
        }.ToJsonString();
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request.too-large"), await CodeAsync(PostAsync(week, huge)));
        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "request.unsupported-type"),
            await CodeAsync(PostAsync(week, "x", "text/plain"))
        );
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-1"));
        var wordy = new Cancel
        {
            CommandId = Guid.NewGuid(),
            Engagement = new("e-1"),
            Reason = new string('x', 501),
        };
        Assert.Equal("roster.text-too-long", (await hub.Coordinator.RefusedAsync(week, wordy)).Problem.Code);
    }

    [Fact]
    public async Task A_command_or_a_check_with_too_many_consultants_is_refused()
    {
        var week = hub.EmptyWeek();
        Plan With(int consultants) =>
            Engagements.Plan(week, "e-1") with
            {
                Consultants = [.. Enumerable.Range(0, consultants).Select(i => new PersonId($"c-{i}"))],
            };
        var crowded = With(100);
        Assert.Equal((HttpStatusCode.BadRequest, "request.bad-json"), await CodeAsync(hub.Coordinator.SendAsync(week, With(20_000))));
        Assert.Equal((HttpStatusCode.Conflict, "roster.too-many"), await CodeAsync(hub.Coordinator.SendAsync(week, crowded)));
        Assert.Equal(
            (HttpStatusCode.Conflict, "roster.too-many"),
            await CodeAsync(hub.Coordinator.Http.PostAsJsonAsync<RosterCommand>($"api/rosters/ehs/{week}/checks", crowded, HubJson.Options))
        );
    }

    [Theory]
    [
        InlineData("2026-W54"),
        InlineData("2026-48"),
        InlineData("0000-W01"),
        InlineData("9999-W01"),
        InlineData("2026-w48"),
        InlineData("٢٠٢٦-W48")
    ]
    public async Task A_week_that_does_not_exist_is_refused_and_the_parameter_is_named(string week)
    {
        var (status, problem) = await Caller.ProblemAsync(await hub.Coordinator.Http.GetAsync($"api/rosters/ehs/{week}/history"));
        Assert.Equal((HttpStatusCode.BadRequest, "request.bad-parameter", "week"), (status, problem.Code, problem.Place));
    }

    [Fact]
    public async Task Text_in_any_script_and_with_emoji_is_stored_unchanged()
    {
        var week = hub.EmptyWeek();
        const string title = "متابعة العيادة — 외래 진료 👩🏽‍⚕️ \u202Eabc";
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, "e-1") with { Title = title, Reason = "سبب \"<script>\" 이유" });
        Assert.Equal(title, (await hub.Coordinator.GetAsync<Engagement>($"api/rosters/ehs/{week}/engagements/e-1")).Title);
        Assert.Equal("سبب \"<script>\" 이유", Assert.Single(await HistoryAsync(week)).Reason);
    }

    [Fact]
    public async Task Only_the_candidate_can_answer_a_proposal_and_other_consultants_are_refused_with_a_code()
    {
        var people = await hub.Coordinator.ConsultantsAsync();
        var host = people.First(p => p.Home is null);
        var week = hub.WorkingWeek();
        var plan = Engagements.Plan(week, "e-1", host.Credentials[0].Hospital.Value) with { Specialty = host.Specialties[0] };
        await hub.Coordinator.DoAsync(week, plan);
        var proposed = await hub.Coordinator.DoAsync(
            week,
            new Propose
            {
                CommandId = Guid.NewGuid(),
                Engagement = plan.Engagement,
                Candidate = host.Id,
                AnswerWithinSeconds = 3600,
            }
        );
        Accept Answer() =>
            new()
            {
                CommandId = Guid.NewGuid(),
                Engagement = plan.Engagement,
                Proposal = proposed.Engagement.Proposal!.Id,
            };

        using var another = await hub.SignInAsync(people.First(p => p.Id != host.Id).Id.Value);
        Assert.Equal((HttpStatusCode.Forbidden, "roster.not-candidate"), await CodeAsync(another.SendAsync(week, Answer())));
        Assert.Equal(
            (HttpStatusCode.Forbidden, "roster.not-allowed"),
            await CodeAsync(another.SendAsync(week, new Arrive { CommandId = Guid.NewGuid(), Engagement = plan.Engagement }))
        );
        using var candidate = await hub.SignInAsync(host.Id.Value);
        Assert.Equal("roster.reason-required", (
                await candidate.RefusedAsync(
                    week,
                    new Decline
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = plan.Engagement,
                        Proposal = proposed.Engagement.Proposal!.Id,
                    }
                )
            ).Problem.Code);
        Assert.Equal(EngagementStatus.Confirmed, (await candidate.DoAsync(week, Answer())).Engagement.Status);
    }

    private Task<HttpResponseMessage> PostAsync(Week week, string body, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/rosters/ehs/{week}/commands")
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        // The hub closes the connection when it refuses a large body. A client that is still sending then may miss the answer. So the body
        // waits until the hub asks for it.
        request.Headers.ExpectContinue = true;
        return hub.Coordinator.Http.SendAsync(request);
    }

    private async Task<RosterCheck> CheckAsync(Week week, RosterCommand command)
    {
        using var response = await hub.Coordinator.Http.PostAsJsonAsync($"api/rosters/ehs/{week}/checks", command, HubJson.Options);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RosterCheck>(HubJson.Options))!;
    }

    private Task<List<HistoryEntry>> HistoryAsync(Week week) =>
        hub.Coordinator.GetAsync<List<HistoryEntry>>($"api/rosters/ehs/{week}/history");

    private static async Task<(HttpStatusCode, string?)> CodeAsync(Task<HttpResponseMessage> response)
    {
        var (status, problem) = await Caller.ProblemAsync(await response);
        return (status, problem.Code);
    }
}
