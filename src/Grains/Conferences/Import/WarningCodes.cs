namespace ConsultHub.Conferences.Import;

/// <summary>The codes of warnings about odd content in a file.</summary>
[CodesOf<ImportWarning>]
public static class WarningCodes
{
    public static readonly Code AfterMidnight = Code.Remark("import.after-midnight");
    public static readonly Code AllDay = Code.Remark("import.all-day");
    public static readonly Code BadDuration = Code.Remark("import.bad-duration");
    public static readonly Code BadLine = Code.Remark("import.bad-line");
    public static readonly Code BadRecurrence = Code.Remark("import.bad-recurrence");
    public static readonly Code BadTime = Code.Remark("import.bad-time");
    public static readonly Code BadUrl = Code.Remark("import.bad-url");
    public static readonly Code DayDiffers = Code.Remark("import.day-differs");
    public static readonly Code DuplicateGuid = Code.Remark("import.duplicate-guid");
    public static readonly Code DuplicateId = Code.Remark("import.duplicate-id");
    public static readonly Code DuplicateRoom = Code.Remark("import.duplicate-room");
    public static readonly Code EmptyRoom = Code.Remark("import.empty-room");
    public static readonly Code Encoding = Code.Remark("import.encoding");
    public static readonly Code FloatingTime = Code.Remark("import.floating-time");
    public static readonly Code LocalStart = Code.Remark("import.local-start");
    public static readonly Code Markup = Code.Remark("import.markup");
    public static readonly Code Message = Code.Remark("import.message");
    public static readonly Code MissingZone = Code.Remark("import.missing-zone");
    public static readonly Code NoTitle = Code.Remark("import.no-title");
    public static readonly Code NoUid = Code.Remark("import.no-uid");
    public static readonly Code OffsetDiffers = Code.Remark("import.offset-differs");
    public static readonly Code OtherEntry = Code.Remark("import.other-entry");
    public static readonly Code RecurrenceCut = Code.Remark("import.recurrence-cut");
    public static readonly Code RoomDiffers = Code.Remark("import.room-differs");
    public static readonly Code RoomOverlap = Code.Remark("import.room-overlap");
    public static readonly Code SpeakerOverlap = Code.Remark("import.speaker-overlap");
    public static readonly Code StartDiffers = Code.Remark("import.start-differs");
    public static readonly Code Superseded = Code.Remark("import.superseded");
    public static readonly Code TextCut = Code.Remark("import.text-cut");
    public static readonly Code TimeOutOfRange = Code.Remark("import.time-out-of-range");
    public static readonly Code TooManyLinks = Code.Remark("import.too-many-links");
    public static readonly Code TooManySpeakers = Code.Remark("import.too-many-speakers");
    public static readonly Code UnknownZone = Code.Remark("import.unknown-zone");
    public static readonly Code ZeroLength = Code.Remark("import.zero-length");
}
