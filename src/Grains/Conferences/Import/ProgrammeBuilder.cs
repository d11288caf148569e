using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ConsultHub.Conferences.Import;

/// <summary>Makes a programme from the content of a file. Odd content is kept, cut or left out, and a warning reports it.</summary>
internal sealed partial class ProgrammeBuilder(SourceProgramme source, TimeZoneInfo? assumedZone)
{
    private const int TitleLength = 300,
        TextLength = 20_000,
        NameLength = 200,
        MostSpeakers = 200,
        MostLinks = 100,
        AddressLength = 2000;

    // The keys are short, because the ids of sessions and of their engagements contain both keys.
    private const int ConferenceKey = 20,
        SessionKey = 26;

    private const string Untitled = "Untitled";

    private readonly WarningList _warnings = source.Warnings;
    private readonly HashSet<string> _ids = [];

    /// <summary>Makes the programme.</summary>
    /// <exception cref="ImportFaultException">The file has no sessions.</exception>
    public Programme Build()
    {
        if (source.Sessions.Count == 0)
            throw new ImportFaultException(FaultSentences.NoSessions);
        var times = new SessionTimes(source, assumedZone, _warnings);
        var id = FirstNotEmpty(PlainText.Slug(source.Acronym, ConferenceKey), PlainText.Slug(source.Title, ConferenceKey), "conference");
        ImmutableArray<ConferenceSession> sessions = [.. source.Sessions.Select(s => Session(id, s, times))];
        FindRepeats(s => s.Guid, WarningSentences.DuplicateGuid);
        FindRepeats(s => s.Id, WarningSentences.DuplicateId);
        FindOverlaps(sessions);
        var days = sessions.Select(s => s.Day).OfType<DateOnly>().ToList();
        var conference = new Conference
        {
            Id = new ConferenceId(id),
            Title = Line(source.Title, TitleLength, null) ?? Line(source.Acronym, TitleLength, null) ?? Untitled,
            Subtitle = Line(source.Subtitle, TitleLength, null),
            TimeZone = times.Zone.Id,
            DayChange = times.DayChange,
            FirstDay = days.Count > 0 ? days.Min() : SourceTime.Date(source.Start),
            LastDay = days.Count > 0 ? days.Max() : SourceTime.Date(source.End),
            Rooms = Rooms(sessions),
            Tracks =
            [
                .. source.Tracks.Select(t => Line(t, NameLength, null)).Concat(sessions.Select(s => s.Track)).OfType<string>().Distinct(),
            ],
        };
        return new Programme(conference, sessions, _warnings.ToImmutable());
    }

    private ConferenceSession Session(string conference, SourceSession from, SessionTimes times)
    {
        var (start, duration, day) = times.Of(from);
        var title = Line(from.Title, TitleLength, from.Place);
        if (title is null)
            _warnings.Add(WarningSentences.NoTitle, from.Place);
        return new ConferenceSession
        {
            Id = NewId(conference, from),
            SourceGuid = Line(from.Guid, NameLength, from.Place),
            SourceId = Line(from.Id, NameLength, from.Place),
            Title = title ?? Untitled,
            Subtitle = Line(from.Subtitle, TitleLength, from.Place),
            Abstract = Abstract(from),
            Start = start,
            Duration = duration,
            Day = day,
            Room = Room(from),
            Track = Line(from.Track, NameLength, from.Place),
            Kind = Line(from.Kind, NameLength, from.Place),
            Language = Line(from.Language, NameLength, from.Place),
            Speakers = Speakers(from),
            Url = Url(from),
            Links = Links(from),
            Slug = Line(from.Slug, NameLength, from.Place),
            Cancelled = from.Cancelled,
        };
    }

    private SessionId NewId(string conference, SourceSession from)
    {
        var name = FirstNotEmpty(
            PlainText.Slug(from.Id, SessionKey),
            PlainText.Slug(from.Guid, SessionKey),
            PlainText.Slug(from.Title, SessionKey),
            "session"
        );
        var id = $"{conference}-{name}";
        for (var n = 2; !_ids.Add(id); n++)
            id = $"{conference}-{name}-{n}";
        return new SessionId(id);
    }

    /// <summary>Returns a title or a name as one line. It is never read as HTML, even if it looks like HTML.</summary>
    private string? Line(string? text, int most, string? place)
    {
        var line = PlainText.Line(text);
        if (PlainText.Cut(ref line, most))
            _warnings.Add(WarningSentences.TextCut, place, ("count", text!.Length), ("most", most));
        return line;
    }

    private string? Abstract(SourceSession from)
    {
        var text = PlainText.Paragraphs(from.Abstract, out var markup);
        var more = PlainText.Paragraphs(from.Description, out var moreMarkup);
        if (markup || moreMarkup)
            _warnings.AddThroughout(WarningSentences.Markup, from.Place);
        var whole =
            text is null || more is null ? text ?? more
            : more.StartsWith(text, StringComparison.Ordinal) ? more
            : text.StartsWith(more, StringComparison.Ordinal) ? text
            : text + "\n\n" + more;
        var length = whole?.Length;
        if (PlainText.Cut(ref whole, TextLength))
            _warnings.Add(WarningSentences.TextCutAbstract, from.Place, ("count", length), ("most", TextLength));
        return whole;
    }

    private string Room(SourceSession from)
    {
        var (own, listed) = (Line(from.Room, NameLength, from.Place), Line(from.ListedRoom, NameLength, from.Place));
        if (own is not null && listed is not null && own != listed)
            _warnings.AddThroughout(WarningSentences.RoomDiffers, from.Place);
        if (own is null && listed is null)
            _warnings.Add(WarningSentences.EmptyRoom, from.Place);
        return listed ?? own ?? "";
    }

