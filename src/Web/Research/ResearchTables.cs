using ConsultHub.Research;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Research;

/// <summary>The tables of what people enter about research initiatives.</summary>
internal static class ResearchTables
{
    private const int Long = 500;

    private static readonly Column Initiative = Column.Reference("initiative", "initiatives") with { Key = true, Required = true };

    public static RecordTable[] All { get; } =
    [
        new("initiatives", typeof(InitiativeProfile))
        {
            Owner = OwnerKind.Initiative,
            Part = "profile",
            Route = "/api/initiatives/{owner}",
            Columns =
            [
                .. Column.Names("title"),
                Column.Id(),
                Column.Reference("network", "networks") with
                {
                    Required = true,
                },
                Column.Choice<InitiativeKind>("kind"),
                Column.Choice<InitiativeStage>("stage"),
                Column.Text("aims.en", Long),
                Column.Text("aims.ar", Long),
                Column.Text("aims.ko", Long),
                Column.Reference("specialty", "specialties"),
                Column.Reference("partner", "partners"),
                Column.Reference("sites", "hospitals") with
                {
                    Many = true,
                },
                Person("lead"),
                Person("partnerLead") with
                {
                    Required = false,
                },
                new("open", ColumnKind.Flag),
                new("public", ColumnKind.Flag),
                Column.Until,
            ],
            Read = ResearchActions.Read,
            Change = ResearchActions.Change,
        },
        Of<Milestone>(
            "milestones",
            "milestone",
            [
                .. Column.Names(),
                Day("due") with
                {
                    Required = true,
                },
                Column.Reference("after", "milestones") with
                {
                    Many = true,
                },
                Day("done"),
            ]
        ),
        Of<ResearchTask>("tasks", "task", [Title, Person("owner"), Day("due"), Day("done")]),
        Of<EthicsApproval>(
            "approvals",
            "approval",
            [
                Column.Reference("site", "hospitals") with
                {
                    Required = true,
                },
                Column.Text("body") with
                {
                    Required = true,
                },
                Column.Text("reference"),
                Column.Choice<ApprovalState>("state"),
                Day("from"),
                Day("to"),
            ]
        ),
        Of<Paper>("papers", "paper", [Title, Column.Text("link", WebLink.Longest), Column.Text("reference")]),
        Of<ResearchOutput>(
            "outputs",
            "output",
            [Column.Choice<OutputKind>("kind"), Title, Column.Text("doi", Doi.Longest), Column.Text("reference"), Day("date")]
        ),
        Of<SharedResource>(
            "resources",
            "resource",
            [
                Column.Choice<ResourceKind>("kind"),
                .. Column.Names(),
                Column.Reference("hospital", "hospitals"),
                Column.Reference("partner", "partners"),
                Column.Text("contact") with
                {
                    Required = true,
                },
                Column.Text("conditions", Long),
            ]
        ),
        Of<InnovationCall>(
            "calls",
            "call",
            [.. Column.Names("title"), Column.Instant("opens"), Column.End("closes"), Column.Text("budget")]
        ),
        // People send proposals by a command. Those who decide can also enter what has arrived in another way.
        Of<InnovationProposal>(
            "proposals",
            "proposal",
            [
                Column.Reference("call", "calls") with
                {
                    Required = true,
                },
                Title,
                Column.Text("summary", Long) with
                {
                    Required = true,
                },
                Person("proposer"),
                Column.Instant("submitted"),
            ]
        ) with
        {
            Change = ResearchActions.Decide,
            Private = (ResearchActions.Decide, record => ((InnovationProposal)record) with { Summary = null }),
        },
    ];

    private static Column Title => Column.Text("title") with { Required = true };

    private static Column Day(string name) => new(name, ColumnKind.Date);

    private static Column Person(string name) => Column.Reference(name, "persons") with { Required = true };

    private static RecordTable Of<T>(string name, string part, Column[] columns) =>
        new(name, typeof(T))
        {
            Owner = OwnerKind.Initiative,
            OwnerColumn = "initiative",
            Part = part,
            Route = "/api/initiatives/{owner}/" + name + "/{id}",
            Columns = [Initiative, Column.Id(), .. columns],
            Read = ResearchActions.Read,
            Change = ResearchActions.Change,
        };
}
