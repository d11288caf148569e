using System.Diagnostics.Metrics;

namespace ConsultHub.Rostering;

/// <summary>
/// Expires proposals at their deadlines. A timer does this while the grain is active, and the reminder does it after a crash.
/// </summary>
internal sealed partial class RosterGrain
{
    private static readonly Histogram<double> Lateness = HubMeter.Meter.CreateHistogram(
        "hub.deadlines.lateness",
        "s",
        "Time from a proposal's deadline until the proposal expired.",
        null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 600, 3600] }
    );

    protected override bool HasOpenWork(Roster state) => !state.Proposed.IsEmpty || state.Holds.Values.Any(h => h.Until is not null);

    protected override void OnStored(Roster before, Roster after)
    {
        if (!ReferenceEquals(before.Proposed, after.Proposed) || after.Proposed.Count > 0)
            SetDeadline();
    }

    protected override async Task ReconcileAsync()
    {
        await ExpireAsync();
        await SettleLapsedHoldsAsync();
        SetDeadline();
    }

    private void SetDeadline()
    {
        var earliest = DateTimeOffset.MaxValue;
        foreach (var id in Stored.Proposed)
            if (
                Stored.Engagements.TryGetValue(id, out var engagement)
                && engagement.Proposal is { } proposal
                && proposal.Deadline < earliest
            )
                earliest = proposal.Deadline;
        if (earliest == _deadlineAt)
            return;
        _deadlineAt = earliest;
        _deadline?.Dispose();
        _deadline = null;
        if (earliest == DateTimeOffset.MaxValue)
            return;
        var due = earliest - Clock.GetUtcNow();
        // If the deadline has already passed, an attempt has failed or is still under way. In that case the timer waits a second, so that
        // failing attempts do not follow each other without a pause.
        if (due < TimeSpan.Zero)
            due = TimeSpan.FromSeconds(1);
        _deadline = this.RegisterGrainTimer(
            async _ =>
            {
                _deadlineAt = DateTimeOffset.MaxValue;
                await ReconcileAsync();
            },
            new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true }
        );
    }

    /// <summary>
    /// Expires every proposal whose deadline has passed. The command id is derived from the proposal, so a second attempt changes nothing.
    /// </summary>
    private async Task ExpireAsync()
    {
        var now = Clock.GetUtcNow();
        foreach (var id in Stored.Proposed)
        {
            if (
                !Stored.Engagements.TryGetValue(id, out var engagement)
                || engagement.Proposal is not { } proposal
                || proposal.Deadline > now
            )
                continue;
            var reply = await DecideAsync(
                Actor.System,
                new Expire
                {
                    CommandId = ExpiryOf(proposal.Id),
                    Engagement = id,
                    Proposal = proposal.Id,
                }
            );
            if (reply is Decided)
                Lateness.Record((Clock.GetUtcNow() - proposal.Deadline).TotalSeconds);
        }
    }

    private static Guid ExpiryOf(Guid proposal)
    {
        var bytes = proposal.ToByteArray();
        bytes[0] ^= 0xFF;
        return new Guid(bytes);
    }
}
