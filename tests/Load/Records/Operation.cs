using ConsultHub.Rostering;

namespace ConsultHub.Load.Records;

/// <summary>How a command ended, as its caller knows.</summary>
internal enum Outcome
{
    Accepted,
    Refused,
    Unanswered,
}

/// <summary>One command, as whoever gave it saw it.</summary>
/// <param name="Attempts">How often it was given, always under the same id.</param>
/// <param name="Version">As answered, where accepted.</param>
/// <param name="Before">The engagement as last known, by <see cref="Arrangement.Of"/>.</param>
/// <param name="After">The engagement as asked for.</param>
/// <param name="Code">Why, where refused.</param>
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

/// <summary>What of an engagement commands change, in one line.</summary>
internal static class Arrangement
{
    public static string Of(Engagement engagement) =>
        FormattableString.Invariant(
            $"{engagement.Start.UtcDateTime:yyyy-MM-ddTHH:mm}/{engagement.End.UtcDateTime:HH:mm} {engagement.Room?.Value ?? "-"} {string.Join(',', engagement.Consultants)}"
        );
}
