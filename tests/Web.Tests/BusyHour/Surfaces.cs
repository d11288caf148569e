using System.Collections.Immutable;
using System.Net.Http.Json;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Inboxes;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Web;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Feeds;

namespace ConsultHub.Tests.BusyHour;

/// <param name="Check">The surfaces that disagree.</param>
/// <param name="What">The disagreement in words.</param>
internal sealed record Contradiction(string Check, string What)
{
    public override string ToString() => $"{Check}: {What}";
}

/// <summary>
/// Everything that the hub shows after a busy hour, when the hub is at rest. The test reads it in the same ways as people and programs do.
/// </summary>
internal sealed record Surfaces
{
    public required World World { get; init; }

    public required IReadOnlySet<SessionId> Touched { get; init; }

    public required IReadOnlySet<(PersonId Person, SessionId Session)> Left { get; init; }

    public required IReadOnlyDictionary<Week, IReadOnlyList<TopicItem>> Boards { get; init; }

    /// <summary>The board of the first hospital.</summary>
    public required IReadOnlyDictionary<Week, IReadOnlyList<TopicItem>> HospitalBoards { get; init; }

    /// <summary>Each engagement as its address shows it.</summary>
    public required IReadOnlyDictionary<EngagementId, Engagement?> Opened { get; init; }

    public required IReadOnlyDictionary<PersonId, IReadOnlyList<Engagement>> Itineraries { get; init; }

    /// <summary>The history of each engagement in each week that it was in, oldest first.</summary>
    public required IReadOnlyDictionary<EngagementId, IReadOnlyDictionary<Week, IReadOnlyList<HistoryEntry>>> HistoriesByWeek { get; init; }

    /// <summary>The history of each engagement over all weeks, oldest first.</summary>
    public IReadOnlyDictionary<EngagementId, IReadOnlyList<HistoryEntry>> Histories =>
        _histories ??= HistoriesByWeek.ToDictionary(
            h => h.Key,
            h =>
                (IReadOnlyList<HistoryEntry>)
                    [.. h.Value.Values.SelectMany(w => w).OrderBy(e => e.At).ThenBy(e => e.What == Change.MovedIn).ThenBy(e => e.Version)]
        );

    private IReadOnlyDictionary<EngagementId, IReadOnlyList<HistoryEntry>>? _histories;

    /// <summary>The alerts of each person, oldest first.</summary>
    public required IReadOnlyDictionary<PersonId, IReadOnlyList<Alert>> Inboxes { get; init; }

    public required IReadOnlyDictionary<PersonId, IReadOnlyDictionary<string, CalendarEvent>> Calendars { get; init; }

    public required IReadOnlyDictionary<SessionId, ConferenceSession> Programme { get; init; }

    public required IReadOnlyDictionary<SessionId, SessionPlaces> Places { get; init; }

    public required PublicApi.PublicProgramme Public { get; init; }

    public required IReadOnlyList<ExportedEvent> Xml { get; init; }

    public required IReadOnlyList<ExportedEvent> Json { get; init; }

    /// <summary>The newest release, or null if there is none.</summary>
    public required Programme? Release { get; init; }

    public required IReadOnlyDictionary<PersonId, ImmutableArray<SessionId>> Favourites { get; init; }

    public required IReadOnlyDictionary<PersonId, ImmutableArray<OwnPlace>> OwnPlaces { get; init; }

    public required IReadOnlyDictionary<SessionId, IReadOnlyList<AudienceApi.ListedPerson>> Audiences { get; init; }

    public required IReadOnlyList<PersonCredits> Attendance { get; init; }

    /// <summary>
    /// The engagements on the board of the week in which they start. An engagement that reaches beyond the end of the week is also on the
    /// next board.
    /// </summary>
    public IEnumerable<(Week Week, Engagement Engagement)> Engagements =>
        Boards.SelectMany(b => b.Value.OfType<Engagement>().Where(e => World.WeekOf(e.Start) == b.Key).Select(e => (b.Key, e)));

