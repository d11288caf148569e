using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ConsultHub.Web.Programmes;

/// <summary>The papers of a person, and what programmes ask for.</summary>
internal static class DossiersApi
{
    private const int MostAsked = 50;

    /// <param name="Rows">One row for each cohort that is not over and for which the person has applied, or whose programme the request
    /// names.</param>
    public sealed record DossierView(
        PersonId Person,
        LocalName Name,
        ImmutableArray<DocumentView> Documents,
        ImmutableArray<DossierRow> Rows
    );

    /// <param name="Tag">The tag of the record, which a check names.</param>
    /// <param name="Check">Null if nobody has checked the paper as it is now.</param>
    /// <param name="MayCheck">Whether the viewer may check it.</param>
    public sealed record DocumentView(DossierDocument Document, string Tag, DocumentCheck? Check, bool MayCheck);

    /// <param name="Status">Null if the person has not applied.</param>
    public sealed record DossierRow(
        ProgrammeId Programme,
        LocalName Name,
        Cohort Cohort,
        ApplicationStatus? Status,
        ImmutableArray<RequirementCell> Papers
    );

    /// <param name="Tag">The tag of the record that the person has seen, as <c>ETag</c> shows it without quotation marks.</param>
    public sealed record DocumentSeen(string Tag);

    public static void MapDossiers(this IEndpointRouteBuilder app)
    {
        var dossiers = app.MapGroup("/api/dossiers/{person}").WithTags("Programmes");
        dossiers.MapGet("/", ReadAsync).Requires(Access.SignedIn).Traces("dossiers.read");
        dossiers.MapPut("/documents/{document}/check", CheckAsync).Requires(Access.ToSome(DossierActions.Check));
        dossiers.MapDelete("/documents/{document}/check", UncheckAsync).Requires(Access.ToSome(DossierActions.Check));
    }

    /// <summary>The dossier, and for each programme which papers are missing, lapse too early or are not checked yet.</summary>
    /// <param name="programme">Programmes to which the person may apply, whose papers are compared too. At most 50.</param>
    private static async Task<Results<Ok<DossierView>, ProblemHttpResult>> ReadAsync(
        PersonId person,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book,
        AccessBook accounts,
        TimeProvider clock,
        [FromQuery] string[] programme
    )
    {
        var viewer = Viewer.Of(http);
        if (programme.Length > MostAsked)
            return Problems.Of(RequestCodes.BadParameter, $"Name at most {MostAsked} programmes.", "programme");
        if (await book.DossierAsync(person) is not { } dossier)
            return Problems.Of(RecordCodes.Unknown);
        var isOwn = viewer.Is(person);
        if (isOwn)
            http.LeaveNoTrace();
        else if (!await book.MayAsync(viewer, DossierActions.Read, dossier))
            return Problems.Of(AccessCodes.Denied);
        var rows = ImmutableArray.CreateBuilder<DossierRow>();
        // A cohort whose last day is over in every time zone asks for nothing.
        var earliest = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        foreach (var id in dossier.Applications.Select(a => a.Programme.Value).Concat(programme).Distinct())
        {
            if (
                await book.FindAsync(id) is not { } profile
                || !ProgrammeBook.May(viewer, isOwn ? ProgrammeActions.Read : DossierActions.Read, profile)
                || await grains.GetGrain<IProgrammeGrain>(id).GetAsync() is not { } whole
            )
                continue;
            foreach (var cohort in whole.Cohorts.Where(c => c.To >= earliest).OrderBy(c => c.From))
            {
                var applied = dossier.Applications.FirstOrDefault(a => a.Programme == profile.Id && a.Cohort == cohort.Id);
                if (applied is null && !programme.Contains(id))
                    continue;
                rows.Add(
                    new(
                        profile.Id,
                        profile.Name,
                        cohort,
                        applied?.Status,
                        [.. whole.Requirements.Select(r => RequirementRules.Of(r, cohort, dossier))]
                    )
                );
            }
        }
        var mayCheck = !isOwn && await book.MayAsync(viewer, DossierActions.Check, dossier);
        return TypedResults.Ok(
            new DossierView(
                person,
                accounts.Find(person)?.Name ?? new(person.Value),
                [
                    .. dossier.Documents.Select(d => new DocumentView(
                        d,
                        RecordTag.Of(d),
                        dossier.Checks.FirstOrDefault(c => c.Document == d.Id),
                        mayCheck
                    )),
                ],
                rows.DrainToImmutable()
            )
        );
    }

    /// <summary>Confirms that somebody has seen the paper. The check counts as long as the record stays as it is.</summary>
    private static Task<Results<NoContent, ProblemHttpResult>> CheckAsync(
        PersonId person,
        string document,
        DocumentSeen seen,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book
    ) => SetAsync(person, document, seen.Tag ?? "", http, grains, book);

    private static Task<Results<NoContent, ProblemHttpResult>> UncheckAsync(
        PersonId person,
        string document,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book
    ) => SetAsync(person, document, null, http, grains, book);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        PersonId person,
        string document,
        string? tag,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book
    )
    {
        var viewer = Viewer.Of(http);
        if (await book.DossierAsync(person) is not { } dossier)
            return Problems.Of(RecordCodes.Unknown);
        if (!await book.MayAsync(viewer, DossierActions.Check, dossier))
            return Problems.Of(AccessCodes.Denied);
        var code = await grains.GetGrain<IDossierGrain>(person.Value).CheckDocumentAsync(viewer.Actor, document, tag);
        return Refusal.Of(code) is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}
