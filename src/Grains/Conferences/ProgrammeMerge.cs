using System.Collections.Immutable;
using ConsultHub.Conferences.Export;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>
/// Finds the changes that an import, a publication or an edit makes to a conference. Pure, but new commands to rosters get random ids.
/// </summary>
internal sealed class ProgrammeMerge
{
    private readonly ConferenceState _state;
    private readonly Conference _header;
    private readonly BookingFacts? _facts;
    private readonly DateTimeOffset _now;
    private readonly HashSet<SessionId> _used;
    private readonly Zones _zones;
    private readonly ImmutableDictionary<SessionId, DateTimeOffset>.Builder _corrections = ImmutableDictionary.CreateBuilder<
        SessionId,
        DateTimeOffset
    >();
    private readonly ImmutableArray<ConferenceSession>.Builder _changed = ImmutableArray.CreateBuilder<ConferenceSession>();
    private readonly ImmutableArray<FilePlace>.Builder _places = ImmutableArray.CreateBuilder<FilePlace>();
    private readonly ImmutableArray<RosterTask>.Builder _tasks = ImmutableArray.CreateBuilder<RosterTask>();
    private readonly ImmutableArray<OutboxMessage>.Builder _outbox = ImmutableArray.CreateBuilder<OutboxMessage>();
    private int _added,
        _moved,
        _cancelled,
        _corrected;
    private bool _isTooEarly;

    /// <summary>The reason for an edit by hand. Null for an import or a publication.</summary>
    private string? _reason;

    private ProgrammeMerge(ConferenceState state, Conference header, BookingFacts? facts, DateTimeOffset now) =>
        (_state, _header, _facts, _now, _used, _zones) = (
            state,
            header,
            facts,
            now,
            [.. state.Sessions.Keys],
            new(state.Header?.TimeZone ?? header.TimeZone, header.TimeZone)
        );

    /// <summary>Merges a programme into a conference.</summary>
    /// <param name="facts">Null if nothing can be booked.</param>
    /// <param name="own">Whether the programme is the hub's own draft. Its sessions are then matched by the hub's ids.</param>
    public static (ProgrammeImported Event, ImmutableArray<OutboxMessage> Outbox) Merge(
        ConferenceState state,
        ConferenceId id,
        Programme programme,
        BookingFacts? facts,
        DateTimeOffset now,
        bool own = false
    )
    {
        var header = Header(state.Header, programme.Conference with { Id = id }, own);
        return new ProgrammeMerge(state, header, facts, now).Merge(programme.Sessions, own);
    }

    /// <summary>
    /// Applies an edit by hand to sessions of the programme. The values are taken as they are. The times and rooms that the imported file
    /// gives stay known, so that another import of the same file does not undo the edit.
    /// </summary>
    /// <param name="before">The sessions that the edit is about. The others stay as they are.</param>
    /// <param name="after">
    ///     These sessions after the edit, and new ones. A session that is missing here is removed. If the time zone of the conference
    ///     changes, the sessions already have their corrected starts.
    /// </param>
    /// <param name="reason">Rosters that have booked the sessions keep it.</param>
    public static (ProgrammeImported Event, ImmutableArray<OutboxMessage> Outbox) Edit(
        ConferenceState state,
        Conference header,
        IEnumerable<ConferenceSession> before,
        ImmutableArray<ConferenceSession> after,
        BookingFacts? facts,
        DateTimeOffset now,
        string reason
    )
    {
        state = state with { Sessions = before.ToImmutableDictionary(s => s.Id) };
        return new ProgrammeMerge(state, header, facts, now) { _reason = reason }.Merge(after, own: true);
    }

    /// <summary>Merges a programme into the draft. Nothing is booked, and no session is marked as moved.</summary>
    public static DraftEdited MergeIntoDraft(ConferenceState live, ConferenceId id, Programme programme, DateTimeOffset now)
    {
        var draft = live.Draft!;
        ConferenceState state = new()
        {
            Header = draft.Head.Conference,
            Sessions = draft.Sessions.ToImmutableDictionary(s => s.Key, s => s.Value.Session),
            // A part of the file that is the same as in the last import must not undo an edit of the draft or a change of the programme.
            FilePlaces = draft
                .Sessions.Keys.Select(session => (session, Place: FilePlaceOf(live, session)))
                .Where(s => s.Place is not null)
                .ToImmutableDictionary(s => s.session, s => s.Place!),
        };
        var merge = new ProgrammeMerge(state, Header(state.Header, programme.Conference with { Id = id }, own: false), null, now);
        var (imported, _) = merge.Merge(programme.Sessions, own: false, intoDraft: true);
        return new(
            imported.Header,
            [.. imported.Sessions.Select(DraftRules.Plain)],
            imported.Removed,
            imported.Outcome with
            {
                Draft = true,
            }
        );
    }