    public static async Task<Surfaces> ReadAsync(BusyHourRun run)
    {
        var world = run.World;
        var coordinator = world.Coordinators[0];
        var boards = await OfWeeksAsync(week => run.TopicAsync(coordinator, $"board/{world.Network}/{week}"));
        var engagements = boards.SelectMany(b => b.Value.OfType<Engagement>().Select(e => (Week: b.Key, e.Id))).ToList();
        var conference = await run.TopicAsync(coordinator, $"conference/{world.Conference}");
        var programme = conference.Items.OfType<ConferenceSession>().ToDictionary(s => s.Id);
        var releases = await run.GetAsync<List<ConsultHub.Conferences.Releases.Release>>(
            coordinator,
            $"api/conferences/{world.Conference}/releases"
        );
        var api = $"api/conferences/{world.Conference}";
        return new()
        {
            World = world,
            Touched = run.Touched,
            Left = run.Left,
            Boards = boards,
            HospitalBoards = await OfWeeksAsync(week =>
                run.TopicAsync(coordinator, $"board/{world.Network}/{week}/hospital/{world.Hospitals[0]}")
            ),
            Opened = await OfEachAsync(engagements.DistinctBy(d => d.Id), d => d.Id, d => OpenAsync(run, d.Week, d.Id)),
            Itineraries = await OfEachAsync(world.Consultants, p => p, p => ItineraryAsync(run, p)),
            HistoriesByWeek = await OfEachAsync(engagements.Select(d => d.Id).Distinct(), id => id, id => HistoryAsync(run, id)),
            Inboxes = await OfEachAsync(
                world.Consultants.Concat(world.Coordinators).Concat(world.Attendees),
                p => p,
                async p => (IReadOnlyList<Alert>)await run.GetAsync<List<Alert>>(p, $"api/inboxes/{p}/alerts")
            ),
            Calendars = await OfEachAsync(world.Consultants.Concat(world.Attendees), p => p, p => CalendarAsync(run, p)),
            Programme = programme,
            Places = conference.Items.OfType<SessionPlaces>().ToDictionary(p => p.Session),
            Public = await run.GetAsync<PublicApi.PublicProgramme>(world.Attendees[0], $"api/public/conferences/{world.Conference}"),
            Xml = ExportedEvent.OfXml(await run.Browser(coordinator).GetStringAsync($"{api}/schedule.xml")),
            Json = ExportedEvent.OfJson(await run.Browser(coordinator).GetStringAsync($"{api}/schedule.json")),
            Release = releases.Count == 0 ? null : await run.GetAsync<Programme>(coordinator, $"{api}/releases/{releases[^1].Number}"),
            Favourites = await OfEachAsync(world.Attendees, p => p, p => run.GetAsync<ImmutableArray<SessionId>>(p, $"{api}/favourites")),
            OwnPlaces = await OfEachAsync(world.Attendees, p => p, p => run.GetAsync<ImmutableArray<OwnPlace>>(p, $"{api}/places")),
            Audiences = await OfEachAsync(
                programme.Keys,
                s => s,
                async s =>
                    (IReadOnlyList<AudienceApi.ListedPerson>)
                        await run.GetAsync<List<AudienceApi.ListedPerson>>(coordinator, $"{api}/sessions/{s}/audience")
            ),
            Attendance = await run.GetAsync<List<PersonCredits>>(coordinator, $"{api}/attendance"),
        };
    }

    private static async Task<IReadOnlyDictionary<Week, IReadOnlyList<TopicItem>>> OfWeeksAsync(Func<Week, Task<Frame>> read) =>
        await OfEachAsync(World.Weeks, w => w, async w => (await read(w)).Items);

    private static async Task<IReadOnlyDictionary<TKey, TValue>> OfEachAsync<T, TKey, TValue>(
        IEnumerable<T> all,
        Func<T, TKey> key,
        Func<T, Task<TValue>> read
    )
        where TKey : notnull
    {
        Dictionary<TKey, TValue> found = [];
        foreach (var one in all)
            found[key(one)] = await read(one);
        return found;
    }

    private static async Task<Engagement?> OpenAsync(BusyHourRun run, Week week, EngagementId id)
    {
        using var response = await run.Browser(run.World.Coordinators[0])
            .GetAsync($"api/rosters/{run.World.Network}/{week}/engagements/{id}");
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<Engagement>(HubJson.Options) : null;
    }

    private static async Task<IReadOnlyList<Engagement>> ItineraryAsync(BusyHourRun run, PersonId person)
    {
        List<Engagement> all = [];
        foreach (var week in World.Weeks)
            all.AddRange(
                (await run.TopicAsync(person, $"itinerary/{person}/{week}"))
                    .Items.OfType<Engagement>()
                    .Where(e => World.WeekOf(e.Start) == week)
            );
        return all;
    }

    private static Task<IReadOnlyDictionary<Week, IReadOnlyList<HistoryEntry>>> HistoryAsync(BusyHourRun run, EngagementId id) =>
        OfEachAsync(
            World.Weeks,
            w => w,
            async week =>
                (IReadOnlyList<HistoryEntry>)
                    [
                        .. (
                            await run.GetAsync<List<HistoryEntry>>(
                                run.World.Coordinators[0],
                                $"api/rosters/{run.World.Network}/{week}/history?subject=engagement&id={id}&take=200"
                            )
                        ).OrderBy(h => h.Version),
                    ]
        );

    private static async Task<IReadOnlyDictionary<string, CalendarEvent>> CalendarAsync(BusyHourRun run, PersonId person)
    {
        using var made = await run.Browser(person).PostAsync("api/feed", null);
        var link = await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<FeedsApi.FeedLink>(HubJson.Options);
        return CalendarEvent.Of(await run.Browser(person).GetStringAsync(link!.Path!.TrimStart('/')));
    }
}
