using System.Collections.Immutable;
using ConsultHub.Rostering;

namespace ConsultHub.Silo.Demo;

/// <summary>What became of the engagements of a week of the demo, and what was done in them.</summary>
public static class DemoOutcomes
{
    /// <summary>
    /// The plans of a week. Engagements that will be cancelled have no consultants, so that nobody gets an alert about a cancellation.
    /// </summary>
    public static ImmutableArray<Plan> Staffed(IEnumerable<Plan> plans) =>
        [.. plans.Select((p, i) => IsCalledOff(i) ? p with { Consultants = [] } : p)];

    /// <summary>The commands that give a week's engagements the status that fits the present time, in the order of their starts.</summary>
    public static ImmutableArray<RosterCommand> Of(ImmutableArray<Plan> plans, Week week, int seed, DateTimeOffset now) =>
        [
            .. plans
                .Select((p, i) => (Command: Outcome(p, week, i, seed, now), p.Start))
                .Where(p => p.Command is not null)
                .OrderBy(p => p.Start)
                .Select(p => p.Command!),
        ];

    /// <summary>
    /// Returns the command that gives an engagement the status that fits the present time: completed or in progress, and for a few
    /// engagements cancelled or no-show. Null if the engagement is not cancelled and has not started yet.
    /// </summary>
    private static RosterCommand? Outcome(Plan plan, Week week, int index, int seed, DateTimeOffset now)
    {
        var id = DemoPlan.Id(seed, week, index, 1);
        if (IsCalledOff(index))
            return new Cancel
            {
                CommandId = id,
                Engagement = plan.Engagement,
                Reason = "The clinic list is empty that day.",
            };
        if (plan.End <= now)
            return index % 61 == 7
                ? new MarkNoShow { CommandId = id, Engagement = plan.Engagement }
                : new Complete
                {
                    CommandId = id,
                    Engagement = plan.Engagement,
                    Work = WorkOf(plan, index),
                };
        return plan.Start <= now ? new Arrive { CommandId = id, Engagement = plan.Engagement } : null;
    }

    private static bool IsCalledOff(int index) => index % 97 == 5;

    /// <summary>
    /// What was done in an engagement. The demo leaves it out for one in seven, so that visitors see what is not recorded.
    /// </summary>
    private static Work? WorkOf(Plan plan, int index) =>
        index % 7 == 3 ? null
        : CountsOf(plan, index) is { } counts ? counts with { Procedures = DemoLedger.CasesOf(plan, index) }
        : null;

    private static Work? CountsOf(Plan plan, int index) =>
        plan.Kind switch
        {
            EngagementKind.ClinicalVisit => new(Consultations: 3 + (index % 9), FollowUps: index % 4),
            EngagementKind.Consultation => new(Consultations: 1 + (index % 6)),
            EngagementKind.ClinicalEvaluation => new(Evaluations: 1 + (index % 5)),
            EngagementKind.TreatmentPlanFollowUp => new(FollowUps: 1 + (index % 4)),
            EngagementKind.Operation => new(Operations: 1 + (index % 2)),
            EngagementKind.Lecture or EngagementKind.Workshop or EngagementKind.Training or EngagementKind.ClinicalTeaching => new(
                Taught: plan.Attendees ?? 4 + (index % 9)
            ),
            _ => null,
        };
}
