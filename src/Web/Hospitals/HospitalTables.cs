using ConsultHub.Hospitals;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Hospitals;

/// <summary>The tables of what people enter about hospitals.</summary>
internal static class HospitalTables
{
    private static readonly Column Hospital = Column.Reference("hospital", "hospitals") with { Key = true, Required = true };

    public static RecordTable[] All { get; } =
    [
        new("hospitals", typeof(HospitalProfile))
        {
            Owner = OwnerKind.Hospital,
            Part = "profile",
            Route = "/api/hospitals/{owner}",
            Columns =
            [
                Column.Id(),
                Column.Reference("network", "networks") with
                {
                    Required = true,
                },
                .. Column.Names(),
                Column.Text("city") with
                {
                    Required = true,
                },
                Column.Zone(),
                new("latitude", ColumnKind.Fraction) { Least = -90, Most = 90 },
                new("longitude", ColumnKind.Fraction) { Least = -180, Most = 180 },
                Column.Text("contact"),
                Column.Until,
            ],
            IsReadElsewhere = true,
            ReadOnly = ["rooms", "hours", "holidays", "closures", "procedures", "version"],
            Read = HospitalActions.Read,
            Change = HospitalActions.Change,
        },
        Of<Room>(
            "rooms",
            "room",
            "rooms/{id}",
            Column.Id(),
            [
                .. Column.Names(),
                Column.Number("capacity", 1, 10_000),
                Column.Text("equipment", Equipment.Longest) with
                {
                    Many = true,
                },
                Column.Until,
            ]
        ),
        Of<WorkingHours>(
            "hours",
            "hours",
            "calendar/hours/{id}",
            Column.Choice<DayOfWeek>("day") with
            {
                Key = true,
            },
            [
                new("opens", ColumnKind.Time) { Required = true },
                new("closes", ColumnKind.Time) { Required = true },
                new("from", ColumnKind.Date) { Key = true },
                new("until", ColumnKind.Date),
            ]
        ) with
        {
            Natural = true,
        },
        Of<Holiday>(
            "holidays",
            "holiday",
            "calendar/holidays/{id}",
            new("from", ColumnKind.Date) { Key = true, Required = true },
            [new("until", ColumnKind.Date) { Required = true }, Column.Text("name") with { Required = true }]
        ) with
        {
            Natural = true,
            Formats = [new(["text/calendar"], HolidayFile.ReadAsync)],
        },
        Of<Closure>(
            "closures",
            "closure",
            "closures/{id}",
            Column.Id(),
            [Column.Reference("room", "rooms"), Column.Instant("from"), Column.End("to")]
        ),
        Of<Procedure>(
            "procedures",
            "procedure",
            "procedures/{id}",
            Column.Id(),
            [
                Column.Reference("specialty", "specialties") with
                {
                    Required = true,
                },
                .. Column.Names(),
                Column.Number("assisted", 0, Procedure.MostCases),
                Column.Number("supervised", 0, Procedure.MostCases),
                new("since", ColumnKind.Date),
                new("signedOn", ColumnKind.Date),
                Column.Reference("signedBy", "people"),
                Column.Reference("countersignedBy", "people"),
                Column.Text("reference"),
            ]
        ),
    ];

    private static RecordTable Of<T>(string name, string part, string route, Column key, Column[] others) =>
        new(name, typeof(T))
        {
            Owner = OwnerKind.Hospital,
            OwnerColumn = "hospital",
            Part = part,
            Route = "/api/hospitals/{owner}/" + route,
            Columns = [Hospital, key, .. others],
            Read = HospitalActions.Read,
            Change = HospitalActions.Change,
        };
}
