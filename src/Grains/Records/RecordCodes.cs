namespace ConsultHub.Records;

/// <summary>The codes of refusals about records that people enter.</summary>
[CodesOf<Refusal>]
public static class RecordCodes
{
    public static readonly Code Affects = Code.Conflict(
        "record.affects",
        "Planned engagements would break a rule. Give a reason to store the change nevertheless."
    );
    public static readonly Code BadId = Code.BadInput(
        "record.bad-id",
        "An id has 1 to 80 characters: lower-case letters, digits, dot, dash and underscore. It starts with a letter or a digit."
    );
    public static readonly Code BadValue = Code.BadInput("record.bad-value", "This value cannot be read.");
    public static readonly Code Changed = Code.Changed("record.changed", "Somebody else has changed this meanwhile.");
    public static readonly Code ConditionMissing = Code.ConditionMissing(
        "record.condition-missing",
        "The record exists. Send If-Match with the tag that you have read, or * to replace whatever is there."
    );
    public static readonly Code EndBeforeStart = Code.BadInput("record.end-before-start");
    public static readonly Code InUse = Code.Conflict("record.in-use", "This is in use, so it can be ended but not removed.");
    public static readonly Code NoOpenHour = Code.BadInput("calendar.no-open-hour", "At least one day of the week needs an open hour.");
    public static readonly Code NoOffset = Code.BadInput("request.no-offset");
    public static readonly Code OtherId = Code.BadInput("record.other-id", "The id in the body is not the id in the address.");
    public static readonly Code OutOfRange = Code.BadInput("record.out-of-range");
    public static readonly Code Required = Code.BadInput("record.required", "This field is needed.");
    public static readonly Code TooLong = Code.BadInput("record.too-long");
    public static readonly Code TooMany = Code.Conflict("record.too-many");
    public static readonly Code Twice = Code.Conflict("record.twice");
    public static readonly Code Unknown = Code.Unknown("record.unknown", "There is no such record.");
    public static readonly Code UnknownChoice = Code.BadInput("record.unknown-choice");
    public static readonly Code UnknownField = Code.BadInput("record.unknown-field", "There is no such field.");
    public static readonly Code UnknownReference = Code.BadInput("record.unknown-reference");
    public static readonly Code UnknownTable = Code.Unknown("record.unknown-table", "There is no such table.");
    public static readonly Code UnknownZone = Code.BadInput("record.unknown-zone");
    public static readonly Code VisitOverlap = Code.Conflict("visit.overlap");
}
