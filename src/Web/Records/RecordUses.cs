using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Rostering;
using ConsultHub.Web.Directories;
using Orleans.Runtime;

namespace ConsultHub.Web.Records;

/// <summary>Something that uses a record, so that the record cannot be removed.</summary>
/// <param name="Table">The table of the thing, such as <c>engagements</c>.</param>
/// <param name="Week">The week of an engagement.</param>
public sealed record RecordUse(string Table, string Id, string Name, Week? Week = null)
{
    /// <summary>Where the thing is. It decides who may read that it uses the record.</summary>
    [JsonIgnore]
    internal Subject Of { get; init; }
}

/// <summary>Finds what uses a record, and the planned engagements that a change would make illegal.</summary>
internal sealed class RecordUses(IGrainFactory grains, OwnerBook owners, TimeProvider clock)
{
    /// <summary>How many rosters are asked at the same time.</summary>
    private const int AtOnce = 16;

    /// <summary>How many uses and affected engagements an answer names.</summary>
    public const int Most = 200;

    /// <summary>The engagements that a change of facts would make illegal, in all weeks that are not over.</summary>
    public async Task<ImmutableArray<AffectedEngagement>> AffectedByAsync(RecordCheck check)
    {
        if (check.After is not (Network or Hospital or Consultant { OnlyStays: false }))
            return [];
        var first = Week.Of(clock.GetUtcNow(), TimeZoneInfo.Utc).Previous;
        var found = await OfRostersAsync(check.Rosters.Where(r => WeekOf(r) >= first), roster => roster.AffectedByAsync(check.After));
        return [.. found.OrderBy(a => a.Start).ThenBy(a => a.Engagement.Value, StringComparer.Ordinal)];
    }

    /// <summary>What uses a record. Empty if it may be removed.</summary>
    public async Task<ImmutableArray<RecordUse>> OfAsync(Owner owner, IRecord record, ImmutableArray<GrainId> rosters)
    {
        var hospital = owner.Kind == OwnerKind.Hospital ? new HospitalId(owner.Id) : (HospitalId?)null;
        return record switch
        {
            Room room =>
            [
                .. await EngagementsAsync(rosters, r => r.UsesAsync(hospital, room.Id, null, null)),
                .. await ConferencesAsync(owner, r => r.Hospital == hospital && r.Room == room.Id),
            ],
            Procedure procedure => await EngagementsAsync(
                rosters,
                async roster =>
                    [
                        .. (await roster.UsesAsync(hospital, null, null, null)).Where(e =>
                            e.Work?.Procedures.Any(p => p.Procedure == procedure.Id) == true
                        ),
                    ]
            ),
            HospitalProfile =>
            [
                .. await EngagementsAsync(rosters, r => r.UsesAsync(hospital, null, null, null)),
                .. await ConferencesAsync(owner, r => r.Hospital == hospital),
                .. await CredentialsAsync(owner, c => c.Hospital == hospital),
                .. await TravelAsync(owner, hospital!.Value),
                .. await InitiativesAsync(owner.Networks, i => i.Sites.Contains(hospital!.Value)),
                .. await ProgrammesAsync(owner.Networks, p => p.Hospitals.Contains(hospital!.Value)),
            ],
            ConsultantProfile consultant => await EngagementsAsync(rosters, r => r.UsesAsync(null, null, consultant.Id, null)),
            Specialty specialty =>
            [
                .. await EngagementsAsync(rosters, r => r.UsesAsync(null, null, null, specialty.Code)),
                .. await ConsultantsAsync(await owners.NetworksAsync(), c => c.Specialties.Contains(specialty.Code)),
                .. await InitiativesAsync(await owners.NetworksAsync(), i => i.Specialty == specialty.Code),
                .. await ProgrammesAsync(await owners.NetworksAsync(), p => p.Specialty == specialty.Code),
                .. await ProceduresAsync(await owners.NetworksAsync(), specialty.Code),
                // The hub's own list would bring it back.
                .. Specialties
                    .All.Where(own => own.Code == specialty.Code)
                    .Select(own => new RecordUse("specialties", own.Code, own.Name.En)),
            ],
            Partner partner =>
            [
                .. await ConsultantsAsync(owner.Networks, c => c.Home == partner.Id),
                .. await InitiativesAsync(owner.Networks, i => i.Partner == partner.Id),
                .. await ProgrammesAsync(owner.Networks, p => p.Partner == partner.Id),
            ],
            NetworkProfile =>
            [
                .. await ListedAsync(owner, "hospitals"),
                .. await ListedAsync(owner, "consultants"),
                .. await ListedAsync(owner, "conferences"),
                .. await ListedAsync(owner, "initiatives"),
                .. await ListedAsync(owner, "programmes"),
            ],
            _ => [],
        };
    }

