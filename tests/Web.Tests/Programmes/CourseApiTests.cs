using System.Net;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Records;

namespace ConsultHub.Tests.Programmes;

/// <summary>A course over HTTP: sessions on the roster, presence, feedback, and the certificate at the end.</summary>
[Collection(nameof(RecordsHub))]
public sealed class CourseApiTests(RecordsHub hub)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task A_course_is_held_on_the_roster_and_ends_with_certificates_for_those_who_were_there()
    {
        var network = await hub.PopulatedAsync();
        var programme = await CourseAsync(network);
        var people = new List<(EnteredNetwork As, string Person)>();
        for (var n = 0; n < 3; n++)
            people.Add(await JoinAsync(network, programme));
        await CohortAsync(network, programme, Today.AddDays(-30), Today.AddDays(20));
        // Two sessions of last week, written down now, and one of next week.
        var starts = (DateTimeOffset[])[At(-7, 5), At(-6, 5), At(7, 5)];
        for (var i = 0; i < starts.Length; i++)
            await PlanAsync(network, programme, $"{programme}-s{i}", starts[i]);
        var course = $"api/programmes/{programme}/cohorts/c/course";
        await Eventually.Async(async () => (await network.GetAsync(course)).Json.GetProperty("sessions").GetArrayLength() == 3);

        foreach (var i in (int[])[0, 1])
            (
                await MarkAsync(
                    network,
                    course,
                    $"{programme}-s{i}",
                    [people[0].Person, people[1].Person],
                    i == 0 ? [people[2].Person] : []
                )
            ).Is(HttpStatusCode.OK);
        (await MarkAsync(network, course, $"{programme}-s2", [people[0].Person], [])).Is(HttpStatusCode.Conflict, "course.too-early");
        (await AnswerAsync(people[2].As, course, $"{programme}-s0", 1)).Is(HttpStatusCode.Conflict, "course.not-attended");
        (await AnswerAsync(people[0].As, course, $"{programme}-s1", 5, "Very clear.")).Is(HttpStatusCode.OK);
        (await AnswerAsync(people[1].As, course, $"{programme}-s1", 4)).Is(HttpStatusCode.OK);
        // Two answers could be recognised.
        var comments = $"{course}/sessions/{programme}-s1/comments";
        Assert.Equal(0, (await network.GetAsync(comments)).Is(HttpStatusCode.OK).Json.GetProperty("comments").GetArrayLength());
        (await AnswerAsync(people[2].As, course, $"{programme}-s1", 3)).Is(HttpStatusCode.OK);
        Assert.Equal("Very clear.", (await network.GetAsync(comments)).Json.GetProperty("comments")[0].GetString());
        (await people[0].As.GetAsync(comments)).Is(HttpStatusCode.Forbidden);
        var session = SessionOf((await network.GetAsync(course)).Json, $"{programme}-s1");
        Assert.Equal((3, 4.0), (session.GetProperty("feedback").GetProperty("answers").GetInt32(), Rating(session)));

        // A participant sees the own sessions, without what is said about others.
        var own = (await people[2].As.GetAsync(course)).Is(HttpStatusCode.OK).Json;
        var first = SessionOf(own, $"{programme}-s0");
        Assert.Equal("absent", first.GetProperty("myPresence").GetString());
        Assert.Equal(0, first.GetProperty("people").GetArrayLength());
        Assert.Single(first.GetProperty("session").GetProperty("marks").EnumerateObject());
        Assert.Equal(people[2].Person, Assert.Single(own.GetProperty("members").EnumerateArray()).GetProperty("person").GetString());

        // The programme asks for more than half of the sessions.
        await CohortAsync(network, programme, Today.AddDays(-30), Today.AddDays(-1));
        Task<Answer> IssueAsync(string person) =>
            network.PostAsync($"api/programmes/{programme}/cohorts/c/certificates", $$"""{"person":"{{person}}"}""");
        (await IssueAsync(people[2].Person)).Is(HttpStatusCode.Conflict, "certificate.attendance-too-low");
        var issued = (await IssueAsync(people[0].Person)).Is(HttpStatusCode.OK).Json;
        Assert.Equal("2 / 2", issued.GetProperty("lines")[0].GetProperty("result").GetString());
    }

    [Fact]
    public async Task A_file_of_engagements_names_cohorts_and_an_unknown_one_stores_nothing()
    {
        var network = await hub.PopulatedAsync();
        var programme = await CourseAsync(network);
        string Row(string id, string cohort) =>
            $"{id},training,A session,{network.North},cardiology,{At(7, 6):s}Z,{At(7, 7):s}Z,{programme},{cohort}\n";
        const string Header = "id,kind,title,hospital,specialty,start,end,programme,cohort\n";
        Assert.Contains(
            await network.RefusedAsync("engagements", Header + Row($"{programme}-f1", "none")),
            row => row.Item2 == "roster.unknown-purpose"
        );
        await network.ImportedAsync("engagements", Header + Row($"{programme}-f1", "c"));
        var course = $"api/programmes/{programme}/cohorts/c/course";
        await Eventually.Async(async () => (await network.GetAsync(course)).Json.GetProperty("sessions").GetArrayLength() == 1);
    }

    private static DateTimeOffset At(int days, int hour) => new(Today.AddDays(days).ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);

    private static double Rating(JsonElement session) => session.GetProperty("feedback").GetProperty("rating").GetDouble();

    private static JsonElement SessionOf(JsonElement course, string id) =>
        course.GetProperty("sessions").EnumerateArray().Single(s => s.GetProperty("session").GetProperty("engagement").GetString() == id);

    private static Task<Answer> MarkAsync(EnteredNetwork by, string course, string session, string[] present, string[] absent) =>
        by.PostAsync(
            $"{course}/commands",
            JsonSerializer.Serialize(
                new
                {
                    type = "markPresence",
                    commandId = Guid.NewGuid(),
                    session,
                    people = present
                        .Select(person => new { person, state = "present" })
                        .Concat(absent.Select(person => new { person, state = "absent" })),
                }
            )
        );

    private static Task<Answer> AnswerAsync(EnteredNetwork by, string course, string session, int rating, string? reason = null) =>
        by.PostAsync(
            $"{course}/commands",
            JsonSerializer.Serialize(
                new
                {
                    type = "giveFeedback",
                    commandId = Guid.NewGuid(),
                    session,
                    rating,
                    reason,
                }
            )
        );

    private static async Task PlanAsync(EnteredNetwork network, string programme, string id, DateTimeOffset start) =>
        (
            await network.PostAsync(
                $"api/rosters/{network.Id}/{Week.Of(start, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"))}/commands",
                JsonSerializer.Serialize(
                    new
                    {
                        type = "plan",
                        commandId = Guid.NewGuid(),
                        engagement = id,
                        kind = "training",
                        title = "A session",
                        hospital = network.North,
                        specialty = "cardiology",
                        start,
                        end = start.AddHours(1),
                        confirmed = true,
                        purpose = new { programme, cohort = "c" },
                        reason = "Written down.",
                    }
                )
            )
        ).Is(HttpStatusCode.OK);

    /// <summary>A training that asks for an attendance of 60 %, with a cohort for which people can apply.</summary>
    private async Task<string> CourseAsync(EnteredNetwork network)
    {
        var id = $"{network.Id}-course";
        (
            await network.PutAsync(
                $"api/programmes/{id}",
                $$"""
                {"network":"{{network.Id}}","kind":"staffTraining","name":{"en":"A course"},"summary":{"en":"A month."},
                "hospitals":["{{network.North}}"],"atPartner":false,"languages":["en"],"director":"{{hub.Person}}","reviewsPerSide":1,
                "admission":"firstCome","public":false,"attendance":60}
                """
            )
        ).Is(HttpStatusCode.Created);
        await CohortAsync(network, id, Today.AddDays(20), Today.AddDays(40));
        return id;
    }

    private static async Task CohortAsync(EnteredNetwork network, string programme, DateOnly from, DateOnly to)
    {
        var answer = await network.PutAsync(
            $"api/programmes/{programme}/cohorts/c",
            $$"""
            {"name":{"en":"Now"},"from":"{{from:yyyy-MM-dd}}","to":"{{to:yyyy-MM-dd}}",
            "applyBy":"{{from.AddDays(-5):yyyy-MM-dd}}T00:00:00Z","places":10,"answerDays":7}
            """,
            match: from > Today ? null : "*"
        );
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.Text);
    }

    private async Task<(EnteredNetwork As, string Person)> JoinAsync(EnteredNetwork network, string programme)
    {
        var caller = network.As(await hub.JoinAsync("trainee", network.Id));
        (
            await caller.PostAsync(
                $"api/programmes/{programme}/commands",
                $$"""{"type":"apply","commandId":"{{Guid.NewGuid()}}","cohort":"c"}"""
            )
        ).Is(HttpStatusCode.OK);
        return (caller, (await caller.GetAsync("api/session")).Json.GetProperty("person").GetString()!);
    }
}
