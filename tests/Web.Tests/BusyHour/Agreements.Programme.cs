using System.Globalization;
using ConsultHub.Conferences;
using ConsultHub.Inboxes;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// Compares a session in the programme, on boards, on the public page, in files, in calendars, in the release and in notices.
/// </summary>
internal static partial class Agreements
{
    private static IEnumerable<string> ProgrammeAndBoard(Surfaces s)
    {
        var engagements = s.Engagements.DistinctBy(d => d.Engagement.Id).ToDictionary(d => d.Engagement.Id);
        foreach (var session in s.Programme.Values)
        {
            if (session.Booking == BookingState.Requested)
                yield return $"{session.Id} still waits to be booked although the hub is at rest.";
            if (session is not { Booking: BookingState.Booked, Engagement: { } id })
                continue;
            if (!engagements.TryGetValue(id, out var found))
                yield return $"{session.Id} is booked as {id}, which is on no board.";
            else if (found.Week != session.Week)
                yield return $"{session.Id} is booked in {session.Week}, and its engagement is on the board of {found.Week}.";
            else if ((session.Start, session.Start + session.Duration) != (found.Engagement.Start, found.Engagement.End))
                yield return $"{session.Id} is {When(session.Start)} for {session.Duration.TotalMinutes} min in the programme "
                    + $"and {When(found.Engagement.Start)} to {When(found.Engagement.End)} on the board.";
            else if (session.Cancelled != (found.Engagement.Status == EngagementStatus.Cancelled))
                yield return $"{session.Id} is {(session.Cancelled ? "cancelled" : "not cancelled")} in the programme and "
                    + $"{found.Engagement.Status} on the board.";
            else if (found.Engagement.Room is { } room && session.Room != RoomName(s, found.Engagement.Hospital, room))
                yield return $"{session.Id} is in {session.Room} in the programme and in {room} on the board.";
            else if (
                !session
                    .Speakers.Select(p => p.Consultant)
                    .OfType<PersonId>()
                    .Order(ById)
                    .SequenceEqual(found.Engagement.Consultants.Order(ById))
            )
                yield return $"{session.Id} has the speakers {string.Join(", ", session.Speakers.Select(p => p.Name))} and the "
                    + $"consultants {string.Join(", ", found.Engagement.Consultants)}.";
        }
    }