    /// <summary>The engagements of a network. Weeks begin and end in its zone, so the zone stays while there are any.</summary>
    public Task<ImmutableArray<RecordUse>> OfZoneAsync(ImmutableArray<GrainId> rosters) =>
        EngagementsAsync(rosters, r => r.UsesAsync(null, null, null, null));

    private async Task<IEnumerable<RecordUse>> ListedAsync(Owner network, string kind) =>
        (await grains.ListAsync($"{network.Id}/{kind}")).Select(e => new RecordUse(kind, e.Id, e.Name.En) { Of = new(new(network.Id)) });

    private Task<IEnumerable<RecordUse>> InitiativesAsync(ImmutableArray<NetworkId> networks, Func<InitiativeProfile, bool> uses) =>
        ProfilesAsync(OwnerKind.Initiative, "initiatives", networks, uses, i => i.Title);

    private Task<IEnumerable<RecordUse>> ProgrammesAsync(ImmutableArray<NetworkId> networks, Func<ProgrammeProfile, bool> uses) =>
        ProfilesAsync(OwnerKind.Programme, "programmes", networks, uses, p => p.Name);

    private async Task<IEnumerable<RecordUse>> ProfilesAsync<T>(
        OwnerKind kind,
        string table,
        ImmutableArray<NetworkId> networks,
        Func<T, bool> uses,
        Func<T, LocalName> nameOf
    )
        where T : class, IRecord
    {
        var lists = await Task.WhenAll(networks.Select(n => owners.InAsync(kind, n).AsTask()));
        return lists
            .SelectMany(l => l)
            .Where(o => o.Profile is T profile && uses(profile))
            .Select(o => new RecordUse(table, o.Id, nameOf((T)o.Profile!).En) { Of = new(o.Networks[0]) });
    }

    private async Task<ImmutableArray<RecordUse>> ConsultantsAsync(ImmutableArray<NetworkId> networks, Func<ConsultantProfile, bool> uses)
    {
        var lists = await Task.WhenAll(networks.Select(n => owners.InAsync(OwnerKind.Consultant, n).AsTask()));
        return
        [
            .. lists
                .SelectMany(l => l)
                .Where(o => o.Profile is ConsultantProfile consultant && uses(consultant))
                .DistinctBy(o => o.Id)
                .Select(o => new RecordUse("consultants", o.Id, ((ConsultantProfile)o.Profile!).Name.En) { Of = new(o.Networks[0]) }),
        ];
    }

    private async Task<IEnumerable<RecordUse>> ProceduresAsync(ImmutableArray<NetworkId> networks, string specialty)
    {
        var found = new List<RecordUse>();
        foreach (var network in networks)
        foreach (var part in (await owners.InAsync(OwnerKind.Hospital, network)).Chunk(AtOnce))
            found.AddRange(
                (await Task.WhenAll(part.Select(o => grains.GetGrain<IHospitalGrain>(o.Id).GetAsync())))
                    .OfType<Hospital>()
                    .SelectMany(hospital =>
                        hospital
                            .Procedures.Where(p => p.Specialty == specialty)
                            .Select(p => new RecordUse("procedures", p.Id.Value, $"{p.Name.En}, {hospital.Name.En}")
                            {
                                Of = new(network) { Hospital = hospital.Id },
                            })
                    )
            );
        return found;
    }

