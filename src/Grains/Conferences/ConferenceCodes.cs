namespace ConsultHub.Conferences;

/// <summary>The codes of refusals about a whole conference.</summary>
[CodesOf<Refusal>]
public static class ConferenceCodes
{
    public static readonly Code Booking = Code.Conflict(
        "conference.booking",
        "Rosters are still booking sessions that this file moves; try again in a moment."
    );
    public static readonly Code Exists = Code.Conflict("conference.exists");
    public static readonly Code Unknown = Code.Unknown("conference.unknown");

    public static Refusal NoSuch(ConferenceId conference) => new(Unknown, $"There is no conference {conference}.");
}
