using System.Collections.Immutable;
using ConsultHub.Networks;
using ConsultHub.Scorecards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Scorecards;

/// <summary>Figures of a network for a period, the rows behind each figure, and stored reports.</summary>
public static class ScorecardsApi
{
    private const int MostDays = 3_660,
        MostTaken = 200;

    /// <summary>The figures of a period.</summary>
    /// <param name="At">When the journals were read, UTC. For a stored report, when it was stored.</param>
    /// <param name="Report">The id of the stored report. Null for present figures.</param>
    /// <param name="Parts">The parts of the network that the figures are limited to. Empty if they are of the whole network.</param>
    public sealed record ScorecardAnswer(
        DateOnly From,
        DateOnly To,
        string Zone,
        ScorecardFilter Filter,
        DateTimeOffset At,
        Guid? Report,
        ImmutableArray<ScorecardPart> Parts,
        ImmutableArray<FigureScore> Figures
    );

    /// <summary>A part of a network: some hospitals, the consultants of a partner, or both.</summary>
    public sealed record ScorecardPart(ImmutableArray<HospitalId> Hospitals, PartnerId? Partner);

    /// <param name="Count">How many rows there are in all.</param>
    /// <param name="Rows">The rows of the page, the newest first.</param>
    public sealed record FigureRows(int Count, ImmutableArray<FigureLine> Rows);

    /// <param name="CommandId">The id of the new report. A repeat with the same id stores nothing.</param>
    public sealed record StoreReport(
        Guid CommandId,
        DateOnly From,
        DateOnly To,
        HospitalId? Hospital = null,
        string? Specialty = null,
        PartnerId? Partner = null
    ) : ICommand;

    public static IServiceCollection AddScorecards(this IServiceCollection services) =>
        services
            .AddSingleton<RosterBook>()
            .AddSingleton<CohortBook>()
            .AddSingleton<InitiativeBook>()
            .AddSingleton<ScorecardReader>()
            .AddSingleton<ScorecardPrinter>()
            .AddSingleton<SheetReader>()
            .AddFigureSource<RosterFigures>()
            .AddFigureSource<EducationFigures>()
            .AddFigureSource<ResearchFigures>();

    internal static IServiceCollection AddFigureSource<T>(this IServiceCollection services)
        where T : class, IFigureSource => services.AddSingleton<IFigureSource, T>();

    public static void MapScorecards(this IEndpointRouteBuilder app)
    {
        var cards = app.MapGroup("/api/scorecards/{network}").WithTags("Scorecards");
        var reads = Access.InPartOfNetwork(ScorecardActions.Read);
        cards.MapGet("/", GetAsync).Requires(reads);
        cards.MapGet("/figures.csv", CsvAsync).Requires(reads).Produces<string>(200, "text/csv");
        cards.MapGet("/scorecard.pdf", PdfAsync).Requires(reads).Produces<byte[]>(200, "application/pdf");
        cards.MapGet("/rows", RowsAsync).Requires(reads);
        cards.MapGet("/rows.csv", RowsCsvAsync).Requires(reads).Produces<string>(200, "text/csv");
        cards.MapPost("/reports", StoreAsync).Requires(Access.InPartOfNetwork(ScorecardActions.Report));
        cards.MapGet("/reports", ListAsync).Requires(reads);
        cards.MapGet("/reports/{id:guid}", ReportAsync).Requires(reads);
        cards.MapGet("/reports/{id:guid}.csv", ReportCsvAsync).Requires(reads).Produces<string>(200, "text/csv");
        cards.MapGet("/reports/{id:guid}.pdf", ReportPdfAsync).Requires(reads).Produces<byte[]>(200, "application/pdf");
        SheetsApi.Map(cards.MapGroup("/sheets"));
    }

