namespace ConsultHub;

/// <summary>
/// Something that a person asks of an authority. JSON refuses a command without an id, and a command with a member that it does not know:
/// a misspelt member is a fault, not an omission.
/// </summary>
public interface ICommand
{
    /// <summary>Chosen by the client, once for a command and all its retries. The id makes a repeat harmless.</summary>
    Guid CommandId { get; }

    /// <summary>
    /// The version of the thing that the person saw. The command is refused when it has changed since. Null skips the check.
    /// </summary>
    long? ExpectedVersion => null;

    /// <summary>Why, in the person's words.</summary>
    string? Reason => null;
}
