using System.Text;

namespace ConsultHub.Conferences.Import;

/// <summary>One property of a calendar: <c>NAME;PARAMETER=value:value</c>.</summary>
internal sealed record CalendarProperty(string Name, string Value, IReadOnlyDictionary<string, string> Parameters, string Place)
{
    /// <summary>The value without the escapes of RFC 5545, 3.3.11.</summary>
    public string Text
    {
        get
        {
            if (!Value.Contains('\\'))
                return Value;
            var text = new StringBuilder(Value.Length);
            for (var i = 0; i < Value.Length; i++)
                if (Value[i] == '\\' && i + 1 < Value.Length)
                    text.Append(Value[++i] is 'n' or 'N' ? '\n' : Value[i]);
                else
                    text.Append(Value[i]);
            return text.ToString();
        }
    }

    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);
}

/// <summary>A part of a calendar between BEGIN and END, with the properties that the hub reads.</summary>
internal sealed class CalendarPart(string name, string place)
{
    public string Name { get; } = name;
    public string Place { get; } = place;
    public List<CalendarProperty> Properties { get; } = [];
    public List<CalendarPart> Parts { get; } = [];

    public CalendarProperty? First(string property) => Properties.Find(p => p.Name == property);

    public IEnumerable<CalendarProperty> All(string property) => Properties.Where(p => p.Name == property);
}

/// <summary>
/// Splits an iCalendar stream into parts and properties (RFC 5545, 3.1). It does not use a strict parser, because real files contain bytes
/// that are not UTF-8, invalid lines, and line folds before the colon. Only the parts and properties that the hub uses are kept.
/// </summary>
internal sealed class CalendarText
{
    private const int MostDepth = 8,
        MostLines = 1_000_000;

    private static readonly HashSet<string> Parts = ["VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"];
    private static readonly HashSet<string> Properties =
    [
        "METHOD",
        "NAME",
        "X-WR-CALNAME",
        "X-WR-CALDESC",
        "X-WR-TIMEZONE",
        "UID",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "URL",
        "CATEGORIES",
        "ATTENDEE",
        "ATTACH",
        "CONFERENCE",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "TZID",
        "X-LIC-LOCATION",
        "TZOFFSETFROM",
        "TZOFFSETTO",
    ];

    private static readonly Dictionary<string, string> NoParameters = [];
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The calendars in the order of the stream.</summary>
    public List<CalendarPart> Calendars { get; } = [];

    /// <summary>The places of lines that are not valid properties, or that stand after the end of a calendar.</summary>
    public List<string> BadLines { get; } = [];

    /// <summary>The places of VTODO, VJOURNAL and VFREEBUSY parts, which are not sessions.</summary>
    public List<string> Others { get; } = [];

    public bool IsUtf8 { get; private set; } = true;

    /// <summary>Reads a stream.</summary>
    /// <exception cref="ImportFaultException">The stream is not a calendar, it is incomplete, or it exceeds a limit.</exception>
    public static CalendarText Read(Stream file)
    {
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        if (bytes.Length >= ProgrammeReader.TooManyBytes)
            throw new ImportFaultException(FaultSentences.TooLarge, null, ("most", ProgrammeReader.TooManyBytes / 1_000_000));
        var read = new CalendarText();
        // Each byte becomes one character at first. Some calendars fold lines in the middle of a character, so lines must be joined before
        // they are decoded.
        read.Read(Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        return read;
    }

    private string Decode(string line)
    {
        if (Ascii.IsValid(line))
            return line;
        var bytes = Encoding.Latin1.GetBytes(line);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            IsUtf8 = false;
            return line;
        }
    }

    private void Read(string text)
    {
        Stack<CalendarPart> open = [];
        foreach (var (line, number) in Unfold(text))
        {
            var place = $"line {number}";
            if (Property(Decode(line), place) is not { } property || (open.Count == 0 && Calendars.Count > 0 && property.Name != "BEGIN"))
            {
                if (Calendars.Count == 0)
                    throw NoCalendar(place);
                BadLines.Add(place);
                continue;
            }
            switch (property.Name)
            {
                case "BEGIN":
                    var part = new CalendarPart(property.Value.Trim().ToUpperInvariant(), place);
                    if (open.Count == 0 != (part.Name == "VCALENDAR"))
                        throw open.Count == 0 ? NoCalendar(place) : new ImportFaultException(FaultSentences.MalformedInside, place);
                    if (open.Count == MostDepth)
                        throw new ImportFaultException(FaultSentences.TooDeepParts, place, ("most", MostDepth));
                    if (open.TryPeek(out var owner) && Parts.Contains(part.Name))
                        owner.Parts.Add(part);
                    else if (part.Name is "VTODO" or "VJOURNAL" or "VFREEBUSY")
                        Others.Add(place);
                    if (open.Count == 0)
                        Calendars.Add(part);
                    open.Push(part);
                    break;
                case "END":
                    if (
                        !open.TryPop(out var ended) || !string.Equals(ended.Name, property.Value.Trim(), StringComparison.OrdinalIgnoreCase)
                    )
                        throw new ImportFaultException(FaultSentences.MalformedUnbegun, place, ("name", PlainText.Line(property.Value)));
                    break;
                default:
                    if (open.Count == 0)
                        throw NoCalendar(place);
                    if (Properties.Contains(property.Name) && Parts.Contains(open.Peek().Name))
                        open.Peek().Properties.Add(property);
                    break;
            }
        }
        if (open.TryPeek(out var left))
            throw new ImportFaultException(FaultSentences.MalformedUnended, left.Place, ("name", left.Name));
        if (Calendars.Count == 0)
            throw NoCalendar("line 1");
    }

    /// <summary>Joins lines with their continuations, which begin with a space or a tab. Empty lines are left out.</summary>
    private static IEnumerable<(string Line, int Number)> Unfold(string text)
    {
        using var reader = new StringReader(text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? text[3..] : text);
        StringBuilder line = new();
        var (first, number) = (1, 0);
        while (reader.ReadLine() is { } next)
        {
            if (++number > MostLines)
                throw new ImportFaultException(FaultSentences.TooManyLines, $"line {number}", ("most", MostLines));
            if (next.Length == 0)
                continue;
            if (next[0] is ' ' or '\t')
            {
                line.Append(next, 1, next.Length - 1);
                continue;
            }
            if (line.Length > 0)
                yield return (line.ToString(), first);
            line.Clear().Append(next);
            first = number;
        }
        if (line.Length > 0)
            yield return (line.ToString(), first);
    }

    private static CalendarProperty? Property(string line, string place)
    {
        var end = line.AsSpan().IndexOfAny(';', ':');
        if (end <= 0)
            return null;
        var name = line[..end].Trim().ToUpperInvariant();
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-'))
            return null;
        if (line[end] == ':')
            return new CalendarProperty(name, line[(end + 1)..], NoParameters, place);
        Dictionary<string, string> parameters = [];
        var (at, quoted) = (end + 1, false);
        for (var i = at; i < line.Length; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            if (quoted || line[i] is not (';' or ':'))
                continue;
            var part = line[at..i];
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                parameters.TryAdd(
                    part[..equals].Trim().ToUpperInvariant(),
                    part[(equals + 1)..].Replace("\"", "", StringComparison.Ordinal)
                );
            if (line[i] == ':')
                return new CalendarProperty(name, line[(i + 1)..], parameters, place);
            at = i + 1;
        }
        return null;
    }

    private static ImportFaultException NoCalendar(string place) => new(FaultSentences.UnknownFormatCalendar, place);
}
