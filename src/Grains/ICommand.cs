namespace ConsultHub;

/// <summary>
/// A person's request to an authority. When a command is read from JSON, it is refused if it has no id or has an unknown member. A misspelt
/// member is therefore never ignored.
/// </summary>
public interface ICommand
{
    /// <summary>Chosen by the client, once for a command and all its retries. The id makes a repeat harmless.</summary>
    Guid CommandId { get; }

    /// <summary>
    /// The version that the person saw of the thing to be changed. The command is refused if the thing has changed since then. Null skips
    /// the check.
    /// </summary>
    long? ExpectedVersion => null;

    /// <summary>The reason for the command, in the person's words.</summary>
    string? Reason => null;
}
