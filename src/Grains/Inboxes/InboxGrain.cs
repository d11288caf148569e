using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Inboxes;

/// <summary>
/// Turns messages from rosters and other authorities into alerts with sentences. Repeats the alerts by the rules in
/// <see cref="AlertRules"/>. Reports acknowledgements of emergency moves to rosters.
/// </summary>
[Reentrant, GrainType("inbox")]
internal sealed class InboxGrain : AuthorityGrain<Inbox, InboxEvent>, IInboxGrain
{
    private readonly AlertFacts _facts;

    // Engagements that were no longer in a week when the roster of that week was last asked.
    private readonly HashSet<(EngagementId, Week)> _gone = [];

    static InboxGrain() =>
        HubMeter.Meter.CreateObservableGauge(
            "hub.alerts.pending",
            CountPending,
            "{alert}",
            "Alerts that still wait for their person, in the inboxes that are active."
        );

    public InboxGrain(AuthorityServices services)
        : base("inbox", services) => _facts = new AlertFacts(GrainFactory, new PersonId(this.GetPrimaryKeyString()), Clock);

    private PersonId Person => new(this.GetPrimaryKeyString());

    public async Task<bool> AcknowledgeAsync(Actor actor, string alert)
    {
        if (Head.Find(alert) is not { } known)
            return false;
        if (known.AcknowledgedAt is null)
            await CommitAsync(new(actor, Guid.Empty, [new AlertAcknowledged(alert)]) { Outbox = TellOf(known) });
        else
            await WhenAllStoredAsync();
        return true;
    }

    public async Task<bool> SeeAsync(Actor actor, string alert)
    {
        if (Head.Find(alert) is not { } known)
            return false;
        if (known is { SeenAt: null, AcknowledgedAt: null })
            await CommitAsync(new(actor, Guid.Empty, [new AlertSeen(alert)]));
        else
            await WhenAllStoredAsync();
        return true;
    }

    /// <summary>
    /// Returns the message that reports an acknowledgement to the alert's asker, or to the roster, because the roster shows who has not yet
    /// acknowledged an emergency move. Empty if neither needs to know.
    /// </summary>
    private ImmutableArray<OutboxMessage> TellOf(Alert acknowledged) =>
        acknowledged.Asker is { } asker ? [new(0, asker, new AlertReported(acknowledged.Id, Person))]
        : acknowledged is { Engagement: { Emergency: true } engagement, Network: { } network, Week: { } week }
            ?
            [
                new(
                    0,
                    GrainId.Create("roster", $"{network}/{week}"),
                    new EmergencyAcknowledged(engagement.Id, Person, engagement.Unacknowledged?.Move)
                ),
            ]
        : [];

    public Task<ImmutableArray<Alert>> ListAsync() => Task.FromResult(Stored.Alerts);

