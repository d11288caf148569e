using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>Says whether a person gave a second factor just now, as grave changes demand.</summary>
internal sealed class FreshFactor(AccessBook book, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>
    /// Whether the factor is fresh. People of the demo and people whose roles demand no second factor need none if they have none.
    /// </summary>
    public bool IsFresh(Viewer viewer) =>
        viewer.Ticket.Demo
        || viewer.Account.Demo
        || (viewer.Ticket.FactorAt is null && !book.DemandsFactor(viewer.Account))
        || options.Value.IsRecent(viewer.Ticket.FactorAt, clock.GetUtcNow());
}
