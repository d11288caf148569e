using System.Collections.Immutable;
using ConsultHub.Conferences.Export;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>Pure: what importing a programme into a conference changes.</summary>
internal sealed class ProgrammeMerge
{
    private readonly ConferenceState _state;
    private readonly Conference _header;
    private readonly BookingFacts? _facts;
    private readonly DateTimeOffset _now;
    private readonly HashSet<SessionId> _used;
    private readonly ImmutableArray<ConferenceSession>.Builder _changed = ImmutableArray.CreateBuilder<ConferenceSession>();
    private readonly ImmutableArray<FilePlace>.Builder _places = ImmutableArray.CreateBuilder<FilePlace>();
    private readonly ImmutableArray<RosterTask>.Builder _tasks = ImmutableArray.CreateBuilder<RosterTask>();
    private readonly ImmutableArray<OutboxMessage>.Builder _outbox = ImmutableArray.CreateBuilder<OutboxMessage>();
    private int _added;

    private ProgrammeMerge(ConferenceState state, Conference header, BookingFacts? facts, DateTimeOffset now) =>
        (_state, _header, _facts, _now, _used) = (state, header, facts, now, [.. state.Sessions.Keys]);

    /// <param name="facts">Null where nothing can be booked.</param>
    /// <param name="own">The programme is one of the hub's own drafts: its sessions go by their ids.</param>
    public static (ProgrammeImported Event, ImmutableArray<OutboxMessage> Outbox) Merge(
        ConferenceState state, ConferenceId id, Programme programme, BookingFacts? facts, DateTimeOffset now, bool own = false)
    {
        var header = Header(state.Header, programme.Conference with { Id = id });
        return new ProgrammeMerge(state, header, facts, now).Merge(programme.Sessions, own);
    }

    /// <summary>As <see cref="Merge(ConferenceState, ConferenceId, Programme, BookingFacts?, DateTimeOffset, bool)"/>, into the draft: nothing is booked, nothing has moved for anybody.</summary>
    public static DraftEdited MergeIntoDraft(ConferenceDraft draft, ConferenceId id, Programme programme, DateTimeOffset now)
    {
        ConferenceState state = new() { Header = draft.Head.Conference, Sessions = draft.Sessions.ToImmutableDictionary(s => s.Key, s => s.Value.Session) };
        var (imported, _) = Merge(state, id, programme, null, now);
        return new(imported.Header, [.. imported.Sessions.Select(DraftRules.Plain)], imported.Removed, imported.Outcome with { Draft = true });
    }

    private (ProgrammeImported, ImmutableArray<OutboxMessage>) Merge(ImmutableArray<ConferenceSession> incoming, bool own)
    {
        var matches = own ? [.. incoming.Select(s => _state.Sessions.GetValueOrDefault(s.Id))] : SessionMatching.Match(_state.Sessions.Values, incoming);
        for (var i = 0; i < incoming.Length; i++)
        {
            if (matches[i] is { } before) Update(before, incoming[i]);
            else Add(incoming[i]);
        }
        var kept = matches.OfType<ConferenceSession>().Select(s => s.Id).ToHashSet();
        ImmutableArray<ConferenceSession> gone = [.. _state.Sessions.Values.Where(s => !kept.Contains(s.Id)).OrderBy(s => s.Id.Value, StringComparer.Ordinal)];
        foreach (var session in gone) Release(session);
        var outcome = new ImportOutcome(_added, _changed.Count - _added, gone.Length, 0);
        var header = _state.Header is { } old && Same(old, _header) ? null : _header;
        return (new(header, _changed.ToImmutable(), [.. gone.Select(s => s.Id)], _places.ToImmutable(), _tasks.ToImmutable(), outcome), _outbox.ToImmutable());
    }

    private void Add(ConferenceSession session)
    {
        var id = session.Id;
        for (var n = 2; !_used.Add(id); n++) id = new SessionId($"{session.Id.Value[..Math.Min(session.Id.Value.Length, 74)]}-{n}");
        _added++;
        Put(session with { Id = id, Moved = null, Booking = BookingState.None, Engagement = null, Week = null, BookingFindings = [] });
    }

