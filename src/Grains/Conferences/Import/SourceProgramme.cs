namespace ConsultHub.Conferences.Import;

/// <summary>A file's content as it is written, before anything is understood: the common ground of all formats.</summary>
internal sealed class SourceProgramme
{
    public string? Acronym,
        Title,
        Subtitle,
        Zone,
        DayChange,
        Start,
        End;

    /// <summary>What addresses without a host begin with; null where the file does not say.</summary>
    public string? BaseUrl;

    private const int MostNames = 2_000;

    /// <summary>Rooms in the order of the file, each name once; those that only sessions name come on top.</summary>
    public Dictionary<string, string> RoomPlaces = [];

    /// <summary>Rooms listed twice where once is the rule.</summary>
    public List<(string Name, string Place)> RepeatedRooms = [];
    public HashSet<string> Tracks = [];
    public List<SourceDay> Days = [];
    public List<SourceSession> Sessions = [];

    /// <summary>What the reader of a format has found odd.</summary>
    public WarningList Warnings = new();

    /// <param name="repeated">Listed before in the same list or day.</param>
    public void AddRoom(string name, string place, bool repeated)
    {
        if (repeated)
            RepeatedRooms.Add((name, place));
        RoomPlaces.TryAdd(name, place);
        Limit(RoomPlaces.Count + RepeatedRooms.Count, MostNames, "rooms", place);
    }

    public void AddTrack(string name, string place)
    {
        Tracks.Add(name);
        Limit(Tracks.Count, MostNames, "tracks", place);
    }

    /// <exception cref="ImportFaultException">There are too many.</exception>
    public void Add(SourceSession session)
    {
        Sessions.Add(session);
        Limit(Sessions.Count, ProgrammeReader.MostSessions, "sessions", session.Place);
    }

    private static void Limit(int count, int most, string what, string place)
    {
        if (count > most)
            throw new ImportFaultException($"import.too-many-{what}", place, ("most", most));
    }
}

/// <summary>A day as the file gives it; start and end bound it where they are given.</summary>
internal sealed record SourceDay(string? Date, string? Start, string? End, string Place);

/// <summary>A session as the file writes it.</summary>
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

    /// <summary>The room as the session itself names it, and the room it is listed under.</summary>
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

/// <summary>A link or an attachment as the file writes it.</summary>
internal sealed record SourceLink(string? Url, string? Title, string? Type, bool Attachment);
