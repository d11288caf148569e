using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>The sentences for files that are refused.</summary>
public static class FaultSentences
{
    /// <summary>
    /// The name of the value that holds the parser's own message about XML or JSON. The message is in English only and no sentence has a
    /// placeholder for it.
    /// </summary>
    public const string Parser = "parser";

    public static readonly Sentence Booking = new(ConferenceCodes.Booking, ConferenceCodes.Booking.Message!);
    public static readonly Sentence Exists = new(
        ConferenceCodes.Exists,
        "There are {most} conferences of this name; update one of them with ?conferenceId=."
    );
    public static readonly Sentence Dtd = new(
        ImportCodes.Dtd,
        "A document type declaration is not accepted. Entities that it defines are not accepted either."
    );
    public static readonly Sentence InvalidList = new(
        ImportCodes.Invalid,
        "The format needs a list here. The file has this instead: {found}.",
        "list"
    );
    public static readonly Sentence InvalidObject = new(
        ImportCodes.Invalid,
        "The format needs an object here. The file has this instead: {found}.",
        "object"
    );
    public static readonly Sentence InvalidRooms = new(
        ImportCodes.Invalid,
        "The format forbids \"rooms\" in \"schedule\": rooms belong in \"schedule.conference\".",
        "rooms"
    );
    public static readonly Sentence MalformedInside = new(
        ImportCodes.Malformed,
        "This is not a whole calendar: A calendar begins inside another.",
        "inside"
    );
    public static readonly Sentence MalformedJson = new(ImportCodes.Malformed, "This is not well-formed JSON", "json");
    public static readonly Sentence MalformedUnbegun = new(
        ImportCodes.Malformed,
        "This is not a whole calendar: {name} ends here, but it has not begun.",
        "unbegun"
    );
    public static readonly Sentence MalformedUnended = new(
        ImportCodes.Malformed,
        "This is not a whole calendar: {name} begins here, but it does not end.",
        "unended"
    );
    public static readonly Sentence MalformedUnicode = new(ImportCodes.Malformed, "This text is not valid Unicode.", "unicode");
    public static readonly Sentence MalformedXml = new(ImportCodes.Malformed, "This is not well-formed XML", "xml");
    public static readonly Sentence NoSessions = new(ImportCodes.NoSessions, "The file has no sessions.");
    public static readonly Sentence TooDeep = new(ImportCodes.TooDeep, "Elements are nested more than {most} deep.");
    public static readonly Sentence TooDeepParts = new(ImportCodes.TooDeep, "Parts are nested more than {most} deep.", "parts");
    public static readonly Sentence TooLarge = new(ImportCodes.TooLarge, "A file must be smaller than {most} MB.");
    public static readonly Sentence TooManyLines = new(ImportCodes.TooManyLines, "A calendar may have {most} lines at most.");
    public static readonly Sentence TooManyRecurrences = new(
        ImportCodes.TooManyRecurrences,
        "A calendar may have {most} recurrence rules at most."
    );
    public static readonly Sentence TooManyRecurrencesZones = new(
        ImportCodes.TooManyRecurrences,
        "The zones of a calendar may have {most} rules at most.",
        "zones"
    );
    public static readonly Sentence TooManyRooms = new(ImportCodes.TooManyRooms, "A programme may have {most} rooms at most.");
    public static readonly Sentence TooManySessions = new(ImportCodes.TooManySessions, "A programme may have {most} sessions at most.");
    public static readonly Sentence TooManyTracks = new(ImportCodes.TooManyTracks, "A programme may have {most} tracks at most.");
    public static readonly Sentence TooManyZones = new(ImportCodes.TooManyZones, "A calendar may define {most} zones at most.");
    public static readonly Sentence UnknownFormatCalendar = new(
        ImportCodes.UnknownFormat,
        "A calendar begins with BEGIN:VCALENDAR; this file does not.",
        "calendar"
    );
    public static readonly Sentence UnknownFormatConference = new(
        ImportCodes.UnknownFormat,
        "A schedule has a member \"conference\"; this one has none.",
        "conference"
    );
    public static readonly Sentence UnknownFormatJson = new(
        ImportCodes.UnknownFormat,
        "A programme is an object with a member \"schedule\"; this file has none.",
        "json"
    );
    public static readonly Sentence UnknownFormatSessions = new(
        ImportCodes.UnknownFormat,
        "There are no sessions: \"conference\" has no \"days\", and \"schedule\" has no \"events\".",
        "sessions"
    );
    public static readonly Sentence UnknownFormatXml = new(
        ImportCodes.UnknownFormat,
        "A programme begins with <schedule>, but this file begins with <{name}>.",
        "xml"
    );
    public static readonly Sentence UnknownType = new(
        ImportCodes.UnknownType,
        "A programme is sent as application/xml, application/json or text/calendar."
    );
    public static readonly Sentence BadZone = new(
        Code.BadInput("request.bad-parameter"),
        "The time zone is not an IANA zone such as Asia/Dubai.",
        "zone"
    );

    /// <summary>Makes the fault for a sentence.</summary>
    public static ImportFault Fault(Sentence sentence, string? place = null, params (string Name, object? Value)[] values)
    {
        var known = values.ToDictionary(v => v.Name, v => Convert.ToString(v.Value, CultureInfo.InvariantCulture) ?? "");
        var message = sentence.With(name => known[name]);
        return new ImportFault(
            sentence.Code,
            known.TryGetValue(Parser, out var parser) ? $"{message}: {parser}" : message,
            place,
            sentence.Name,
            known
        );
    }
}
