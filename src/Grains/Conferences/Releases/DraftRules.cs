using System.Collections.Immutable;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Conferences.Releases;

/// <summary>Begins and edits a draft. Pure. A draft books nothing and informs nobody before it is published.</summary>
internal static class DraftRules
{
    public const int LongestTitle = 300,
        LongestText = 20_000,
        LongestName = 200,
        MostSpeakers = 200,
        MostDrafted = ProgrammeReader.MostSessions;
    public static readonly TimeSpan LongestSession = TimeSpan.FromDays(31);

    /// <summary>Returns the programme's sessions without the values that only the programme itself has, such as bookings.</summary>
    public static ImmutableArray<ConferenceSession> Begin(ConferenceState state) => [.. state.Sessions.Values.Select(Plain)];

    public static ConferenceSession Plain(ConferenceSession session) =>
        session with
        {
            Version = 0,
            Moved = null,
            Booking = BookingState.None,
            Engagement = null,
            Week = null,
            BookingFindings = [],
        };

    /// <summary>
    /// Returns the sessions of the programme that results from publishing the draft. A session's place (its time and room), its speakers
    /// and its cancellation each come from the draft if the draft has changed them, and otherwise from the current programme. Everything
    /// else comes from the draft. A booked session that is cancelled keeps its current place and speakers.
    /// </summary>
    public static ImmutableArray<ConferenceSession> Ready(ConferenceState state) =>
        state.Draft is not { } draft
            ? []
            :
            [
                .. draft
                    .Sessions.Values.Select(s =>
                        Ready(s.Session, BegunOf(state, draft, s.Session.Id), state.Sessions.GetValueOrDefault(s.Session.Id))
                    )
                    .OrderBy(s => s.Id.Value, StringComparer.Ordinal),
            ];

    /// <summary>
    /// Returns the session as it was when the draft was begun. If an older version of the software began the draft, the draft has no such
    /// copy. The session then gets the time and room that the file gives, if they are stored.
    /// </summary>
    private static ConferenceSession? BegunOf(ConferenceState state, ConferenceDraft draft, SessionId id) =>
        draft.Base is { } known ? known.GetValueOrDefault(id)
        : state.Sessions.GetValueOrDefault(id) is { } live && state.FilePlaces.GetValueOrDefault(id) is { } file
            ? live with
            {
                Start = file.Start,
                Duration = file.Duration,
                Room = file.Room,
                Cancelled = file.Cancelled,
            }
        : state.Sessions.GetValueOrDefault(id);

    private static ConferenceSession Ready(ConferenceSession drafted, ConferenceSession? begun, ConferenceSession? live)
    {
        if (begun is null || live is null)
            return drafted;
        if (SessionPlace.Of(drafted).IsAt(SessionPlace.Of(begun)))
            drafted = At(live, drafted);
        if (drafted.Speakers.SequenceEqual(begun.Speakers))
            drafted = drafted with { Speakers = live.Speakers };
        if (drafted.Cancelled == begun.Cancelled)
            drafted = drafted with { Cancelled = live.Cancelled };
        return live.Booking == BookingState.Booked && drafted.Cancelled ? At(live, drafted) with { Speakers = live.Speakers } : drafted;
    }

    private static ConferenceSession At(ConferenceSession place, ConferenceSession session) =>
        session with
        {
            Start = place.Start,
            Duration = place.Duration,
            Room = place.Room,
            Day = place.Day,
        };

