using Orleans.Runtime;

namespace ConsultHub.Networks;

/// <summary>A grain with facts that rosters use for their decisions: a network, a hospital or a consultant.</summary>
[Alias("hub.IFactOwner")]
public interface IFactOwner : IGrainWithStringKey
{
    /// <summary>
    /// Stores that a roster uses these facts. From then on the roster receives <c>RosterFactsChanged</c> when they change. Repeated calls
    /// do no harm.
    /// </summary>
    /// <returns>The version of the facts.</returns>
    [Alias("Register")]
    Task<long> RegisterAsync(GrainId roster);
}
