using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Rostering;

namespace ConsultHub.Inboxes;

/// <summary>The names and time zones that the sentences of an alert need.</summary>
/// <param name="Zone">The hospital's zone, or UTC if the hub does not know the hospital.</param>
/// <param name="Home">The reader's home zone. It is the hospital's zone if the hub knows no home zone of the reader.</param>
/// <param name="Now">The instant at which the alert is raised. The time left to answer is counted from this instant.</param>
public sealed record AlertWords(
    LocalName Hospital,
    LocalName? Room,
    LocalName By,
    TimeZoneInfo Zone,
    TimeZoneInfo Home,
    DateTimeOffset Now
);

/// <summary>
/// Looks up names and time zones and keeps them for ten minutes. Names rarely change, and an alert should not wait for many reads.
/// </summary>
internal sealed class AlertFacts(IGrainFactory grains, PersonId reader, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Dictionary<HospitalId, Hospital?> _hospitals = [];
    private readonly Dictionary<PersonId, LocalName> _names = [];
    private TimeZoneInfo? _home;
    private DateTimeOffset _since;

    public async Task ReadAsync(RaiseAlert alert)
    {
        if (clock.GetUtcNow() - _since > Kept)
        {
            _hospitals.Clear();
            _names.Clear();
            (_home, _since) = (null, clock.GetUtcNow());
        }
        if (!_hospitals.ContainsKey(alert.Engagement.Hospital))
            _hospitals[alert.Engagement.Hospital] = await grains.GetGrain<IHospitalGrain>(alert.Engagement.Hospital.Value).GetAsync();
        if (!_names.ContainsKey(alert.By))
            _names[alert.By] = await NameAsync(alert.By, alert.Network);
        if (_home is null && await grains.GetGrain<IConsultantGrain>(reader.Value).GetAsync() is { } consultant)
            _home = TimeZoneInfo.FindSystemTimeZoneById(consultant.HomeTimeZone);
    }

    public AlertWords For(RaiseAlert alert)
    {
        var hospital = _hospitals.GetValueOrDefault(alert.Engagement.Hospital);
        var zone = hospital is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(hospital.TimeZone);
        return new(
            hospital?.Name ?? new LocalName(alert.Engagement.Hospital.Value),
            hospital?.Rooms.FirstOrDefault(r => r.Id == alert.Engagement.Room)?.Name,
            _names.GetValueOrDefault(alert.By) ?? new LocalName(alert.By.Value),
            zone,
            _home ?? zone,
            clock.GetUtcNow()
        );
    }

    public async Task<PersonId?> OnCallAsync(NetworkId network, DateTimeOffset at) =>
        (await grains.GetGrain<INetworkGrain>(network.Value).GetAsync())?.OnCall(at);

    private async Task<LocalName> NameAsync(PersonId person, NetworkId network)
    {
        if (person == Actor.System.Person)
            return new("Consult Hub", "مركز الاستشارات", "컨설트 허브");
        if (await grains.GetGrain<IConsultantGrain>(person.Value).GetAsync() is { } consultant)
            return consultant.Name;
        var people = await grains.GetGrain<IDirectoryGrain>($"{network}/people").ListAsync();
        return people.FirstOrDefault(p => p.Id == person.Value)?.Name ?? new LocalName(person.Value);
    }
}
