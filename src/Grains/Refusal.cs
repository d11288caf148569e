using System.Collections.Immutable;
using ConsultHub.Rostering;

namespace ConsultHub;

/// <summary>Why something is refused. The web has one HTTP status for each kind.</summary>
public enum RefusalKind
{
    /// <summary>There is no such thing.</summary>
    Unknown,
    NotSignedIn,
    NotAllowed,
    BadInput,

    /// <summary>A file that is not what its type says, or that has too much of something.</summary>
    Unreadable,
    UnsupportedType,
    NoSuchMethod,
    TooLarge,
    TooMany,

    /// <summary>The state of things does not allow it.</summary>
    Conflict,

    /// <summary>It is possible again in a moment.</summary>
    Unavailable,

    /// <summary>A fault of the hub.</summary>
    Fault,
}

/// <summary>
/// Why nothing was done. Grains keep their own reply types, because silos and web nodes of two releases exchange them during a rolling
/// restart. Each of these replies tells its refusal in this one shape, which is never sent or stored.
/// </summary>
/// <param name="Message">An English sentence.</param>
public sealed record Refusal(Code Code, string Message)
{
    public RefusalKind Kind => Code.Kind ?? RefusalKind.Conflict;

    /// <summary>Everything that stands against a command. Default if the command has no findings.</summary>
    public ImmutableArray<Finding> Findings { get; init; }

    /// <summary>What the command is about, as it is now.</summary>
    public object? Current { get; init; }

    /// <summary>A JSON path, a parameter's name, or a line of a file.</summary>
    public string? Place { get; init; }

    /// <summary>Returns the refusal for a code that a grain has answered. Null if the code is null.</summary>
    public static Refusal? Of(string? code, string? message = null) =>
        code is null ? null
        : Codes.Of(code) is var known ? new(known, message ?? known.Message ?? code)
        : null;
}