    private static readonly Comparer<PersonId> ById = Comparer<PersonId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value));

    /// <summary>The name of a room in the programme. A room that the conference does not know keeps its id.</summary>
    private static string RoomName(Surfaces s, HospitalId hospital, RoomId room) =>
        hospital == s.World.Hospitals[0] && Enumerable.Range(0, 2).FirstOrDefault(i => World.Room(3 - i) == room, -1) is >= 0 and var i
            ? World.ProgrammeRoom(i)
            : room.Value;

    /// <summary>
    /// If a session's engagement takes time and is not completed, the session is in the programme, not cancelled, and refers to the
    /// engagement.
    /// </summary>
    private static IEnumerable<string> BoardAndProgramme(Surfaces s) =>
        from one in s.Engagements
        where one.Engagement.TakesTime && one.Engagement.Status != EngagementStatus.Completed
        let reference = one.Engagement.Session
        where reference is not null
        let session = s.Programme.GetValueOrDefault(reference.Session)
        where session is null || session.Cancelled || session.Engagement != one.Engagement.Id
        select $"{one.Engagement.Id} takes place {When(one.Engagement.Start)} on the board, but its session "
            + $"{(session is null ? "is not in the programme" : session.Cancelled ? "is cancelled" : $"is {session.Booking}")}.";

    private static IEnumerable<string> ProgrammeAndPublicPage(Surfaces s)
    {
        var shown = s.Public.Sessions.ToDictionary(p => p.Id);
        foreach (var id in shown.Keys.Union(s.Programme.Keys))
        {
            var (page, session) = (shown.GetValueOrDefault(id), s.Programme.GetValueOrDefault(id));
            if (page is null || session is null)
                yield return $"{id} is either in the programme or on the public page, but not in both.";
            else if (
                (page.Title, page.Start, page.Duration, page.Room, page.Cancelled)
                != (session.Title, session.Start, session.Duration, session.Room, session.Cancelled)
            )
                yield return $"{id} is {When(page.Start)} in {page.Room} (cancelled: {page.Cancelled}) on the page and "
                    + $"{When(session.Start)} in {session.Room} (cancelled: {session.Cancelled}) in the programme.";
            else if (!page.Speakers.SequenceEqual(session.Speakers.Select(p => p.Name)))
                yield return $"{id} has other speakers on the page than in the programme.";
        }
    }

    private static IEnumerable<string> ProgrammeAndExport(Surfaces s, IReadOnlyList<ExportedEvent> exported)
    {
        var written = exported.Select(Said).Order(StringComparer.Ordinal).ToList();
        var expected = s
            .Programme.Values.Where(p => p is { Cancelled: false, Start: not null })
            .Select(p => Said(new(p.Title, p.Start!.Value, p.Duration, p.Room)))
            .Order(StringComparer.Ordinal)
            .ToList();
        return expected
            .Except(written)
            .Select(e => $"The file lacks {e}.")
            .Concat(written.Except(expected).Select(e => $"The file has {e}, which is not in the programme."));

        static string Said(ExportedEvent e) => $"{e.Title} {When(e.Start)} for {e.Duration.TotalMinutes} min in {e.Room}";
    }

    /// <summary>A person's calendar shows each session that the person has marked or has a place in, as the programme shows it.</summary>
    private static IEnumerable<string> ProgrammeAndCalendar(Surfaces s) =>
        from person in s.World.Attendees
        let own = s.Favourites[person].Concat(s.OwnPlaces[person].Where(p => p.Registered).Select(p => p.Session)).ToHashSet()
        let shown = s.Calendars[person].ToDictionary(e => e.Key, e => Text(e.Value))
        let expected = own.Select(id => s.Programme.GetValueOrDefault(id))
            .Where(p => p?.Start is not null)
            .ToDictionary(
                p => $"{p!.Id}.{s.World.Conference}@session.consult-hub",
                p =>
                    Text(
                        new CalendarEvent(
                            "",
                            p!.Start!.Value,
                            p.Start.Value + p.Duration,
                            p.Title,
                            "",
                            p.Cancelled ? "CANCELLED" : "CONFIRMED"
                        )
                    )
            )
        from id in shown.Keys.Union(expected.Keys)
        where shown.GetValueOrDefault(id) != expected.GetValueOrDefault(id)
        select $"{id} should be {expected.GetValueOrDefault(id) ?? "not there"} in the calendar of {person} and is "
            + $"{shown.GetValueOrDefault(id) ?? "not there"}.";

    /// <summary>If nobody has changed a session since the release, the programme shows it as the release does.</summary>
    private static IEnumerable<string> ReleaseAndProgramme(Surfaces s) =>
        s.Release is null ? [] : Disagree(s.Release.Sessions, s.Programme.Values, s.Touched);

    internal static IEnumerable<string> Disagree(
        IEnumerable<ConferenceSession> release,
        IEnumerable<ConferenceSession> programme,
        IReadOnlySet<SessionId> apart
    )
    {
        var (released, live) = (release.ToDictionary(r => r.Id), programme.ToDictionary(p => p.Id));
        foreach (var id in released.Keys.Union(live.Keys).Where(id => !apart.Contains(id)))
        {
            var (says, now) = (released.GetValueOrDefault(id), live.GetValueOrDefault(id));
            if (says is null || now is null)
                yield return $"{id} is in the {(says is null ? "programme" : "release")} only.";
            else if (
                (says.Start, says.Duration, says.Room, says.Cancelled, says.Title)
                != (now.Start, now.Duration, now.Room, now.Cancelled, now.Title)
            )
                yield return $"{id} is {says.Title}, {When(says.Start)} for {says.Duration.TotalMinutes} min in {says.Room} "
                    + $"(cancelled: {says.Cancelled}) in the release and {now.Title}, {When(now.Start)} for "
                    + $"{now.Duration.TotalMinutes} min in {now.Room} (cancelled: {now.Cancelled}) in the programme ({now.Booking}).";
        }
    }

    /// <summary>
    /// The newest notice that names a session agrees with the programme. This holds for attendees who never stopped wanting to attend, and
    /// for speakers unless an alert about their engagement is newer.
    /// </summary>
    private static IEnumerable<string> NoticeAndProgramme(Surfaces s)
    {
        foreach (var person in s.World.Attendees.Concat(s.World.Consultants))
        foreach (
            var session in s.Programme.Values.Where(p =>
                s.World.Attendees.Contains(person)
                    ? !s.Left.Contains((person, p.Id))
                    : p.Speakers.Any(speaker => speaker.Consultant == person)
            )
        )
        {
            var name = $"\u2068{session.Title}\u2069";
            var notice = s.Inboxes[person]
                .LastOrDefault(a =>
                    a.Kind is AlertKind.ProgrammeChanged or AlertKind.SessionMoved && a.Text["en"].Contains(name, StringComparison.Ordinal)
                );
            if (notice is null || (session.Engagement is { } engagement && Newest(s, person, engagement)?.At >= notice.At))
                continue;
            var line = notice.Text["en"].Split("; ").First(l => l.Contains(name, StringComparison.Ordinal));
            var cancelled = line.Contains("does not take place", StringComparison.Ordinal);
            if (cancelled != session.Cancelled)
                yield return $"{person} was told \"{line}\", and {session.Title} is {(session.Cancelled ? "cancelled" : "not cancelled")}.";
            else if (!cancelled && !line.Contains(Where(session), StringComparison.Ordinal))
                yield return $"{person} was told \"{line}\", and {session.Title} is {Where(session)}.";
        }
    }

    private static string Where(ConferenceSession session) =>
        session.Start is { } start
            ? TimeZoneInfo
                .ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"))
                .ToString("dddd d MMMM, HH:mm", CultureInfo.GetCultureInfo("en-GB"))
                + (session.Room.Length > 0 ? $", \u2068{session.Room}\u2069" : "")
            : "no time yet";

    private static IEnumerable<string> PlacesAndPeople(Surfaces s) =>
        from audience in s.Audiences
        let places = s.Places.GetValueOrDefault(audience.Key)
        let shown = (places?.Registered ?? 0, places?.Waiting ?? 0, places?.CheckedIn ?? 0)
        let listed = (
            audience.Value.Count(p => !p.Waiting),
            audience.Value.Count(p => p.Waiting),
            audience.Value.Count(p => p.CheckedInAt is not null)
        )
        where shown != listed
        select $"{audience.Key} shows (places, waiting, let in) {shown}, and its list has {listed}.";

    private static IEnumerable<string> OwnPlaceAndPeople(Surfaces s) =>
        from person in s.World.Attendees
        from audience in s.Audiences
        let own = s.OwnPlaces[person].FirstOrDefault(p => p.Session == audience.Key)
        let listed = audience.Value.FirstOrDefault(p => p.Person == person)
        where
            (own?.Registered ?? false) != (listed is { Waiting: false })
            || (own?.WaitingAt is not null) != (listed is { Waiting: true })
            || own?.CheckedInAt != listed?.CheckedInAt
        select $"{person} sees for {audience.Key}: place {own?.Registered}, waiting {own?.WaitingAt}, let in "
            + $"{own?.CheckedInAt}; the list says "
            + $"{(listed is null ? "nothing" : $"waiting {listed.Waiting}, let in {listed.CheckedInAt}")}.";

    /// <summary>Exactly the people who were let in at the door are in the list of those who attended.</summary>
    private static IEnumerable<string> PeopleAndAttendance(Surfaces s) =>
        from audience in s.Audiences
        from person in s.World.Attendees
        let inside = audience.Value.Any(p => p.Person == person && p.CheckedInAt is not null)
        let attended = s.Attendance.Any(c => c.Person == person && c.Sessions.Any(a => a.Session == audience.Key))
        where inside != attended
        select $"{person} {(inside ? "was" : "was not")} let in to {audience.Key}, and {(attended ? "has" : "has no")} attendance there.";
}
