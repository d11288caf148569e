using System.Globalization;
using System.Text.Json;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// Reads voc/schedule JSON. Version 1 lists events in <c>schedule.conference.days[].rooms</c>, and version 2 in <c>schedule.events</c>.
/// </summary>
internal sealed class ScheduleJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ProgrammeReader.MostDepth };

    private readonly SourceProgramme _programme = new();
    private readonly Dictionary<string, string> _trackNames = [];

    public static SourceProgramme Read(Stream file)
    {
        using var document = JsonDocument.Parse(file, Options);
        return Guarded(() => new ScheduleJson().Read(document.RootElement), "$.schedule");
    }

    private SourceProgramme Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schedule", out var schedule))
            throw new ImportFaultException(FaultSentences.UnknownFormatJson, "$");
        Expect(schedule, JsonValueKind.Object, "$.schedule");
        if (!schedule.TryGetProperty("conference", out var conference))
            throw new ImportFaultException(FaultSentences.UnknownFormatConference, "$.schedule");
        Expect(conference, JsonValueKind.Object, "$.schedule.conference");
        _programme.BaseUrl = Text(schedule, "base_url", "$.schedule");
        ReadConference(conference);
        if (schedule.TryGetProperty("events", out var events))
            ReadVersion2(conference, events);
        else
            ReadVersion1(schedule, conference);
        return _programme;
    }

    private void ReadConference(JsonElement conference)
    {
        const string at = "$.schedule.conference";
        _programme.Acronym = Text(conference, "acronym", at);
        _programme.Title = Text(conference, "title", at);
        _programme.Subtitle = Text(conference, "subtitle", at);
        _programme.Start = Text(conference, "start", at);
        _programme.End = Text(conference, "end", at);
        _programme.Zone = Text(conference, "time_zone_name", at);
        HashSet<string> rooms = [];
        foreach (var (room, place) in Items(conference, "rooms", at))
            if (Name(room, place) is { } name)
                _programme.AddRoom(name, place, repeated: !rooms.Add(name));
        foreach (var (track, place) in Items(conference, "tracks", at))
        {
            if (Name(track, place) is not { } name)
                continue;
            _programme.AddTrack(name, place);
            if (track.ValueKind == JsonValueKind.Object && Text(track, "slug", place) is { } slug)
                _trackNames.TryAdd(slug, name);
        }
    }

    private void ReadVersion1(JsonElement schedule, JsonElement conference)
    {
        if (schedule.TryGetProperty("rooms", out _))
            throw new ImportFaultException(FaultSentences.InvalidRooms, "$.schedule.rooms");
        if (!conference.TryGetProperty("days", out _))
            throw new ImportFaultException(FaultSentences.UnknownFormatSessions, "$.schedule.conference");
        foreach (var (element, at) in Items(conference, "days", "$.schedule.conference"))
        {
            Expect(element, JsonValueKind.Object, at);
            var day = ReadDay(element, at, "day_start", "day_end");
            if (!element.TryGetProperty("rooms", out var rooms))
                continue;
            Expect(rooms, JsonValueKind.Object, at + ".rooms");
            HashSet<string> names = [];
            foreach (var room in rooms.EnumerateObject())
            {
                var name = Guarded(() => room.Name, at + ".rooms");
                var place = $"{at}.rooms['{PlainText.Line(name)}']";
                Expect(room.Value, JsonValueKind.Array, place);
                _programme.AddRoom(name, place, repeated: !names.Add(name));
                var index = 0;
                foreach (var item in room.Value.EnumerateArray())
                    ReadEvent(item, $"{place}[{index++}]", day, name);
            }
        }
    }

    private void ReadVersion2(JsonElement conference, JsonElement events)
    {
        Expect(events, JsonValueKind.Array, "$.schedule.events");
        foreach (var (day, at) in Items(conference, "days", "$.schedule.conference"))
        {
            Expect(day, JsonValueKind.Object, at);
            ReadDay(day, at, "start", "end");
        }
        var index = 0;
        foreach (var item in events.EnumerateArray())
            ReadEvent(item, $"$.schedule.events[{index++}]", null, null);
    }

    private SourceDay ReadDay(JsonElement day, string at, string start, string end)
    {
        var read = new SourceDay(Text(day, "date", at), Text(day, start, at), Text(day, end, at), at);
        _programme.Days.Add(read);
        return read;
    }

    private void ReadEvent(JsonElement item, string at, SourceDay? day, string? listedRoom)
    {
        Expect(item, JsonValueKind.Object, at);
        var start = Text(item, "start", at);
        // Version 2 writes the whole instant as "start".
        var date = Text(item, "date", at) ?? (start?.Contains('T') == true ? start : null);
        List<(string?, string?)> persons = [];
        foreach (var list in (string[])["persons", "participants"])
        foreach (var (person, place) in Items(item, list, at))
            persons.Add(
                person.ValueKind == JsonValueKind.Object
                    ? (Text(person, "guid", place) ?? Text(person, "id", place), Name(person, place))
                    : (null, Name(person, place))
            );
        _programme.Add(
            new SourceSession
            {
                Place = at,
                Day = day,
                Guid = Text(item, "guid", at),
                Id = Text(item, "id", at) ?? Text(item, "code", at),
                Date = date,
                Start = start == date ? null : start,
                End = Text(item, "end", at),
                Duration = Text(item, "duration", at),
                Room = NameOf(item, "room", at),
                ListedRoom = listedRoom,
                Title = Text(item, "title", at),
                Subtitle = Text(item, "subtitle", at),
                Track = NameOf(item, "track", at),
                Kind = Text(item, "type", at),
                Language = Text(item, "language", at),
                Abstract = Text(item, "abstract", at),
                Description = Text(item, "description", at),
                Url = Text(item, "url", at),
                Persons = persons,
                Links = [.. Links(item, "links", at, attachments: false), .. Links(item, "attachments", at, attachments: true)],
                Slug = Text(item, "slug", at),
            }
        );
    }

    private static IEnumerable<SourceLink> Links(JsonElement item, string member, string at, bool attachments) =>
        !item.TryGetProperty(member, out var list) || list.ValueKind != JsonValueKind.Array
            ? []
            : Items(item, member, at)
                .Select(i =>
                    i.Item.ValueKind == JsonValueKind.Object
                        ? new SourceLink(
                            Text(i.Item, "url", i.Place) ?? Text(i.Item, "href", i.Place),
                            Text(i.Item, "title", i.Place),
                            Text(i.Item, "type", i.Place),
                            attachments
                        )
                        : new SourceLink(Text(i.Item, i.Place), null, null, attachments)
                );

    /// <summary>Reads a member that is a name or an object with a name. A track can be given by its slug alone.</summary>
    private string? NameOf(JsonElement owner, string member, string at) =>
        owner.TryGetProperty(member, out var value) ? Name(value, $"{at}.{member}") : null;

    private string? Name(JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return Text(value, at);
        if ((Text(value, "name", at) ?? Text(value, "public_name", at)) is { } name)
            return name;
        return Text(value, "slug", at) is { } slug ? _trackNames.GetValueOrDefault(slug, slug) : null;
    }

    private static IEnumerable<(JsonElement Item, string Place)> Items(JsonElement owner, string member, string at)
    {
        if (!owner.TryGetProperty(member, out var list) || list.ValueKind == JsonValueKind.Null)
            yield break;
        var place = $"{at}.{member}";
        Expect(list, JsonValueKind.Array, place);
        var index = 0;
        foreach (var item in list.EnumerateArray())
            yield return (item, $"{place}[{index++}]");
    }

    private static string? Text(JsonElement owner, string member, string at) =>
        owner.TryGetProperty(member, out var value) ? Text(value, $"{at}.{member}") : null;

    /// <summary>
    /// Returns a text, or a number as it is written. If a text has several languages, the English text is used, or the first text if there
    /// is no English one.
    /// </summary>
    private static string? Text(JsonElement value, string at) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Guarded(value.GetString, at),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Object when value.TryGetProperty("en", out var english) && english.ValueKind == JsonValueKind.String => Guarded(
                english.GetString,
                at
            ),
            JsonValueKind.Object => value
                .EnumerateObject()
                .Where(p => p.Value.ValueKind == JsonValueKind.String)
                .Select(p => Guarded(p.Value.GetString, at))
                .FirstOrDefault(),
            _ => null,
        };

    /// <summary>
    /// Turns an error about invalid Unicode into a fault. The parser checks a text or the name of a member only when it is read.
    /// </summary>
    private static T Guarded<T>(Func<T> read, string at)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new ImportFaultException(FaultSentences.MalformedUnicode, at);
        }
    }

    private static void Expect(JsonElement value, JsonValueKind kind, string at)
    {
        if (value.ValueKind != kind)
            throw new ImportFaultException(
                kind == JsonValueKind.Array ? FaultSentences.InvalidList : FaultSentences.InvalidObject,
                at,
                ("found", value.ValueKind)
            );
    }
}
