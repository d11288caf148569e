namespace ConsultHub.Tests.BusyHour;

/// <summary>The surfaces of the hub that must agree. Each pair has a name, which the report of a contradiction shows.</summary>
internal static partial class Agreements
{
    private static readonly (string Name, Func<Surfaces, IEnumerable<string>> Ask)[] All =
    [
        ("An engagement is on one board only", EngagementStandsOnOneBoard),
        ("Board and the next week's board", BoardAndNextBoard),
        ("Board and opened engagement", BoardAndOpenedEngagement),
        ("Board and hospital's board", BoardAndHospitalBoard),
        ("Board and history", BoardAndHistory),
        ("Board and activity feed", BoardAndFeed),
        ("Activity feed and history name who was asked", FeedAndHistoryNameWhoWasAsked),
        ("History keeps who moved an engagement to another week, and why", HistoryKeepsWhoMovedAndWhy),
        ("Board and itinerary", BoardAndItinerary),
        ("Board and calendar", BoardAndCalendar),
        ("Board and newest alert", BoardAndNewestAlert),
        ("Proposal and the candidate's alert", ProposalAndAlert),
        ("Emergency and the demand to acknowledge", EmergencyAndDemand),
        ("An urgent alert stays until it is acknowledged or over", UrgentAlertStays),
        ("The person who asked hears the outcome", WhoAskedHears),
        ("Programme and board", ProgrammeAndBoard),
        ("Board and programme", BoardAndProgramme),
        ("Programme and public page", ProgrammeAndPublicPage),
        ("Programme and schedule.xml", s => ProgrammeAndExport(s, s.Xml)),
        ("Programme and schedule.json", s => ProgrammeAndExport(s, s.Json)),
        ("Programme and calendar", ProgrammeAndCalendar),
        ("Release and programme", ReleaseAndProgramme),
        ("Newest notice and programme", NoticeAndProgramme),
        ("Places shown and people listed", PlacesAndPeople),
        ("Own place and people listed", OwnPlaceAndPeople),
        ("People listed and attendance", PeopleAndAttendance),
    ];

    public static IEnumerable<Contradiction> Ask(Surfaces surfaces) =>
        All.SelectMany(agreement => agreement.Ask(surfaces).Select(what => new Contradiction(agreement.Name, what)));

    private static string When(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("ddd d HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "no time";
}
