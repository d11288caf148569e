using System.Collections.Immutable;
using ConsultHub.Scorecards;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web.Scorecards;

/// <summary>The figures of research initiatives. All initiatives of the network are asked in parallel whether they have changed.</summary>
internal sealed class ResearchFigures(IGrainFactory grains, InitiativeBook book) : IFigureSource
{
    private const string Journal = "initiative ";

    public ImmutableArray<Figure> Figures { get; } = [Figure.JointInitiatives, Figure.Publications];

    public async Task<FigureReading> ReadAsync(FigureQuestion question)
    {
        var ids = question.AsOf is null
            ? (await grains.ListAsync($"{question.Network}/initiatives")).Select(e => e.Id)
            : question.Read(Journal);
        var pages = await Task.WhenAll(
            ids.Select(id => question.AsOf is { } asOf ? book.ReadAtAsync(id, asOf[Journal + id]) : book.ReadAsync(id))
        );
        List<FigureRow> rows = [];
        var positions = ImmutableArray.CreateBuilder<ReadPosition>();
        foreach (var page in pages)
        {
            if (page.Initiative is not { } initiative || initiative.Profile.Network != question.Network)
                continue;
            var before = rows.Count;
            rows.AddRange(
                InitiativeFigures.RowsOf(initiative, question.DayOf(page.Entered), question.Today).Where(row => question.Covers(row.Day))
            );
            if (rows.Count > before)
                positions.Add(new(Journal + initiative.Profile.Id, initiative.Version));
        }
        return new(rows, positions.DrainToImmutable());
    }
}
