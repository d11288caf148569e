using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>The sentences of warnings.</summary>
[CodesOf<ImportWarning>(nameof(ImportWarning.Sentence))]
internal static class WarningSentences
{
    public static readonly Sentence AfterMidnight = new(
        WarningCodes.AfterMidnight,
        "The session begins at {time}, after midnight, and belongs to {date}."
    );
    public static readonly Sentence AllDay = new(WarningCodes.AllDay, "Entries of whole days last from midnight to midnight.");
    public static readonly Sentence BadDuration = new(
        WarningCodes.BadDuration,
        "The duration “{written}” is not understood; the session is kept without a length."
    );
    public static readonly Sentence BadDurationNegative = new(
        WarningCodes.BadDuration,
        "The session ends before it begins; it is kept without a length.",
        "negative"
    );
    public static readonly Sentence BadLine = new(WarningCodes.BadLine, "Lines that are not properties were left out.");
    public static readonly Sentence BadRecurrence = new(
        WarningCodes.BadRecurrence,
        "The recurrence is not understood or has too many times in a day; only the first time is kept."
    );
    public static readonly Sentence BadRecurrenceExrule = new(
        WarningCodes.BadRecurrence,
        "EXRULE is no longer in the standard and is ignored.",
        "exrule"
    );
    public static readonly Sentence BadTimeDate = new(WarningCodes.BadTime, "The date “{written}” is not understood.", "date");
    public static readonly Sentence BadTimeNone = new(WarningCodes.BadTime, "An entry without a start was left out.", "none");
    public static readonly Sentence BadTimeStart = new(
        WarningCodes.BadTime,
        "The start “{written}” is not understood; the session is kept without a time.",
        "start"
    );
    public static readonly Sentence BadUrl = new(WarningCodes.BadUrl, "Addresses that do not begin with https or http were left out.");
    public static readonly Sentence DayDiffers = new(
        WarningCodes.DayDiffers,
        "The day has the date {date} but starts on {begins} in {zone}; the start is used."
    );
    public static readonly Sentence DayDiffersSessions = new(
        WarningCodes.DayDiffers,
        "Sessions are listed under a day that does not agree with their time; the time is used.",
        "sessions"
    );
    public static readonly Sentence DuplicateGuid = new(
        WarningCodes.DuplicateGuid,
        "“{title}” has the same guid as this session; both sessions are kept."
    );
    public static readonly Sentence DuplicateId = new(
        WarningCodes.DuplicateId,
        "“{title}” has the same id as this session; both sessions are kept."
    );
    public static readonly Sentence DuplicateRoom = new(WarningCodes.DuplicateRoom, "The room “{room}” is listed twice.");
    public static readonly Sentence DuplicateRoomCase = new(
        WarningCodes.DuplicateRoom,
        "The rooms “{room}” and “{other}” differ in case only; both are kept.",
        "case"
    );
    public static readonly Sentence EmptyRoom = new(WarningCodes.EmptyRoom, "The session has no room.");
    public static readonly Sentence Encoding = new(WarningCodes.Encoding, "The file is not UTF-8; it is read as Latin-1.");
    public static readonly Sentence FloatingTime = new(
        WarningCodes.FloatingTime,
        "Times without a zone are read in the calendar's own zone."
    );
    public static readonly Sentence LocalStart = new(
        WarningCodes.LocalStart,
        "“start” is the local time in {zone}, and “date” has another offset; both mean the same time."
    );
    public static readonly Sentence Markup = new(WarningCodes.Markup, "HTML was taken out of abstracts; their text is kept.");
    public static readonly Sentence Message = new(
        WarningCodes.Message,
        "Answers and counter-proposals of invited people are not sessions and were left out."
    );
    public static readonly Sentence MissingZone = new(WarningCodes.MissingZone, "The file names no time zone; {zone} is used.");
    public static readonly Sentence NoTitle = new(WarningCodes.NoTitle, "The session has no title.");
    public static readonly Sentence NoUid = new(WarningCodes.NoUid, "A later import finds entries without a UID only by their title.");
    public static readonly Sentence OffsetDiffers = new(
        WarningCodes.OffsetDiffers,
        "Dates have an offset that {zone} does not have on that day; the dates are used with their own offset."
    );
    public static readonly Sentence OtherEntry = new(
        WarningCodes.OtherEntry,
        "Tasks, journals and free times are not sessions and were left out."
    );
    public static readonly Sentence RecurrenceCut = new(
        WarningCodes.RecurrenceCut,
        "The recurrence has more times; only the first {count} are kept."
    );
    public static readonly Sentence RecurrenceCutChange = new(
        WarningCodes.RecurrenceCut,
        "A change of this time and all later times is used for this time only.",
        "change"
    );
    public static readonly Sentence RoomDiffers = new(
        WarningCodes.RoomDiffers,
        "Sessions are listed under one room and name another room; the room of the list is used."
    );
    public static readonly Sentence RoomOverlap = new(
        WarningCodes.RoomOverlap,
        "The session begins in “{room}” before “{title}” ends there."
    );
    public static readonly Sentence SpeakerOverlap = new(
        WarningCodes.SpeakerOverlap,
        "{speaker} is still in “{title}” when this session begins."
    );
    public static readonly Sentence StartDiffers = new(
        WarningCodes.StartDiffers,
        "“start” is {start}, but “date” is {written}; “date” is used."
    );
    public static readonly Sentence Superseded = new(WarningCodes.Superseded, "Older states of entries were left out.");
    public static readonly Sentence TextCut = new(WarningCodes.TextCut, "A text of {count} characters was cut to {most}.");
    public static readonly Sentence TextCutAbstract = new(
        WarningCodes.TextCut,
        "An abstract of {count} characters was cut to {most}.",
        "abstract"
    );
    public static readonly Sentence TimeOutOfRange = new(
        WarningCodes.TimeOutOfRange,
        "The date “{written}” is not between {first} and {last}; the session is kept without a time."
    );
    public static readonly Sentence TooManyLinks = new(WarningCodes.TooManyLinks, "Of {count} links the first {most} are kept.");
    public static readonly Sentence TooManySpeakers = new(WarningCodes.TooManySpeakers, "Of {count} speakers the first {most} are kept.");
    public static readonly Sentence UnknownZone = new(WarningCodes.UnknownZone, "The time zone “{name}” is not known; {zone} is used.");
    public static readonly Sentence UnknownZoneEntry = new(
        WarningCodes.UnknownZone,
        "The time zone “{name}” is not known; the calendar's own zone is used.",
        "entry"
    );
    public static readonly Sentence ZeroLength = new(WarningCodes.ZeroLength, "The session has no length.");

    /// <summary>The sentence for the number of warnings of a code that are not listed.</summary>
    public static readonly Sentence More = new(Code.Remark("import.more"), "{count} more of the same are not listed.");

    /// <summary>The additional sentence of a warning that is reported once for many places.</summary>
    public static readonly Sentence Places = new(Code.Remark("import.places"), "Places concerned: {places}.");

    /// <summary>Returns the sentence with its values. Numbers have thousands separators.</summary>
    public static string Say(Sentence sentence, IEnumerable<(string Name, object? Value)> values) =>
        sentence.With(name => string.Create(CultureInfo.InvariantCulture, $"{values.First(v => v.Name == name).Value:N0}"));
}
