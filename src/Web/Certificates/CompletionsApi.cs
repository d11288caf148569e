using System.Collections.Immutable;
using ConsultHub.Certificates;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Programmes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Certificates;

/// <summary>Certificates of people who have gone through an education programme.</summary>
internal static class CompletionsApi
{
    private const int MostListed = 1_000;

    /// <param name="Person">Who gets the certificate.</param>
    public sealed record IssueCompletion(PersonId Person);

    public static void MapCompletions(this IEndpointRouteBuilder app)
    {
        var programmes = app.MapGroup("/api/programmes/{programme}").WithTags("Certificates");
        programmes.MapPost("/cohorts/{cohort}/certificates", IssueAsync).Requires(Access.ToSome(ProgrammeActions.Decide));
        programmes.MapGet("/certificates", ListAsync).Requires(Access.ToSome(ProgrammeActions.Decide)).Traces("certificates.read");
        app.MapGroup("/api/certificates").WithTags("Certificates").MapGet("/completions", MineAsync).Requires(Access.SignedIn);
    }

    /// <summary>
    /// Issues a certificate to somebody who had a place until the cohort's last day was over. A second request returns the same certificate
    /// until a new one would say something else. Then the new one replaces it.
    /// </summary>
    private static async Task<Results<Ok<CompletionCertificate>, ProblemHttpResult>> IssueAsync(
        ProgrammeId programme,
        string cohort,
        IssueCompletion request,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book,
        CertificateFinder finder,
        CertificateKeys keys,
        TimeProvider clock
    )
    {
        var viewer = Viewer.Of(http);
        var (profile, refused) = await DecidingAsync(programme, viewer, book);
        if (profile is null)
            return Problems.Of(refused!);
        if (await grains.GetGrain<IProgrammeGrain>(programme.Value).GetAsync() is not { } whole)
            return Problems.Of(ProgrammeCodes.Unknown);
        var network = await grains.GetGrain<INetworkGrain>(profile.Network.Value).GetAsync();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(network?.TimeZone ?? "Etc/UTC");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        // No logbook wakes up for somebody who has not applied.
        var logbook = whole.Find(cohort, request.Person) is null
            ? new()
            : await grains.GetGrain<ILogbookGrain>($"{programme}/{cohort}/{request.Person}").GetAsync();
        var sessions = whole.Find(cohort) is null
            ? default
            : (await grains.GetGrain<ICourseGrain>($"{programme}/{cohort}").ReadAsync()).AttendanceOf(request.Person, clock.GetUtcNow());
        if (CompletionRules.Check(whole, cohort, request.Person, logbook, sessions, viewer.Person, today) is { } refusal)
            return Problems.Of(refusal);
        var (of, application) = (whole.Find(cohort)!, whole.Find(cohort, request.Person)!);
        var certificate = new CompletionCertificate
        {
            Number = CertificateNumber.New(programme),
            Programme = programme,
            Kind = whole.Profile.Kind,
            Title = whole.Profile.Name,
            Cohort = of.Id,
            CohortName = of.Name,
            From = of.From,
            To = of.To,
            Network = network?.Name ?? new(profile.Network.Value),
            Partner = network?.Partners.FirstOrDefault(p => p.Id == whole.Profile.Partner)?.Name,
            Person = request.Person,
            Holder = await grains.NameOfAsync(request.Person) ?? application.Name,
            Lines = CompletionRules.LinesOf(whole, cohort, request.Person, logbook, sessions),
            IssuedAt = clock.GetUtcNow(),
            Token = "",
        };
        var outcome = await finder
            .Register(CertificateRegisterId.Of(programme))
            .IssueCompletionAsync(viewer.ActorIn(profile.Network), certificate with { Token = await keys.SignAsync(certificate) });
        return outcome.Certificate is { } issued ? TypedResults.Ok(issued) : Problems.Of(Refusal.Of(outcome.Code)!);
    }

    /// <summary>The newest certificates of a programme, at most 1,000.</summary>
    /// <param name="person">Whose certificates are listed. Null for everybody's.</param>
    private static async Task<Results<Ok<ImmutableArray<IssuedCompletion>>, ProblemHttpResult>> ListAsync(
        ProgrammeId programme,
        HttpContext http,
        ProgrammeBook book,
        CertificateFinder finder,
        PersonId? person = null
    )
    {
        var (profile, refused) = await DecidingAsync(programme, Viewer.Of(http), book);
        if (profile is null)
            return Problems.Of(refused!);
        var issued = await finder.Register(CertificateRegisterId.Of(programme)).ListCompletionsAsync(person);
        return TypedResults.Ok(issued.Length > MostListed ? issued[..MostListed] : issued);
    }

    /// <summary>The viewer's own certificates of completion, newest first.</summary>
    private static async Task<Ok<ImmutableArray<IssuedCompletion>>> MineAsync(HttpContext http, CertificateFinder finder) =>
        TypedResults.Ok<ImmutableArray<IssuedCompletion>>([.. await finder.CompletionsOfAsync(Viewer.Of(http).Person)]);

    /// <summary>The programme, if the viewer decides about it.</summary>
    private static async Task<(ProgrammeProfile? Profile, Refusal? Refused)> DecidingAsync(
        ProgrammeId programme,
        Viewer viewer,
        ProgrammeBook book
    ) =>
        await book.FindAsync(programme.Value) is not { } profile ? (null, new(ProgrammeCodes.Unknown, ProgrammeCodes.Unknown.Message!))
        : !ProgrammeBook.May(viewer, ProgrammeActions.Decide, profile)
            ? (null, new(AccessCodes.Denied, $"This needs the right {ProgrammeActions.Decide.Name} for the programme."))
        : (profile, null);
}
