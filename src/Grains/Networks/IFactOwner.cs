using Orleans.Runtime;

namespace ConsultHub.Networks;

/// <summary>A grain whose facts rosters decide on: a network, a hospital, a consultant.</summary>
[Alias("hub.IFactOwner")]
public interface IFactOwner : IGrainWithStringKey
{
    /// <summary>Remembers (stored) that a roster uses these facts, so that it is told of changes by <c>RosterFactsChanged</c>.
    /// Idempotent.</summary>
    /// <returns>The version of the facts.</returns>
    [Alias("Register")]
    Task<long> RegisterAsync(GrainId roster);
}
