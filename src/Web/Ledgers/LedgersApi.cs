using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Hospitals;
using ConsultHub.Ledgers;
using ConsultHub.Networks;
using ConsultHub.Scorecards;
using ConsultHub.Web.Scorecards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Ledgers;

/// <summary>The ledger of a hospital: what was done there, and what its team has learned.</summary>
public static class LedgersApi
{
    private const int MostDays = 3_660,
        MostTaken = 200;

    /// <summary>The ledger of a hospital. The figures are of the period. The cases of procedures are of all time, as they add up.</summary>
    /// <param name="At">When the rosters were read, UTC.</param>
    /// <param name="Today">The day in the network's time zone on which the levels are true.</param>
    /// <param name="Partners">The partners to whose consultants the counts are limited. Empty if they are of everybody.</param>
    public sealed record LedgerAnswer(
        NetworkId Network,
        HospitalId Hospital,
        DateOnly From,
        DateOnly To,
        DateOnly Today,
        DateTimeOffset At,
        ImmutableArray<PartnerId> Partners,
        ImmutableArray<SpecialtyLedger> Specialties
    );

    /// <param name="Specialty">The code of the specialty. Empty for figures that have none.</param>
    /// <param name="Figures">The figures that are not zero.</param>
    public sealed record SpecialtyLedger(
        string Specialty,
        ImmutableArray<LedgerFigure> Figures,
        ImmutableArray<ProcedureStanding> Procedures
    );

    public sealed record LedgerFigure(Figure Figure, Score Score);

    /// <param name="Count">How many lines there are in all.</param>
    /// <param name="Lines">The lines of the page, the newest first.</param>
    public sealed record CaseLines(int Count, ImmutableArray<CaseLine> Lines);

    public static IServiceCollection AddLedgers(this IServiceCollection services) => services.AddSingleton<LedgerReader>();

    public static void MapLedgers(this IEndpointRouteBuilder app)
    {
        var ledger = app.MapGroup("/api/hospitals/{hospital}/ledger").WithTags("Ledgers");
        var reads = Access.ToSome(LedgerActions.Read);
        ledger.MapGet("/", GetAsync).Requires(reads);
        ledger.MapGet("/cases", CasesAsync).Requires(reads);
    }