    private async Task<IEnumerable<RecordUse>> CredentialsAsync(Owner hospital, Func<Credential, bool> uses)
    {
        var found = new List<RecordUse>();
        foreach (var part in (await owners.InAsync(OwnerKind.Consultant, hospital.Networks[0])).Chunk(AtOnce))
        {
            var people = await Task.WhenAll(part.Select(o => grains.GetGrain<IConsultantGrain>(o.Id).GetAsync()));
            found.AddRange(
                people
                    .OfType<Consultant>()
                    .Where(c => c.Credentials.Any(uses))
                    .Select(c => new RecordUse("credentials", c.Id.Value, c.Name.En) { Of = new(hospital.Networks[0]) })
            );
        }
        return found;
    }

    /// <summary>The travel times from and to a hospital, each with the name of the other hospital.</summary>
    private async Task<IEnumerable<RecordUse>> TravelAsync(Owner owner, HospitalId hospital)
    {
        var network = await grains.GetGrain<INetworkGrain>(owner.Networks[0].Value).GetAsync();
        var names = (await grains.ListAsync($"{owner.Networks[0]}/hospitals")).ToDictionary(e => e.Id, e => e.Name.En);
        return (network?.Travel ?? [])
            .Where(t => t.From == hospital || t.To == hospital)
            .Select(t => (Way: ((IRecord)t).Record.Id, Other: (t.From == hospital ? t.To : t.From).Value))
            .Select(t => new RecordUse("travel", t.Way, names.GetValueOrDefault(t.Other, t.Other)) { Of = new(owner.Networks[0]) });
    }

    private async Task<IEnumerable<RecordUse>> ConferencesAsync(Owner hospital, Func<ConferenceRoom, bool> uses)
    {
        var listed = await grains.ListAsync($"{hospital.Networks[0]}/conferences");
        var conferences = await Task.WhenAll(listed.Select(c => grains.GetGrain<IConferenceGrain>(c.Id).GetAsync()));
        return conferences
            .OfType<Conference>()
            .Where(c => c.Rooms.Any(uses))
            .Select(c => new RecordUse("conferences", c.Id.Value, c.Title) { Of = new(hospital.Networks[0]) });
    }

    private async Task<ImmutableArray<RecordUse>> EngagementsAsync(
        IEnumerable<GrainId> rosters,
        Func<IRosterGrain, Task<ImmutableArray<Engagement>>> read
    )
    {
        var uses = await OfRostersAsync<RecordUse>(
            rosters,
            async roster =>
            {
                var (key, week) = (roster.GetPrimaryKeyString(), WeekOf(roster.GetGrainId()));
                var network = new NetworkId(key[..key.LastIndexOf('/')]);
                return
                [
                    .. (await read(roster)).Select(e => new RecordUse("engagements", e.Id.Value, e.Title, week)
                    {
                        Of = new(network) { Hospital = e.Hospital },
                    }),
                ];
            }
        );
        return [.. uses.OrderByDescending(u => u.Week)];
    }

    private async Task<List<T>> OfRostersAsync<T>(IEnumerable<GrainId> rosters, Func<IRosterGrain, Task<ImmutableArray<T>>> read)
    {
        var found = new List<T>();
        foreach (var some in rosters.Chunk(AtOnce))
        foreach (var part in await Task.WhenAll(some.Select(r => read(grains.GetGrain<IRosterGrain>(r.Key.ToString()!)))))
            found.AddRange(part);
        return found;
    }

    private static Week WeekOf(GrainId roster)
    {
        var key = roster.Key.ToString()!;
        return Week.Parse(key[(key.LastIndexOf('/') + 1)..], null);
    }
}
