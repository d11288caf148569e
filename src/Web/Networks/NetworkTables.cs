using ConsultHub.Accounts;
using ConsultHub.Grave;
using ConsultHub.Networks;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Hospitals;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Networks;

/// <summary>The tables of what people enter about a network.</summary>
internal static class NetworkTables
{
    /// <summary>
    /// Makes an administrator the coordinator of a network that the administrator enters. Somebody must be able to enter the rest. The
    /// administrator can give the role to others and give it up. As always when a role is given, a second factor is demanded, no program
    /// can do it, and the other administrators are told.
    /// </summary>
    /// <returns>The reason why the role cannot be given, so that no network comes about that nobody may change.</returns>
    private static async Task<Refusal?> GiveCoordinatorAsync(IServiceProvider services, Viewer viewer, string network)
    {
        if (viewer.Actions is not null)
            return Of(TokenCodes.NeedsPerson);
        if (!services.GetRequiredService<FreshFactor>().IsFresh(viewer))
            return Of(SignInCodes.FactorAgain);
        var scope = new GrantScope { Network = new(network) };
        var action = NetworkActions.Create;
        // The role may be there already, because storing the network has failed before.
        if (!viewer.Grants.Any(g => g.Role == Role.Coordinator && g.Scope == scope))
        {
            var reply = await services
                .GetRequiredService<IGrainFactory>()
                .GetGrain<IAccessGrain>("hub")
                .DecideAsync(
                    viewer.Actor,
                    new GiveRole
                    {
                        CommandId = Guid.NewGuid(),
                        Person = viewer.Person,
                        Grant = new(
                            Guid.NewGuid(),
                            Role.Coordinator,
                            scope,
                            services.GetRequiredService<TimeProvider>().GetUtcNow(),
                            null,
                            viewer.Person
                        ),
                        Basis = Access.GrantFor(viewer, action, default)?.Id,
                    }
                );
            if (reply.Refusal is { } refusal)
                return new(refusal.Code, refusal.Message);
            await services.GetRequiredService<AccessBook>().CatchUpAsync();
        }
        var name = viewer.Account.Name;
        await services
            .GetRequiredService<GraveNotices>()
            .TellAsync(new(GraveAct.RoleGiven, viewer.Person, name, 1, viewer.Person, name, Role.Coordinator, network, action.Name), []);
        return null;

        static Refusal Of(Code code) => new(code, code.Message!);
    }

    private static readonly Column Network = Column.Reference("network", "networks") with { Key = true, Required = true };

    public static RecordTable[] All { get; } =
    [
        new("networks", typeof(NetworkProfile))
        {
            Owner = OwnerKind.Network,
            Part = "profile",
            Route = "/api/networks/{owner}",
            Columns = [Column.Id(), .. Column.Names(), Column.Zone()],
            IsReadElsewhere = true,
            ReadOnly = ["network", "currentWeek"],
            Read = NetworkActions.Read,
            Change = NetworkActions.Change,
            Create = NetworkActions.Create,
            Creating = GiveCoordinatorAsync,
        },
        new("policy", typeof(RosterPolicy))
        {
            Owner = OwnerKind.Network,
            OwnerColumn = "network",
            Part = "policy",
            Route = "/api/networks/{owner}/policy",
            Columns =
            [
                Network,
                .. new[]
                {
                    "consultantOverlap",
                    "roomOverlap",
                    "credential",
                    "visit",
                    "closure",
                    "travel",
                    "rest",
                    "workingHours",
                    "roomCapacity",
                    "roomEquipment",
                    "hospitalLimit",
                }.Select(Column.Choice<Strictness>),
                new("travelMargin", ColumnKind.Duration) { Required = true },
                new("minimumRest", ColumnKind.Duration) { Required = true },
                Column.Number("hospitalsPerConsultant", 1, 100),
                new("answerMargin", ColumnKind.Duration) { Required = true },
                new("arrivalFrom", ColumnKind.Duration) { Required = true },
                Column.Text("patientLanguages", 80) with
                {
                    Many = true,
                },
            ],
            Read = NetworkActions.Read,
            Change = NetworkActions.Change,
        },
        new("travel", typeof(TravelTime))
        {
            Owner = OwnerKind.Network,
            OwnerColumn = "network",
            Part = "travel",
            Route = "/api/networks/{owner}/travel/{id}",
            Natural = true,
            Columns =
            [
                Network,
                Column.Reference("from", "hospitals") with
                {
                    Key = true,
                    Required = true,
                },
                Column.Reference("to", "hospitals") with
                {
                    Key = true,
                    Required = true,
                },
                Column.Number("minutes", 0, 24 * 60),
            ],
            Read = NetworkActions.Read,
            Change = NetworkActions.Change,
        },
        new("rota", typeof(OnCallPeriod))
        {
            Owner = OwnerKind.Network,
            OwnerColumn = "network",
            Part = "rota",
            Route = "/api/networks/{owner}/rota/{id}",
            Natural = true,
            Columns =
            [
                Network,
                Column.Reference("coordinator", "people") with
                {
                    Key = true,
                    Required = true,
                },
                Column.Instant("from") with
                {
                    Key = true,
                },
                Column.End("to"),
            ],
            Read = NetworkActions.Read,
            Change = NetworkActions.Change,
        },
        new("partner-holidays", typeof(PartnerHoliday))
        {
            Owner = OwnerKind.Network,
            OwnerColumn = "network",
            Part = "partnerHoliday",
            Route = "/api/networks/{owner}/partner-holidays/{id}",
            Natural = true,
            Formats = [new(["text/calendar"], HolidayFile.ReadOfPartnersAsync)],
            Columns =
            [
                Network,
                Column.Reference("partner", "partners") with
                {
                    Key = true,
                    Required = true,
                },
                new("from", ColumnKind.Date) { Key = true, Required = true },
                new("until", ColumnKind.Date) { Required = true },
                Column.Text("name") with
                {
                    Required = true,
                },
            ],
            Read = NetworkActions.Read,
            Change = NetworkActions.Change,
        },
        new("partners", typeof(Partner))
        {
            Owner = OwnerKind.Network,
            OwnerColumn = "network",
            Part = "partner",
            Route = "/api/partners/{id}?network={owner}",
            Columns = [Network, Column.Id(), .. Column.Names(), Column.Zone(), Column.Until],
            Read = NetworkActions.Read,
            Change = NetworkActions.Change,
        },
    ];
}
