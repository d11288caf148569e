using ConsultHub.Hospitals;
using ConsultHub.Networks;

namespace ConsultHub.Programmes;

/// <summary>The time zones of a programme's hosts, as they were read last.</summary>
internal sealed class HostZones
{
    private readonly Dictionary<HospitalId, TimeZoneInfo> _hospitals = [];
    private TimeZoneInfo _partner = TimeZoneInfo.Utc;

    public TimeZoneInfo Network { get; private set; } = TimeZoneInfo.Utc;

    public async Task ReadAsync(IGrainFactory grains, EducationProgramme programme)
    {
        if (await grains.GetGrain<INetworkGrain>(programme.Profile.Network.Value).GetAsync() is { } network)
        {
            Network = TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
            _partner = network.Partners.FirstOrDefault(p => p.Id == programme.Profile.Partner) is { } partner
                ? TimeZoneInfo.FindSystemTimeZoneById(partner.TimeZone)
                : Network;
        }
        foreach (var hospital in programme.Departments.Select(d => d.Hospital).OfType<HospitalId>().Distinct())
            if (await grains.GetGrain<IHospitalGrain>(hospital.Value).GetAsync() is { } host)
                _hospitals[hospital] = TimeZoneInfo.FindSystemTimeZoneById(host.TimeZone);
    }

    /// <summary>The zone of the host of a department.</summary>
    public TimeZoneInfo Of(EducationProgramme programme, string department) =>
        programme.Departments.FirstOrDefault(d => d.Id == department)?.Hospital is { } hospital
            ? _hospitals.GetValueOrDefault(hospital, Network)
            : _partner;
}
