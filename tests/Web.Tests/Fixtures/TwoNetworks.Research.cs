using ConsultHub.Records;
using ConsultHub.Research;

namespace ConsultHub.Tests.Fixtures;

public sealed partial class TwoNetworks
{
    /// <summary>
    /// Two initiatives of hospital 1 and partner A that consultant 1 leads. Consultant 2 owns the task and has sent the proposal. The
    /// second is only for the rows that remove it.
    /// </summary>
    private async Task ResearchAsync(string n, Dictionary<string, string> things)
    {
        var today = DateOnly.FromDateTime(_now.UtcDateTime);
        foreach (var id in (string[])["i1", "ix"])
        {
            things[id] = $"{n}-{id}";
            IRecord[] records =
            [
                new InitiativeProfile(
                    new($"{n}-{id}"),
                    new(n),
                    InitiativeKind.ResearchInnovation,
                    new($"Initiative {id} of {n}"),
                    null,
                    "cardiology",
                    new($"{n}-pa"),
                    [new($"{n}-h1")],
                    new($"{n}-c1"),
                    null,
                    InitiativeStage.Idea,
                    Open: true,
                    Public: true
                ),
                new Milestone("m1", new("A milestone"), today.AddDays(30), []),
                new ResearchTask("t1", "A task", new($"{n}-c2")),
                new EthicsApproval("a1", new($"{n}-h1"), "Committee", null, ApprovalState.Asked),
                new Paper("d1", "A document", "https://example.org"),
                new ResearchOutput("o1", OutputKind.Other, "An output"),
                new SharedResource("s1", ResourceKind.Service, new("A service"), new($"{n}-h1"), null, "Somebody"),
                new InnovationCall("k1", new("A call"), _now.AddDays(-2), _now.AddDays(2)),
                new InnovationProposal("q1", "k1", "An idea", $"{n}-{id}-summary", new($"{n}-c2"), _now.AddDays(-1)),
            ];
            var command = new EditRecords(Guid.NewGuid(), [.. records.Select(r => RecordEdit.Put(r))]);
            Assert.IsType<RecordsEdited>(await Grains.GetGrain<IInitiativeGrain>($"{n}-{id}").EditAsync(Coordinator(n), command));
        }
        foreach (var part in (string[])["m1", "t1", "a1", "d1", "o1", "s1", "k1", "q1"])
            things[part] = part;
        (things["summary"], things["proposalsTable"], things["submitted"]) = ($"{n}-i1-summary", "proposals", Iso(_now.AddDays(-1)));
        await Eventually.Async(async () => (await Grains.GetGrain<IResearchGrain>(n).ReadSinceAsync(null)).Items.Length == 2);
    }
}
