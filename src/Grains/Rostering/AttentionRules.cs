using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Which reasons for attention facts give a duty that is planned. Pure.</summary>
public static class AttentionRules
{
    private static readonly ImmutableArray<(string Code, AttentionReason Reason)> ByFacts =
    [
        ("roster.no-credential", AttentionReason.CredentialLapsed),
        ("roster.outside-visit", AttentionReason.OutsideVisit),
        ("roster.absent", AttentionReason.ConsultantAbsent),
        ("roster.unknown-consultant", AttentionReason.ConsultantAbsent),
        ("roster.hospital-closed", AttentionReason.HospitalClosed),
        ("roster.room-unknown", AttentionReason.RoomGone),
    ];

    /// <summary>The change of a duty's attention, or null where facts say what they said before. Duties that are over are left
    /// alone.</summary>
    public static EngagementChanged? Recheck(Roster roster, Engagement duty, RosterFacts facts, DateTimeOffset now)
    {
        if (duty.Status is not (EngagementStatus.Planned or EngagementStatus.Confirmed) || duty.End <= now)
            return null;
        // Whoever is only asked is no part of the duty yet.
        var found = PlacementRules.Check(roster, duty.Proposal is null ? duty : duty with { Proposal = null }, facts);
        ImmutableArray<AttentionReason> attention =
        [
            .. duty.Attention.Where(a => !ByFacts.Any(f => f.Reason == a)),
            .. ByFacts.Where(f => found.Any(x => x.Code == f.Code)).Select(f => f.Reason).Distinct(),
        ];
        return attention.SequenceEqual(duty.Attention)
            ? null
            : new EngagementChanged(Change.AttentionChanged, duty, duty with { Attention = attention });
    }

    /// <summary>The duty, just placed anew, without the reasons that no longer hold. None is added: what is found was allowed.</summary>
    public static Engagement Settle(Engagement duty, ImmutableArray<Finding> found)
    {
        if (duty.Attention.IsEmpty)
            return duty;
        bool Holds(AttentionReason reason) =>
            reason != AttentionReason.BookingRefused
            && (ByFacts.All(f => f.Reason != reason) || ByFacts.Any(f => f.Reason == reason && found.Any(x => x.Code == f.Code)));
        return duty with { Attention = [.. duty.Attention.Where(Holds)] };
    }
}
