using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Research;
using ConsultHub.Rostering;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Sessions of cohorts and meetings of initiatives. Engagements of the demo that fit are given to cohorts, so the trainers are free. Who
/// was in the sessions that are over is recorded, and participants say how they were.
/// </summary>
internal static class DemoSessions
{
    private const int MostInWeek = 3;
    private static readonly Actor Coordinator = new(new("p-coordinator"), Role.Coordinator);

    /// <summary>The programmes that have sessions, and the kinds of engagement that fit.</summary>
    private static readonly ImmutableArray<(string Programme, ImmutableArray<EngagementKind> Kinds)> Courses =
    [
        ("training-echo", [EngagementKind.Training, EngagementKind.Workshop, EngagementKind.Lecture]),
        ("care-heart", [EngagementKind.Workshop, EngagementKind.Training, EngagementKind.Lecture]),
        ("fellowship-stroke", [EngagementKind.ClinicalTeaching]),
    ];

    /// <summary>After <see cref="DemoProgrammes"/> and <see cref="DemoResearch"/>.</summary>
    /// <param name="weeks">The weeks that are planned.</param>
    public static async Task SeedAsync(IGrainFactory grains, ImmutableArray<Week> weeks, DateTimeOffset now)
    {
        foreach (var (id, _) in Courses)
            // Earlier cohorts come first.
            if (
                await grains.GetGrain<IProgrammeGrain>(id).GetAsync() is { } programme
                && programme.Applications.Values.LastOrDefault(a => a.Status == ApplicationStatus.Accepted) is { } member
            )
                await HoldAsync(grains, id, member.Cohort, weeks, now);
        foreach (var (initiative, n) in DemoInitiatives.Of(DateOnly.FromDateTime(now.UtcDateTime), now).Take(3).Select((i, n) => (i, n)))
            await MeetAsync(grains, initiative.Profile, weeks[^1], n);
    }

    /// <summary>Gives engagements of weeks to a cohort and records what is over. Nothing happens if no kind of engagement fits.</summary>
    internal static async Task HoldAsync(IGrainFactory grains, string id, string cohort, ImmutableArray<Week> weeks, DateTimeOffset now)
    {
        if (
            Courses.FirstOrDefault(c => c.Programme == id) is not { Kinds: { IsDefault: false } kinds }
            || await grains.GetGrain<IProgrammeGrain>(id).GetAsync() is not { } programme
        )
            return;
        var given = 0;
        foreach (var week in weeks)
            given += await GiveAsync(grains, week, programme, cohort, kinds);
        await RecordAsync(grains, programme, cohort, given, now);
    }

    /// <summary>Gives engagements of a week to a cohort, and returns how many.</summary>
    private static async Task<int> GiveAsync(
        IGrainFactory grains,
        Week week,
        EducationProgramme programme,
        string cohort,
        ImmutableArray<EngagementKind> kinds
    )
    {
        var roster = grains.GetGrain<IRosterGrain>($"{programme.Profile.Network}/{week}");
        var purpose = new Purpose(programme.Profile.Id, cohort);
        var fitting = (await roster.ReadSinceAsync(null))
            .Items.OfType<Engagement>()
            .Where(e => e.TakesTime && e.Session is null && kinds.Contains(e.Kind) && (e.Purpose is null || e.Purpose == purpose))
            .OrderByDescending(e => e.Specialty == programme.Profile.Specialty)
            .ThenBy(e => e.Id.Value, StringComparer.Ordinal)
            .Take(MostInWeek)
            .ToList();
        foreach (var engagement in fitting)
            Require(
                await roster.DecideAsync(
                    Coordinator,
                    new SetPurpose
                    {
                        CommandId = DemoProgrammes.IdOf(programme.Profile.Id.Value, $"purpose/{engagement.Id}"),
                        Engagement = engagement.Id,
                        Purpose = purpose,
                    }
                )
            );
        return fitting.Count;
    }

    /// <summary>Records presence and feedback for the sessions that are over.</summary>
    private static async Task RecordAsync(IGrainFactory grains, EducationProgramme programme, string cohort, int given, DateTimeOffset now)
    {
        var id = programme.Profile.Id.Value;
        var course = grains.GetGrain<ICourseGrain>($"{id}/{cohort}");
        ImmutableArray<PersonId> members =
        [
            .. programme.ApplicationsFor(cohort).Where(a => a.Status == ApplicationStatus.Accepted).Select(a => a.Person),
        ];
        // The rosters tell the course by their outboxes.
        for (var tries = 0; tries < 50 && (await course.GetAsync()).Sessions.Count < given; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        var over = (await course.GetAsync()).Sessions.Values.Where(s => s.TakesPlace && s.End <= now).OrderBy(s => s.Start).ToList();
        // Nothing is recorded yet for the last session, unless the cohort is over.
        var waiting = programme.Find(cohort)!.To < DateOnly.FromDateTime(now.UtcDateTime) ? 0 : 1;
        for (var n = 0; n < over.Count - waiting; n++)
        {
            var present = members.Where((_, m) => (n + m) % 5 != 4).ToImmutableArray();
            await DecideAsync(
                course,
                Coordinator.Person,
                new MarkPresence
                {
                    CommandId = DemoProgrammes.IdOf(id, $"presence/{over[n].Engagement}"),
                    Session = over[n].Engagement,
                    People = [.. members.Select(m => new PersonPresence(m, present.Contains(m) ? Presence.Present : Presence.Absent))],
                    Decides = true,
                }
            );
            for (var m = 0; m < present.Length; m++)
                await DecideAsync(
                    course,
                    present[m],
                    new GiveFeedback
                    {
                        CommandId = DemoProgrammes.IdOf(id, $"feedback/{over[n].Engagement}/{present[m]}"),
                        Session = over[n].Engagement,
                        Rating = 3 + ((n + m) % 3),
                        Reason = m == 0 ? "More time for questions, please." : null,
                    }
                );
        }
    }

    /// <summary>Plans a remote meeting at a time that suits both institutions.</summary>
    private static async Task MeetAsync(IGrainFactory grains, InitiativeProfile profile, Week week, int n)
    {
        if (profile.Sites.IsEmpty)
            return;
        var start = new DateTimeOffset(week.Monday.AddDays(1 + n).ToDateTime(new TimeOnly(6, 0)), TimeSpan.Zero); // 10:00 in Dubai
        var id = DemoProgrammes.IdOf(profile.Id.Value, $"meeting/{week}");
        Require(
            await grains
                .GetGrain<IRosterGrain>($"{profile.Network}/{week}")
                .DecideAsync(
                    Coordinator,
                    new Plan
                    {
                        CommandId = id,
                        Engagement = new($"m-{id:N}"),
                        Kind = EngagementKind.ResearchMeeting,
                        Title = "Progress of the initiative",
                        Hospital = profile.Sites[0],
                        Specialty = profile.Specialty ?? "cardiology",
                        Start = start,
                        End = start.AddHours(1),
                        Confirmed = true,
                        Purpose = new(Initiative: profile.Id),
                    }
                )
        );
    }

    private static void Require(RosterReply reply)
    {
        if (reply is Refused { Refusal: { } refusal })
            throw new InvalidOperationException(refusal.Message);
    }

    private static async Task DecideAsync(ICourseGrain course, PersonId by, CourseCommand command)
    {
        if ((await course.DecideAsync(new(by, Role.Trainee), command)).Refusal is { } refusal)
            throw new InvalidOperationException($"{course.GetPrimaryKeyString()}: {refusal.Message}");
    }
}
