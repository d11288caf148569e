using System.Collections.Immutable;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Programmes;

/// <summary>What stands beside the plan of rotations: reasons to look at a rotation, and the holidays of the hosts.</summary>
internal static class RotationsApi
{
    /// <summary>Why somebody should look at a rotation.</summary>
    public enum RotationAttention
    {
        /// <summary>The supervisor has no role any more in which one supervises here.</summary>
        SupervisorLeft,

        /// <summary>A paper that the programme asks for is missing, or is not valid for the whole rotation.</summary>
        PaperMissing,

        /// <summary>A paper was not checked yet.</summary>
        PaperUnchecked,
    }

    /// <param name="Papers">The names of the papers.</param>
    public sealed record RotationReason(string Rotation, RotationAttention Reason, ImmutableArray<LocalName> Papers);

    /// <summary>A day or several on which a host does not work.</summary>
    /// <param name="Hospital">Null if the host is the partner.</param>
    public sealed record HostHoliday(HospitalId? Hospital, DateOnly From, DateOnly Until, string Name);

    /// <param name="Zones">The time zones of the hosts, with the network's first and the partner's last.</param>
    public sealed record RotationsView(
        ImmutableArray<RotationReason> Attention,
        ImmutableArray<HostHoliday> Holidays,
        ImmutableArray<string> Zones
    );

    public static void MapRotations(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/programmes/{programme}/rotations-attention", ReadAsync)
            .WithTags("Programmes")
            .Requires(Access.ToSome(ProgrammeActions.ReadRotations));

    /// <summary>
    /// The rotations that are not over and need attention, and the holidays of the hosts in the time of the cohorts. Who may not read
    /// papers sees no reasons about them.
    /// </summary>
    private static async Task<Results<Ok<RotationsView>, ProblemHttpResult>> ReadAsync(
        ProgrammeId programme,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book,
        AccessBook accounts,
        TimeProvider clock
    )
    {
        if (await book.FindAsync(programme.Value) is not { } profile)
            return Problems.Of(ProgrammeCodes.Unknown);
        var viewer = Viewer.Of(http);
        if (!ProgrammeBook.May(viewer, ProgrammeActions.ReadRotations, profile))
            return Problems.Of(AccessCodes.Denied);
        if (await grains.GetGrain<IProgrammeGrain>(programme.Value).GetAsync() is not { } whole)
            return Problems.Of(ProgrammeCodes.Unknown);
        var today = LocalDay.Of(clock.GetUtcNow(), TimeZoneInfo.Utc);
        var readsPapers = ProgrammeBook.May(viewer, DossierActions.Read, profile);
        var reasons = ImmutableArray.CreateBuilder<RotationReason>();
        foreach (var of in whole.Rotations.Where(r => r.To >= today).GroupBy(r => r.Person))
        {
            var dossier = readsPapers ? await grains.GetGrain<IDossierGrain>(of.Key.Value).GetAsync() : null;
            foreach (var rotation in of)
                reasons.AddRange(ReasonsOf(whole, rotation, dossier, accounts));
        }
        var network = await grains.GetGrain<INetworkGrain>(profile.Network.Value).GetAsync();
        var (holidays, zones) = (ImmutableArray.CreateBuilder<HostHoliday>(), new List<string?> { network?.TimeZone });
        foreach (var id in whole.Departments.Select(d => d.Hospital).OfType<HospitalId>().Distinct())
        {
            if (await grains.GetGrain<IHospitalGrain>(id.Value).GetAsync() is not { } hospital)
                continue;
            zones.Add(hospital.TimeZone);
            holidays.AddRange(
                hospital
                    .Holidays.Where(h => whole.Cohorts.Any(c => h.From <= c.To && c.From <= h.Until))
                    .Select(h => new HostHoliday(id, h.From, h.Until, h.Name))
            );
        }
        holidays.AddRange(
            (network?.PartnerHolidays ?? [])
                .Where(h => h.Partner == profile.Partner && whole.Cohorts.Any(c => h.From <= c.To && c.From <= h.Until))
                .Select(h => new HostHoliday(null, h.From, h.Until, h.Name))
        );
        zones.Add(network?.Partners.FirstOrDefault(p => p.Id == profile.Partner)?.TimeZone);
        return TypedResults.Ok(
            new RotationsView(reasons.DrainToImmutable(), [.. holidays.OrderBy(h => h.From)], [.. zones.OfType<string>().Distinct()])
        );
    }

    private static IEnumerable<RotationReason> ReasonsOf(
        EducationProgramme programme,
        Rotation rotation,
        Dossier? dossier,
        AccessBook accounts
    )
    {
        if (accounts.Standing(rotation.Supervisor) is not { } standing || !Access.MayJudge(standing, programme.Profile))
            yield return new(rotation.Id, RotationAttention.SupervisorLeft, []);
        if (dossier is null || programme.Find(rotation.Cohort) is not { } cohort)
            yield break;
        var cells = programme
            .Requirements.Select(r => RequirementRules.Of(r, cohort with { From = rotation.From, To = rotation.To }, dossier))
            .Where(cell => cell.State != RequirementState.Met)
            .ToLookup(cell => cell.State == RequirementState.Unchecked, cell => cell.Name);
        if (cells.Contains(false))
            yield return new(rotation.Id, RotationAttention.PaperMissing, [.. cells[false]]);
        if (cells.Contains(true))
            yield return new(rotation.Id, RotationAttention.PaperUnchecked, [.. cells[true]]);
    }
}
