using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Inboxes;

/// <summary>Turns what rosters tell into alerts with sentences, and tells urgent ones again until somebody acknowledges them.</summary>
[Reentrant, GrainType("inbox")]
internal sealed class InboxGrain : AuthorityGrain<Inbox, InboxEvent>, IInboxGrain
{
    /// <summary>How often an urgent alert is told again before the coordinator on duty is told instead.</summary>
    private const int MostRepeats = 5;
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromMinutes(1);

    private readonly AlertFacts _facts;

    static InboxGrain() => HubMeter.Meter.CreateObservableGauge("hub.alerts.pending", CountPending, "{alert}", "Alerts that nobody has acknowledged, in the inboxes that are awake.");

    public InboxGrain(AuthorityServices services) : base("inbox", services) => _facts = new AlertFacts(GrainFactory, new PersonId(this.GetPrimaryKeyString()), Clock);

    private PersonId Person => new(this.GetPrimaryKeyString());

    public async Task<bool> AcknowledgeAsync(Actor actor, string alert)
    {
        if (Head.Find(alert) is not { } known) return false;
        if (known.AcknowledgedAt is null) await CommitAsync(new(actor, Guid.Empty, [new AlertAcknowledged(alert)]));
        else await WhenAllStoredAsync();
        return true;
    }

    public Task<ImmutableArray<Alert>> ListAsync() => Task.FromResult(Stored.Alerts);

    protected override async Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message)
    {
        if (message.Payload is RaiseAlert raise) await _facts.ReadAsync(raise);
    }

    protected override Decision<InboxEvent>? Receive(GrainId sender, OutboxMessage message) => message.Payload switch
    {
        RaiseAlert raise => new(new Actor(raise.By, Role.System), Guid.Empty, [new AlertRaised(ToAlert($"{sender.Key}-{message.Number}", raise))]),
        RaiseNotice notice => new(new Actor(notice.By, Role.System), Guid.Empty, [new AlertRaised(ToAlert($"{sender.Key}-{message.Number}", notice))]),
        SettleAlert settle when Head.Alerts.FirstOrDefault(a => a.Proposal == settle.Proposal && a.AcknowledgedAt is null) is { } alert =>
            new(new Actor(Person, Role.Consultant), Guid.Empty, [new AlertAcknowledged(alert.Id)]),
        _ => null,
    };

    private Alert ToAlert(string id, RaiseAlert raise)
    {
        var proposal = raise.Kind == AlertKind.Proposed ? raise.Engagement.Proposal : null;
        return new Alert
        {
            Id = id.Replace('/', '.'), Kind = raise.Kind, At = Clock.GetUtcNow(), Text = AlertTexts.Of(raise, _facts.For(raise)),
            Network = raise.Network, Week = raise.Week, Engagement = raise.Engagement,
            Proposal = proposal?.Id, Deadline = proposal?.Deadline, Urgent = raise.Urgent,
        };
    }

    /// <summary>The sender's key names a conference and a roster's a network, so that no two are the same.</summary>
    private Alert ToAlert(string id, RaiseNotice notice) => new()
    {
        Id = $"conference.{id}", Kind = notice.Kind, At = Clock.GetUtcNow(), Text = NoticeTexts.Of(notice), Conference = notice.Conference, Session = notice.Lines is [var only] && notice.More == 0 ? only.Session : null,
    };

    private static IEnumerable<Measurement<int>> CountPending()
    {
        var pending = AwakeAuthorities.Of<InboxGrain>().SelectMany(i => i.Stored.Alerts).Where(a => a.AcknowledgedAt is null).ToLookup(a => a.Urgent);
        return [Urgent(true), Urgent(false)];

        Measurement<int> Urgent(bool urgent) => new(pending[urgent].Count(), new KeyValuePair<string, object?>("hub.urgent", urgent));
    }

    protected override bool HasOpenWork(Inbox state) => state.Alerts.Any(IsOpen);

    private static bool IsOpen(Alert alert) => alert.Urgent && alert.AcknowledgedAt is null && alert.Repeats < MostRepeats;

    protected override async Task ReconcileAsync()
    {
        foreach (var due in Head.Alerts.Where(IsDue).ToList())
        {
            var outbox = due.Repeats + 1 == MostRepeats ? await EscalateAsync(due) : [];
            // Another run may have told it again meanwhile.
            if (Head.Find(due.Id) is { AcknowledgedAt: null } alert && alert.Repeats == due.Repeats) await CommitAsync(new(Actor.System, Guid.Empty, [new AlertRepeated(due.Id)]) { Outbox = outbox });
        }
    }

    private bool IsDue(Alert alert) => IsOpen(alert) && alert.At + (RepeatEvery * (alert.Repeats + 1)) <= Clock.GetUtcNow();

    /// <summary>The person has not acknowledged it: the coordinator on duty is told, while something can still be done about the duty.</summary>
    private async Task<ImmutableArray<OutboxMessage>> EscalateAsync(Alert alert)
    {
        if (alert is not { Engagement: { } duty, Network: { } network, Week: { } week } || duty.End <= Clock.GetUtcNow()) return [];
        if (await _facts.OnDutyAsync(network, Clock.GetUtcNow()) is not { } coordinator || coordinator == Person) return [];
        return [new(0, GrainId.Create("inbox", coordinator.Value), new RaiseAlert(AlertKind.NotAcknowledged, network, week, duty, null, Person), duty.Id.Value)];
    }
}
