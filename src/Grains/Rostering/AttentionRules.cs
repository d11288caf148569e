using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Decides which reasons for attention an engagement has because of the current facts. Pure.</summary>
public static class AttentionRules
{
    private static readonly ImmutableArray<(string Code, AttentionReason Reason)> ByFacts =
    [
        (RosterCodes.NoCredential, AttentionReason.CredentialLapsed),
        (RosterCodes.OutsideVisit, AttentionReason.OutsideVisit),
        (RosterCodes.Absent, AttentionReason.ConsultantAbsent),
        (RosterCodes.UnknownConsultant, AttentionReason.ConsultantAbsent),
        (RosterCodes.HospitalClosed, AttentionReason.HospitalClosed),
        (RosterCodes.RoomUnknown, AttentionReason.RoomGone),
        (RosterCodes.WorkingHours, AttentionReason.OutsideHours),
        (RosterCodes.RoomCapacity, AttentionReason.RoomTooSmall),
        (RosterCodes.RoomEquipment, AttentionReason.RoomLacksEquipment),
    ];

    /// <summary>
    /// Whether a finding is a reason for attention. Many engagements are planned outside of working hours, or in rooms that are too small
    /// or lack a thing, and their coordinators know it. So these count only in a network that refuses such plans.
    /// </summary>
    private static bool Counts(Finding finding) =>
        !finding.Overridable
        || (
            finding.Code != RosterCodes.WorkingHours
            && finding.Code != RosterCodes.RoomCapacity
            && finding.Code != RosterCodes.RoomEquipment
        );

    /// <summary>
    /// Returns a change if the current facts give an engagement other reasons for attention than before. Otherwise returns null. Only
    /// planned and confirmed engagements that are not over are changed.
    /// </summary>
    public static EngagementChanged? Recheck(Roster roster, Engagement engagement, RosterFacts facts, DateTimeOffset now)
    {
        if (engagement.Status is not (EngagementStatus.Planned or EngagementStatus.Confirmed) || engagement.End <= now)
            return null;
        // The candidate of an open proposal is not checked, because the candidate has not accepted yet.
        var found = PlacementRules.Check(roster, engagement.Proposal is null ? engagement : engagement with { Proposal = null }, facts);
        ImmutableArray<AttentionReason> attention =
        [
            .. engagement.Attention.Where(a => !ByFacts.Any(f => f.Reason == a)),
            .. ByFacts.Where(f => found.Any(x => x.Code == f.Code && Counts(x))).Select(f => f.Reason).Distinct(),
        ];
        return attention.SequenceEqual(engagement.Attention)
            ? null
            : new EngagementChanged(Change.AttentionChanged, engagement, engagement with { Attention = attention });
    }

    /// <summary>
    /// Removes the reasons for attention that are no longer true after a change of place, time or consultants. It adds no new reasons: the
    /// change was already allowed in spite of its warnings.
    /// </summary>
    public static Engagement Settle(Engagement engagement, ImmutableArray<Finding> found)
    {
        if (engagement.Attention.IsEmpty)
            return engagement;
        bool Holds(AttentionReason reason) =>
            reason != AttentionReason.BookingRefused
            && (
                ByFacts.All(f => f.Reason != reason)
                || ByFacts.Any(f => f.Reason == reason && found.Any(x => x.Code == f.Code && Counts(x)))
            );
        return engagement with { Attention = [.. engagement.Attention.Where(Holds)] };
    }
}
