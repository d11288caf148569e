using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Conferences.Import;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Web.Records;
using ImportCodes = ConsultHub.Web.Records.ImportCodes;

namespace ConsultHub.Web.Hospitals;

/// <summary>
/// Reads the all-day events of an iCalendar file as holidays of hospitals or partners. A newer file changes the ends and names of
/// holidays. The days of
/// some holidays are only predicted, so a newer file may have them on another day. The hub keeps the old day and says so, and a person
/// removes it.
/// </summary>
internal static class HolidayFile
{
    private const int MostMissing = 1_000;

    /// <summary>A name that is longer is refused. So no more names are added to it.</summary>
    private const int MostName = 120;

    private sealed record Day(int Line, DateOnly From, DateOnly Until, string Name);

    public static async ValueTask<(CsvFile? File, Refusal? Refusal)> ReadAsync(TableUpload upload)
    {
        if (upload.Network is null && upload.Hospitals.IsEmpty)
            return (null, new(RequestCodes.BadParameter, "Name the network or the hospitals.") { Place = "network" });
        var (days, refusal) = DaysOf(upload.Bytes);
        if (refusal is not null)
            return (null, refusal);
        var hospitals = await HospitalsAsync(upload);
        if (hospitals.IsEmpty)
            return (null, new(RecordCodes.UnknownReference, "There is no hospital that you may change.") { Place = "hospital" });
        var (file, unreadable) = RowsOf("hospital", hospitals, days);
        return file is null ? (null, unreadable) : (file with { Missing = await MissingAsync(upload, hospitals, days) }, null);
    }

    /// <summary>Reads holidays of partners. A network with several partners needs to be told for which of them the file is.</summary>
    public static async ValueTask<(CsvFile? File, Refusal? Refusal)> ReadOfPartnersAsync(TableUpload upload)
    {
        if (
            upload.Network is not { } id
            || await upload.Services.GetRequiredService<IGrainFactory>().GetGrain<INetworkGrain>(id.Value).GetAsync() is not { } network
        )
            return (null, new(RequestCodes.BadParameter, "Name the network.") { Place = "network" });
        var (days, refusal) = DaysOf(upload.Bytes);
        if (refusal is not null)
            return (null, refusal);
        ImmutableArray<string> partners =
            upload.Partners.IsEmpty && network.Partners is [var only] ? [only.Id.Value] : [.. upload.Partners.Distinct()];
        if (partners.IsEmpty)
            return (null, new(RequestCodes.BadParameter, "Name the partners whose holidays these are.") { Place = "partner" });
        var (file, unreadable) = RowsOf("partner", partners, days);
        if (file is null)
            return (null, unreadable);
        var (table, known) = (
            upload.Services.GetRequiredService<RecordTables>().Find("partner-holidays")!,
            days.Select(d => d.From).ToHashSet()
        );
        var missing = network
            .PartnerHolidays.Where(h =>
                partners.Contains(h.Partner.Value) && days[0].From <= h.From && h.From <= days[^1].From && !known.Contains(h.From)
            )
            .Select(h => new MissingRecord([id.Value, ((IRecord)h).Record.Id], RecordJson.Cells(table, id.Value, h)));
        return (file with { Missing = [.. missing.Take(MostMissing)] }, null);
    }

    /// <summary>Each day of the file for each place.</summary>
    /// <param name="column">The name of the column of the places.</param>
    private static (CsvFile? File, Refusal? Refusal) RowsOf(string column, ImmutableArray<string> places, ImmutableArray<Day> days) =>
        days.Length * (long)places.Length > TableCsv.MostRows
            ? (null, new(ImportCodes.TooManyRows, $"{days.Length} days for {places.Length} places are more than {TableCsv.MostRows} rows."))
            : CsvFile.Of(
                [column, "from", "until", "name"],
                [.. days.SelectMany(day => places.Select(place => (day.Line, new[] { place, Iso(day.From), Iso(day.Until), day.Name })))]
            );

    /// <summary>The days of the file. Events that begin on the same day become one holiday with both names.</summary>
    private static (ImmutableArray<Day> Days, Refusal? Refusal) DaysOf(byte[] bytes)
    {
        var (events, fault) = CalendarDays.Read(bytes);
        if (fault is not null)
            return ([], new(ImportCodes.BadCalendar, fault.Message) { Place = fault.Place });
        var days = new SortedDictionary<DateOnly, Day>();
        foreach (var each in events)
        {
            var name = each.Name ?? "";
            if (each.Recurs)
                return ([], Refused(each, ImportCodes.RecurringEvent, $"{name} is repeated. Each holiday needs an event of its own."));
            if (each is not { First: { } first, Last: { } last })
                return ([], Refused(each, ImportCodes.TimedEvent, $"{name} is not an all-day event. Holidays are whole days."));
            days[first] = days.TryGetValue(first, out var same)
                ? same with
                {
                    Until = same.Until > last ? same.Until : last,
                    Name =
                        same.Name.Length > MostName || same.Name.Contains(name, StringComparison.Ordinal)
                            ? same.Name
                            : $"{same.Name}; {name}",
                }
                : new(each.Line, first, last, name);
        }
        return ([.. days.Values], null);
    }

    private static Refusal Refused(CalendarDay at, Code code, string message) => new(code, message.Trim()) { Place = $"line {at.Line}" };

    private static async ValueTask<ImmutableArray<string>> HospitalsAsync(TableUpload upload) =>
        upload.Hospitals.IsEmpty
            ?
            [
                .. (await upload.Services.GetRequiredService<OwnerBook>().InAsync(OwnerKind.Hospital, upload.Network!.Value))
                    .Where(hospital => MayChange(upload, hospital))
                    .Select(hospital => hospital.Id),
            ]
            : [.. upload.Hospitals.Distinct()];

    private static bool MayChange(TableUpload upload, Owner hospital) =>
        RecordScopes.OfOwner(hospital).Any(of => Access.May(upload.Viewer, HospitalActions.Change, of));

    /// <summary>Holidays that the hospitals have in the time of the file, and that the file does not have.</summary>
    private static async ValueTask<ImmutableArray<MissingRecord>> MissingAsync(
        TableUpload upload,
        ImmutableArray<string> hospitals,
        ImmutableArray<Day> days
    )
    {
        var (owners, grains) = (upload.Services.GetRequiredService<OwnerBook>(), upload.Services.GetRequiredService<IGrainFactory>());
        var table = upload.Services.GetRequiredService<RecordTables>().Find("holidays")!;
        var (known, missing) = (days.Select(d => d.From).ToHashSet(), ImmutableArray.CreateBuilder<MissingRecord>());
        foreach (var hospital in hospitals)
            if (
                TextId.IsValid(hospital)
                && await owners.FindAsync(OwnerKind.Hospital, hospital) is { } owner
                && MayChange(upload, owner)
                && await grains.GetGrain<IHospitalGrain>(hospital).GetAsync() is { } stored
            )
                missing.AddRange(
                    stored
                        .Holidays.Where(h => days[0].From <= h.From && h.From <= days[^1].From && !known.Contains(h.From))
                        .Select(h => new MissingRecord([hospital, ((IRecord)h).Record.Id], RecordJson.Cells(table, hospital, h)))
                );
        return [.. missing.Take(MostMissing)];
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
