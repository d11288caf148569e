using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using Orleans.Runtime;

namespace ConsultHub.Conferences;

/// <summary>The facts about a network that booking needs.</summary>
/// <param name="Zone">The network's time zone, which decides when weeks begin.</param>
/// <param name="Specialties">The first specialty of each consultant.</param>
internal sealed record BookingFacts(TimeZoneInfo Zone, ImmutableDictionary<PersonId, string> Specialties);

/// <summary>Moves a session, books it, and copies the values of its engagement to it. Pure.</summary>
internal static class SessionRules
{
    /// <summary>The longest title of an engagement. A session's title can be longer.</summary>
    private const int LongestEngagementTitle = 120;
    private static readonly TimeSpan LongestEngagement = TimeSpan.FromHours(24),
        LongestSession = TimeSpan.FromDays(31);

    /// <summary>Returns the moved session, or a code that says why the move is refused.</summary>
    public static (string? Code, string? Message, ConferenceSession? Session) Move(
        ConferenceState state,
        MoveSession command,
        DateTimeOffset now
    )
    {
        if (state.Header is not { } header || !state.Sessions.TryGetValue(command.Session, out var session))
            return (SessionCodes.Unknown, "There is no such session.", null);
        if (session.Booking is BookingState.Booked or BookingState.Requested)
            return (SessionCodes.Booked, "A roster has booked the session or is booking it. Move it through the roster.", session);
        if (command.ExpectedVersion is { } seen && seen != session.Version)
            return (SessionCodes.Stale, "The session has changed meanwhile.", session);
        if (command.Start.Year is < 1970 or > 2200 || command.Duration < TimeSpan.Zero || command.Duration > LongestSession)
            return (SessionCodes.BadTime, "A session must be between 1970 and 2200 and last 0 to 31 days.", session);
        if (command.Room.Length > 0 && header.Rooms.All(r => r.Name != command.Room))
            return (SessionCodes.UnknownRoom, "The conference has no such room.", session);
        return (null, null, Placed(header, session, command.Start.ToUniversalTime(), command.Duration, command.Room, now));
    }

