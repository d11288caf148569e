using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Records;

/// <summary>A grain with facts that rosters use for their decisions: a network, a hospital or a consultant.</summary>
[Alias("hub.IFactOwner")]
public interface IFactOwner : IGrainWithStringKey
{
    /// <summary>
    /// Stores that a roster uses these facts. From then on the roster receives <see cref="RosterFactsChanged"/> when the facts change.
    /// Repeated calls do no harm.
    /// </summary>
    /// <returns>The version of the facts.</returns>
    [Alias("Register")]
    Task<long> RegisterAsync(GrainId roster);
}

/// <summary>Facts that the roster uses have changed. The roster reads them again and checks its planned engagements.</summary>
/// <param name="Owner">The network, hospital or consultant grain.</param>
[GenerateSerializer, Immutable, Alias("hub.RosterFactsChanged")]
public sealed record RosterFactsChanged([property: Id(0)] GrainId Owner, [property: Id(1)] long Version) : OutboxPayload;