    private void Update(ConferenceSession before, ConferenceSession incoming)
    {
        incoming = ExportNames.TakeBack(_header.Id, incoming, before);
        var merged = incoming with
        {
            Id = before.Id, Version = before.Version, Moved = before.Moved, Booking = before.Booking, Engagement = before.Engagement, Week = before.Week,
            BookingFindings = before.BookingFindings, Speakers = Linked(incoming.Speakers, before), Cancelled = before.Booking == BookingState.Booked ? before.Cancelled : incoming.Cancelled,
        };
        var file = _state.FilePlaces.GetValueOrDefault(before.Id) ?? SessionPlace.Of(before);
        var place = SessionPlace.Of(incoming);
        var rostered = before.Booking is BookingState.Booked or BookingState.Requested;
        if (place == file || rostered)
            merged = merged with { Start = before.Start, Duration = before.Duration, Room = before.Room, Day = before.Day };
        else if (before.Start is not null && (before.Start != incoming.Start || before.Room != incoming.Room))
            merged = merged with { Moved = new SessionMove(_now, before.Start, before.Room) };
        if (place != file && (!rostered || AskRoster(before, place)))
            _places.Add(new FilePlace(before.Id, rostered ? place : null));
        var unasked = merged.Booking == BookingState.None && _facts is not null && SessionRules.UsesNetwork(_header, merged);
        if (SessionRules.SameContent(merged, before) && !unasked) return;
        if (rostered) _changed.Add(merged);
        else Put(merged);
    }

    /// <summary>A booked session is where its roster has it; what the file says becomes a command there.</summary>
    private bool AskRoster(ConferenceSession before, SessionPlace place)
    {
        if (before is not { Engagement: { } duty, Week: { } week } || place.Start is not { } start || place.Duration <= TimeSpan.Zero) return false;
        var room = SessionRules.RoomOf(_header, place.Room)?.Room;
        _tasks.Add(new RosterTask(before.Id, week, new ChangeTime
        {
            CommandId = Guid.NewGuid(), Engagement = duty, Start = start, End = start + place.Duration, Room = room, Reason = "The imported programme says so.",
        }));
        return true;
    }

    private void Release(ConferenceSession session)
    {
        if (session is { Engagement: { } duty, Week: { } week, Cancelled: false }) _tasks.Add(Cancellation(session.Id, duty, week));
    }

    public static RosterTask Cancellation(SessionId session, EngagementId duty, Week week) =>
        new(session, week, new Cancel { CommandId = Guid.NewGuid(), Engagement = duty, Reason = "The session is no longer in the programme." });

    private void Put(ConferenceSession session)
    {
        var (booked, message) = SessionRules.Book(_header, session, _facts);
        _changed.Add(booked);
        if (message is not null) _outbox.Add(message);
    }

    /// <summary>Links to consultants, and ids that a file does not give, stay with the speaker of the same name and id; of a booked session the roster owns the consultants.</summary>
    private static ImmutableArray<Speaker> Linked(ImmutableArray<Speaker> incoming, ConferenceSession before)
    {
        ImmutableArray<Speaker> linked = [.. incoming.Select(s => s.Consultant is not null ? s
            : before.Speakers.FirstOrDefault(b => b.Name == s.Name && (s.SourceId is null || (b.SourceId == s.SourceId && b.Consultant is not null))) ?? s)];
        if (before.Booking != BookingState.Booked) return linked;
        var consultants = before.Speakers.Where(s => s.Consultant is not null).ToList();
        // In the file's order as far as it knows them.
        return
        [
            .. linked.Where(s => s.Consultant is null || consultants.Any(c => c.Consultant == s.Consultant)),
            .. consultants.Where(c => linked.All(s => s.Consultant != c.Consultant)),
        ];
    }

    /// <summary>Links of rooms stay with their names.</summary>
    private static Conference Header(Conference? before, Conference incoming) => before is null ? incoming : incoming with
    {
        Network = incoming.Network ?? before.Network,
        Subtitle = incoming.Subtitle ?? before.Subtitle,
        Version = before.Version, Public = before.Public, Release = before.Release, HasDraft = before.HasDraft,
        Rooms = [.. incoming.Rooms.Select(r => r.Room is not null ? r : before.Rooms.FirstOrDefault(b => b.Name == r.Name) ?? r)],
    };

    private static bool Same(Conference a, Conference b) =>
        a with { Version = 0, Rooms = default, Tracks = default } == b with { Version = 0, Rooms = default, Tracks = default }
        && a.Rooms.SequenceEqual(b.Rooms) && a.Tracks.SequenceEqual(b.Tracks);
}
