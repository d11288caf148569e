using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// The English sentences for files that are refused, with {placeholders} for their values. The names follow the same scheme as in
/// <see cref="WarningSentences"/>. They are stable, because clients use them to find the sentence in other languages.
/// </summary>
public static class FaultSentences
{
    /// <summary>
    /// The name of the value that holds the parser's own message about XML or JSON. The message is in English only and no sentence has a
    /// placeholder for it.
    /// </summary>
    public const string Parser = "parser";

    public static readonly IReadOnlyDictionary<string, string> English = new Dictionary<string, string>
    {
        ["conference.booking"] = "Rosters still book sessions that this file moves; try again in a moment.",
        ["conference.exists"] = "There are {most} conferences of this name; update one of them with ?conferenceId=.",
        ["import.dtd"] = "A document type declaration is not accepted, and so neither are entities of its own.",
        ["import.invalid.list"] = "Here the format has a list, the file {found}.",
        ["import.invalid.object"] = "Here the format has an object, the file {found}.",
        ["import.invalid.rooms"] = "The format forbids \"rooms\" in \"schedule\": rooms belong in \"schedule.conference\".",
        ["import.malformed.inside"] = "This is not a whole calendar: A calendar begins inside another.",
        ["import.malformed.json"] = "This is not well-formed JSON",
        ["import.malformed.unbegun"] = "This is not a whole calendar: Something ends here that has not begun: {name}.",
        ["import.malformed.unended"] = "This is not a whole calendar: The file ends inside of what begins here ({name}).",
        ["import.malformed.unicode"] = "This text is not valid Unicode.",
        ["import.malformed.xml"] = "This is not well-formed XML",
        ["import.no-sessions"] = "The file has no sessions.",
        ["import.too-deep"] = "Elements are nested more than {most} deep.",
        ["import.too-deep.parts"] = "Parts are nested more than {most} deep.",
        ["import.too-large"] = "A file has less than {most} MB.",
        ["import.too-many-lines"] = "A calendar may have {most} lines at most.",
        ["import.too-many-recurrences"] = "A calendar may have {most} recurrence rules at most.",
        ["import.too-many-recurrences.zones"] = "The zones of a calendar may have {most} rules at most.",
        ["import.too-many-rooms"] = "A programme may have {most} rooms at most.",
        ["import.too-many-sessions"] = "A programme may have {most} sessions at most.",
        ["import.too-many-tracks"] = "A programme may have {most} tracks at most.",
        ["import.too-many-zones"] = "A calendar may define {most} zones at most.",
        ["import.unknown-format.calendar"] = "A calendar begins with BEGIN:VCALENDAR; this file does not.",
        ["import.unknown-format.conference"] = "A schedule has a member \"conference\"; this one has none.",
        ["import.unknown-format.json"] = "A programme is an object with a member \"schedule\"; this file has none.",
        ["import.unknown-format.sessions"] = "The conference has neither \"days\" nor the schedule \"events\".",
        ["import.unknown-format.xml"] = "A programme begins with <schedule>, this file with <{name}>.",
        ["import.unknown-type"] = "A programme is sent as application/xml, application/json or text/calendar.",
        ["request.bad-parameter.zone"] = "The time zone is not an IANA zone such as Asia/Dubai.",
    };

    /// <summary>Makes the fault for a sentence.</summary>
    public static ImportFault Fault(string sentence, string? place = null, params (string Name, object? Value)[] values)
    {
        var known = values.ToDictionary(v => v.Name, v => Convert.ToString(v.Value, CultureInfo.InvariantCulture) ?? "");
        var message = WarningSentences.Place().Replace(English[sentence], at => known[at.Groups[1].Value]);
        return new ImportFault(
            WarningSentences.CodeOf(sentence),
            known.TryGetValue(Parser, out var parser) ? $"{message}: {parser}" : message,
            place,
            sentence,
            known
        );
    }
}
