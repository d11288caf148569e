using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;

namespace ConsultHub.Scorecards;

[GenerateSerializer, Immutable, Alias("hub.ReportStored")]
internal sealed record ReportStored([property: Id(0)] ReportQuestion Question, [property: Id(1)] ImmutableArray<ReadPosition> Positions);

/// <summary>The reports of a network, the oldest first.</summary>
[GenerateSerializer, Immutable, Alias("hub.ScorecardReports")]
internal sealed record ScorecardReports : IAuthorityState<ScorecardReports, ReportStored>
{
    [Id(0)]
    public ImmutableArray<ScorecardReport> Reports { get; init; } = [];

    public ScorecardReports Apply(JournalEntry<ReportStored> entry) =>
        this with
        {
            Reports = Reports.AddRange(
                entry.Events.Select(e => new ScorecardReport(entry.CommandId, entry.At, entry.By.Person, e.Question, e.Positions))
            ),
        };

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("scorecard-reports")]
internal sealed class ScorecardReportsGrain(AuthorityServices services)
    : AuthorityGrain<ScorecardReports, ReportStored>("scorecard-reports", services),
        IScorecardReportsGrain
{
    public async Task<ReportReply> StoreAsync(Actor actor, Guid command, ReportQuestion question, ImmutableArray<ReadPosition> positions)
    {
        if (Head.Reports.All(r => r.Id != command))
        {
            if (Head.Reports.Length >= IScorecardReportsGrain.Most)
                return new(null, ScorecardCodes.TooManyReports);
            if (positions.Length > IScorecardReportsGrain.MostPositions)
                return new(null, ScorecardCodes.TooLarge);
            await CommitAsync(new(actor, command, [new ReportStored(question, positions)]));
        }
        else
            await WhenAllStoredAsync();
        return new(Stored.Reports.First(r => r.Id == command));
    }

    public Task<ImmutableArray<ScorecardReport>> ListAsync() =>
        Task.FromResult<ImmutableArray<ScorecardReport>>([.. Stored.Reports.Reverse()]);
}
