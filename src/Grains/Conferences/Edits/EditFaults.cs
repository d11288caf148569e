using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ConsultHub.Conferences.Import;
using ConsultHub.Conferences.Releases;
using ConsultHub.Hospitals;
using ConsultHub.Records;

namespace ConsultHub.Conferences.Edits;

/// <summary>Cleans what people typed, and finds its faults. A fault names the member. Pure.</summary>
internal static partial class EditFaults
{
    public const int MostRooms = 500;

    private const int MostTracks = 500,
        LongestReason = 500;

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LanguageTag();

    /// <summary>Returns the text without control characters. Optional texts that are empty become null.</summary>
    public static ConferenceText Clean(ConferenceText text) =>
        text with
        {
            Title = PlainText.Line(text.Title) ?? "",
            TitleAr = PlainText.Line(text.TitleAr),
            TitleKo = PlainText.Line(text.TitleKo),
            Subtitle = PlainText.Line(text.Subtitle),
            Rooms = [.. OrNone(text.Rooms).Select(r => r with { Name = PlainText.Line(r.Name) ?? "" })],
            Tracks = [.. OrNone(text.Tracks).Select(t => PlainText.Line(t) ?? "")],
        };

    /// <inheritdoc cref="Clean(ConferenceText)"/>
    public static SessionText Clean(SessionText text) =>
        text with
        {
            Title = PlainText.Line(text.Title) ?? "",
            TitleAr = PlainText.Line(text.TitleAr),
            TitleKo = PlainText.Line(text.TitleKo),
            Subtitle = PlainText.Line(text.Subtitle),
            Abstract = string.IsNullOrWhiteSpace(text.Abstract) ? null : PlainText.Printable(text.Abstract.ReplaceLineEndings("\n")).Trim(),
            Start = text.Start?.ToUniversalTime(),
            Room = PlainText.Line(text.Room) ?? "",
            Track = PlainText.Line(text.Track),
            Kind = PlainText.Line(text.Kind),
            Language = PlainText.Line(text.Language),
            Speakers = [.. OrNone(text.Speakers).Select(s => s with { Name = PlainText.Line(s.Name) ?? "" })],
        };

    /// <summary>Returns the first fault of a conference, or null.</summary>
    /// <param name="before">The conference before the edit. Links that it has already are not checked again.</param>
    /// <param name="hospitals">The hospitals that the rooms name and that exist.</param>
    public static Refusal? Of(ConferenceText text, Conference? before, ImmutableDictionary<HospitalId, Hospital> hospitals)
    {
        if ((Title(text.Title, text.TitleAr, text.TitleKo) ?? TooLong(text.Subtitle, DraftRules.LongestTitle, "$.subtitle")) is { } title)
            return title;
        if (!(TimeZoneInfo.TryFindSystemTimeZoneById(text.TimeZone ?? "", out var zone) && zone.HasIanaId))
            return At(RecordCodes.UnknownZone, "$.timeZone", "There is no such IANA time zone.");
        if (text.FirstDay is { Year: < 1970 or > 2200 })
            return At(RecordCodes.OutOfRange, "$.firstDay", "A conference lies between 1970 and 2200.");
        if (text.LastDay is { Year: < 1970 or > 2200 })
            return At(RecordCodes.OutOfRange, "$.lastDay", "A conference lies between 1970 and 2200.");
        if (text.LastDay < text.FirstDay)
            return At(RecordCodes.EndBeforeStart, "$.lastDay", "The last day is before the first day.");
        return Rooms(text, before, hospitals) ?? Tracks(text);
    }

    /// <summary>Returns the first fault of a session, or null.</summary>
    /// <param name="unknown">Consultants that the session names and that do not exist.</param>
    public static Refusal? Of(SessionText text, Conference header, ConferenceSession? before, ImmutableHashSet<PersonId> unknown)
    {
        if (Title(text.Title, text.TitleAr, text.TitleKo) is { } title)
            return title;
        (string? Text, int Most, string Place)[] texts =
        [
            (text.Subtitle, DraftRules.LongestTitle, "$.subtitle"),
            (text.Abstract, DraftRules.LongestText, "$.abstract"),
            (text.Track, DraftRules.LongestName, "$.track"),
            (text.Kind, DraftRules.LongestName, "$.kind"),
        ];
        foreach (var (part, most, place) in texts)
            if (TooLong(part, most, place) is { } tooLong)
                return tooLong;
        if (text.Language is { } language && !LanguageTag().IsMatch(language))
            return At(RecordCodes.BadValue, "$.language", "A language is a tag such as en, ar or ko (BCP 47).");
        if (text.Start is { Year: < 1970 or > 2200 })
            return At(SessionCodes.BadTime, "$.start", "A session lies between 1970 and 2200.");
        if (text.Duration < TimeSpan.Zero || text.Duration > DraftRules.LongestSession)
            return At(SessionCodes.BadTime, "$.duration", "A session has a length of 0 to 31 days, in minutes.");
        // A roster can have moved the session to a room that the conference does not list.
        if (text.Room.Length > 0 && text.Room != before?.Room && header.Rooms.All(r => r.Name != text.Room))
            return At(SessionCodes.UnknownRoom, "$.room");
        return Speakers(text, before, unknown);
    }