    /// <summary>What a request asks for. Without a period it is the year so far, in the network's time zone.</summary>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day.</param>
    /// <param name="Specialty">The code of a specialty.</param>
    internal sealed record Asked(
        NetworkId Network,
        HttpContext Http,
        IGrainFactory Grains,
        ScorecardReader Reader,
        TimeProvider Clock,
        DateOnly? From = null,
        DateOnly? To = null,
        HospitalId? Hospital = null,
        string? Specialty = null,
        PartnerId? Partner = null
    )
    {
        /// <summary>The question, or why it cannot be answered.</summary>
        public async Task<(ReportQuestion? Question, ProblemHttpResult? Fault)> QuestionAsync(AccessAction action)
        {
            if (await Grains.GetGrain<INetworkGrain>(Network.Value).GetAsync() is not { } network)
                return (null, Problems.Of(NetworkCodes.Unknown, $"There is no network {Network}."));
            var zone = TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
            var to = To ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), zone).DateTime);
            var from = From ?? new DateOnly(to.Year, 1, 1);
            if (from > to || to.DayNumber - from.DayNumber >= MostDays || from.Year <= Week.FirstYear || to.Year >= Week.LastYear)
                return (
                    null,
                    Problems.Of(RequestCodes.BadParameter, $"A period has 1 to {MostDays} days, and ends after it begins.", "from")
                );
            if (Specialty is not null && !TextId.IsValid(Specialty))
                return (null, Problems.Of(RequestCodes.BadParameter, "This is not the code of a specialty.", "specialty"));
            var filter = new ScorecardFilter(Hospital, Specialty, Partner);
            return (new(from, to, network.TimeZone, filter, Access.PartsFor(Viewer.Of(Http), action, Network)), null);
        }
    }

    private static async Task<Results<Ok<ScorecardAnswer>, ProblemHttpResult>> GetAsync([AsParameters] Asked asked)
    {
        var (question, fault) = await asked.QuestionAsync(ScorecardActions.Read);
        if (question is null)
            return fault!;
        return TypedResults.Ok(AnswerOf(await asked.Reader.ReadAsync(asked.Network, question), null));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CsvAsync([AsParameters] Asked asked)
    {
        var (question, fault) = await asked.QuestionAsync(ScorecardActions.Read);
        if (question is null)
            return fault!;
        return CsvOf(asked.Network, await asked.Reader.ReadAsync(asked.Network, question));
    }

    /// <summary>The figures in total and by hospital, for print.</summary>
    /// <param name="language"><c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PdfAsync(
        [AsParameters] Asked asked,
        ScorecardPrinter printer,
        string language = "en"
    )
    {
        if (ScorecardTexts.For(language) is not { } texts)
            return UnknownLanguage();
        var (question, fault) = await asked.QuestionAsync(ScorecardActions.Read);
        if (question is null)
            return fault!;
        var reading = await asked.Reader.ReadAsync(asked.Network, question);
        return PdfOf(asked.Network, reading, await printer.PrintAsync(asked.Network, reading, null, texts), language);
    }

    /// <summary>The rows behind a figure, the newest first.</summary>
    /// <param name="figure">The name of the figure, such as <c>operations</c>.</param>
    /// <param name="report">The id of a stored report whose rows are read. The period and the filter then choose a part of the
    /// report.</param>
    /// <param name="missing">Only rows of things that are done and have no count.</param>
    /// <param name="withoutSpecialty">Only rows that have no specialty.</param>
    private static async Task<Results<Ok<FigureRows>, ProblemHttpResult>> RowsAsync(
        [AsParameters] Asked asked,
        string figure,
        Guid? report = null,
        bool missing = false,
        bool withoutSpecialty = false,
        int skip = 0,
        int take = 50
    )
    {
        if (skip < 0 || take is < 1 or > MostTaken)
            return Problems.Of(RequestCodes.BadParameter, $"Take 1 to {MostTaken} rows.", "take");
        var (rows, fault) = await ReadRowsAsync(asked, figure, report, missing, withoutSpecialty);
        return rows is { } all ? TypedResults.Ok(new FigureRows(all.Length, [.. all.Skip(skip).Take(take)])) : fault!;
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> RowsCsvAsync(
        [AsParameters] Asked asked,
        string figure,
        Guid? report = null,
        bool missing = false,
        bool withoutSpecialty = false
    )
    {
        var (rows, fault) = await ReadRowsAsync(asked, figure, report, missing, withoutSpecialty);
        return rows is { } all ? File(ScorecardCsv.Of(all), $"{asked.Network}-{figure.ToLowerInvariant()}.csv") : fault!;
    }

    private static async Task<(ImmutableArray<FigureLine>? Rows, ProblemHttpResult? Fault)> ReadRowsAsync(
        Asked asked,
        string figure,
        Guid? report,
        bool missing,
        bool withoutSpecialty
    )
    {
        // The figure is read here, because the framework would accept only the C# names of the enum.
        if (!Enum.TryParse<Figure>(figure, ignoreCase: true, out var wanted) || !char.IsLetter(figure[0]))
            return (null, Problems.Of(RequestCodes.BadParameter, "There is no such figure.", "figure"));
        if (withoutSpecialty && asked.Specialty is not null)
            return (null, Problems.Of(RequestCodes.BadParameter, "Rows without a specialty have none.", "withoutSpecialty"));
        var (question, fault) = await asked.QuestionAsync(ScorecardActions.Read);
        if (question is null)
            return (null, fault);
        var found = report is { } id ? await FindAsync(asked.Network, id, asked.Http, asked.Grains) : null;
        if (report is not null && found is null)
            return (null, Problems.Of(ScorecardCodes.UnknownReport));
        var reading = await asked.Reader.ReadAsync(asked.Network, found?.Question ?? question, found, [wanted]);
        // Within a report, the request may name a part of it.
        var rows = found is null ? reading.Rows : ScorecardRules.Shown(reading.Rows, question.Filter, question.Scopes);
        return (
            Scorecard.LinesOf(
                rows.Where(r => r.Figure == wanted && (!missing || r.NotRecorded > 0) && (!withoutSpecialty || r.Specialty is null))
                    .Where(r => found is null || ((asked.From is not { } from || from <= r.Day) && (asked.To is not { } to || r.Day <= to)))
            ),
            null
        );
    }

    /// <summary>Stores what was read, but no figure. The figures are made again from the journals.</summary>
    private static async Task<Results<Ok<ScorecardReport>, ProblemHttpResult>> StoreAsync(
        NetworkId network,
        StoreReport report,
        HttpContext http,
        IGrainFactory grains,
        ScorecardReader reader,
        TimeProvider clock
    )
    {
        if (report.CommandId == Guid.Empty)
            return Problems.Of(RequestCodes.BadJson, "The command's id is missing.", "$.commandId");
        var asked = new Asked(
            network,
            http,
            grains,
            reader,
            clock,
            report.From,
            report.To,
            report.Hospital,
            report.Specialty,
            report.Partner
        );
        var (question, fault) = await asked.QuestionAsync(ScorecardActions.Report);
        if (question is null)
            return fault!;
        question = question with { Figures = reader.Figures };
        var positions = (await reader.ReadAsync(network, question)).Positions;
        var reply = await grains
            .GetGrain<IScorecardReportsGrain>(network.Value)
            .StoreAsync(Viewer.Of(http).ActorIn(network), report.CommandId, question, positions);
        return reply.Report is { } stored ? TypedResults.Ok(stored) : Problems.Of(Codes.Of(reply.Code!));
    }

    /// <summary>The reports that the viewer may read, the newest first. There are at most 200.</summary>
    private static async Task<Ok<ImmutableArray<ScorecardReport>>> ListAsync(NetworkId network, HttpContext http, IGrainFactory grains) =>
        TypedResults.Ok<ImmutableArray<ScorecardReport>>([.. await ReportsAsync(network, http, grains)]);

    private static async Task<Results<Ok<ScorecardAnswer>, ProblemHttpResult>> ReportAsync(
        NetworkId network,
        Guid id,
        HttpContext http,
        IGrainFactory grains,
        ScorecardReader reader
    ) =>
        await FindAsync(network, id, http, grains) is { } report
            ? TypedResults.Ok(AnswerOf(await reader.ReadAsync(network, report.Question, report), report.Id))
            : Problems.Of(ScorecardCodes.UnknownReport);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReportCsvAsync(
        NetworkId network,
        Guid id,
        HttpContext http,
        IGrainFactory grains,
        ScorecardReader reader
    ) =>
        await FindAsync(network, id, http, grains) is { } report
            ? CsvOf(network, await reader.ReadAsync(network, report.Question, report))
            : Problems.Of(ScorecardCodes.UnknownReport);

    /// <param name="language"><c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReportPdfAsync(
        NetworkId network,
        Guid id,
        HttpContext http,
        IGrainFactory grains,
        ScorecardReader reader,
        ScorecardPrinter printer,
        string language = "en"
    )
    {
        if (ScorecardTexts.For(language) is not { } texts)
            return UnknownLanguage();
        if (await FindAsync(network, id, http, grains) is not { } report)
            return Problems.Of(ScorecardCodes.UnknownReport);
        var reading = await reader.ReadAsync(network, report.Question, report);
        return PdfOf(network, reading, await printer.PrintAsync(network, reading, report.Id, texts), language);
    }

    private static ProblemHttpResult UnknownLanguage() =>
        Problems.Of(RequestCodes.BadParameter, "A scorecard is printed in en, ar or ko.", "language");

    private static async Task<ScorecardReport?> FindAsync(NetworkId network, Guid id, HttpContext http, IGrainFactory grains) =>
        (await ReportsAsync(network, http, grains)).FirstOrDefault(r => r.Id == id);

    /// <summary>A report is shown to whoever may see every part of the network that it covers.</summary>
    private static async Task<IEnumerable<ScorecardReport>> ReportsAsync(NetworkId network, HttpContext http, IGrainFactory grains)
    {
        var seen = Access.PartsFor(Viewer.Of(http), ScorecardActions.Read, network);
        var reports = await grains.GetGrain<IScorecardReportsGrain>(network.Value).ListAsync();
        return reports.Where(r => r.Question.Scopes.All(scope => ScorecardRules.Covers(seen, scope)));
    }

    private static ScorecardAnswer AnswerOf(ScorecardReading reading, Guid? report) =>
        new(
            reading.Question.From,
            reading.Question.To,
            reading.Question.Zone,
            reading.Question.Filter,
            reading.At,
            report,
            reading.Question.Scopes.Any(s => s.Hospitals.IsEmpty && s.Partner is null)
                ? []
                : [.. reading.Question.Scopes.Select(s => new ScorecardPart(s.Hospitals, s.Partner))],
            reading.Scores
        );

    private static FileContentHttpResult CsvOf(NetworkId network, ScorecardReading reading) =>
        File(ScorecardCsv.Of(reading.Scores, reading.Question.From, reading.Question.To), $"{NameOf(network, reading)}.csv");

    private static FileContentHttpResult PdfOf(NetworkId network, ScorecardReading reading, byte[] pdf, string language) =>
        TypedResults.File(pdf, "application/pdf", $"{NameOf(network, reading)}-{language}.pdf");

    private static string NameOf(NetworkId network, ScorecardReading reading) =>
        $"{network}-scorecard-{reading.Question.From:yyyy-MM-dd}-{reading.Question.To:yyyy-MM-dd}";

    internal static FileContentHttpResult File(byte[] csv, string name) => TypedResults.File(csv, "text/csv; charset=utf-8", name);
}