    /// <summary>
    /// Returns the edited session, or a code that says why the edit is refused. If both are null, the session leaves the draft.
    /// </summary>
    public static (string? Code, string? Message, ConferenceSession? Session) Edit(ConferenceState state, EditDraft command)
    {
        if (state.Draft is not { } draft)
            return (DraftCodes.None, "There is no draft.", null);
        var known = command.Session is { } id ? draft.Sessions.GetValueOrDefault(id) : null;
        if (command.Session is not null && known is null)
            return (SessionCodes.Unknown, "The draft has no such session.", null);
        if (known is not null && command.ExpectedVersion is { } seen && seen != known.Version)
            return (SessionCodes.Stale, "The session has changed meanwhile.", null);
        if (command.Text is not { } text)
            return known is null ? (SessionCodes.Unknown, "The draft has no such session.", null) : (null, null, null);
        var header = draft.Head.Conference;
        if (string.IsNullOrWhiteSpace(text.Title) || TooLong(text))
            return (SessionCodes.BadText, "The title is missing, or a text is too long. A title has 1 to 300 characters.", null);
        if (
            text.Speakers.IsDefault
            || text.Speakers.Length > MostSpeakers
            || text.Speakers.Any(s => string.IsNullOrWhiteSpace(s?.Name) || s.Name.Length > LongestName)
        )
            return (
                SessionCodes.BadText,
                $"A session has at most {MostSpeakers} speakers, and each name has 1 to {LongestName} characters.",
                null
            );
        if (text.Start is { Year: < 1970 or > 2200 } || text.Duration < TimeSpan.Zero || text.Duration > LongestSession)
            return (SessionCodes.BadTime, "A session must be between 1970 and 2200 and last 0 to 31 days.", null);
        if (text.Room.Length > 0 && header.Rooms.All(r => r.Name != text.Room))
            return (SessionCodes.UnknownRoom, "The conference has no such room.", null);
        if (known is null && draft.Sessions.Count >= MostDrafted)
            return (DraftCodes.TooMany, $"A programme may have {MostDrafted} sessions at most.", null);
        var session = known?.Session ?? new ConferenceSession { Id = NewId(state, draft, text.Title), Title = text.Title };
        return (
            null,
            null,
            Written(header, session, text with { TitleAr = text.TitleAr ?? session.TitleAr, TitleKo = text.TitleKo ?? session.TitleKo })
        );
    }

    /// <summary>Returns the session with the new content.</summary>
    public static ConferenceSession Written(Conference header, ConferenceSession session, SessionText text) =>
        session with
        {
            Title = text.Title.Trim(),
            TitleAr = string.IsNullOrWhiteSpace(text.TitleAr) ? null : text.TitleAr.Trim(),
            TitleKo = string.IsNullOrWhiteSpace(text.TitleKo) ? null : text.TitleKo.Trim(),
            Subtitle = text.Subtitle,
            Abstract = text.Abstract,
            Start = text.Start?.ToUniversalTime(),
            Duration = text.Duration,
            Room = text.Room,
            Track = text.Track,
            Kind = text.Kind,
            Language = text.Language,
            Speakers = text.Speakers,
            Cancelled = text.Cancelled,
            Day = text.Start is { } start
                ? session.Start == start
                    ? session.Day ?? SessionRules.DayOf(header, start)
                    : SessionRules.DayOf(header, start)
                : null,
        };

    private static bool TooLong(SessionText text) =>
        text.Title.Length > LongestTitle
        || text.TitleAr?.Length > LongestTitle
        || text.TitleKo?.Length > LongestTitle
        || text.Subtitle?.Length > LongestTitle
        || text.Abstract?.Length > LongestText
        || text.Track?.Length > LongestName
        || text.Kind?.Length > LongestName
        || text.Language?.Length > LongestName
        || text.Room is null
        || text.Room.Length > LongestName;

    private static SessionId NewId(ConferenceState state, ConferenceDraft draft, string title)
    {
        var slug = PlainText.Slug(title, 26);
        var name = $"{state.Header!.Id}-{(slug.Length == 0 ? "session" : slug)}";
        var id = new SessionId(name);
        for (var n = 2; draft.Sessions.ContainsKey(id) || state.Sessions.ContainsKey(id); n++)
            id = new SessionId($"{name}-{n}");
        return id;
    }
}
