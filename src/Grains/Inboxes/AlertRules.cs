using System.Collections.Immutable;

namespace ConsultHub.Inboxes;

/// <summary>The rules about when an alert is repeated, and what a new alert takes over from an older one. Pure.</summary>
public static class AlertRules
{
    /// <summary>The most times that an urgent alert is repeated. At the last repetition, the coordinator on call gets an alert.</summary>
    public const int MostRepeats = 5;

    public static readonly TimeSpan RepeatEvery = TimeSpan.FromMinutes(1);

    /// <summary>Whether the alert still has to be acknowledged. An alert with a proposal needs an answer instead.</summary>
    public static bool Demands(Alert alert) => alert is { Urgent: true, AcknowledgedAt: null, Proposal: null };

    /// <summary>
    /// Returns when an alert is repeated next. Null if it is not repeated again. An alert that must be acknowledged is repeated every
    /// minute, at most <see cref="MostRepeats"/> times. An alert with a deadline is repeated once, when half of the time to answer has
    /// passed.
    /// </summary>
    public static DateTimeOffset? RepeatedAt(Alert alert)
    {
        if (!alert.IsOpen)
            return null;
        if (Demands(alert))
            return alert.Repeats < MostRepeats ? (alert.DemandedSince ?? alert.At) + (RepeatEvery * (alert.Repeats + 1)) : null;
        return alert is { Repeats: 0, Deadline: { } deadline } && deadline > alert.At ? alert.At + ((deadline - alert.At) / 2) : null;
    }

    public static bool IsDue(Alert alert, DateTimeOffset now) => RepeatedAt(alert) <= now && (Demands(alert) || alert.Deadline > now);

    /// <summary>
    /// Raises a new alert. The new alert replaces the open alerts about the same engagement, with two exceptions. An alert with a proposal
    /// that is still open stays. If the new alert has a proposal, an alert that must be acknowledged stays too. If a replaced alert still
    /// had to be acknowledged, the new alert usually has to be acknowledged instead. If the new alert is not urgent itself, it then
    /// continues the repetitions of the replaced alert.
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

    /// <summary>
    /// Whether the older alert no longer has to be acknowledged. This is so if it reported that a consultant is needed, and the newer alert
    /// reports that somebody has accepted.
    /// </summary>
    private static bool IsSettled(Alert older, Alert newer) =>
        newer.Kind == AlertKind.ProposalAccepted && older.Kind is AlertKind.NobodyAnswered or AlertKind.NeedsAttention;
}