    /// <summary>What a request asks about.</summary>
    internal sealed record Asked(
        HospitalId Hospital,
        HttpContext Http,
        IGrainFactory Grains,
        ScorecardReader Figures,
        LedgerReader Reader,
        TimeProvider Clock
    )
    {
        /// <summary>The hospital and the viewer's parts of it, or why the viewer may not read its ledger.</summary>
        public async Task<(Place? Place, ProblemHttpResult? Fault)> PlaceAsync()
        {
            if (await Grains.GetGrain<IHospitalGrain>(Hospital.Value).GetAsync() is not { } hospital)
                return (null, Problems.Of(HospitalCodes.Unknown, $"There is no hospital {Hospital}."));
            ImmutableArray<GrantScope> scopes =
            [
                .. Access
                    .PartsFor(Viewer.Of(Http), LedgerActions.Read, hospital.Network)
                    .Where(s => s.Hospitals.IsEmpty || s.Hospitals.Contains(hospital.Id)),
            ];
            if (scopes.IsEmpty)
                return (null, Problems.Of(AccessCodes.Denied, "You may not read the ledger of this hospital."));
            if (await Grains.GetGrain<INetworkGrain>(hospital.Network.Value).GetAsync() is not { } network)
                return (null, Problems.Of(NetworkCodes.Unknown, $"There is no network {hospital.Network}."));
            var zone = TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
            var now = Clock.GetUtcNow();
            return (new(hospital, scopes, zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), now), null);
        }
    }

    internal sealed record Place(Hospital Hospital, ImmutableArray<GrantScope> Scopes, TimeZoneInfo Zone, DateOnly Today, DateTimeOffset At)
    {
        /// <summary>Whether the viewer sees the work of everybody at the hospital.</summary>
        public bool IsWhole => Scopes.Any(s => s.Partner is null);

        /// <summary>The first day whose cases any of these procedures counts, or from which the pace follows.</summary>
        public DateOnly FirstOf(IEnumerable<Procedure> procedures) =>
            procedures.Select(p => LedgerRules.CountedFrom(p, Today)).Append(LedgerRules.PaceFrom(Today)).Min();
    }

    /// <summary>The ledger of a hospital by specialty.</summary>
    /// <param name="from">The first day of the figures. Without it, the first of January.</param>
    /// <param name="to">The last day. Without it, today.</param>
    private static async Task<Results<Ok<LedgerAnswer>, ProblemHttpResult>> GetAsync(
        [AsParameters] Asked asked,
        DateOnly? from = null,
        DateOnly? to = null
    )
    {
        var (place, fault) = await asked.PlaceAsync();
        if (place is null)
            return fault!;
        var last = to ?? place.Today;
        var first = from ?? new DateOnly(last.Year, 1, 1);
        if (first > last || last.DayNumber - first.DayNumber >= MostDays || first.Year <= Week.FirstYear || last.Year >= Week.LastYear)
            return Problems.Of(RequestCodes.BadParameter, $"A period has 1 to {MostDays} days, and ends after it begins.", "from");
        var lines = asked.Reader.ReadAsync(place.Hospital, place.Zone, place.FirstOf(place.Hospital.Procedures), place.Today);
        // The figures of the period and the visits of the last twelve months come from the same rows as the scorecard.
        var year = LedgerRules.PaceFrom(place.Today);
        var ofYear =
            place.IsWhole && !place.Hospital.Procedures.IsEmpty ? FiguresAsync(asked, place, year, place.Today, Figure.Visits) : null;
        var figures = await FiguresAsync(asked, place, first, last);
        var visits = ofYear is null
            ? null
            : (await ofYear).Rows.Where(r => r.Figure == Figure.Visits && r.Done > 0).ToLookup(r => r.Specialty, r => r.Thing);
        var all = await lines;
        var seen = LedgerReader.Seen(all, place.Scopes).ToList();
        var rows = figures.Rows.ToLookup(r => r.Specialty ?? "");
        var procedures = place.Hospital.Procedures.ToLookup(p => p.Specialty);
        return TypedResults.Ok(
            new LedgerAnswer(
                place.Hospital.Network,
                place.Hospital.Id,
                first,
                last,
                place.Today,
                place.At,
                place.IsWhole ? [] : [.. place.Scopes.Select(s => s.Partner).OfType<PartnerId>().Distinct()],
                [
                    .. rows.Select(r => r.Key)
                        .Union(procedures.Select(p => p.Key))
                        .Order(StringComparer.Ordinal)
                        .Select(specialty => new SpecialtyLedger(
                            specialty,
                            [
                                .. Scorecard
                                    .Of(rows[specialty], figures.Figures, first, last)
                                    .Where(f => f.Total != default)
                                    .Select(f => new LedgerFigure(f.Figure, f.Total)),
                            ],
                            [
                                .. procedures[specialty]
                                    .OrderBy(p => p.Id.Value, StringComparer.Ordinal)
                                    .Select(p => LedgerRules.StandingOf(p, all, seen, visits?[specialty].Distinct().Count(), place.Today)),
                            ]
                        )),
                ]
            )
        );
    }

    /// <summary>The engagements behind the cases of a procedure, the newest first.</summary>
    /// <param name="procedure">The id of a procedure that the hospital has agreed.</param>
    private static async Task<Results<Ok<CaseLines>, ProblemHttpResult>> CasesAsync(
        [AsParameters] Asked asked,
        ProcedureId procedure,
        int skip = 0,
        int take = 50
    )
    {
        if (skip < 0 || take is < 1 or > MostTaken)
            return Problems.Of(RequestCodes.BadParameter, $"Take 1 to {MostTaken} lines.", "take");
        var (place, fault) = await asked.PlaceAsync();
        if (place is null)
            return fault!;
        if (place.Hospital.Procedures.FirstOrDefault(p => p.Id == procedure) is not { } agreed)
            return Problems.Of(RequestCodes.BadParameter, $"The hospital has not agreed a procedure {procedure}.", "procedure");
        var from = LedgerRules.CountedFrom(agreed, place.Today);
        var read = await asked.Reader.ReadAsync(place.Hospital, place.Zone, from, place.Today);
        ImmutableArray<CaseLine> lines =
        [
            .. LedgerReader
                .Seen(read, place.Scopes)
                .Where(line => line.Procedure == procedure && from <= line.Day && line.Day <= place.Today)
                .OrderByDescending(line => line.Day)
                .ThenBy(line => line.Engagement.Value, StringComparer.Ordinal),
        ];
        return TypedResults.Ok(new CaseLines(lines.Length, [.. lines.Skip(skip).Take(take)]));
    }

    /// <param name="only">The figures that are needed. None stands for all.</param>
    private static Task<ScorecardReading> FiguresAsync(
        Asked asked,
        Place place,
        DateOnly from,
        DateOnly to,
        params ImmutableArray<Figure> only
    ) =>
        asked.Figures.ReadAsync(
            place.Hospital.Network,
            new(from, to, place.Zone.Id, new ScorecardFilter(place.Hospital.Id), place.Scopes),
            only: only.IsEmpty ? null : only
        );
}