    /// <summary>
    /// Returns the local day under which a session is listed. A session before the conference's day change belongs to the day before.
    /// </summary>
    public static DateOnly DayOf(Conference conference, DateTimeOffset start)
    {
        var local = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById(conference.TimeZone)).DateTime;
        return DateOnly.FromDateTime(local.TimeOfDay < conference.DayChange.ToTimeSpan() ? local.AddDays(-1) : local);
    }

    /// <summary>
    /// Whether a session is not cancelled, uses the network's rooms or consultants, and has a time that a roster can book.
    /// </summary>
    public static bool UsesNetwork(Conference header, ConferenceSession session) =>
        header.Network is not null
        && !session.Cancelled
        && session is { Start: not null, Duration: var length }
        && length > TimeSpan.Zero
        && length <= LongestEngagement
        && (RoomOf(header, session.Room) is not null || session.Speakers.Any(s => s.Consultant is not null));

    /// <summary>Returns the session and the message that asks a roster to book it. The message is null if no roster is asked.</summary>
    public static (ConferenceSession Session, OutboxMessage? Message) Book(
        Conference header,
        ConferenceSession session,
        BookingFacts? facts
    )
    {
        if (facts is null || !UsesNetwork(header, session))
            return (session with { Booking = BookingState.None, Engagement = null, Week = null, BookingFindings = [] }, null);
        var room = RoomOf(header, session.Room);
        if ((room?.Hospital ?? header.Rooms.FirstOrDefault(r => r.Hospital is not null)?.Hospital) is not { } hospital)
            return (session with { Booking = BookingState.Refused, BookingFindings = [SessionCodes.NoHospital] }, null);
        ImmutableArray<PersonId> consultants = [.. session.Speakers.Select(s => s.Consultant).OfType<PersonId>().Distinct()];
        var specialty =
            consultants.Select(c => facts.Specialties.GetValueOrDefault(c)).FirstOrDefault(s => s is not null)
            ?? Consultants.Specialties.All[0].Code;
        var start = session.Start!.Value;
        var request = new BookSession(
            header.Id,
            session.Id,
            KindOf(session),
            Shortened(session.Title),
            hospital,
            room?.Room,
            consultants,
            specialty,
            start,
            start + session.Duration
        );
        var roster = GrainId.Create("roster", $"{header.Network}/{Week.Of(start, facts.Zone)}");
        return (session with { Booking = BookingState.Requested, BookingFindings = [] }, new OutboxMessage(0, roster, request));
    }

    /// <summary>Returns a booked session with the values of its engagement. The roster owns its time, room and consultants.</summary>
    /// <param name="names">Names of consultants who are new to the session.</param>
    public static ConferenceSession Follow(
        Conference header,
        ConferenceSession session,
        Engagement engagement,
        Week week,
        IReadOnlyDictionary<PersonId, string> names,
        DateTimeOffset now
    )
    {
        var room = engagement.Room is not { } id
            ? session.Room
            : header.Rooms.FirstOrDefault(r => r.Hospital == engagement.Hospital && r.Room == id)?.Name ?? id.Value;
        var speakers = session.Speakers.RemoveAll(s => s.Consultant is { } person && !engagement.Consultants.Contains(person));
        foreach (var person in engagement.Consultants)
            if (speakers.All(s => s.Consultant != person))
                speakers = speakers.Add(new Speaker(names.GetValueOrDefault(person, person.Value), null, person));
        var placed = Placed(header, session, engagement.Start, engagement.End - engagement.Start, room, now);
        return placed with
        {
            // The findings of a refused change stay as long as the session stays at the same time and in the same room.
            Booking = BookingState.Booked,
            Engagement = engagement.Id,
            Week = week,
            BookingFindings =
                session.Booking == BookingState.Booked && SessionPlace.Of(placed).IsAt(SessionPlace.Of(session))
                    ? session.BookingFindings
                    : [],
            Speakers = speakers,
            Cancelled = engagement.Status == EngagementStatus.Cancelled,
        };
    }

    /// <summary>
    /// Returns the sessions that overlap a session in its room or with one of its speakers, in order of time. A session is returned once
    /// for the shared room, and once for each shared speaker.
    /// </summary>
    public static ImmutableArray<SessionOverlap> Overlaps(ConferenceSession placed, IEnumerable<ConferenceSession> programme)
    {
        if (placed is not { Start: { } start, Cancelled: false })
            return [];
        var end = start + placed.Duration;
        return
        [
            .. from other in programme
            where other.Id != placed.Id && !other.Cancelled && other.Start < end && other.Start + other.Duration > start
            orderby other.Start, other.Id.Value
            from overlap in Shared(placed, other)
            select overlap,
        ];
    }

    private static IEnumerable<SessionOverlap> Shared(ConferenceSession placed, ConferenceSession other)
    {
        SessionOverlap Of(string code, string what) =>
            new(code, what, other.Id, other.Title, other.Start!.Value, other.Duration, other.Engagement);
        if (placed.Room.Length > 0 && placed.Room == other.Room)
            yield return Of(OverlapCodes.Room, other.Room);
        foreach (var speaker in other.Speakers.Where(s => placed.Speakers.Any(p => IsSame(p, s))).DistinctBy(s => s.Name))
            yield return Of(OverlapCodes.Speaker, speaker.Name);
    }

    /// <summary>
    /// Whether two speakers are the same. If both are consultants, their person ids are compared. Otherwise their names are compared, and
    /// also their ids in the file if both have one.
    /// </summary>
    private static bool IsSame(Speaker a, Speaker b) =>
        a.Consultant is not null && b.Consultant is not null
            ? a.Consultant == b.Consultant
            : a.Name == b.Name && (a.SourceId is null || b.SourceId is null || a.SourceId == b.SourceId);

    /// <summary>Whether two sessions have the same content apart from their versions.</summary>
    public static bool SameContent(ConferenceSession a, ConferenceSession b) =>
        a with
        {
            Version = 0,
            Speakers = default,
            BookingFindings = default,
            Links = null,
        } == b with { Version = 0, Speakers = default, BookingFindings = default, Links = null }
        && (a.Links ?? []).SequenceEqual(b.Links ?? [])
        && a.Speakers.SequenceEqual(b.Speakers)
        && a.BookingFindings.SequenceEqual(b.BookingFindings);

    public static ConferenceRoom? RoomOf(Conference header, string name) =>
        name.Length == 0 ? null : header.Rooms.FirstOrDefault(r => r.Name == name && r is { Hospital: not null, Room: not null });

    /// <summary>
    /// Returns the session with a new time and room. If the start or the room changes, <see cref="ConferenceSession.Moved"/> is set.
    /// </summary>
    public static ConferenceSession Placed(
        Conference header,
        ConferenceSession session,
        DateTimeOffset start,
        TimeSpan duration,
        string room,
        DateTimeOffset now
    )
    {
        var moved = session.Start != start || session.Room != room;
        return session with
        {
            Start = start,
            Duration = duration,
            Room = room,
            Day = session.Start == start ? session.Day : DayOf(header, start),
            Moved = moved ? new SessionMove(now, session.Start, session.Room) : session.Moved,
        };
    }

    private static EngagementKind KindOf(ConferenceSession session) =>
        session.Kind?.ToLowerInvariant() switch
        {
            "lecture" => EngagementKind.Lecture,
            "workshop" => EngagementKind.Workshop,
            "training" => EngagementKind.Training,
            "teaching" => EngagementKind.ClinicalTeaching,
            _ => EngagementKind.ConferenceSession,
        };

    private static string Shortened(string title)
    {
        string? text = title;
        Import.PlainText.Cut(ref text, LongestEngagementTitle);
        return text ?? title;
    }
}
