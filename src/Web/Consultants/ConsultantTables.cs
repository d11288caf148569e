using ConsultHub.Consultants;
using ConsultHub.Web.Networks;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Consultants;

/// <summary>The tables of what people enter about consultants, and the hub's specialties.</summary>
internal static class ConsultantTables
{
    private static readonly Column Consultant = Column.Reference("consultant", "consultants") with { Key = true, Required = true };

    public static RecordTable[] All { get; } =
    [
        new("specialties", typeof(Specialty))
        {
            Owner = OwnerKind.Hub,
            OwnerColumn = null,
            Part = "specialty",
            Route = "/api/specialties/{id}",
            Columns = [Column.Id("code"), Column.Text("snomed", 18), .. Column.Names(), Column.Until],
            Read = NetworkActions.Read,
            Change = ConsultantActions.ChangeSpecialties,
            Formats =
            [
                new(["application/fhir+json", "application/json"], upload => CodeSystemFile.ReadAsync(upload, CodeSystemFile.Json)),
                new(
                    ["application/fhir+xml", "application/xml", "text/xml"],
                    upload => CodeSystemFile.ReadAsync(upload, CodeSystemFile.Xml)
                ),
            ],
        },
        new("consultants", typeof(ConsultantProfile))
        {
            Owner = OwnerKind.Consultant,
            Part = "profile",
            Route = "/api/consultants/{owner}",
            Columns =
            [
                Column.Id(),
                .. Column.Names(),
                Column.Reference("specialties", "specialties") with
                {
                    Many = true,
                },
                Column.Text("languages", 80) with
                {
                    Many = true,
                },
                Column.Reference("home", "partners"),
                Column.Zone("homeTimeZone") with
                {
                    Required = false,
                    RequiredWithout = "home",
                },
                Column.Reference("affiliation", "networks"),
                Column.Reference("networks", "networks") with
                {
                    Many = true,
                },
                Column.Text("contact"),
                Column.Until,
            ],
            IsReadElsewhere = true,
            ReadOnly = ["credentials", "visits", "absences", "version"],
            Completing = HomeZones.CompleteAsync,
            CompletingFile = HomeZones.CompleteAsync,
            NamesOf = record => ((ConsultantProfile)record).Name,
            Private = (ConsultantActions.ReadCredentials, record => (ConsultantProfile)record with { Contact = null }),
            Read = ConsultantActions.Read,
            Change = ConsultantActions.Change,
        },
        Of<Credential>(
            "credentials",
            "credential",
            [
                Column.Reference("hospital", "hospitals") with
                {
                    Required = true,
                },
                Column.Reference("specialty", "specialties") with
                {
                    Required = true,
                },
                Column.Instant("from"),
                Column.End("to"),
                Column.Text("licence", 60),
                Column.Text("evidence"),
            ]
        ) with
        {
            Change = ConsultantActions.ChangeCredentials,
            Asking = LicenceTwins.Ask,
        },
        Of<Visit>(
            "visits",
            "visit",
            [
                Column.Reference("network", "networks") with
                {
                    Required = true,
                },
                Column.Instant("arrival"),
                Column.End("departure"),
                new("remote", ColumnKind.Flag),
            ]
        ),
        Of<Absence>("absences", "absence", [Column.Instant("from"), Column.End("to")]),
    ];

    private static RecordTable Of<T>(string name, string part, Column[] columns) =>
        new(name, typeof(T))
        {
            Owner = OwnerKind.Consultant,
            OwnerColumn = "consultant",
            Part = part,
            Route = "/api/consultants/{owner}/" + name + "/{id}",
            Columns = [Consultant, Column.Id(), .. columns],
            Read = ConsultantActions.ReadCredentials,
            Change = ConsultantActions.Change,
            Traced = "credentials.read",
        };
}
