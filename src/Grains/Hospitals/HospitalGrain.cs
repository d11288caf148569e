using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Concurrency;

namespace ConsultHub.Hospitals;

[Reentrant, GrainType("hospital")]
internal sealed class HospitalGrain(AuthorityServices services) : RecordGrain<Hospital>("hospital", services), IHospitalGrain
{
    public Task<Hospital?> GetAsync() =>
        Task.FromResult(Stored.Profile is { } hospital ? hospital with { Version = Stored.Version } : null);

    protected override IEnumerable<IListing> ListingsOf(Hospital? before, Hospital? after, long version) =>
        (after ?? before) is { } hospital
            ?
            [
                new Listing(
                    $"{hospital.Network}/hospitals",
                    new(hospital.Id.Value, hospital.Name, version)
                    {
                        Kind = "hospitals",
                        Record = hospital.Profile,
                        Gone = after is null,
                    }
                ),
            ]
            : [];
}
