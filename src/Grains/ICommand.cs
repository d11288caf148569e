namespace ConsultHub;

/// <summary>
/// A person's request to an authority. When a command is read from JSON, it is refused if it has no id or has an unknown member. A misspelt
/// member is therefore never ignored.
/// </summary>
public interface ICommand
{
    /// <summary>
    /// The client chooses one id for a command and all its retries. A repeat with the same id is answered and not decided again.
    /// </summary>
    Guid CommandId { get; }

    /// <summary>
    /// The version of the item that the person saw. The command is refused if the item has changed since then. Null skips the check.
    /// </summary>
    long? ExpectedVersion => null;

    /// <summary>The reason for the command, in the person's words.</summary>
    string? Reason => null;
}
