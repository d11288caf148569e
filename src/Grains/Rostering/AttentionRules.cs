using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Which reasons for attention facts give an engagement that is planned. Pure.</summary>
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

    /// <summary>The change of an engagement's attention, or null where facts say what they said before. Engagements that are over are left
    /// alone.</summary>
    public static EngagementChanged? Recheck(Roster roster, Engagement engagement, RosterFacts facts, DateTimeOffset now)
    {
        if (engagement.Status is not (EngagementStatus.Planned or EngagementStatus.Confirmed) || engagement.End <= now)
            return null;
        // Whoever is only asked is no part of the engagement yet.
        var found = PlacementRules.Check(roster, engagement.Proposal is null ? engagement : engagement with { Proposal = null }, facts);
        ImmutableArray<AttentionReason> attention =
        [
            .. engagement.Attention.Where(a => !ByFacts.Any(f => f.Reason == a)),
            .. ByFacts.Where(f => found.Any(x => x.Code == f.Code)).Select(f => f.Reason).Distinct(),
        ];
        return attention.SequenceEqual(engagement.Attention)
            ? null
            : new EngagementChanged(Change.AttentionChanged, engagement, engagement with { Attention = attention });
    }

    /// <summary>The engagement, just placed anew, without the reasons that no longer hold. None is added: what is found was
    /// allowed.</summary>
    public static Engagement Settle(Engagement engagement, ImmutableArray<Finding> found)
    {
        if (engagement.Attention.IsEmpty)
            return engagement;
        bool Holds(AttentionReason reason) =>
            reason != AttentionReason.BookingRefused
            && (ByFacts.All(f => f.Reason != reason) || ByFacts.Any(f => f.Reason == reason && found.Any(x => x.Code == f.Code)));
        return engagement with { Attention = [.. engagement.Attention.Where(Holds)] };
    }
}
