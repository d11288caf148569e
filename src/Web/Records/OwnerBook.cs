using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Live;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web.Records;

/// <summary>An owner of records that exists: a network, a hospital, a consultant, a conference, an initiative, or the hub.</summary>
/// <param name="Networks">The networks to which it belongs. Empty for the hub and its accounts.</param>
/// <param name="Profile">What the directory shows of it. Null if the directory shows nothing more than the name.</param>
internal sealed record Owner(OwnerKind Kind, string Id, ImmutableArray<NetworkId> Networks, IRecord? Profile)
{
    public static Owner Hub { get; } = new(OwnerKind.Hub, "hub", [], null);

    public static Owner Accounts { get; } = new(OwnerKind.Accounts, "hub", [], null);

    /// <summary>The owner that a profile stands for.</summary>
    public static Owner Of(IRecord profile) =>
        profile switch
        {
            NetworkProfile network => new(OwnerKind.Network, network.Id.Value, [network.Id], profile),
            HospitalProfile hospital => new(OwnerKind.Hospital, hospital.Id.Value, [hospital.Network], profile),
            ConsultantProfile consultant => new(OwnerKind.Consultant, consultant.Id.Value, [.. NetworksOf(consultant)], profile),
            ProgrammeProfile programme => new(OwnerKind.Programme, programme.Id.Value, [programme.Network], profile),
            InitiativeProfile initiative => new(OwnerKind.Initiative, initiative.Id.Value, [initiative.Network], profile),
            _ => throw new ArgumentException($"A {profile.GetType().Name} is no owner.", nameof(profile)),
        };

    /// <summary>The networks that list a consultant, by the consultant's record.</summary>
    public static IEnumerable<NetworkId> NetworksOf(ConsultantProfile consultant) =>
        (consultant.Networks.IsDefault ? [] : consultant.Networks).Concat(consultant.Affiliation is { } home ? [home] : []).Distinct();

    /// <summary>The partner institution that sends the consultant.</summary>
    public PartnerId? Home => (Profile as ConsultantProfile)?.Home;
}

/// <summary>
/// Finds owners of records in the directories. This node keeps what it has read, and asks a directory only whether it has changed.
/// </summary>
internal sealed class OwnerBook(IGrainFactory grains, AccessBook accounts, TimeProvider clock)
{
    /// <summary>
    /// An owner that was listed this short a time ago still counts as existing. So checking a large file does not ask a directory again for
    /// each row. An owner that is not found is always asked for again.
    /// </summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);

    /// <summary>A directory as it was at one position.</summary>
    public sealed record Known(LivePosition Position, FrozenDictionary<string, DirectoryEntry> Entries)
    {
        public static Known None { get; } = new(default, FrozenDictionary<string, DirectoryEntry>.Empty);

        /// <summary>When the directory was last asked, UTC ticks.</summary>
        public long AskedAt;
    }

    private readonly ConcurrentDictionary<string, Known> _known = new();

    public async ValueTask<Known> ReadAsync(string directory)
    {
        var known = _known.GetValueOrDefault(directory);
        if (await grains.GetGrain<IDirectoryGrain>(directory).ListIfChangedAsync(known?.Position) is not { } changed)
        {
            if (known is not null)
                Volatile.Write(ref known.AskedAt, clock.GetUtcNow().UtcTicks);
            return known ?? Known.None;
        }
        var read = new Known(changed.Position, (await WithRecordsAsync(directory, changed.Entries)).ToFrozenDictionary(e => e.Id))
        {
            AskedAt = clock.GetUtcNow().UtcTicks,
        };
        if (read.Entries.Count > 0)
            _known[directory] = read;
        return read;
    }

    /// <summary>Earlier releases listed hospitals and consultants by their names only. Their records are read from the owners.</summary>
    private Task<DirectoryEntry[]> WithRecordsAsync(string directory, ImmutableArray<DirectoryEntry> entries) =>
        Task.WhenAll(
            entries.Select(async entry =>
                entry.Record is null && OwnerOf(directory, entry.Id) is { } owner
                    ? entry with
                    {
                        Record = (await owner.RecordsAsync()).FirstOrDefault(r => r is HospitalProfile or ConsultantProfile),
                    }
                    : entry
            )
        );

    private IRecordTarget? OwnerOf(string directory, string id) =>
        directory.EndsWith("/hospitals", StringComparison.Ordinal) ? grains.GetGrain<IHospitalGrain>(id)
        : directory.EndsWith("/consultants", StringComparison.Ordinal) ? grains.GetGrain<IConsultantGrain>(id)
        : null;