    /// <summary>
    /// Returns the time and room that the imported file gave for a session, before anybody moved the session. Null if they are not known.
    /// </summary>
    private static SessionPlace? FilePlaceOf(ConferenceState live, SessionId session)
    {
        if (live.FilePlaces.TryGetValue(session, out var place))
            return place;
        if (live.Draft!.Base?.GetValueOrDefault(session) is not { } begun)
            return null;
        // A booked session is cancelled by its roster, so the cancellation does not come from the file.
        return live.Sessions.GetValueOrDefault(session) is { Booking: BookingState.Booked }
            ? SessionPlace.Of(begun) with
            {
                Cancelled = false,
            }
            : SessionPlace.Of(begun);
    }

    private (ProgrammeImported, ImmutableArray<OutboxMessage>) Merge(
        ImmutableArray<ConferenceSession> incoming,
        bool own,
        bool intoDraft = false
    )
    {
        var matches = own
            ? [.. incoming.Select(s => _state.Sessions.GetValueOrDefault(s.Id))]
            : SessionMatching.Match(_state.Sessions.Values, incoming);
        for (var i = 0; i < incoming.Length; i++)
        {
            if (matches[i] is { } before)
                Update(before, incoming[i], own, intoDraft);
            else
                Add(incoming[i]);
        }
        var kept = matches.OfType<ConferenceSession>().Select(s => s.Id).ToHashSet();
        ImmutableArray<ConferenceSession> gone =
        [
            .. _state.Sessions.Values.Where(s => !kept.Contains(s.Id)).OrderBy(s => s.Id.Value, StringComparer.Ordinal),
        ];
        foreach (var session in gone)
            Release(session);
        var outcome = new ImportOutcome(
            _added,
            _changed.Count - _added,
            gone.Length,
            0,
            _isTooEarly ? ConferenceCodes.Booking : null,
            Moved: _moved,
            Cancelled: _cancelled,
            Corrected: _corrected,
            ZoneBefore: _zones.Differ ? _zones.Before : null
        );
        var header = _state.Header is { } old && Same(old, _header) ? null : _header;
        return (
            new(
                header,
                _changed.ToImmutable(),
                [.. gone.Select(s => s.Id)],
                _places.ToImmutable(),
                _tasks.ToImmutable(),
                outcome,
                _corrections.ToImmutable()
            ),
            _outbox.ToImmutable()
        );
    }

    private void Add(ConferenceSession session)
    {
        var id = session.Id;
        for (var n = 2; !_used.Add(id); n++)
            id = new SessionId($"{session.Id.Value[..Math.Min(session.Id.Value.Length, 74)]}-{n}");
        _added++;
        Put(session with { Id = id, Moved = null, Booking = BookingState.None, Engagement = null, Week = null, BookingFindings = [] });
    }

