using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using static ConsultHub.Tests.Scorecards.ScorecardHub;

namespace ConsultHub.Tests.Scorecards;

/// <summary>
/// A year that is made at random. The test counts it by itself, from what it has sent. Reports are compared with what they showed at first.
/// </summary>
public sealed class RandomYearTests
{
    private static readonly string[] Specialties = ["s-0", "s-1", "s-2", "s-3"];
    private static readonly EngagementKind[] Kinds = Enum.GetValues<EngagementKind>();

    /// <summary>What the test knows of an engagement.</summary>
    private sealed record Made(Plan Plan, EngagementStatus Status, Work? Work);

    private static readonly ImmutableArray<Consultant> Consultants =
    [
        .. Enumerable
            .Range(0, 12)
            .Select(i =>
                NewConsultant(
                    $"c-{i}",
                    Specialties[i % 4],
                    i % 3 == 2 ? null : Partners[i % 3],
                    [
                        .. Enumerable
                            .Range(0, 5)
                            .Select(n => Year.AddDays(-20 + (70 * n) + i))
                            .Select(arrival => new Visit(new($"v-{i}-{arrival:MMdd}"), new("ehs"), arrival, arrival.AddDays(6 + i))),
                    ]
                )
            ),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_random_year_is_counted_as_an_independent_count_and_a_report_stays_the_same(int seed)
    {
        var random = new Random(seed);
        await using var hub = new ScorecardHub();
        await hub.SeedAsync(Consultants, Specialties);
        var made = Enumerable.Range(0, 400).Select(i => Make(random, i)).ToList();
        await hub.DecideAllAsync(made.SelectMany(CommandsOf));
        using var coordinator = hub.As(Role.Coordinator);
        var figures = await ReadAsync(coordinator);
        AssertCounted(figures, made, Consultants, _ => true);

        // Filters and limited roles show the same parts, and nothing of the others.
        AssertCounted(await ReadAsync(coordinator, $"{Period}&hospital=h-b"), made, Consultants, p => p.Hospital == new HospitalId("h-b"));
        AssertCounted(await ReadAsync(coordinator, $"{Period}&specialty=s-1"), made, Consultants, p => p.Specialty == "s-1");
        using var registrar = hub.As(Role.Registrar, Places[0]);
        AssertCounted(await ReadAsync(registrar), made, Consultants, p => p.Hospital == Places[0]);
        using var partner = hub.As(Role.Coordinator, partner: Partners[0]);
        var seen = await ReadAsync(partner);
        AssertCounted(seen, made, Consultants, p => p.Partners.Contains(Partners[0]));
        Assert.All(seen.Values, f => Assert.DoesNotContain(f.Partners, p => p.Id != Partners[0].Value));
        Assert.Equal(0, (await RowsAsync(registrar, $"figure=operations&hospital=h-b&{Period}")).Count);

        var (report, part) = (await StoreAsync(coordinator), await StoreAsync(registrar));
        var (csv, partCsv) = (await TextAsync(coordinator, $"reports/{report}.csv"), await TextAsync(registrar, $"reports/{part}.csv"));
        var rows = await TextAsync(coordinator, $"rows.csv?figure=consultations&report={report}");
        Assert.Equal(await TextAsync(coordinator, $"figures.csv?{Period}"), csv);
        await ChangeMuchAsync(hub, random, made);
        Assert.NotEqual(await TextAsync(coordinator, $"figures.csv?{Period}"), csv);
        Assert.Equal(csv, await TextAsync(coordinator, $"reports/{report}.csv"));
        Assert.Equal(partCsv, await TextAsync(registrar, $"reports/{part}.csv"));
        Assert.Equal(partCsv, await TextAsync(coordinator, $"reports/{part}.csv"));
        Assert.Equal(rows, await TextAsync(coordinator, $"rows.csv?figure=consultations&report={report}"));
        // A registrar does not see the report of the whole network.
        using var hidden = await registrar.GetAsync(new Uri($"api/scorecards/ehs/reports/{report}", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.DoesNotContain($"{report}", await TextAsync(registrar, "reports"), StringComparison.Ordinal);
    }

    private static Made Make(Random random, int i)
    {
        var people = Enumerable.Range(0, random.Next(3)).Select(_ => Consultants[random.Next(Consultants.Length)].Id).Distinct();
        var plan = NewPlan(
            $"e-{i:000}",
            Kinds[random.Next(Kinds.Length)],
            Places[random.Next(3)],
            Specialties[random.Next(4)],
            Year.AddMinutes(random.Next(365 * 24) * 60),
            [.. people]
        ) with
        {
            Attendees = random.Next(2) == 0 ? null : random.Next(40),
        };
        int? Count() => random.Next(2) == 0 ? null : random.Next(30);
        var work = random.Next(3) == 0 ? null : new Work(Count(), Count(), Count(), Count(), Count());
        return random.Next(10) switch
        {
            0 => new(plan, EngagementStatus.Cancelled, null),
            1 => new(plan, EngagementStatus.NoShow, null),
            2 => new(plan, EngagementStatus.Confirmed, null),
            3 => new(plan, EngagementStatus.InProgress, null),
            _ => new(plan, EngagementStatus.Completed, work),
        };
    }

    private static IEnumerable<(DateTimeOffset, RosterCommand)> CommandsOf(Made made)
    {
        var (id, engagement) = (Guid.NewGuid(), made.Plan.Engagement);
        yield return (made.Plan.Start, made.Plan);
        RosterCommand? then = made.Status switch
        {
            EngagementStatus.Cancelled => new Cancel
            {
                CommandId = id,
                Engagement = engagement,
                Reason = "Off.",
            },
            EngagementStatus.NoShow => new MarkNoShow { CommandId = id, Engagement = engagement },
            EngagementStatus.InProgress => new Arrive { CommandId = id, Engagement = engagement },
            EngagementStatus.Completed => Done(made.Plan, made.Work),
            _ => null,
        };
        if (then is not null)
            yield return (made.Plan.Start, then);
    }

    /// <summary>Completes, corrects, cancels and adds engagements, and changes the home and the visits of consultants.</summary>
    private static async Task ChangeMuchAsync(ScorecardHub hub, Random random, List<Made> made)
    {
        foreach (var (plan, status, _) in made.Where(_ => random.Next(3) == 0))
        {
            RosterCommand? command = status switch
            {
                EngagementStatus.Completed => new RecordWork
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = plan.Engagement,
                    Work = new(1_000, 1_000, 1_000, 1_000, 1_000),
                    Reason = "Counted again.",
                },
                EngagementStatus.Confirmed or EngagementStatus.InProgress => Done(plan, new(500)),
                _ => new Undo { CommandId = Guid.NewGuid(), Engagement = plan.Engagement },
            };
            Assert.IsType<Decided>(await hub.DecideAsync(plan.Start, command));
        }
        await hub.DecideAllAsync(Enumerable.Range(1_000, 30).SelectMany(i => CommandsOf(Make(random, i))));
        foreach (var consultant in Consultants.Take(6))
            await hub
                .Grains.GetGrain<IConsultantGrain>(consultant.Id.Value)
                .PutAsync(
                    Actor.System,
                    consultant with
                    {
                        Home = Partners[1],
                        Networks = [],
                        Visits = consultant.Id.Value == "c-0" ? [] : consultant.Visits[2..], // c-0 leaves the network's list
                    }
                );
    }

    /// <summary>A part of a figure, in the words of the test.</summary>
    private sealed record Part(HospitalId? Hospital, string? Specialty, ImmutableArray<PartnerId> Partners);

    private static void AssertCounted(
        Dictionary<Figure, FigureScore> figures,
        List<Made> made,
        ImmutableArray<Consultant> consultants,
        Func<Part, bool> shown
    )
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");
        bool IsInYear(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).Year == 2025;
        Part PartOf(Plan plan) =>
            new(
                plan.Hospital,
                plan.Specialty,
                [.. plan.Consultants.Select(id => consultants.First(c => c.Id == id).Home).OfType<PartnerId>().Distinct()]
            );
        var counted = made.Where(m => m.Status is not (EngagementStatus.Cancelled or EngagementStatus.NoShow))
            .Where(m => IsInYear(m.Plan.Start) && shown(PartOf(m.Plan)))
            .ToList();
        var done = counted.Where(m => m.Status == EngagementStatus.Completed).ToList();

        void Plain(Figure figure, params EngagementKind[] kinds) =>
            Assert.Equal(
                new Score(counted.Count(m => kinds.Contains(m.Plan.Kind)), done.Count(m => kinds.Contains(m.Plan.Kind)), 0),
                figures[figure].Total
            );
        void Summed(Figure figure, EngagementKind kind, Func<Work, int?> count) =>
            Assert.Equal(
                new Score(
                    counted.Count(m => m.Plan.Kind == kind),
                    done.Sum(m => m.Work is null ? 0 : count(m.Work) ?? 0),
                    done.Count(m => m.Plan.Kind == kind && (m.Work is null || count(m.Work) is null))
                ),
                figures[figure].Total
            );
        Plain(Figure.ClinicalVisits, EngagementKind.ClinicalVisit);
        Plain(Figure.SecondOpinions, EngagementKind.RemoteSecondOpinion);
        Plain(Figure.Lectures, EngagementKind.Lecture);
        Plain(Figure.ConferenceSessions, EngagementKind.ConferenceSession);
        Plain(Figure.ClinicalTeaching, EngagementKind.ClinicalTeaching);
        Plain(Figure.Workshops, EngagementKind.Workshop, EngagementKind.Training);
        Summed(Figure.Consultations, EngagementKind.Consultation, w => w.Consultations);
        Summed(Figure.Evaluations, EngagementKind.ClinicalEvaluation, w => w.Evaluations);
        Summed(Figure.FollowUps, EngagementKind.TreatmentPlanFollowUp, w => w.FollowUps);
        Summed(Figure.Operations, EngagementKind.Operation, w => w.Operations);
        Assert.Equal(
            new Score(
                counted.Where(m => IsAttended(m.Plan.Kind)).Sum(m => m.Plan.Attendees ?? 0),
                done.Where(m => IsAttended(m.Plan.Kind)).Sum(m => m.Work?.Taught ?? 0),
                done.Count(m => IsAttended(m.Plan.Kind) && m.Work?.Taught is null)
            ),
            figures[Figure.LectureAttendances].Total
        );
        static bool IsAttended(EngagementKind kind) => kind is EngagementKind.Lecture or EngagementKind.ConferenceSession;
        EngagementKind[] teaching =
        [
            EngagementKind.Lecture,
            EngagementKind.ClinicalTeaching,
            EngagementKind.Workshop,
            EngagementKind.Training,
        ];
        Assert.Equal(
            new Score(
                counted.Where(m => teaching.Contains(m.Plan.Kind)).Sum(m => m.Plan.Attendees ?? 0),
                done.Sum(m => m.Work?.Taught ?? 0),
                done.Count(m => teaching.Contains(m.Plan.Kind) && m.Work?.Taught is null)
            ),
            figures[Figure.Taught].Total
        );

        var stays = (
            from consultant in consultants
            from visit in consultant.Visits
            where IsInYear(visit.Arrival)
            let work = made.Where(m =>
                    m.Status is not (EngagementStatus.Cancelled or EngagementStatus.NoShow)
                    && m.Plan.Consultants.Contains(consultant.Id)
                    && visit.Arrival <= m.Plan.Start
                    && m.Plan.Start < visit.Departure
                )
                .ToList()
            let home = consultant.Home is { } sender ? ImmutableArray.Create(sender) : []
            let parts = work.Count == 0
                ? [(Part: new Part(null, null, home), Done: false)]
                : work.Select(m => (Part: new Part(m.Plan.Hospital, m.Plan.Specialty, home), Done: m.Status == EngagementStatus.Completed))
            select parts.Where(p => shown(p.Part)).ToList()
        ).ToList();
        Assert.Equal(
            new Score(stays.Count(parts => parts.Count > 0), stays.Count(parts => parts.Any(p => p.Done)), 0),
            figures[Figure.Visits].Total
        );

        // The parts of a figure. An engagement without a partner belongs to none.
        foreach (var hospital in Places)
            Assert.Equal(
                done.Where(m => m.Plan.Hospital == hospital).Sum(m => m.Work?.Consultations ?? 0),
                figures[Figure.Consultations].Hospitals.FirstOrDefault(p => p.Id == hospital.Value)?.Score.Done ?? 0
            );
        foreach (var specialty in Specialties)
            Assert.Equal(
                counted.Count(m => m.Plan.Specialty == specialty && m.Plan.Kind == EngagementKind.Lecture),
                figures[Figure.Lectures].Specialties.FirstOrDefault(p => p.Id == specialty)?.Score.Planned ?? 0
            );
        for (var month = 1; month <= 12; month++)
            Assert.Equal(
                done.Where(m => TimeZoneInfo.ConvertTime(m.Plan.Start, zone).Month == month).Sum(m => m.Work?.Operations ?? 0),
                figures[Figure.Operations].Months[month - 1].Score.Done
            );
    }
}
