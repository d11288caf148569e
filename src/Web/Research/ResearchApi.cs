using System.Collections.Immutable;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Research;

/// <summary>Initiatives as a whole, and commands to them. Their parts are records, see <see cref="ResearchTables"/>.</summary>
public static class ResearchApi
{
    /// <param name="Stages">The changes of the stage, the newest first.</param>
    /// <param name="MayChange">Whether the viewer may change the initiative and its parts.</param>
    /// <param name="MayDecide">Whether the viewer reads the summaries of all proposals and decides about them.</param>
    /// <param name="Leads">Whether the viewer may mark every task done.</param>
    public sealed record InitiativeView(
        Initiative Initiative,
        ImmutableArray<StageChange> Stages,
        bool MayChange,
        bool MayDecide,
        bool Leads
    );

    /// <summary>What the catalogue says of an initiative.</summary>
    public sealed record InitiativeEntry(
        InitiativeId Id,
        InitiativeKind Kind,
        LocalName Title,
        LocalName? Aims,
        string? Specialty,
        PartnerId? Partner,
        ImmutableArray<HospitalId> Sites,
        InitiativeStage Stage
    );

    /// <summary>What everybody may read of a public initiative. It names nobody.</summary>
    public sealed record PublicInitiativeEntry(
        InitiativeId Id,
        InitiativeKind Kind,
        LocalName Title,
        LocalName? Aims,
        InitiativeStage Stage,
        ImmutableArray<PublicPublication> Publications
    );

    /// <param name="Date">The day on which it appeared.</param>
    public sealed record PublicPublication(string Title, string Doi, DateOnly Date);

    public static IServiceCollection AddResearch(this IServiceCollection services) =>
        services.AddTables(ResearchTables.All).AddTopic<ResearchTopic>();

    public static void MapResearch(this IEndpointRouteBuilder app)
    {
        var initiative = app.MapGroup("/api/initiatives/{id}").WithTags("Research");
        initiative.MapGet("/overview", OverviewAsync).Requires(Access.ToSome(ResearchActions.Read));
        initiative.MapPost("/commands", DecideAsync).Requires(Access.ToSome(ResearchActions.Propose));
        app.MapGet("/api/initiatives", CatalogueAsync).WithTags("Research").Requires(Access.InPartOfNetwork(ResearchActions.ReadCatalogue));
        app.MapGet("/api/public/initiatives/{id}", PublicAsync).WithTags("Public").Requires(Access.ReadsPublic);
    }

    /// <summary>The initiatives of a network that the catalogue shows, in the order of their English titles.</summary>
    private static async Task<ImmutableArray<InitiativeEntry>> CatalogueAsync(
        NetworkId network,
        IGrainFactory grains,
        TimeProvider clock
    ) =>
        [
            .. (await grains.ListAsync($"{network}/initiatives"))
                .Select(entry => entry.Record)
                .OfType<InitiativeProfile>()
                .Where(profile => profile.Open && IsShown(profile, clock))
                .OrderBy(profile => profile.Title.En, StringComparer.Ordinal)
                .Select(profile => new InitiativeEntry(
                    profile.Id,
                    profile.Kind,
                    profile.Title,
                    profile.Aims,
                    profile.Specialty,
                    profile.Partner,
                    profile.Sites,
                    profile.Stage
                )),
        ];

