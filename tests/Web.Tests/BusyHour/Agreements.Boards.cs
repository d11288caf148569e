using System.Text.Json;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// Compares how an engagement is shown on boards, at its own address, in histories, in the feed, on itineraries and in calendars.
/// </summary>
internal static partial class Agreements
{
    private static IEnumerable<string> EngagementStandsOnOneBoard(Surfaces s) =>
        s
            .Engagements.GroupBy(d => d.Engagement.Id)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key} is on the boards of {string.Join(" and ", g.Select(d => d.Week))}.")
            .Concat(
                s.Engagements.Where(d => d.Engagement.Moving is not null)
                    .Select(d => $"{d.Engagement.Id} is still on its way to {d.Engagement.Moving!.Week} although the hub is at rest.")
            );

    /// <summary>
    /// An engagement that reaches into the next week is on the next board with the same data as on the board of its week. A board shows no
    /// other engagement of another week.
    /// </summary>
    private static IEnumerable<string> BoardAndNextBoard(Surfaces s) =>
        from board in s.Boards.Where(b => b.Key != World.Weeks[0])
        let shown = board.Value.OfType<Engagement>().Where(e => World.WeekOf(e.Start) != board.Key).ToDictionary(e => e.Id, Text)
        let expected = s
            .Engagements.Where(d => d.Week.Next == board.Key && World.WeekOf(d.Engagement.End.AddTicks(-1)) == board.Key)
            .ToDictionary(d => d.Engagement.Id, d => Text(d.Engagement))
        from id in shown.Keys.Union(expected.Keys)
        where shown.GetValueOrDefault(id) != expected.GetValueOrDefault(id)
        select $"{id} of the week before should be {expected.GetValueOrDefault(id) ?? "not there"} on the board of {board.Key} "
            + $"and is {shown.GetValueOrDefault(id) ?? "not there"}.";

    private static IEnumerable<string> BoardAndOpenedEngagement(Surfaces s) =>
        s
            .Engagements.Where(d =>
                s.Opened.GetValueOrDefault(d.Engagement.Id) is var opened && (opened is null || Text(opened) != Text(d.Engagement))
            )
            .Select(d =>
                $"{d.Engagement.Id} is {Text(d.Engagement)} on the board and "
                + $"{(s.Opened.GetValueOrDefault(d.Engagement.Id) is { } opened ? Text(opened) : "not there")} when it is opened."
            );

    private static IEnumerable<string> BoardAndHospitalBoard(Surfaces s) =>
        from board in s.Boards
        let shown = s.HospitalBoards[board.Key].OfType<Engagement>().ToDictionary(e => e.Id, Text)
        let expected = board.Value.OfType<Engagement>().Where(e => e.Hospital == s.World.Hospitals[0]).ToDictionary(e => e.Id, Text)
        from id in shown.Keys.Union(expected.Keys)
        where shown.GetValueOrDefault(id) != expected.GetValueOrDefault(id)
        select $"{id} is {expected.GetValueOrDefault(id) ?? "not there"} on the board of {board.Key} and "
            + $"{shown.GetValueOrDefault(id) ?? "not there"} on the hospital's board.";

    private static IEnumerable<string> BoardAndHistory(Surfaces s) =>
        from one in s.Engagements
        let newest = s.HistoriesByWeek[one.Engagement.Id][one.Week].LastOrDefault(h => h.After is not null)
        where newest is null || Text(newest.After!) != Text(one.Engagement)
        select $"{one.Engagement.Id} is {Text(one.Engagement)} on the board, and its newest history ({newest?.What}) says "
            + $"{(newest is null ? "nothing" : Text(newest.After!))}.";

    /// <summary>
    /// The newest feed line about an engagement agrees with its start, room, consultants and cancellation. The feed of a board covers only
    /// the engagements of its week.
    /// </summary>
    private static IEnumerable<string> BoardAndFeed(Surfaces s) =>
        from board in s.Boards
        from engagement in board.Value.OfType<Engagement>()
        where World.WeekOf(engagement.Start) == board.Key
        let line = board.Value.OfType<Activity>().Where(a => a.Engagement == engagement.Id).MaxBy(a => a.Number)
        where
            line is not null
            && (
                line.StartAfter != engagement.Start
                || line.RoomAfter != engagement.Room
                || !line.ConsultantsAfter.SequenceEqual(engagement.Consultants)
                || (line.What == Change.Cancelled) != (engagement.Status == EngagementStatus.Cancelled)
            )
        select $"{engagement.Id} is {Text(engagement)}, and the feed's newest line ({line.What}) says {When(line.StartAfter)} "
            + $"in {line.RoomAfter} with {string.Join(", ", line.ConsultantsAfter)}.";

    /// <summary>A feed line about an answer, or about a missing answer, names the person who was asked.</summary>
    private static IEnumerable<string> FeedAndHistoryNameWhoWasAsked(Surfaces s) =>
        from board in s.Boards
        from line in board.Value.OfType<Activity>()
        where line.What is Change.Expired or Change.Declined or Change.Accepted
        let entry = s.Histories.GetValueOrDefault(line.Engagement)?.FirstOrDefault(h => h.Version == line.Version && h.What == line.What)
        let asked = entry?.Before?.Proposal?.Candidate
        where asked is not null && line.Candidate != asked
        select $"The feed says that {line.Candidate} {line.What} {line.Engagement}, but {asked} had been asked.";

    private static IEnumerable<string> HistoryKeepsWhoMovedAndWhy(Surfaces s) =>
        from history in s.Histories
        from pair in history.Value.Zip(history.Value.Skip(1))
        where pair.First.What == Change.MovedAway || pair.Second.What == Change.MovedIn
        let asked = history.Value.LastOrDefault(h => h.What == Change.Moving && h.At <= pair.Second.At)
        where asked is not null && pair.Second.What == Change.MovedIn && (pair.Second.By != asked.By || pair.Second.Reason != asked.Reason)
        select $"{asked.By} moved {history.Key} to another week because \"{asked.Reason}\", but there its history says "
            + $"{pair.Second.By}, \"{pair.Second.Reason}\".";

    private static IEnumerable<string> BoardAndItinerary(Surfaces s) =>
        from person in s.World.Consultants
        let shown = s.Itineraries[person].ToLookup(e => e.Id, Text)
        let expected = s.Engagements.Where(d => Concerns(d.Engagement, person)).ToLookup(d => d.Engagement.Id, d => Text(d.Engagement))
        from id in shown.Select(g => g.Key).Union(expected.Select(g => g.Key))
        where !shown[id].SequenceEqual(expected[id])
        select $"{id} is {string.Join(" and ", expected[id].DefaultIfEmpty("not assigned to them"))} on the board, and "
            + $"{string.Join(" and ", shown[id].DefaultIfEmpty("not there"))} on the itinerary of {person}.";

    private static IEnumerable<string> BoardAndCalendar(Surfaces s) =>
        from person in s.World.Consultants
        let shown = s.Calendars[person]
            .Where(e => e.Key.EndsWith("@duty.consult-hub", StringComparison.Ordinal))
            .ToDictionary(e => e.Key[..e.Key.LastIndexOf($".{s.World.Network}@", StringComparison.Ordinal)], e => Text(e.Value))
        let expected = s
            .Engagements.Where(d => Concerns(d.Engagement, person))
            .DistinctBy(d => d.Engagement.Id)
            .ToDictionary(d => d.Engagement.Id.Value, d => Text(InCalendar(d.Engagement, person)))
        from id in shown.Keys.Union(expected.Keys)
        where shown.GetValueOrDefault(id) != expected.GetValueOrDefault(id)
        select $"{id} should be {expected.GetValueOrDefault(id) ?? "not there"} in the calendar of {person} and is "
            + $"{shown.GetValueOrDefault(id) ?? "not there"}.";

    private static CalendarEvent InCalendar(Engagement engagement, PersonId person) =>
        new(
            "",
            engagement.Start,
            engagement.End,
            engagement.Title,
            "",
            !engagement.TakesTime ? "CANCELLED"
                : engagement.Status == EngagementStatus.Planned
                || engagement.Proposal is not null
                || !engagement.Consultants.Contains(person)
                    ? "TENTATIVE"
                : "CONFIRMED"
        );

    private static string Text(CalendarEvent one) => $"{one.Title} {When(one.Start)} to {When(one.End)} {one.Status}";

    private static bool Concerns(Engagement engagement, PersonId person) =>
        engagement.Consultants.Contains(person) || engagement.Proposal?.Candidate == person;

    /// <summary>All data of an engagement except its version and its case reference.</summary>
    private static string Text(Engagement engagement) =>
        JsonSerializer.Serialize<TopicItem>(engagement with { Version = 0, CaseReference = null }, HubJson.Options);
}