    public static Refusal? OfReason(string? reason) =>
        reason?.Length > LongestReason ? At(RecordCodes.TooLong, "X-Reason", $"A reason has at most {LongestReason} characters.") : null;

    private static Refusal? Title(string title, string? ar, string? ko) =>
        title.Length == 0
            ? At(RecordCodes.Required, "$.title")
            : TooLong(title, DraftRules.LongestTitle, "$.title")
                ?? TooLong(ar, DraftRules.LongestTitle, "$.titleAr")
                ?? TooLong(ko, DraftRules.LongestTitle, "$.titleKo");

    private static Refusal? Rooms(ConferenceText text, Conference? before, ImmutableDictionary<HospitalId, Hospital> hospitals)
    {
        if (text.Rooms.Length > MostRooms)
            return At(RecordCodes.TooMany, "$.rooms", $"A conference has at most {MostRooms} rooms.");
        for (var i = 0; i < text.Rooms.Length; i++)
        {
            var room = text.Rooms[i];
            var place = $"$.rooms[{i}]";
            if (room.Name.Length == 0)
                return At(RecordCodes.Required, $"{place}.name");
            if (TooLong(room.Name, DraftRules.LongestName, $"{place}.name") is { } tooLong)
                return tooLong;
            if (text.Rooms.Take(i).Any(r => r.Name == room.Name))
                return At(RecordCodes.Twice, $"{place}.name", "Two rooms have the same name.");
            if (room.Hospital is null != room.Room is null)
                return At(RecordCodes.Required, room.Room is null ? $"{place}.room" : $"{place}.hospital");
            if (room is not { Hospital: { } hospital, Room: { } linked })
                continue;
            if (text.Rooms.Take(i).Any(r => r.Hospital == hospital && r.Room == linked))
                return At(RecordCodes.Twice, $"{place}.room", "Two rooms are linked to the same room of a hospital.");
            if (before?.Rooms.Any(r => r.Hospital == hospital && r.Room == linked) == true)
                continue;
            if (!hospitals.TryGetValue(hospital, out var known) || known.Network != (before?.Network ?? text.Network))
                return At(RecordCodes.UnknownReference, $"{place}.hospital", "The network has no such hospital.");
            if (known.Rooms.All(r => r.Id != linked))
                return At(RecordCodes.UnknownReference, $"{place}.room", "The hospital has no such room.");
        }
        return null;
    }

    private static Refusal? Tracks(ConferenceText text)
    {
        if (text.Tracks.Length > MostTracks)
            return At(RecordCodes.TooMany, "$.tracks", $"A conference has at most {MostTracks} tracks.");
        for (var i = 0; i < text.Tracks.Length; i++)
        {
            if (text.Tracks[i].Length == 0)
                return At(RecordCodes.Required, $"$.tracks[{i}]");
            if (TooLong(text.Tracks[i], DraftRules.LongestName, $"$.tracks[{i}]") is { } tooLong)
                return tooLong;
            if (text.Tracks.Take(i).Contains(text.Tracks[i]))
                return At(RecordCodes.Twice, $"$.tracks[{i}]", "Two tracks have the same name.");
        }
        return null;
    }

    private static Refusal? Speakers(SessionText text, ConferenceSession? before, ImmutableHashSet<PersonId> unknown)
    {
        if (text.Speakers.Length > DraftRules.MostSpeakers)
            return At(RecordCodes.TooMany, "$.speakers", $"A session has at most {DraftRules.MostSpeakers} speakers.");
        for (var i = 0; i < text.Speakers.Length; i++)
        {
            var (speaker, place) = (text.Speakers[i], $"$.speakers[{i}]");
            if (speaker.Name.Length == 0)
                return At(RecordCodes.Required, $"{place}.name");
            if (
                (
                    TooLong(speaker.Name, DraftRules.LongestName, $"{place}.name")
                    ?? TooLong(speaker.SourceId, DraftRules.LongestName, $"{place}.sourceId")
                ) is
                { } tooLong
            )
                return tooLong;
            if (speaker.Consultant is not { } consultant)
                continue;
            if (text.Speakers.Take(i).Any(s => s.Consultant == consultant))
                return At(RecordCodes.Twice, $"{place}.consultant", "The consultant is named twice.");
            if (unknown.Contains(consultant) && before?.Speakers.Any(s => s.Consultant == consultant) != true)
                return At(RecordCodes.UnknownReference, $"{place}.consultant", "There is no such consultant.");
        }
        return null;
    }

    private static Refusal? TooLong(string? text, int most, string place) =>
        text?.Length > most ? At(RecordCodes.TooLong, place, $"At most {most} characters.") : null;

    private static Refusal At(Code code, string place, string? message = null) =>
        new(code, message ?? code.Message ?? code.Name) { Place = place };

    private static ImmutableArray<T> OrNone<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}
