using System.Text.Json;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.BusyHour;

/// <summary>A duty on boards, opened, in histories, in the feed, on itineraries and in calendars.</summary>
internal static partial class Agreements
{
    private static IEnumerable<string> DutyStandsOnOneBoard(Surfaces s) =>
        s
            .Duties.GroupBy(d => d.Duty.Id)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key} stands on the boards of {string.Join(" and ", g.Select(d => d.Week))}.")
            .Concat(
                s.Duties.Where(d => d.Duty.Moving is not null)
                    .Select(d => $"{d.Duty.Id} is still on its way to {d.Duty.Moving!.Week} although all is quiet.")
            );

    /// <summary>What reaches over the end of a week is on the next board as it is on its own, and nothing else of another week is
    /// there.</summary>
    private static IEnumerable<string> BoardAndNextBoard(Surfaces s) =>
        from board in s.Boards.Where(b => b.Key != World.Weeks[0])
        let shown = board.Value.OfType<Engagement>().Where(e => World.WeekOf(e.Start) != board.Key).ToDictionary(e => e.Id, Text)
        let expected = s
            .Duties.Where(d => d.Week.Next == board.Key && World.WeekOf(d.Duty.End.AddTicks(-1)) == board.Key)
            .ToDictionary(d => d.Duty.Id, d => Text(d.Duty))
        from id in shown.Keys.Union(expected.Keys)
        where shown.GetValueOrDefault(id) != expected.GetValueOrDefault(id)
        select $"{id} of the week before should be {expected.GetValueOrDefault(id) ?? "not there"} on the board of {board.Key} and is {shown.GetValueOrDefault(id) ?? "not there"}.";

    private static IEnumerable<string> BoardAndOpenedDuty(Surfaces s) =>
        s
            .Duties.Where(d => s.Opened.GetValueOrDefault(d.Duty.Id) is var opened && (opened is null || Text(opened) != Text(d.Duty)))
            .Select(d =>
                $"{d.Duty.Id} is {Text(d.Duty)} on the board and {(s.Opened.GetValueOrDefault(d.Duty.Id) is { } opened ? Text(opened) : "not there")} where it is opened."
            );

    private static IEnumerable<string> BoardAndHospitalBoard(Surfaces s) =>
        from board in s.Boards
        let shown = s.HospitalBoards[board.Key].OfType<Engagement>().ToDictionary(e => e.Id, Text)
        let expected = board.Value.OfType<Engagement>().Where(e => e.Hospital == s.World.Hospitals[0]).ToDictionary(e => e.Id, Text)
        from id in shown.Keys.Union(expected.Keys)
        where shown.GetValueOrDefault(id) != expected.GetValueOrDefault(id)
        select $"{id} is {expected.GetValueOrDefault(id) ?? "not there"} on the board of {board.Key} and {shown.GetValueOrDefault(id) ?? "not there"} on the hospital's.";

    private static IEnumerable<string> BoardAndHistory(Surfaces s) =>
        from one in s.Duties
        let newest = s.HistoriesByWeek[one.Duty.Id][one.Week].LastOrDefault(h => h.After is not null)
        where newest is null || Text(newest.After!) != Text(one.Duty)
        select $"{one.Duty.Id} is {Text(one.Duty)} on the board, and its newest history ({newest?.What}) says {(newest is null ? "nothing" : Text(newest.After!))}.";

    /// <summary>The newest line about a duty says when and where it is. A board's feed tells of duties of its own week.</summary>
    private static IEnumerable<string> BoardAndFeed(Surfaces s) =>
        from board in s.Boards
        from duty in board.Value.OfType<Engagement>()
        where World.WeekOf(duty.Start) == board.Key
        let line = board.Value.OfType<Activity>().Where(a => a.Engagement == duty.Id).MaxBy(a => a.Number)
        where
            line is not null
            && (
                line.StartAfter != duty.Start
                || line.RoomAfter != duty.Room
                || !line.ConsultantsAfter.SequenceEqual(duty.Consultants)
                || (line.What == Change.Cancelled) != (duty.Status == EngagementStatus.Cancelled)
            )
        select $"{duty.Id} is {Text(duty)}, and the feed's newest line ({line.What}) says {When(line.StartAfter)} in {line.RoomAfter} with {string.Join(", ", line.ConsultantsAfter)}.";

    /// <summary>Who did not answer, or said no, is who had been asked.</summary>
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
        select $"{asked.By} moved {history.Key} to another week because \"{asked.Reason}\", but there its history says {pair.Second.By}, \"{pair.Second.Reason}\".";

    private static IEnumerable<string> BoardAndItinerary(Surfaces s) =>
        from person in s.World.Consultants
        let shown = s.Itineraries[person].ToLookup(e => e.Id, Text)
        let expected = s.Duties.Where(d => Concerns(d.Duty, person)).ToLookup(d => d.Duty.Id, d => Text(d.Duty))
        from id in shown.Select(g => g.Key).Union(expected.Select(g => g.Key))
        where !shown[id].SequenceEqual(expected[id])
        select $"{id} is {string.Join(" and ", expected[id].DefaultIfEmpty("nothing to do with them"))} on the board, and {string.Join(" and ", shown[id].DefaultIfEmpty("not there"))} on the itinerary of {person}.";

    private static IEnumerable<string> BoardAndCalendar(Surfaces s) =>
        from person in s.World.Consultants
        let shown = s.Calendars[person]
            .Where(e => e.Key.EndsWith("@duty.consult-hub", StringComparison.Ordinal))
            .ToDictionary(e => e.Key[..e.Key.LastIndexOf($".{s.World.Network}@", StringComparison.Ordinal)], e => Text(e.Value))
        let expected = s
            .Duties.Where(d => Concerns(d.Duty, person))
            .DistinctBy(d => d.Duty.Id)
            .ToDictionary(d => d.Duty.Id.Value, d => Text(InCalendar(d.Duty, person)))
        from id in shown.Keys.Union(expected.Keys)
        where shown.GetValueOrDefault(id) != expected.GetValueOrDefault(id)
        select $"{id} should be {expected.GetValueOrDefault(id) ?? "not there"} in the calendar of {person} and is {shown.GetValueOrDefault(id) ?? "not there"}.";

    private static CalendarEvent InCalendar(Engagement duty, PersonId person) =>
        new(
            "",
            duty.Start,
            duty.End,
            duty.Title,
            "",
            !duty.TakesTime ? "CANCELLED"
                : duty.Status == EngagementStatus.Planned || duty.Proposal is not null || !duty.Consultants.Contains(person) ? "TENTATIVE"
                : "CONFIRMED"
        );

    private static string Text(CalendarEvent one) => $"{one.Title} {When(one.Start)} to {When(one.End)} {one.Status}";

    private static bool Concerns(Engagement duty, PersonId person) =>
        duty.Consultants.Contains(person) || duty.Proposal?.Candidate == person;

    /// <summary>All that is known of a duty, without what only its own address says: its words and its version.</summary>
    private static string Text(Engagement duty) =>
        JsonSerializer.Serialize<TopicItem>(duty with { Version = 0, CaseReference = null }, HubJson.Options);
}
