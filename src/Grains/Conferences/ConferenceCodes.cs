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
    public static readonly Code OtherNetwork = Code.Conflict("conference.other-network", "A conference stays in its network.");
    public static readonly Code ReasonMissing = Code.Conflict(
        "conference.reason-missing",
        "People are told of this or bookings are cancelled. Give a reason."
    );
    public static readonly Code Unknown = Code.Unknown("conference.unknown");
    public static readonly Code Withdrawn = Code.Conflict(
        "conference.withdrawn",
        "The conference is withdrawn. Let it take place again first."
    );

    public static Refusal NoSuch(ConferenceId conference) => new(Unknown, $"There is no conference {conference}.");
}
