using System.Globalization;
using System.Text.RegularExpressions;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// The English sentences of warnings, with {placeholders} for their values. The name of a sentence is its code, with an additional word if
/// the code has several sentences. Names are stable, because clients use them to find the sentence in other languages.
/// </summary>
internal static partial class WarningSentences
{
    /// <summary>How many more warnings of a code there are.</summary>
    public const string More = "import.more";

    /// <summary>The number of places for a warning that is reported once for many places.</summary>
    public const string Places = "import.places";

    public static readonly IReadOnlyDictionary<string, string> English = new Dictionary<string, string>
    {
        ["import.after-midnight"] = "It begins at {time} after midnight and belongs to {date}.",
        ["import.all-day"] = "Entries of whole days last from midnight to midnight.",
        ["import.bad-duration"] = "The duration “{written}” is not understood; the session is kept without a length.",
        ["import.bad-duration.negative"] = "It ends before it begins; it is kept without a length.",
        ["import.bad-line"] = "Lines that are no property were left out.",
        ["import.bad-recurrence"] = "The recurrence is not understood, or too fine; only the first time is kept.",
        ["import.bad-recurrence.exrule"] = "EXRULE has been taken out of the standard and is not followed.",
        ["import.bad-time.date"] = "The date “{written}” is not understood.",
        ["import.bad-time.none"] = "An entry without a start was left out.",
        ["import.bad-time.start"] = "The start “{written}” is not understood; the session is kept without a time.",
        ["import.bad-url"] = "Addresses that do not begin with https or http were left out.",
        ["import.day-differs"] = "The day is dated {date} and begins on {begins} in {zone}; its begin is taken.",
        ["import.day-differs.sessions"] = "Sessions are listed under another day than their time says; the time is taken.",
        ["import.duplicate-guid"] = "“{title}” has the same guid; both are kept.",
        ["import.duplicate-id"] = "“{title}” has the same id; both are kept.",
        ["import.duplicate-room"] = "The room “{room}” is listed twice.",
        ["import.duplicate-room.case"] = "The rooms “{room}” and “{other}” differ in case only; both are kept.",
        ["import.empty-room"] = "The session has no room.",
        ["import.encoding"] = "The file is not UTF-8; it is read as Latin-1.",
        ["import.floating-time"] = "Times without a zone are taken in the calendar's own.",
        ["import.local-start"] = "“start” is local time in {zone} while “date” is written in another offset; they agree.",
        ["import.markup"] = "HTML was taken out of abstracts; their text is kept.",
        ["import.message"] = "Answers and counter-proposals of invited people are no sessions and were left out.",
        ["import.missing-zone"] = "The file names no time zone; {zone} is taken.",
        ["import.no-title"] = "The session has no title.",
        ["import.no-uid"] = "Entries without a UID are found again by their title only.",
        ["import.offset-differs"] = "Dates are written in an offset that is not that of {zone}; their instant is taken.",
        ["import.other-entry"] = "Tasks, journals and free times are no sessions and were left out.",
        ["import.recurrence-cut"] = "The recurrence goes on; {count} times are kept.",
        ["import.recurrence-cut.change"] = "A change of this and all later times is taken for this time only.",
        ["import.room-differs"] = "Sessions name another room than the one they are listed under; the latter is taken.",
        ["import.room-overlap"] = "It begins in “{room}” before “{title}” ends there.",
        ["import.speaker-overlap"] = "{speaker} is still in “{title}” when it begins.",
        ["import.start-differs"] = "“start” says {start}, “date” says {written}; the date is taken.",
        ["import.superseded"] = "Older states of entries were left out.",
        ["import.text-cut"] = "A text of {count} characters was cut to {most}.",
        ["import.text-cut.abstract"] = "An abstract of {count} characters was cut to {most}.",
        ["import.time-out-of-range"] = "The date “{written}” is not between {first} and {last}; the session is kept without a time.",
        ["import.too-many-links"] = "Of {count} links the first {most} are kept.",
        ["import.too-many-speakers"] = "Of {count} speakers the first {most} are kept.",
        ["import.unknown-zone"] = "The time zone “{name}” is not known; {zone} is taken.",
        ["import.unknown-zone.entry"] = "The time zone “{name}” is not known; the calendar's own is taken.",
        ["import.zero-length"] = "The session has no length.",
        [More] = "{count} more of the same are not listed.",
        [Places] = "Places concerned: {places}.",
    };

    public static string CodeOf(string sentence) => sentence.Split('.') is [var group, var code, ..] ? $"{group}.{code}" : sentence;

    public static string Say(string sentence, IEnumerable<(string Name, object? Value)> values) =>
        Place()
            .Replace(
                English[sentence],
                place => string.Create(CultureInfo.InvariantCulture, $"{values.First(v => v.Name == place.Groups[1].Value).Value:N0}")
            );

    [GeneratedRegex(@"\{(\w+)\}")]
    public static partial Regex Place();
}
