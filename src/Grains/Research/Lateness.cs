using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Networks;

namespace ConsultHub.Research;

/// <summary>
/// The rules about late milestones. A milestone is late when its due day has ended in the network's zone. Then the leads are told. If no
/// lead acknowledges this within <see cref="Patience"/>, the coordinator on call is told. Each happens once for a milestone and a due day.
/// Pure.
/// </summary>
internal static class Lateness
{
    public static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    /// <summary>The id of the alert about a late milestone. An inbox replaces an alert by one with the same id.</summary>
    public static string AlertOf(InitiativeId initiative, string milestone, DateOnly due) =>
        string.Create(CultureInfo.InvariantCulture, $"late.{initiative}.{milestone}.{due:yyyyMMdd}");

    /// <summary>The milestones that can be or become late. A closed initiative has none.</summary>
    private static IEnumerable<Milestone> Open(Initiative initiative) =>
        initiative.Profile.Stage == InitiativeStage.Closed ? [] : initiative.Milestones.Where(m => m.Done is null);

    private static LateMilestone? Known(Initiative initiative, Milestone milestone) =>
        initiative.Late.LastOrDefault(l => l.Milestone == milestone.Id && l.Due == milestone.Due);

    /// <summary>Whether something may have to be told later.</summary>
    public static bool HasOpenWork(Initiative initiative) =>
        Open(initiative).Any(m => Known(initiative, m) is null or { Acknowledged: false, Escalated: false });

    /// <summary>How many milestones are late, as far as the leads were told.</summary>
    public static int CountOf(Initiative initiative) => Open(initiative).Count(m => Known(initiative, m) is not null);

    /// <summary>When the leads, or after them the coordinator on call, must be told next. Null if there is nothing to tell.</summary>
    public static DateTimeOffset? NextOf(Initiative initiative, TimeZoneInfo zone) =>
        Open(initiative)
            .Select(m =>
                Known(initiative, m) is not { } late ? LocalDay.EndOf(m.Due, zone)
                : late is { Acknowledged: false, Escalated: false } ? late.ToldAt + Patience
                : (DateTimeOffset?)null
            )
            .Min();

    /// <summary>What must be told now, with the milestones that it is about.</summary>
    /// <param name="isOnCall">Whether a coordinator is on call, who can be told.</param>
    public static ImmutableArray<(Milestone Milestone, LateMilestone Late)> DueAt(
        Initiative initiative,
        TimeZoneInfo zone,
        DateTimeOffset now,
        bool isOnCall
    ) =>
        [
            .. Open(initiative)
                .Select(m =>
                    Known(initiative, m) switch
                    {
                        null when LocalDay.EndOf(m.Due, zone) <= now => (m, new LateMilestone(m.Id, m.Due, now)),
                        { Acknowledged: false, Escalated: false } late when isOnCall && late.ToldAt + Patience <= now => (
                            m,
                            late with
                            {
                                Escalated = true,
                            }
                        ),
                        _ => ((Milestone, LateMilestone)?)null,
                    }
                )
                .OfType<(Milestone, LateMilestone)>(),
        ];

    public static TimeZoneInfo ZoneOf(Network? network) =>
        network is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
}
