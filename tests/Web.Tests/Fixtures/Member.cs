using ConsultHub.Accounts;

namespace ConsultHub.Tests.Fixtures;

/// <summary>A person with one role, who signs in to a hub without the demo. See <see cref="InProcessHub.CookieOf"/>.</summary>
/// <param name="Network">Null if the role is not about a network.</param>
public sealed record Member(PersonId Person, Role Role, NetworkId? Network)
{
    /// <summary>What the role is limited to.</summary>
    public GrantScope Scope { get; init; } = new() { Network = Network };

    public Actor Actor => new(Person, Role);
}