    private ImmutableArray<Speaker> Speakers(SourceSession from)
    {
        if (from.Persons.Count > MostSpeakers)
            _warnings.Add(WarningSentences.TooManySpeakers, from.Place, ("count", from.Persons.Count), ("most", MostSpeakers));
        return
        [
            .. from
                .Persons.Select(p => (Id: Line(p.Id, NameLength, from.Place), Name: Line(p.Name, NameLength, from.Place)))
                .Where(p => (p.Name ?? p.Id) is not null)
                .Select(p => new Speaker((p.Name ?? p.Id)!, p.Id))
                .Distinct()
                .Take(MostSpeakers),
        ];
    }

    /// <summary>
    /// Returns the session's address. Null if it is too long, or if it is not an http or https address. Other addresses could run code when
    /// a person opens them.
    /// </summary>
    private string? Url(SourceSession from)
    {
        if (PlainText.Line(from.Url) is not { } text)
            return null;
        if (IsWebAddress(text))
            return text;
        _warnings.AddThroughout(WarningSentences.BadUrl, from.Place);
        return null;
    }

    private static bool IsWebAddress(string text) =>
        text.Length <= AddressLength && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";

    private ImmutableArray<SessionLink>? Links(SourceSession from)
    {
        if (from.Links.Count > MostLinks)
            _warnings.Add(WarningSentences.TooManyLinks, from.Place, ("count", from.Links.Count), ("most", MostLinks));
        ImmutableArray<SessionLink> links =
        [
            .. from
                .Links.Take(MostLinks)
                .Select(link => Link(from, link))
                .OfType<SessionLink>()
                .Distinct()
                .OrderBy(link => link.Attachment),
        ];
        return links.IsEmpty ? null : links;
    }

    private SessionLink? Link(SourceSession from, SourceLink link)
    {
        if (PlainText.Line(link.Url) is not { } written)
            return null;
        var text =
            written[0] is '/' or '.'
            && Uri.TryCreate(PlainText.Line(source.BaseUrl) ?? PlainText.Line(from.Url), UriKind.Absolute, out var server)
            && Uri.TryCreate(server, written, out var whole)
                ? whole.AbsoluteUri
            : !link.Attachment && Host().IsMatch(written) ? "https://" + written
            : written;
        if (IsWebAddress(text))
            return new SessionLink(
                text,
                Line(link.Title, NameLength, from.Place),
                link.Type is { } type && SessionLink.Types.Contains(type) ? type : null,
                link.Attachment
            );
        _warnings.AddThroughout(WarningSentences.BadUrl, from.Place);
        return null;
    }

    /// <summary>Matches an address without <c>https://</c>, such as <c>www.hub.example/page</c>.</summary>
    [GeneratedRegex(@"^([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}(/\S*)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    private ImmutableArray<ConferenceRoom> Rooms(ImmutableArray<ConferenceSession> sessions)
    {
        foreach (var (name, place) in source.RepeatedRooms)
            _warnings.Add(WarningSentences.DuplicateRoom, place, ("room", Line(name, NameLength, place)));
        HashSet<string> names = [];
        Dictionary<string, string> similar = new(StringComparer.OrdinalIgnoreCase);
        var rooms = ImmutableArray.CreateBuilder<ConferenceRoom>();
        var all = source
            .RoomPlaces.Select(r => (Name: Line(r.Key, NameLength, r.Value), Place: (string?)r.Value))
            .Concat(sessions.Select(s => (Name: (string?)s.Room, Place: (string?)null)));
        foreach (var (name, place) in all)
        {
            if (string.IsNullOrEmpty(name) || !names.Add(name))
                continue;
            if (!similar.TryAdd(name, name))
                _warnings.Add(WarningSentences.DuplicateRoomCase, place, ("room", name), ("other", similar[name]));
            rooms.Add(new ConferenceRoom(name));
        }
        return rooms.ToImmutable();
    }

    private void FindRepeats(Func<SourceSession, string?> key, Sentence sentence)
    {
        Dictionary<string, SourceSession> first = [];
        foreach (var session in source.Sessions)
        {
            if (PlainText.Line(key(session)) is not { } value || first.TryAdd(value, session))
                continue;
            _warnings.Add(sentence, session.Place, ("title", Line(first[value].Title, NameLength, null) ?? Untitled));
        }
    }

    private void FindOverlaps(ImmutableArray<ConferenceSession> sessions)
    {
        (DateTimeOffset, TimeSpan)? Time(int i) => sessions[i].Start is { } start ? (start, sessions[i].Duration) : null;
        var rooms = sessions.Select((s, i) => (s.Room, i)).Where(r => r.Room.Length > 0);
        foreach (var (room, earlier, later) in Overlaps.Find(rooms, Time))
            _warnings.Add(WarningSentences.RoomOverlap, source.Sessions[later].Place, ("room", room), ("title", sessions[earlier].Title));
        var speakers = sessions.SelectMany((s, i) => s.Speakers.Select(p => ($"{p.SourceId}\n{p.Name}", i)));
        foreach (var (speaker, earlier, later) in Overlaps.Find(speakers, Time))
            _warnings.Add(
                WarningSentences.SpeakerOverlap,
                source.Sessions[later].Place,
                ("speaker", speaker[(speaker.IndexOf('\n') + 1)..]),
                ("title", sessions[earlier].Title)
            );
    }

    private static string FirstNotEmpty(params ReadOnlySpan<string> candidates)
    {
        foreach (var candidate in candidates)
            if (candidate.Length > 0)
                return candidate;
        return "";
    }
}
