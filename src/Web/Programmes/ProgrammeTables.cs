using ConsultHub.Programmes;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Programmes;

/// <summary>The tables of what people enter about education programmes, and the papers in the dossiers of trainees.</summary>
internal static class ProgrammeTables
{
    private static readonly Column Programme = Column.Reference("programme", "programmes") with { Key = true, Required = true };

    public static RecordTable[] All { get; } =
    [
        new("programmes", typeof(ProgrammeProfile))
        {
            Owner = OwnerKind.Programme,
            Part = RecordTable.Profile,
            Route = "/api/programmes/{owner}",
            Columns =
            [
                Column.Id(),
                Column.Reference("network", "networks") with
                {
                    Required = true,
                },
                Column.Choice<ProgrammeKind>("kind"),
                .. Column.Names(),
                .. Column.Names("summary").Select(c => c with { Most = ProgrammeProfile.MostSummary }),
                Column.Reference("specialty", "specialties"),
                Column.Reference("partner", "partners"),
                Column.Reference("hospitals", "hospitals") with
                {
                    Many = true,
                },
                new("atPartner", ColumnKind.Flag),
                Column.Text("languages", 80) with
                {
                    Many = true,
                },
                Column.Reference("director", "people") with
                {
                    Required = true,
                },
                Column.Text("contact"),
                Column.Choice<Admission>("admission"),
                Column.Number("reviewsPerSide", 1, ProgrammeProfile.MostReviewsPerSide),
                new("attendance", ColumnKind.Number) { Least = 1, Most = 100 },
                new("public", ColumnKind.Flag),
                Column.Until,
            ],
            Read = ProgrammeActions.Read,
            Change = ProgrammeActions.Change,
        },
        Of<Cohort>(
            "cohorts",
            "cohort",
            [
                .. Column.Names(),
                new("from", ColumnKind.Date) { Required = true },
                new("to", ColumnKind.Date) { Required = true },
                Column.End("applyBy"),
                Column.Number("places", 1, Cohort.MostPlaces),
                Column.Number("answerDays", 1, Cohort.MostAnswerDays),
                Column.Text("place"),
            ]
        ),
        Of<ProgrammeRequirement>(
            "requirements",
            "requirement",
            [
                Column.Choice<DocumentKind>("kind"),
                .. Column.Names(),
                new("lasts", ColumnKind.Flag),
                new("mostMonths", ColumnKind.Number) { Least = 1, Most = ProgrammeRequirement.MostMonthsOfAll },
                Column.Choice<Responsible>("by"),
                Column.Text("conditions", 300),
                Column.Text("source", 200),
            ]
        ),
        Of<Department>(
            "departments",
            "department",
            [
                .. Column.Names(),
                Column.Reference("hospital", "hospitals"),
                Column.Number("capacity", 1, Department.MostCapacity),
                Column.Reference("specialty", "specialties"),
            ]
        ),
        Of<ProgrammeActivity>(
            "activities",
            "activity",
            [
                .. Column.Names(),
                Column.Number("cases", 0, ProgrammeActivity.MostCases),
                Column.Choice<EntrustmentLevel>("level") with
                {
                    Required = false,
                },
            ]
        ),
        Of<Rotation>(
            "rotations",
            "rotation",
            [
                Column.Reference("cohort", "cohorts") with
                {
                    Required = true,
                },
                Column.Reference("person", "people") with
                {
                    Required = true,
                },
                Column.Reference("department", "departments") with
                {
                    Required = true,
                },
                new("from", ColumnKind.Date) { Required = true },
                new("to", ColumnKind.Date) { Required = true },
                Column.Reference("supervisor", "people") with
                {
                    Required = true,
                },
            ]
        ) with
        {
            Read = ProgrammeActions.ReadRotations,
        },
        new("documents", typeof(DossierDocument))
        {
            Owner = OwnerKind.Dossier,
            OwnerColumn = "person",
            Part = "document",
            Route = "/api/dossiers/{owner}/documents/{id}",
            Columns =
            [
                Column.Reference("person", "people") with
                {
                    Key = true,
                    Required = true,
                },
                Column.Id(),
                Column.Choice<DocumentKind>("kind"),
                Column.Text("title") with
                {
                    Required = true,
                },
                Column.Text("issuer"),
                Column.Text("reference", 300),
                new("from", ColumnKind.Date),
                new("to", ColumnKind.Date),
                Column.Text("supervisor"),
            ],
            Read = DossierActions.Read,
            Change = DossierActions.Change,
            Traced = "dossiers.read",
        },
    ];

    private static RecordTable Of<T>(string name, string part, Column[] columns) =>
        new(name, typeof(T))
        {
            Owner = OwnerKind.Programme,
            OwnerColumn = "programme",
            Part = part,
            Route = "/api/programmes/{owner}/" + name + "/{id}",
            Columns = [Programme, Column.Id(), .. columns],
            Read = ProgrammeActions.Read,
            Change = ProgrammeActions.Change,
        };
}