    public async ValueTask<ImmutableArray<NetworkId>> NetworksAsync() => Networks(await ReadAsync("hub/networks"));

    private static ImmutableArray<NetworkId> Networks(Known listed) =>
        [.. listed.Entries.Keys.Order(StringComparer.Ordinal).Select(id => new NetworkId(id))];

    /// <returns>Null if there is no such owner.</returns>
    /// <param name="fresh">Whether the directories are asked even if they were asked just now.</param>
    public async ValueTask<Owner?> FindAsync(OwnerKind kind, string id, bool fresh = false) =>
        kind == OwnerKind.Hub ? Owner.Hub
        : kind == OwnerKind.Accounts ? Owner.Accounts
        : kind == OwnerKind.Roster ? await WeekAsync(id)
        : kind == OwnerKind.Dossier ? DossierOf(id)
        : (fresh ? null : await FindAsync(kind, id, RecentAsync)) ?? await FindAsync(kind, id, ReadAsync);

    /// <summary>Everybody who has an account has a dossier.</summary>
    private Owner? DossierOf(string id) =>
        TextId.TryParse<PersonId>(id, out var person) && accounts.Find(person) is { } account
            ? new(OwnerKind.Dossier, id, [.. account.Grants.Select(g => g.Scope.Network).OfType<NetworkId>().Distinct()], null)
            : null;

    /// <summary>Every week near today of a network that exists has a roster.</summary>
    private async ValueTask<Owner?> WeekAsync(string id) =>
        id.Split('/') is [var network, var week]
        && Week.TryParse(week, null, out var iso)
        && iso.IsNear(clock.GetUtcNow())
        && await FindAsync(OwnerKind.Network, network) is { } found
            ? found with
            {
                Kind = OwnerKind.Roster,
                Id = id,
            }
            : null;

    private ValueTask<Known> RecentAsync(string directory) =>
        _known.TryGetValue(directory, out var known) && clock.GetUtcNow().UtcTicks - Volatile.Read(ref known.AskedAt) < Recent.Ticks
            ? new(known)
            : ReadAsync(directory);

    private static async ValueTask<Owner?> FindAsync(OwnerKind kind, string id, Func<string, ValueTask<Known>> read)
    {
        var networks = Networks(await read("hub/networks"));
        if (kind == OwnerKind.Network)
            return networks.Any(n => n.Value == id) ? new(kind, id, [new(id)], null) : null;
        IRecord? profile = null;
        var found = ImmutableArray.CreateBuilder<NetworkId>();
        foreach (var network in networks)
            if ((await read(DirectoryOf(kind, network))).Entries.GetValueOrDefault(id) is { } entry)
            {
                profile ??= entry.Record;
                found.Add(network);
            }
        return found.Count == 0 ? null : new(kind, id, found.DrainToImmutable(), profile);
    }

    /// <summary>The owners of one kind in a network, in the order of their ids.</summary>
    public async ValueTask<IReadOnlyList<Owner>> InAsync(OwnerKind kind, NetworkId network)
    {
        if (kind == OwnerKind.Hub)
            return [Owner.Hub];
        if (kind == OwnerKind.Accounts)
            return [Owner.Accounts];
        if (kind == OwnerKind.Network)
            return await FindAsync(kind, network.Value) is { } one ? [one] : [];
        if (kind == OwnerKind.Roster)
            return await FindAsync(OwnerKind.Network, network.Value) is null
                ? []
                :
                [
                    .. (await grains.GetGrain<INetworkGrain>(network.Value).RostersAsync())
                        .Select(roster => roster.Key.ToString()!)
                        .Order(StringComparer.Ordinal)
                        .Select(key => new Owner(kind, key, [network], null)),
                ];
        return
        [
            .. (await ReadAsync(DirectoryOf(kind, network)))
                .Entries.Values.OrderBy(e => e.Id, StringComparer.Ordinal)
                .Select(e => new Owner(kind, e.Id, [network], e.Record)),
        ];
    }

    public static string DirectoryOf(OwnerKind kind, NetworkId network) =>
        kind switch
        {
            OwnerKind.Hospital => $"{network}/hospitals",
            OwnerKind.Consultant => $"{network}/consultants",
            OwnerKind.Conference => $"{network}/conferences",
            OwnerKind.Programme => $"{network}/programmes",
            OwnerKind.Dossier => $"{network}/dossiers",
            OwnerKind.Initiative => $"{network}/initiatives",
            _ => throw new InvalidOperationException($"A network lists no owners of the kind {kind}."),
        };
}