    private void Update(ConferenceSession before, ConferenceSession incoming, bool own, bool intoDraft)
    {
        incoming = ExportNames.TakeBack(_header.Id, incoming, before);
        var booked = before is { Booking: BookingState.Booked, Cancelled: false };
        var rostered = booked || before.Booking == BookingState.Requested;
        var place = SessionPlace.Of(incoming);
        var file = own
            ? SessionPlace.Of(before)
            : _state.FilePlaces.GetValueOrDefault(before.Id) ?? SessionPlace.Of(before) with { Cancelled = false };
        // If only the time zone differs from the last import, the session keeps its local time. This is also true if a person moved it.
        var corrected =
            _zones.Differ
            && place.Start != file.Start
            && place with { Start = null, Cancelled = false } == file with { Start = null, Cancelled = false }
            && _zones.Agree(file.Start, place.Start);
        var byHand = corrected && !SessionPlace.Of(before).IsAt(file);
        if (byHand)
            incoming = incoming with
            {
                Start = _zones.Correct(before.Start),
                Duration = before.Duration,
                Room = before.Room,
                Day = before.Day,
            };
        // A booked session, a session of the draft, and a session that a person cancelled or restored are cancelled or restored only if the
        // file's own value has changed.
        var cancelled =
            !own
            && (intoDraft || before.Booking == BookingState.Booked || _state.FilePlaces.ContainsKey(before.Id))
            && incoming.Cancelled == file.Cancelled
                ? before.Cancelled
                : incoming.Cancelled;
        // A booked session that was cancelled and stays cancelled keeps its consultants, start, duration, room and day. The incoming
        // programme does not change them.
        var off = before is { Booking: BookingState.Booked, Cancelled: true } && cancelled;
        var merged = incoming with
        {
            Id = before.Id,
            Version = before.Version,
            Moved = before.Moved,
            Booking = before.Booking,
            Engagement = before.Engagement,
            Week = before.Week,
            BookingFindings = own && booked ? [] : before.BookingFindings,
            Speakers = Linked(incoming.Speakers, before, booked || off, exactly: _reason is not null),
            Cancelled = cancelled,
        };
        var moves = !place.IsAt(file);
        // A session that still waits for its booking cannot be moved by a command to the roster.
        _isTooEarly |= moves && before.Booking == BookingState.Requested;
        if (!moves || rostered || off)
            merged = merged with { Start = before.Start, Duration = before.Duration, Room = before.Room, Day = before.Day };
        else if (!corrected && before.Start is not null && (before.Start != incoming.Start || before.Room != incoming.Room))
            merged = merged with { Moved = new SessionMove(_now, before.Start, before.Room) };
        else if (corrected && before.Moved is { } earlier)
            merged = merged with { Moved = earlier with { FromStart = _zones.Correct(earlier.FromStart) } };
        Count(before, incoming, moves, corrected, cancelled);
        if (booked && corrected && incoming.Start is { } start)
            _corrections[before.Id] = start;
        if (booked)
            merged = AskRoster(before, merged with { Cancelled = false }, incoming, cancelled, moves, own);
        if (_reason is not null)
            KeepFilePlace(before, merged, corrected && rostered ? place : null);
        else if (moves || (before.Booking == BookingState.Booked && incoming.Cancelled != file.Cancelled))
            _places.Add(
                new FilePlace(
                    before.Id,
                    byHand || cancelled != incoming.Cancelled || before.Booking is BookingState.Booked or BookingState.Requested
                        ? place
                        : null
                )
            );
        var restored = before is { Booking: BookingState.Booked, Cancelled: true } && !cancelled;
        if (restored)
            merged = merged with { Engagement = null, Week = null };
        var unasked = merged.Booking == BookingState.None && _facts is not null && SessionRules.UsesNetwork(_header, merged);
        if (SessionRules.SameContent(merged, before) && !unasked)
            return;
        if (rostered || (before.Booking == BookingState.Booked && !restored))
            _changed.Add(merged);
        else
            Put(merged);
    }

    /// <summary>
    /// Keeps the time and room that the file gives for a session that a person edits. In a corrected time zone, they keep their local time.
    /// </summary>
    /// <param name="corrected">The corrected place of a booked session, until its roster has decided.</param>
    private void KeepFilePlace(ConferenceSession before, ConferenceSession after, SessionPlace? corrected)
    {
        var known = _state.FilePlaces.GetValueOrDefault(before.Id);
        var was = SessionPlace.Of(before) with { Start = _zones.Correct(before.Start) };
        // If a roster decides about the session, its report leads to the file's place.
        var isOwn = before.Booking is not (BookingState.Booked or BookingState.Requested);
        var kept =
            known is not null ? known with { Start = _zones.Correct(known.Start) }
            : corrected is not null ? corrected
            : isOwn && SessionPlace.Of(after) != was ? was
            : null;
        if (kept != known)
            _places.Add(new FilePlace(before.Id, kept));
    }

    private void Count(ConferenceSession before, ConferenceSession incoming, bool moves, bool corrected, bool cancelled)
    {
        if (cancelled && !before.Cancelled)
            _cancelled++;
        else if (corrected)
            _corrected++;
        else if (moves && !cancelled && before.Start is not null && (before.Start != incoming.Start || before.Room != incoming.Room))
            _moved++;
    }

