using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Records;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>All programmes of one network, for live lists. Key: the network.</summary>
[Alias("hub.ICatalogueGrain")]
public interface ICatalogueGrain : ILiveAuthority
{
    [Alias("List")]
    Task<ImmutableArray<ProgrammeSummary>> ListAsync();

    /// <summary>
    /// Shows a programme as it is now, or removes it. A message that is older than what the catalogue shows changes nothing.
    /// </summary>
    [Alias("Tell")]
    Task TellAsync(CatalogueTold told);
}

/// <summary>Tells the catalogue how a programme is now.</summary>
/// <param name="Source">The programme's version. A higher one is newer.</param>
/// <param name="Gone">Whether the programme does not exist any more.</param>
[GenerateSerializer, Immutable, Alias("hub.CatalogueTold")]
public sealed record CatalogueTold([property: Id(0)] ProgrammeSummary Programme, [property: Id(1)] long Source, [property: Id(2)] bool Gone)
    : OutboxPayload
{
    internal static CatalogueTold Of(EducationProgramme programme, long version, bool gone) => new(programme.Summary, version, gone);

    /// <summary>The message to the catalogue. A newer one replaces it.</summary>
    internal static OutboxMessage Of(EducationProgramme programme, long version) => Of(programme, version, false).Message;

    internal OutboxMessage Message => new(0, GrainId.Create("catalogue", Programme.Profile.Network.Value), this, "catalogue");
}

/// <summary>Shows a programme in the catalogue.</summary>
internal sealed record CatalogueListing(NetworkId Network, CatalogueTold Told) : IListing
{
    public OutboxMessage Message => Told.Message;

    public Task ListAsync(IGrainFactory grains) => grains.GetGrain<ICatalogueGrain>(Network.Value).TellAsync(Told);
}

/// <summary>A programme that the catalogue shows.</summary>
/// <param name="Source">The programme's version.</param>
[GenerateSerializer, Immutable, Alias("hub.CatalogueEntry")]
internal sealed record CatalogueEntry([property: Id(0)] ProgrammeSummary Programme, [property: Id(1)] long Source);

[GenerateSerializer, Immutable, Alias("hub.CatalogueState")]
internal sealed record CatalogueState : IAuthorityState<CatalogueState, CatalogueTold>
{
    private const int MostTombstones = 500;

    [Id(0)]
    public ImmutableSortedDictionary<string, CatalogueEntry> Entries { get; init; } =
        ImmutableSortedDictionary.Create<string, CatalogueEntry>(StringComparer.Ordinal);

    [Id(1)]
    public ImmutableArray<Tombstone> KeptTombstones { get; init; } = [];

    /// <summary>Tombstones up to this version may have been dropped.</summary>
    [Id(2)]
    public long ForgottenUpTo { get; init; }

    public Tombstones Tombstones => new(KeptTombstones, ForgottenUpTo);

    public bool Learns(CatalogueTold told) =>
        Entries.GetValueOrDefault(told.Programme.Key) is { } known ? told.Source > known.Source : !told.Gone;

    public CatalogueState Apply(JournalEntry<CatalogueTold> entry)
    {
        var state = this;
        foreach (var told in entry.Events)
        {
            var key = told.Programme.Key;
            var entries = told.Gone
                ? state.Entries.Remove(key)
                : state.Entries.SetItem(key, new(told.Programme with { Version = entry.Version }, told.Source));
            var tombstones = told.Gone
                ? state.Tombstones.With([key], entry.Version, MostTombstones)
                : state.Tombstones.Without(new HashSet<string> { key });
            state = new()
            {
                Entries = entries,
                KeptTombstones = tombstones.Kept,
                ForgottenUpTo = tombstones.From,
            };
        }
        return state;
    }

    public IEnumerable<TopicItem> ItemsSince(long version) => Entries.Values.Select(e => e.Programme).Where(p => p.Version > version);
}

[Reentrant, GrainType("catalogue")]
internal sealed class CatalogueGrain(AuthorityServices services)
    : AuthorityGrain<CatalogueState, CatalogueTold>("catalogue", services),
        ICatalogueGrain
{
    public Task<ImmutableArray<ProgrammeSummary>> ListAsync() =>
        Task.FromResult<ImmutableArray<ProgrammeSummary>>([.. Stored.Entries.Values.Select(e => e.Programme)]);

    public async Task TellAsync(CatalogueTold told)
    {
        if (Head.Learns(told))
            await CommitAsync(new(Actor.System, Guid.Empty, [told]));
        else
            await WhenAllStoredAsync();
    }

    protected override Decision<CatalogueTold>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is CatalogueTold told && Head.Learns(told) ? new(Actor.System, Guid.Empty, [told]) : null;
}
