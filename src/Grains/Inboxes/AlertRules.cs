using System.Collections.Immutable;

namespace ConsultHub.Inboxes;

/// <summary>When an alert is told again, and what it takes over from the one whose place it takes. Pure.</summary>
public static class AlertRules
{
    /// <summary>How often an urgent alert is told again before the coordinator on call is told instead.</summary>
    public const int MostRepeats = 5;

    public static readonly TimeSpan RepeatEvery = TimeSpan.FromMinutes(1);

    /// <summary>Whether it demands an acknowledgement. A question wants its answer instead.</summary>
    public static bool Demands(Alert alert) => alert is { Urgent: true, AcknowledgedAt: null, Proposal: null };

    /// <summary>When an alert is told again: an urgent one every minute, one with a deadline once, at half of its time. Null where it is
    /// not.</summary>
    public static DateTimeOffset? ToldAgainAt(Alert alert)
    {
        if (!alert.IsOpen)
            return null;
        if (Demands(alert))
            return alert.Repeats < MostRepeats ? (alert.DemandedSince ?? alert.At) + (RepeatEvery * (alert.Repeats + 1)) : null;
        return alert is { Repeats: 0, Deadline: { } deadline } && deadline > alert.At ? alert.At + ((deadline - alert.At) / 2) : null;
    }

    public static bool IsDue(Alert alert, DateTimeOffset now) => ToldAgainAt(alert) <= now && (Demands(alert) || alert.Deadline > now);

    /// <summary>
    /// A new alert as it is raised. Open ones about the same engagement give way to it, except for a question that is still open, and for
    /// a demand where the new one is a question. What an urgent one demanded, the new one demands too, by the same clock.
    /// </summary>
    public static AlertRaised Raise(ImmutableArray<Alert> known, Alert alert)
    {
        var stays = ImmutableArray.CreateBuilder<string>();
        foreach (var older in known)
        {
            if (!older.IsOpen || alert.Engagement is null || older.Engagement?.Id != alert.Engagement.Id)
                continue;
            if (Stays(older, alert))
                stays.Add(older.Id);
            else if (Demands(older) && !alert.Urgent && !IsSettled(older, alert))
                alert = alert with { Urgent = true, Repeats = older.Repeats, DemandedSince = older.DemandedSince ?? older.At };
        }
        return new(alert, stays.DrainToImmutable());
    }

    private static bool Stays(Alert older, Alert newer) =>
        older.Proposal is { } asked
            ? newer.Proposal != asked && newer.Engagement!.Proposal?.Id == asked
            : newer.Proposal is not null && Demands(older);

    /// <summary>A coordinator who was told that somebody is needed need not acknowledge it once somebody has accepted.</summary>
    private static bool IsSettled(Alert older, Alert newer) =>
        newer.Kind == AlertKind.ProposalAccepted && older.Kind is AlertKind.NobodyAnswered or AlertKind.NeedsAttention;
}
