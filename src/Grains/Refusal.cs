using System.Collections.Immutable;
using ConsultHub.Rostering;

namespace ConsultHub;

/// <summary>The kind of reason for a refusal. The web has one HTTP status for each kind.</summary>
public enum RefusalKind
{
    /// <summary>There is no such thing.</summary>
    Unknown,
    NotSignedIn,
    NotAllowed,
    BadInput,

    /// <summary>A file cannot be used, for example because its content is not what its type says, or because it exceeds a limit.</summary>
    Unreadable,
    UnsupportedType,
    NoSuchMethod,
    TooLarge,
    TooMany,

    /// <summary>The current state does not allow the request.</summary>
    Conflict,

    /// <summary>The request is not possible at the moment. The caller may soon try again.</summary>
    Unavailable,

    /// <summary>A fault of the hub.</summary>
    Fault,

    /// <summary>Somebody else has changed the thing since the caller read it.</summary>
    Changed,

    /// <summary>The request does not say which state of the thing it is about.</summary>
    ConditionMissing,
}

/// <summary>
/// The reason why a request was refused. Each grain has reply types of its own, because silos and web nodes of two releases exchange these
/// types during a rolling restart. Each such reply can return its refusal as this common type, which is never sent or stored.
/// </summary>
/// <param name="Message">An English sentence.</param>
public sealed record Refusal(Code Code, string Message)
{
    public RefusalKind Kind => Code.Kind ?? RefusalKind.Conflict;

    /// <summary>All findings against a command. The array is <c>default</c> if there are none.</summary>
    public ImmutableArray<Finding> Findings { get; init; }

    /// <summary>The current state of the thing that the command should change.</summary>
    public object? Current { get; init; }

    /// <summary>The place of the fault: a JSON path, a parameter's name, or a line of a file.</summary>
    public string? Place { get; init; }

    /// <summary>Returns the refusal for a code that a grain has answered. Null if the code is null.</summary>
    public static Refusal? Of(string? code, string? message = null) =>
        code is null ? null
        : Codes.Of(code) is var known ? new(known, message ?? known.Message ?? code)
        : null;
}