    /// <summary>
    /// Turns the programme's changes of a booked session into commands to its roster. The session keeps the roster's values until the
    /// roster has decided.
    /// </summary>
    private ConferenceSession AskRoster(
        ConferenceSession before,
        ConferenceSession merged,
        ConferenceSession incoming,
        bool cancelled,
        bool moves,
        bool own
    )
    {
        if (before is not { Engagement: { } engagement, Week: { } week })
            return merged;
        if (cancelled)
        {
            _tasks.Add(Cancellation(before.Id, engagement, week, _reason ?? "The programme says that the session is cancelled."));
            return merged;
        }
        var why = _reason ?? (own ? "The published programme changes the session." : "The imported programme changes the session.");
        if (moves)
        {
            var ask = RosterRequest.Move(_header, before, incoming, why);
            if (ask.Code is { } code)
                merged = merged with { BookingFindings = [code] };
            else if (ask.Command is { } command)
                _tasks.Add(new RosterTask(before.Id, week, command));
            if (ask.OwnRoom is { } room)
                merged = merged with { Room = room, Moved = new SessionMove(_now, before.Start, before.Room) };
        }
        if (own && RosterRequest.Assign(before, incoming, why) is { } assign)
            _tasks.Add(new RosterTask(before.Id, week, assign));
        return merged;
    }

    private void Release(ConferenceSession session)
    {
        if (session is { Engagement: { } engagement, Week: { } week, Cancelled: false })
            _tasks.Add(Cancellation(session.Id, engagement, week, _reason ?? "The session is no longer in the programme."));
    }

    public static RosterTask Cancellation(SessionId session, EngagementId engagement, Week week, string reason) =>
        new(
            session,
            week,
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = engagement,
                Reason = reason,
            }
        );

    private void Put(ConferenceSession session)
    {
        var (booked, message) = SessionRules.Book(_header, session, _facts);
        _changed.Add(booked);
        if (message is not null)
            _outbox.Add(message);
    }

    /// <summary>
    /// Keeps a speaker's link to a consultant if the file has the same name with the same id or with no id. If the file gives no id, the
    /// old id is kept too. A booked session keeps its consultants, because the roster owns them.
    /// </summary>
    /// <param name="exactly">Whether a speaker without a consultant is a guest, because a person said so.</param>
    private static ImmutableArray<Speaker> Linked(ImmutableArray<Speaker> incoming, ConferenceSession before, bool booked, bool exactly)
    {
        ImmutableArray<Speaker> linked =
        [
            .. incoming.Select(s =>
                exactly || s.Consultant is not null
                    ? s
                    : before.Speakers.FirstOrDefault(b =>
                        b.Name == s.Name && (s.SourceId is null || (b.SourceId == s.SourceId && b.Consultant is not null))
                    ) ?? s
            ),
        ];
        if (!booked)
            return linked;
        var consultants = before.Speakers.Where(s => s.Consultant is not null).ToList();
        // The speakers that the file names come first, in the order of the file.
        return
        [
            .. linked.Where(s => s.Consultant is null || consultants.Any(c => c.Consultant == s.Consultant)),
            .. consultants.Where(c => linked.All(s => s.Consultant != c.Consultant)),
        ];
    }

    /// <summary>
    /// Merges the headers. A file knows neither links of rooms nor titles in other languages, so they stay. In the hub's own draft, a
    /// person may have removed them.
    /// </summary>
    private static Conference Header(Conference? before, Conference incoming, bool own) =>
        before is null
            ? incoming
            : incoming with
            {
                Network = incoming.Network ?? before.Network,
                Subtitle = incoming.Subtitle ?? (own ? null : before.Subtitle),
                TitleAr = incoming.TitleAr ?? (own ? null : before.TitleAr),
                TitleKo = incoming.TitleKo ?? (own ? null : before.TitleKo),
                Withdrawn = before.Withdrawn,
                Version = before.Version,
                Public = before.Public,
                SelfRegistration = before.SelfRegistration,
                RegistrationUntil = before.RegistrationUntil,
                MostRegistrations = before.MostRegistrations,
                Registered = before.Registered,
                Release = before.Release,
                HasDraft = before.HasDraft,
                Rooms =
                [
                    .. incoming.Rooms.Select(r => own || r.Room is not null ? r : before.Rooms.FirstOrDefault(b => b.Name == r.Name) ?? r),
                ],
            };

    private static bool Same(Conference a, Conference b) =>
        a with { Version = 0, Rooms = default, Tracks = default } == b with { Version = 0, Rooms = default, Tracks = default }
        && a.Rooms.SequenceEqual(b.Rooms)
        && a.Tracks.SequenceEqual(b.Tracks);
}
