using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Rostering;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// The past year of the demo: the weeks before last week, about as large as a published year of such a partnership. The weeks and the stays
/// in them depend on the calendar and not on today, so that a later start finds the same stays.
/// </summary>
public static class DemoYear
{
    /// <summary>How many weeks before last week have engagements.</summary>
    public const int Weeks = 50;

    /// <summary>A consultant comes again after this many weeks.</summary>
    private const int Every = 19;

    /// <summary>How many days visiting consultants work in a week, all of them together.</summary>
    private const double DaysOfVisitors = 25;

    /// <summary>Clinicians of the network take part on one day in this many.</summary>
    private const int DaysOfHosts = 40;

    /// <summary>There is at least this time between the last past stay and the present one.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromDays(7);

    private static readonly ImmutableArray<EngagementKind> Kinds =
    [
        .. Enumerable.Repeat(EngagementKind.Operation, 11),
        .. Enumerable.Repeat(EngagementKind.ClinicalVisit, 8),
        .. Enumerable.Repeat(EngagementKind.Consultation, 8),
        .. Enumerable.Repeat(EngagementKind.ClinicalEvaluation, 4),
        .. Enumerable.Repeat(EngagementKind.TreatmentPlanFollowUp, 4),
        .. Enumerable.Repeat(EngagementKind.RemoteSecondOpinion, 3),
        .. Enumerable.Repeat(EngagementKind.ClinicalTeaching, 4),
        .. Enumerable.Repeat(EngagementKind.Lecture, 3),
        .. Enumerable.Repeat(EngagementKind.Workshop, 2),
        .. Enumerable.Repeat(EngagementKind.Training, 2),
    ];

    /// <summary>The weeks of the past year, the newest first.</summary>
    /// <param name="week">The current week.</param>
    public static IEnumerable<Week> Before(Week week) => Enumerable.Range(2, Weeks).Select(n => Week.Of(week.Monday.AddDays(-7 * n)));

    /// <summary>The stays of a visiting consultant in the past year, before the present one. They last one to three weeks.</summary>
    /// <param name="number">The consultant's number in the demo.</param>
    /// <param name="today">The local midnight at which today begins.</param>
    public static IEnumerable<Visit> VisitsBefore(Visit present, int number, DateTimeOffset today)
    {
        foreach (var week in Before(Week.Of(DateOnly.FromDateTime(today.DateTime))))
        {
            var turn = (week.Monday.DayNumber / 7) + (number * 7);
            if (turn % Every != 0)
                continue;
            // From the Sunday before the week until the end of a Sunday.
            var arrival = new DateTimeOffset(week.Monday.AddDays(-1).ToDateTime(TimeOnly.MinValue), today.Offset);
            var departure = arrival.AddDays((7 * (1 + (((turn / Every) + number) % 3))) + 1);
            if (departure + Between <= present.Arrival)
                yield return new(new($"{present.Id}-{week.Monday:yyyyMMdd}"), present.Network, arrival, departure);
        }
    }

    /// <summary>Plans a week of the past year.</summary>
    public static IEnumerable<Plan> PlansOf(DemoData data, Week week, int seed)
    {
        var random = new Random((seed * 31) + (week.Year * 100) + week.Number);
        var midnights = Enumerable.Range(0, 7).Select(day => DemoData.MidnightOf(week.Monday.AddDays(day))).ToList();
        var days = data.Consultants.Sum(c => midnights.Count(midnight => IsThere(c, midnight)));
        return DemoPlan.Week(
            data,
            week,
            seed,
            random,
            Kinds,
            (consultant, midnight) =>
                consultant.Affiliation is null
                    ? IsThere(consultant, midnight) && random.NextDouble() * days < DaysOfVisitors
                    : random.Next(DaysOfHosts) == 0
        );
    }

    /// <summary>
    /// Plans the weeks and says what became of their engagements. All of a week is stored together, so a start that was interrupted goes on
    /// with the weeks that are still empty.
    /// </summary>
    /// <param name="weeks">Weeks that nobody has planned otherwise.</param>
    internal static Task PlanAsync(
        IGrainFactory grains,
        DemoData data,
        IEnumerable<Week> weeks,
        int seed,
        DateTimeOffset now,
        Func<IRosterGrain, IReadOnlyCollection<RosterCommand>, Task> decide
    ) =>
        Parallel.ForEachAsync(
            weeks,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (week, _) =>
            {
                var plans = DemoOutcomes.Staffed(PlansOf(data, week, seed));
                var roster = grains.GetGrain<IRosterGrain>($"{data.Network.Id}/{week}");
                if (plans.IsEmpty || await roster.GetAsync(plans[0].Engagement) is not null)
                    return;
                await decide(roster, [.. plans, .. DemoOutcomes.Of(plans, week, seed, now)]);
            }
        );

    /// <summary>Whether a visiting consultant is at the network for all of a day.</summary>
    private static bool IsThere(Consultant consultant, DateTimeOffset midnight) =>
        consultant.Visits.Any(v => v.Arrival <= midnight && midnight.AddDays(1) <= v.Departure);
}
