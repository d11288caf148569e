using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Networks;
using Orleans.Concurrency;

namespace ConsultHub.Hospitals;

[Reentrant, GrainType("hospital")]
internal sealed class HospitalGrain(AuthorityServices services) : ProfileGrain<Hospital>("hospital", services), IHospitalGrain
{
    public Task<Hospital?> GetAsync() =>
        Task.FromResult(Stored.Profile is { } hospital ? hospital with { Version = Stored.Version } : null);

    public async Task PutAsync(Actor actor, Hospital hospital)
    {
        await StoreAsync(actor, hospital with { Version = 0 });
        await GrainFactory
            .GetGrain<IDirectoryGrain>($"{hospital.Network}/hospitals")
            .PutAsync([new DirectoryEntry(hospital.Id.Value, hospital.Name)]);
    }
}
