using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Research;

/// <summary>Asks an inbox to raise an alert about an initiative.</summary>
/// <param name="Thing">The English name of the milestone, or the title of the task, proposal or meeting.</param>
/// <param name="Due">The due day of a milestone or task.</param>
/// <param name="Outcome">What was decided about a proposal.</param>
/// <param name="Alert">The id of the alert. Null takes an id from the message.</param>
/// <param name="Asker">The initiative, if it needs to know of the acknowledgement. The alert must then be acknowledged.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseResearch")]
public sealed record RaiseResearch(
    [property: Id(0)] AlertKind Kind,
    [property: Id(1)] InitiativeId Initiative,
    [property: Id(2)] NetworkId Network,
    [property: Id(3)] LocalName Title,
    [property: Id(4)] LocalName Thing,
    [property: Id(5)] DateOnly? Due,
    [property: Id(6)] ProposalOutcome? Outcome,
    [property: Id(7)] PersonId By,
    [property: Id(8)] string? Alert = null,
    [property: Id(9)] GrainId? Asker = null
) : OutboxPayload, IAlertMessage
{
    /// <summary>Whether the leads were told of a late milestone and have not acknowledged it.</summary>
    [Id(10)]
    public bool Escalated { get; init; }

    /// <summary>Whether a meeting does not take place.</summary>
    [Id(11)]
    public bool IsCancelled { get; init; }

    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = Alert ?? $"research.{message}",
            Kind = Kind,
            At = at,
            Text = ResearchTexts.Of(this),
            Network = Network,
            Initiative = Initiative,
            Urgent = Kind == AlertKind.MilestoneLate,
            Asker = Asker,
        };
}
