using ConsultHub.Research;
using ConsultHub.Scorecards;

namespace ConsultHub.Tests.Scorecards;

/// <summary>What an initiative and its outputs count for which figure.</summary>
public sealed class InitiativeFiguresTests
{
    private static readonly DateOnly Entered = new(2026, 3, 1),
        Today = new(2026, 6, 1);

    private static Initiative At(InitiativeStage stage, params ResearchOutput[] outputs) =>
        new()
        {
            Profile = new(
                new("i-1"),
                new("ehs"),
                InitiativeKind.JointResearch,
                new("Sleep"),
                null,
                "neurology",
                new PartnerId("asan"),
                [new("h-a"), new("h-b")],
                new("p-lead"),
                null,
                stage
            ),
            Outputs = [.. outputs],
        };

    [Fact]
    public void An_initiative_counts_on_the_day_of_its_entry_and_is_done_when_it_is_published_or_closed()
    {
        foreach (var stage in Enum.GetValues<InitiativeStage>())
        {
            var rows = InitiativeFigures.RowsOf(At(stage), Entered, Today).ToList();
            var done = stage is InitiativeStage.Published or InitiativeStage.Closed ? 1 : 0;
            var score = Scorecard.Of(rows, [Figure.JointInitiatives], Entered, Entered).Single();
            Assert.Equal(new Score(1, done, 0), score.Total);
            Assert.Equal([new("h-a", new(1, done, 0)), new("h-b", new(1, done, 0))], score.Hospitals);
        }
    }

    [Fact]
    public void Outputs_with_a_doi_and_a_day_are_publications_and_done_from_this_day_on()
    {
        ResearchOutput Output(string id, string? doi, DateOnly? date) => new(id, OutputKind.Publication, id, Date: date) { Doi = doi };
        var rows = InitiativeFigures
            .RowsOf(
                At(
                    InitiativeStage.Analysis,
                    Output("past", "10.1000/1", Today.AddDays(-9)),
                    Output("today", "10.1000/2", Today),
                    Output("later", "10.1000/3", Today.AddDays(1)),
                    Output("no-doi", null, Today),
                    Output("no-day", "10.1000/4", null)
                ),
                Entered,
                Today
            )
            .Where(r => r.Figure == Figure.Publications)
            .ToList();
        Assert.Equal(
            [("i-1/later", Today.AddDays(1), 1, 0), ("i-1/today", Today, 1, 1), ("i-1/past", Today.AddDays(-9), 1, 1)],
            Scorecard.LinesOf(rows).Select(l => (l.Thing.Id, l.Day, l.Planned, l.Done))
        );
    }
}
