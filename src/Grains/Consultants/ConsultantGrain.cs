using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Concurrency;

namespace ConsultHub.Consultants;

[Reentrant, GrainType("consultant")]
internal sealed class ConsultantGrain(AuthorityServices services) : RecordGrain<Consultant>("consultant", services), IConsultantGrain
{
    public Task<Consultant?> GetAsync() =>
        Task.FromResult(Stored.Profile is { } consultant ? consultant with { Version = Stored.Version } : null);

    /// <summary>Every network lists the consultants who belong to it or visit it. A network that no longer does so removes them.</summary>
    protected override IEnumerable<IListing> ListingsOf(Consultant? before, Consultant? after, long version)
    {
        if ((after ?? before) is not { } consultant)
            return [];
        var now = (after?.ListedIn ?? []).ToHashSet();
        return now.Union(before?.ListedIn ?? [])
            .Select(network => new Listing(
                $"{network}/consultants",
                new(consultant.Id.Value, consultant.Name, version)
                {
                    Kind = "consultants",
                    Record = consultant.Profile,
                    Gone = !now.Contains(network),
                }
            ));
    }
}
