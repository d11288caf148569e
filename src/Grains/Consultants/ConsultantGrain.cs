using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Networks;
using Orleans.Concurrency;

namespace ConsultHub.Consultants;

[Reentrant, GrainType("consultant")]
internal sealed class ConsultantGrain(AuthorityServices services) : ProfileGrain<Consultant>("consultant", services), IConsultantGrain
{
    public Task<Consultant?> GetAsync() =>
        Task.FromResult(Stored.Profile is { } consultant ? consultant with { Version = Stored.Version } : null);

    public async Task<bool> PutAsync(Actor actor, Consultant consultant)
    {
        if (VisitRules.Overlap(consultant.Visits))
            return false;
        await StoreAsync(actor, consultant with { Version = 0 });
        var networks = consultant.Visits.Select(v => v.Network).Concat(consultant.Affiliation is { } home ? [home] : []).Distinct();
        foreach (var network in networks)
            await GrainFactory
                .GetGrain<IDirectoryGrain>($"{network}/consultants")
                .PutAsync([new DirectoryEntry(consultant.Id.Value, consultant.Name)]);
        return true;
    }
}

/// <summary>
/// Says whether visits overlap. A consultant may be on only one visit at a time. This includes remote visits and visits to other networks,
/// so that two networks cannot book the same hour.
/// </summary>
public static class VisitRules
{
    public static bool Overlap(IReadOnlyList<Visit> visits)
    {
        var inOrder = visits.OrderBy(v => v.Arrival).ToList();
        for (var i = 1; i < inOrder.Count; i++)
            if (inOrder[i].Arrival < inOrder[i - 1].Departure)
                return true;
        return false;
    }
}
