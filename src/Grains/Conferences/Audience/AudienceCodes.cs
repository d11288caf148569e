namespace ConsultHub.Conferences.Audience;

/// <summary>The codes of refusals about places, check-in, feedback and favourites.</summary>
[CodesOf<Refusal>]
public static class AudienceCodes
{
    public static readonly Code BadCapacity = Code.BadInput("session.bad-capacity");
    public static readonly Code BadFeedback = Code.BadInput("feedback.bad");
    public static readonly Code CheckInFull = Code.Conflict("checkin.full");
    public static readonly Code CheckInTooEarly = Code.Conflict("checkin.too-early");
    public static readonly Code CheckedInAgain = Code.Remark("checkin.again");
    public static readonly Code FeedbackNotThere = Code.Conflict("feedback.not-there");
    public static readonly Code FeedbackTooEarly = Code.Conflict("feedback.too-early");
    public static readonly Code PlaceUsed = Code.Conflict("place.used");
    public static readonly Code SessionCancelled = Code.Conflict("session.cancelled");
    public static readonly Code SessionOver = Code.Conflict("session.over");
    public static readonly Code TooManyFavourites = Code.Conflict("favourites.too-many", "There are too many favourites already.");
    public static readonly Code UnknownTicket = Code.Unknown("checkin.unknown");
}
