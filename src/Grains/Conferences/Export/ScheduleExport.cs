using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Conferences.Export;

/// <summary>A session with the values that the formats demand.</summary>
/// <param name="Slug">The slug of the source, or null if the source has none or an earlier session has the same slug.</param>
/// <param name="Start">Local time with its offset.</param>
internal sealed record ExportedSession(ConferenceSession Session, string Guid, int Number, string? Slug, DateTimeOffset Start);

/// <summary>One conference day.</summary>
/// <param name="Index">The number of the day, from 1.</param>
/// <param name="Start">The instant at which the conference day begins.</param>
/// <param name="End">The instant at which the conference day of the next date begins.</param>
internal sealed record ExportedDay(
    int Index,
    DateOnly Date,
    DateTimeOffset Start,
    DateTimeOffset End,
    ImmutableArray<(string Room, ImmutableArray<ExportedSession> Sessions)> Rooms
);

/// <summary>
/// A programme in the order that the voc/schedule formats need: by day, then by room. The formats know neither cancelled sessions nor
/// sessions without a time, so these are left out. Guids and ids of the source stay if the format accepts them and no earlier session has
/// them. Otherwise the export makes new ones.
/// </summary>
internal sealed class ScheduleExport
{
    private readonly TimeZoneInfo _zone;
    private readonly HashSet<string> _guids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> _numbers = [];
    private readonly HashSet<string> _slugs = [];

    /// <param name="pages">The base address of the hub's pages, such as <c>https://hub.example</c>.</param>
    public ScheduleExport(Programme programme, Uri pages)
    {
        Conference = programme.Conference;
        Pages = pages;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(Conference.TimeZone);
        var shown = programme
            .Sessions.Where(s => s is { Start: not null, Cancelled: false })
            .OrderBy(s => s.Start)
            .ThenBy(s => s.Id.Value, StringComparer.Ordinal)
            .ToList();
        // The guids and ids of the source are collected first, so that a new id cannot be equal to one of them.
        var own = shown.ToDictionary(s => s.Id, s => (Guid: OwnGuid(s), Number: OwnNumber(s)));
        var sessions = shown.Select(s => new ExportedSession(
            s,
            own[s.Id].Guid ?? NewGuid(s),
            own[s.Id].Number ?? NewNumber(s),
            s.Slug is { } slug && _slugs.Add(slug) ? slug : null,
            TimeZoneInfo.ConvertTime(s.Start!.Value, _zone)
        ));
        var byDay = sessions
            .GroupBy(s => s.Session.Day ?? SessionRules.DayOf(Conference, s.Start))
            .ToDictionary(g => g.Key, g => g.ToList());
        var first = byDay.Count > 0 ? byDay.Keys.Min() : Conference.FirstDay ?? new DateOnly(2000, 1, 1);
        var dates = byDay.Keys.Append(first).Distinct().Order().ToList();
        Days = [.. dates.Select((date, i) => Day(i + 1, date, byDay.GetValueOrDefault(date) ?? [], withAllRooms: i == 0))];
    }

    public Conference Conference { get; }
    public Uri Pages { get; }
    public ImmutableArray<ExportedDay> Days { get; }

    /// <summary>The id with only letters, digits and underscores, at least four characters long. Both formats accept this.</summary>
    public string Acronym => Conference.Id.Value.Replace('-', '_').Replace('.', '_').PadRight(4, '_');

    /// <summary>
    /// A name of the zone that the JSON format accepts: a name with a place, such as Asia/Dubai, or UTC. Null if there is no such name.
    /// </summary>
    public string? NamedZone =>
        _zone.Id == "UTC" || IsPlace(_zone.Id) ? _zone.Id
        : TimeZoneInfo.TryConvertIanaIdToWindowsId(_zone.Id, out var windows)
        && TimeZoneInfo.TryConvertWindowsIdToIanaId(windows, out var iana)
        && IsPlace(iana)
        && !_zone.Id.StartsWith("Etc/", StringComparison.Ordinal)
            ? iana
        : null;

    public string UrlOf(ConferenceSession session) =>
        session.Url ?? new Uri(Pages, ExportNames.PageOf(Conference.Id, session.Id)).ToString();

    private ExportedDay Day(int index, DateOnly date, List<ExportedSession> sessions, bool withAllRooms)
    {
        var rooms = Conference
            .Rooms.Select(r => r.Name)
            .Concat(sessions.Select(s => s.Session.Room))
            .Distinct()
            .Select(name => (name, Sessions: sessions.Where(s => s.Session.Room == name).ToImmutableArray()))
            .Where(r => withAllRooms || !r.Sessions.IsEmpty);
        return new(index, date, Turn(date), Turn(date.AddDays(1)), [.. rooms]);
    }

    private DateTimeOffset Turn(DateOnly date) =>
        TimeZoneInfo.ConvertTime(SourceTime.ToUtc(date.ToDateTime(Conference.DayChange), _zone), _zone);

    private string? OwnGuid(ConferenceSession session) =>
        Guid.TryParseExact(session.SourceGuid, "D", out _) && _guids.Add(session.SourceGuid!) ? session.SourceGuid : null;

    private int? OwnNumber(ConferenceSession session) =>
        int.TryParse(session.SourceId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
        && $"{number}" == session.SourceId
        && _numbers.Add(number)
            ? number
            : null;

    private string NewGuid(ConferenceSession session)
    {
        var guid = ExportNames.GuidOf(session.Id);
        _guids.Add(guid);
        return guid;
    }

    private int NewNumber(ConferenceSession session)
    {
        var number = ExportNames.NumberOf(session.Id);
        while (!_numbers.Add(number))
            number++;
        return number;
    }

    private static bool IsPlace(string zone) => zone.Split('/') is [var area, var place, ..] && IsName(area) && IsName(place);

    private static bool IsName(string text) => text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterLower(text[1]);
}
