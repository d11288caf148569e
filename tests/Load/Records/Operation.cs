using ConsultHub.Rostering;

namespace ConsultHub.Load.Records;

/// <summary>The outcome of a command, as its caller knows it.</summary>
internal enum Outcome
{
    Accepted,
    Refused,
    Unanswered,
}

/// <summary>One command, as its caller saw it.</summary>
/// <param name="Attempts">How many times it was given, always under the same id.</param>
/// <param name="Version">The version in the answer, if the command was accepted.</param>
/// <param name="Before">The last known state of the engagement, by <see cref="Arrangement.Of"/>.</param>
/// <param name="After">The state that the command asks for.</param>
/// <param name="Code">The reason, if the command was refused.</param>
internal sealed record Operation(
    Guid Command,
    string Type,
    EngagementId Engagement,
    DateTimeOffset Sent,
    DateTimeOffset Answered,
    int Attempts,
    Outcome Outcome,
    long? Version,
    string Before,
    string After,
    string? Code = null
);

/// <summary>Writes the time, room and consultants of an engagement in one line.</summary>
internal static class Arrangement
{
    public static string Of(Engagement engagement) =>
        FormattableString.Invariant($"{engagement.Start.UtcDateTime:yyyy-MM-ddTHH:mm}/{engagement.End.UtcDateTime:HH:mm} ")
        + FormattableString.Invariant($"{engagement.Room?.Value ?? "-"} {string.Join(',', engagement.Consultants)}");
}