    protected override async Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message)
    {
        if (message.Payload is not RaiseAlert raise)
            return;
        await _facts.ReadAsync(raise);
        if (message.Replaces is null || !IsToldByAnotherWeek(raise))
            return;
        if (await GrainFactory.GetGrain<IRosterGrain>($"{raise.Network}/{raise.Week}").GetAsync(raise.Engagement.Id) is null)
            _gone.Add((raise.Engagement.Id, raise.Week));
        else
            _gone.Remove((raise.Engagement.Id, raise.Week));
    }

    /// <summary>Whether the newest alert about the engagement came from a different week than this message.</summary>
    private bool IsToldByAnotherWeek(RaiseAlert raise) =>
        Head.Alerts.LastOrDefault(a => a.Engagement?.Id == raise.Engagement.Id)?.Week is { } week && week != raise.Week;

    protected override Decision<InboxEvent>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload switch
        {
            // The engagement has moved to another week. The message from its new week arrived before this message from its old week, so
            // this message is dropped.
            RaiseAlert raise
                when message.Replaces is not null && IsToldByAnotherWeek(raise) && _gone.Contains((raise.Engagement.Id, raise.Week)) =>
                null,
            RaiseAlert raise => Raise(raise.By, ToAlert($"{sender.Key}-{message.Number}", raise)),
            IAlertMessage alert => Raise(alert.By, alert.ToAlert($"{sender.Key}-{message.Number}", Clock.GetUtcNow())),
            DemandEnded ended
                when Head.Alerts.Where(a => a.Engagement?.Id == ended.Engagement && AlertRules.Demands(a)).ToList()
                    is { Count: > 0 } alerts => new(
                new Actor(Person, Role.Consultant),
                Guid.Empty,
                [.. alerts.Select(a => new AlertAcknowledged(a.Id))]
            ),
            EndAlert ended when Head.Find(ended.Alert) is { IsOpen: true } => new(
                Actor.System,
                Guid.Empty,
                [new AlertAcknowledged(ended.Alert)]
            ),
            SettleAlert settle
                when Head.Alerts.FirstOrDefault(a => a.Proposal == settle.Proposal && a.AcknowledgedAt is null) is { } alert => new(
                new Actor(Person, Role.Consultant),
                Guid.Empty,
                [new AlertAcknowledged(alert.Id)]
            ),
            _ => null,
        };

    private Decision<InboxEvent> Raise(PersonId by, Alert alert) =>
        new(new Actor(by, Role.System), Guid.Empty, [AlertRules.Raise(Head.Alerts, alert)])
        {
            Outbox = IsAcknowledgedAlready(alert) ? TellOf(alert) : [],
        };

    /// <summary>
    /// Whether the person has already acknowledged the emergency move that the roster still counts as unacknowledged. This happens if the
    /// roster sent this alert before it received the acknowledgement, for example while the engagement changed weeks.
    /// </summary>
    private bool IsAcknowledgedAlready(Alert alert) =>
        alert.Engagement is { Unacknowledged: { } waits } engagement
        && waits.People.Contains(Person)
        && Head.Alerts.Any(a =>
            a.AcknowledgedAt is not null && a.Engagement?.Id == engagement.Id && a.Engagement.Unacknowledged?.Move == waits.Move
        );

    private Alert ToAlert(string id, RaiseAlert raise)
    {
        var proposal = raise.Kind == AlertKind.Proposed ? raise.Engagement.Proposal : null;
        return new Alert
        {
            Id = id.Replace('/', '.'),
            Kind = raise.Kind,
            At = Clock.GetUtcNow(),
            Text = AlertTexts.Of(raise, _facts.For(raise)),
            Network = raise.Network,
            Week = raise.Week,
            Engagement = raise.Engagement,
            Proposal = proposal?.Id,
            Deadline = proposal?.Deadline,
            Urgent = raise.Urgent,
        };
    }

    private static IEnumerable<Measurement<int>> CountPending()
    {
        var pending = AwakeAuthorities.Of<InboxGrain>().SelectMany(i => i.Stored.Alerts).Where(a => a.IsOpen).ToLookup(a => a.Urgent);
        return [Urgent(true), Urgent(false)];

        Measurement<int> Urgent(bool urgent) => new(pending[urgent].Count(), new KeyValuePair<string, object?>("hub.urgent", urgent));
    }

    protected override bool HasOpenWork(Inbox state) =>
        state.Alerts.Any(a => AlertRules.RepeatedAt(a) is not null && (AlertRules.Demands(a) || a.Deadline > Clock.GetUtcNow()));

    protected override async Task ReconcileAsync()
    {
        foreach (var due in Head.Alerts.Where(a => AlertRules.IsDue(a, Clock.GetUtcNow())).ToList())
        {
            var outbox = AlertRules.Demands(due) && due.Repeats + 1 == AlertRules.MostRepeats ? await EscalateAsync(due) : [];
            // Another call of this method may have repeated the alert meanwhile.
            if (Head.Find(due.Id) is { IsOpen: true } alert && alert.Repeats == due.Repeats)
                await CommitAsync(new(Actor.System, Guid.Empty, [new AlertRepeated(due.Id)]) { Outbox = outbox });
        }
    }

    /// <summary>
    /// Returns the message that tells the coordinator on call that the person has not acknowledged an alert. Empty if the engagement is
    /// over, if nobody else is on call, or if the alert is not about an engagement.
    /// </summary>
    private async Task<ImmutableArray<OutboxMessage>> EscalateAsync(Alert alert)
    {
        if (alert is not { Engagement: { } engagement, Network: { } network, Week: { } week } || engagement.End <= Clock.GetUtcNow())
            return [];
        if (await _facts.OnCallAsync(network, Clock.GetUtcNow()) is not { } coordinator || coordinator == Person)
            return [];
        return
        [
            new(
                0,
                GrainId.Create("inbox", coordinator.Value),
                new RaiseAlert(AlertKind.NotAcknowledged, network, week, engagement, null, Person),
                engagement.Id.Value
            ),
        ];
    }
}
