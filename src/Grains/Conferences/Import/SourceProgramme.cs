namespace ConsultHub.Conferences.Import;

/// <summary>The texts in a programme file, before the hub interprets them. The readers of all formats return this type.</summary>
internal sealed class SourceProgramme
{
    public string? Acronym,
        Title,
        Subtitle,
        Zone,
        DayChange,
        Start,
        End;

    /// <summary>The base of addresses without a host. Null if the file gives none.</summary>
    public string? BaseUrl;

    private const int MostNames = 2_000;

    /// <summary>
    /// The rooms that the file lists, in the order of the file. Each name is here once, with its place in the file. Rooms that only
    /// sessions name are not here.
    /// </summary>
    public Dictionary<string, string> RoomPlaces = [];

    /// <summary>Rooms that are listed twice in a list that should have each room once.</summary>
    public List<(string Name, string Place)> RepeatedRooms = [];
    public HashSet<string> Tracks = [];
    public List<SourceDay> Days = [];
    public List<SourceSession> Sessions = [];

    /// <summary>The warnings about odd content that the reader of the format has found.</summary>
    public WarningList Warnings = new();

    /// <summary>Adds a room.</summary>
    /// <param name="repeated">Whether the same list or day has named the room before.</param>
    public void AddRoom(string name, string place, bool repeated)
    {
        if (repeated)
            RepeatedRooms.Add((name, place));
        RoomPlaces.TryAdd(name, place);
        Limit(RoomPlaces.Count + RepeatedRooms.Count, MostNames, FaultSentences.TooManyRooms, place);
    }

    public void AddTrack(string name, string place)
    {
        Tracks.Add(name);
        Limit(Tracks.Count, MostNames, FaultSentences.TooManyTracks, place);
    }

    /// <summary>Adds a session.</summary>
    /// <exception cref="ImportFaultException">There are too many sessions.</exception>
    public void Add(SourceSession session)
    {
        Sessions.Add(session);
        Limit(Sessions.Count, ProgrammeReader.MostSessions, FaultSentences.TooManySessions, session.Place);
    }

    private static void Limit(int count, int most, Sentence tooMany, string place)
    {
        if (count > most)
            throw new ImportFaultException(tooMany, place, ("most", most));
    }
}

/// <summary>A day in the file. Start and end are the limits of the day. They are null if the file does not give them.</summary>
internal sealed record SourceDay(string? Date, string? Start, string? End, string Place);

/// <summary>A session in the file. Its texts are not interpreted yet.</summary>
internal sealed record SourceSession
{
    public required string Place { get; init; }
    public SourceDay? Day { get; init; }
    public string? Guid { get; init; }
    public string? Id { get; init; }

    /// <summary>Date and time, usually with an offset.</summary>
    public string? Date { get; init; }

    /// <summary>The local time of day.</summary>
    public string? Start { get; init; }
    public string? End { get; init; }
    public string? Duration { get; init; }

    /// <summary>The room that the session names. <see cref="ListedRoom"/> is the room under which the file lists the session.</summary>
    public string? Room { get; init; }
    public string? ListedRoom { get; init; }
    public string? Title { get; init; }
    public string? Subtitle { get; init; }
    public string? Track { get; init; }
    public string? Kind { get; init; }
    public string? Language { get; init; }
    public string? Abstract { get; init; }
    public string? Description { get; init; }
    public string? Url { get; init; }
    public bool Cancelled { get; init; }
    public IReadOnlyList<(string? Id, string? Name)> Persons { get; init; } = [];
    public IReadOnlyList<SourceLink> Links { get; init; } = [];
    public string? Slug { get; init; }
}

/// <summary>A link or an attachment in the file. Its texts are not interpreted yet.</summary>
internal sealed record SourceLink(string? Url, string? Title, string? Type, bool Attachment);
