namespace ConsultHub.Web.Accounts;

/// <summary>A person who may be picked from a list to sign in.</summary>
public sealed record Pickable(PersonId Person, LocalName Name, Role Role, IReadOnlyList<string> Specialties);

/// <summary>How people of the demo sign in.</summary>
public interface IDemoAccounts
{
    /// <summary>Whether the demo is on. If so, pages say that this is a demo.</summary>
    bool AreOn { get; }

    /// <summary>Whether this is the password of all demo accounts.</summary>
    bool Matches(string? password);

    /// <summary>People who may be picked without a password on this machine.</summary>
    Task<IReadOnlyList<Pickable>> PickableAsync();
}
