using System.Text.Json;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Edits;
using ConsultHub.Records;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Conferences;

/// <summary>
/// The tables of conferences and of their sessions. They are entered from files. Single ones have endpoints of their own. If there is a
/// draft, the rows are those of the draft, so only those who may edit a conference read them.
/// </summary>
internal static class ConferenceTables
{
    public static RecordTable[] All { get; } =
    [
        new("conferences", typeof(ConferenceRow))
        {
            Owner = OwnerKind.Conference,
            ByFileOnly = true,
            Part = ConferenceRow.Part,
            Route = "/api/conferences/{owner}",
            Columns =
            [
                Column.Id(),
                Column.Reference("network", "networks"),
                .. Titles,
                Column.Text("subtitle", 300),
                Column.Zone(),
                new("firstDay", ColumnKind.Date),
                new("lastDay", ColumnKind.Date),
                new("dayChange", ColumnKind.Time),
                Column.Text("rooms", 200) with
                {
                    Many = true,
                },
                Column.Text("tracks", 200) with
                {
                    Many = true,
                },
                new("withdrawn", ColumnKind.Flag),
            ],
            // A conference without this time keeps the one that it has.
            CompletingRow = (row, _, records) =>
                row["dayChange"] ??= JsonSerializer.SerializeToNode(
                    records.OfType<ConferenceRow>().FirstOrDefault()?.DayChange,
                    HubJson.Options
                ),
            Read = ConferenceActions.Manage,
            Change = ConferenceActions.Manage,
        },
        new("sessions", typeof(SessionRow))
        {
            Owner = OwnerKind.Conference,
            OwnerColumn = "conference",
            ByFileOnly = true,
            RepeatsNames = true,
            Part = SessionRow.Part,
            Route = "/api/conferences/{owner}/sessions/{id}",
            Columns =
            [
                Column.Reference("conference", "conferences") with
                {
                    Key = true,
                    Required = true,
                },
                Column.Id(),
                .. Titles,
                Column.Text("subtitle", 300),
                Column.Text("abstract", 20_000),
                new("start", ColumnKind.Instant),
                new("end", ColumnKind.Instant),
                Column.Text("room", 200),
                Column.Text("track", 200),
                Column.Text("kind", 200),
                Column.Text("language", 200),
                Column.Text("speakers", 300) with
                {
                    Many = true,
                },
                new("cancelled", ColumnKind.Flag),
            ],
            IdPrefixOf = cells => $"{cells["conference"]}-",
            ZoneOf = async (grains, conference) =>
                await grains.GetGrain<IConferenceGrain>(conference).GetAsync() is { } known
                    ? TimeZoneInfo.FindSystemTimeZoneById(known.TimeZone)
                    : null,
            Entering = (services, _) => new SessionEntry(services.GetRequiredService<IGrainFactory>()).EnterAsync,
            MostInStep = 100,
            Read = ConferenceActions.Manage,
            Change = ConferenceActions.Manage,
        },
    ];

    private static IEnumerable<Column> Titles => Column.Names("title").Select(c => c with { Most = 300 });
}

/// <summary>Checks that new sessions of a file do not have the ids of sessions of other conferences.</summary>
internal sealed class SessionEntry(IGrainFactory grains)
{
    private readonly Dictionary<string, HashSet<SessionId>> _sessions = [];
    private List<string>? _conferences;

    public async ValueTask<(IRecord? Record, RecordFault? Fault)> EnterAsync(IRecord? before, IRecord after)
    {
        var session = ((SessionRow)after).Id;
        if (before is not null)
            return (after, null);
        // The id of a session begins with the id of its conference, so only such conferences can have it.
        foreach (var conference in _conferences ??= await ConferencesAsync())
            if (session.Value.StartsWith($"{conference}-", StringComparison.Ordinal) && (await SessionsAsync(conference)).Contains(session))
                return (after, new(after.Record, RecordCodes.BadId, "Another conference has a session with this id.", "id"));
        return (after, null);
    }

    private async Task<List<string>> ConferencesAsync()
    {
        var found = new List<string>();
        foreach (var network in await grains.ListAsync("hub/networks"))
            found.AddRange((await grains.ListAsync($"{network.Id}/conferences")).Select(c => c.Id));
        return found;
    }

    private async Task<HashSet<SessionId>> SessionsAsync(string conference)
    {
        if (!_sessions.TryGetValue(conference, out var ids))
        {
            var programme = await grains.GetGrain<IConferenceGrain>(conference).ReadAsync();
            _sessions[conference] = ids = [.. (programme?.Sessions ?? []).Select(s => s.Id)];
        }
        return ids;
    }
}
