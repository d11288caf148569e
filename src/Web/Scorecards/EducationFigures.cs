using System.Collections.Immutable;
using ConsultHub.Scorecards;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web.Scorecards;

/// <summary>The figures of education programmes. All programmes of the network are asked in parallel for what is new.</summary>
internal sealed class EducationFigures(IGrainFactory grains, CohortBook book) : IFigureSource
{
    private const string Journal = "programme ";

    public ImmutableArray<Figure> Figures { get; } = [Figure.Electives, Figure.Trainings, Figure.LeadershipCohorts, Figure.TrainedPeople];

    public async Task<FigureReading> ReadAsync(FigureQuestion question)
    {
        var ids = question.AsOf is null
            ? (await grains.ListAsync($"{question.Network}/programmes")).Select(e => e.Id)
            : question.Read(Journal);
        var pages = await Task.WhenAll(
            ids.Select(async id =>
                (Id: id, Page: question.AsOf is { } asOf ? await book.ReadAtAsync(id, asOf[Journal + id]) : await book.ReadAsync(id))
            )
        );
        List<FigureRow> rows = [];
        var positions = ImmutableArray.CreateBuilder<ReadPosition>();
        foreach (var (id, page) in pages)
        {
            if (page.Profile is not { } programme || programme.Network != question.Network)
                continue;
            var before = rows.Count;
            foreach (var cohort in page.Cohorts.Where(c => question.Covers(c.From)))
                CohortFigures.AddRows(rows, programme, cohort, page.AcceptedIn(cohort.Id), question.Today);
            // A programme without rows has none at the same version later, so a report need not remember it.
            if (rows.Count > before)
                positions.Add(new(Journal + id, page.Position.Version));
        }
        return new(rows, positions.DrainToImmutable());
    }
}