    /// <summary>A public initiative. Any other initiative is answered as unknown.</summary>
    private static async Task<Results<Ok<PublicInitiativeEntry>, ProblemHttpResult>> PublicAsync(
        InitiativeId id,
        OwnerBook owners,
        IGrainFactory grains,
        TimeProvider clock
    )
    {
        if (
            await FindAsync(id, owners, grains) is not { Profile: { Public: true } profile } initiative
            || !IsShown(profile, clock)
            || await grains.GetGrain<INetworkGrain>(profile.Network.Value).GetAsync() is not { } network
        )
            return Problems.Of(ResearchCodes.Unknown);
        var today = LocalDay.Of(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone));
        return TypedResults.Ok(
            new PublicInitiativeEntry(
                profile.Id,
                profile.Kind,
                profile.Title,
                profile.Aims,
                profile.Stage,
                [
                    .. from output in initiative.Outputs
                    where output is { Doi: not null, Date: not null } && output.Date <= today
                    orderby output.Date descending, output.Id
                    select new PublicPublication(output.Title, output.Doi!, output.Date!.Value),
                ]
            )
        );
    }

    private static bool IsShown(InitiativeProfile profile, TimeProvider clock) =>
        profile.Until is not { } until || until > clock.GetUtcNow();

    /// <summary>Everything about an initiative that the viewer may read.</summary>
    private static async Task<Results<Ok<InitiativeView>, ProblemHttpResult>> OverviewAsync(
        InitiativeId id,
        HttpContext http,
        OwnerBook owners,
        IGrainFactory grains
    )
    {
        var (viewer, grain) = (Viewer.Of(http), grains.GetGrain<IInitiativeGrain>(id.Value));
        if (await FindAsync(id, owners, grains) is not { } initiative)
            return Unknown(id);
        if (!Access.May(viewer, ResearchActions.Read, new Subject(initiative.Profile.Network)))
            return Problems.Of(AccessCodes.Denied, "The initiative belongs to another network.");
        var decides = May(viewer, ResearchActions.Decide, initiative);
        var shown = decides
            ? initiative
            : initiative with
            {
                Proposals = [.. initiative.Proposals.Select(p => viewer.Is(p.Proposer) ? p : p with { Summary = null })],
            };
        return TypedResults.Ok(
            new InitiativeView(
                shown,
                await grain.StagesAsync(),
                May(viewer, ResearchActions.Change, initiative),
                decides,
                initiative.Leads.Any(viewer.Is) || May(AsLead(viewer), ResearchActions.Change, initiative)
            )
        );
    }

    /// <remarks>
    /// <c>markTask</c> is for the owner of the task and for leads. <c>submit</c> is for everybody who may propose. <c>decide</c> is for
    /// those who may decide, except the proposer.
    /// </remarks>
    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        InitiativeId id,
        InitiativeCommand command,
        HttpContext http,
        OwnerBook owners,
        IGrainFactory grains
    )
    {
        var viewer = Viewer.Of(http);
        if (await FindAsync(id, owners, grains) is not { } initiative)
            return Unknown(id);
        if (
            !Access.May(viewer, ResearchActions.Propose, new Subject(initiative.Profile.Network))
            || (command is DecideProposal && !May(viewer, ResearchActions.Decide, initiative))
        )
            return Problems.Of(AccessCodes.Denied);
        var isLead = May(AsLead(viewer), ResearchActions.Change, initiative);
        var actor = viewer.ActorIn(initiative.Profile.Network);
        // A role that does not cover the initiative gives no right to it.
        actor = actor with
        {
            Role =
                isLead ? Role.ResearchLead
                : actor.Role == Role.ResearchLead ? Role.Attendee
                : actor.Role,
        };
        return await grains.GetGrain<IInitiativeGrain>(id.Value).DecideAsync(actor, command) is RecordsRefused refused
            ? Problems.Of(refused.Faults[0].Refusal)
            : TypedResults.NoContent();
    }

    /// <summary>No grain wakes up for an invented id.</summary>
    private static async Task<Initiative?> FindAsync(InitiativeId id, OwnerBook owners, IGrainFactory grains) =>
        await owners.FindAsync(OwnerKind.Initiative, id.Value) is null
            ? null
            : await grains.GetGrain<IInitiativeGrain>(id.Value).GetAsync();

    private static bool May(Viewer viewer, AccessAction action, Initiative initiative) =>
        RecordScopes.OfInitiative(initiative.Profile, initiative.Profile).Any(of => Access.May(viewer, action, of));

    /// <summary>The viewer with only the roles of a research lead.</summary>
    private static Viewer AsLead(Viewer viewer) => viewer with { Grants = viewer.Grants.RemoveAll(g => g.Role != Role.ResearchLead) };

    private static ProblemHttpResult Unknown(InitiativeId id) => Problems.Of(ResearchCodes.Unknown, $"There is no initiative {id}.");
}
