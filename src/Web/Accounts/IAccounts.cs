namespace ConsultHub.Web.Accounts;

/// <summary>A person who may be picked from a list to sign in.</summary>
public sealed record Pickable(PersonId Person, LocalName Name, Role Role, IReadOnlyList<string> Specialties);

/// <summary>Who may sign in at this installation.</summary>
public interface IAccounts
{
    /// <summary>Whether the accounts are the demo's. If so, pages say that this is a demo.</summary>
    bool AreDemo { get; }

    /// <returns>Null when the name or the password is wrong.</returns>
    Task<Viewer?> SignInAsync(string? userName, string? password);

    /// <summary>
    /// Returns what the log shows for a user name that somebody typed: the name if there is such an account, otherwise <c>unknown</c>.
    /// People may type a password there by mistake, so other text is never logged.
    /// </summary>
    string AccountOf(string? userName);

    /// <summary>People who may be picked without a password on this machine. Null when there is no such list.</summary>
    Task<IReadOnlyList<Pickable>?> PickableAsync();

    /// <summary>Signs in a person of the list that <see cref="PickableAsync"/> returns. Null when the person is not in this list.</summary>
    Task<Viewer?> PickAsync(PersonId person);

    /// <summary>Whether a viewer runs this installation.</summary>
    bool Operates(Viewer viewer);
}
