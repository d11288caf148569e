using System.Text;
using System.Xml;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// Reads frab and pentabarf XML. The elements are schedule / conference and schedule / day / room / event. In the layout of 2007 they are
/// schedule / day / event. The file is read forwards only. Document type declarations are refused, so a file cannot define entities.
/// Nothing is fetched.
/// </summary>
internal sealed class ScheduleXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ProgrammeReader.TooManyBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly XmlReader _xml;
    private readonly IXmlLineInfo _line;
    private readonly SourceProgramme _programme = new();

    private ScheduleXml(XmlReader xml) => (_xml, _line) = (xml, (IXmlLineInfo)xml);

    public static SourceProgramme Read(Stream file)
    {
        using var xml = XmlReader.Create(file, Settings);
        return new ScheduleXml(xml).Read();
    }

    private SourceProgramme Read()
    {
        if (_xml.MoveToContent() != XmlNodeType.Element || _xml.LocalName != "schedule")
            throw new ImportFaultException(FaultSentences.UnknownFormatXml, Place(), ("name", _xml.Name));
        SourceDay? day = null;
        string? room = null;
        HashSet<string> rooms = [];
        while (Next())
        {
            if (_xml.NodeType != XmlNodeType.Element)
                continue;
            switch (_xml.Depth, _xml.LocalName)
            {
                case (1, "conference"):
                    ReadConference();
                    break;
                case (1, "day"):
                    day = new SourceDay(_xml["date"], _xml["start"], _xml["end"], Place());
                    room = null;
                    rooms.Clear();
                    _programme.Days.Add(day);
                    break;
                case (2, "room") when day is not null:
                    room = _xml["name"];
                    if (room is not null)
                        _programme.AddRoom(room, Place(), repeated: !rooms.Add(room));
                    break;
                case (2, "event") when day is not null:
                    ReadEvent(day, null);
                    break;
                case (3, "event") when day is not null:
                    ReadEvent(day, room);
                    break;
                case (2, "track") when day is null:
                    _programme.AddTrack(Text(), Place());
                    break;
            }
        }
        return _programme;
    }

    private void ReadConference()
    {
        var fields = Fields(null, null);
        _programme.BaseUrl = fields.GetValueOrDefault("base_url");
        _programme.Acronym = fields.GetValueOrDefault("acronym");
        _programme.Title = fields.GetValueOrDefault("title");
        _programme.Subtitle = fields.GetValueOrDefault("subtitle");
        _programme.Start = fields.GetValueOrDefault("start");
        _programme.End = fields.GetValueOrDefault("end");
        _programme.DayChange = fields.GetValueOrDefault("day_change");
        _programme.Zone = fields.GetValueOrDefault("time_zone_name");
    }

    private void ReadEvent(SourceDay day, string? listedRoom)
    {
        var (id, guid) = (_xml["id"], _xml["guid"]);
        var place = id is null ? Place() : $"{Place()}, event {PlainText.Line(id)}";
        List<(string?, string?)> persons = [];
        List<SourceLink> links = [];
        var fields = Fields(persons, links);
        _programme.Add(
            new SourceSession
            {
                Place = place,
                Day = day,
                Guid = guid,
                Id = id,
                Date = fields.GetValueOrDefault("date"),
                Start = fields.GetValueOrDefault("start"),
                End = fields.GetValueOrDefault("end"),
                Duration = fields.GetValueOrDefault("duration"),
                Room = fields.GetValueOrDefault("room"),
                ListedRoom = listedRoom,
                Title = fields.GetValueOrDefault("title"),
                Subtitle = fields.GetValueOrDefault("subtitle"),
                Track = fields.GetValueOrDefault("track"),
                Kind = fields.GetValueOrDefault("type"),
                Language = fields.GetValueOrDefault("language"),
                Abstract = fields.GetValueOrDefault("abstract"),
                Description = fields.GetValueOrDefault("description"),
                Url = fields.GetValueOrDefault("url"),
                Persons = persons,
                Links = links,
                Slug = fields.GetValueOrDefault("slug"),
            }
        );
    }

    /// <summary>Returns the text of each child of the current element. If a name occurs several times, the first one is used.</summary>
    /// <param name="persons">Receives the content of <c>persons</c>.</param>
    /// <param name="links">Receives the content of <c>links</c> and <c>attachments</c>.</param>
    private Dictionary<string, string> Fields(List<(string?, string?)>? persons, List<SourceLink>? links)
    {
        Dictionary<string, string> fields = [];
        if (_xml.IsEmptyElement)
            return fields;
        var depth = _xml.Depth;
        while (Next() && _xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element)
                continue;
            var name = _xml.LocalName;
            if (name is "persons" or "links" or "attachments")
                continue;
            if (name == "track" && persons is null && _xml["name"] is { } track)
                _programme.AddTrack(track, Place());
            if (name == "person" && persons is not null)
            {
                var id = _xml["id"] ?? _xml["guid"];
                persons.Add((id, Text()));
            }
            else if (name is "link" or "attachment" && links is not null && _xml["href"] is { } href)
            {
                var type = _xml["type"];
                links.Add(new SourceLink(href, Text(), type, name == "attachment"));
            }
            else if (_xml.Depth == depth + 1)
                fields.TryAdd(name, Text(withTags: name is "abstract" or "description"));
        }
        return fields;
    }

    /// <summary>Returns the text of the current element and its children.</summary>
    /// <param name="withTags">Whether the children's tags are kept, so that they are later removed as HTML.</param>
    private string Text(bool withTags = false)
    {
        if (_xml.IsEmptyElement)
            return "";
        var depth = _xml.Depth;
        string? only = null;
        StringBuilder? text = null;
        while (Next() && _xml.Depth > depth)
        {
            var part = _xml.NodeType switch
            {
                XmlNodeType.Element when withTags => $"<{_xml.LocalName}>",
                XmlNodeType.EndElement when withTags => $"</{_xml.LocalName}>",
                XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace => _xml.Value,
                _ => "",
            };
            if (only is null)
                only = part;
            else
                (text ??= new StringBuilder(only)).Append(part);
        }
        return text?.ToString() ?? only ?? "";
    }

    private bool Next()
    {
        if (!_xml.Read())
            return false;
        if (_xml.Depth > ProgrammeReader.MostDepth)
            throw new ImportFaultException(FaultSentences.TooDeep, Place(), ("most", ProgrammeReader.MostDepth));
        return true;
    }

    private string Place() => $"line {_line.LineNumber}";
}
