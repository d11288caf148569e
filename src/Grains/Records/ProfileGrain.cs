using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Runtime;

namespace ConsultHub.Records;

/// <summary>An event in the journal of a profile.</summary>
[GenerateSerializer, Immutable, Alias("hub.ProfileEvent`1")]
public abstract record ProfileEvent<T>
    where T : class
{
    /// <summary>Whether the event is about records that people enter.</summary>
    public virtual bool ChangesRecords => false;

    /// <summary>Returns the profile after the event. Pure.</summary>
    public virtual T? After(T? profile) => profile;
}

/// <summary>The whole profile has another value.</summary>
[GenerateSerializer, Immutable, Alias("hub.ProfileChanged`1")]
public sealed record ProfileChanged<T>([property: Id(0)] T Profile) : ProfileEvent<T>
    where T : class
{
    public override T? After(T? profile) => Profile;
}

/// <summary>A roster began to use the profile's facts. From then on, the roster gets a message when the facts change.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterRegistered`1")]
public sealed record RosterRegistered<T>([property: Id(0)] GrainId Roster) : ProfileEvent<T>
    where T : class;

/// <summary>A profile and the rosters that use it.</summary>
[GenerateSerializer, Immutable, Alias("hub.ProfileState`1")]
public sealed record ProfileState<T> : IAuthorityState<ProfileState<T>, ProfileEvent<T>>
    where T : class
{
    [Id(0)]
    public T? Profile { get; init; }

    [Id(1)]
    public long Version { get; init; }

    [Id(2)]
    public ImmutableHashSet<GrainId> Rosters { get; init; } = [];

    /// <summary>The version of the last change of records. 0 if an earlier release stored it.</summary>
    [Id(3)]
    public long Recorded { get; init; }

    public ProfileState<T> Apply(JournalEntry<ProfileEvent<T>> entry)
    {
        var state = this;
        foreach (var happened in entry.Events)
        {
            state = happened is RosterRegistered<T> registered
                ? state with
                {
                    Rosters = state.Rosters.Add(registered.Roster),
                }
                : state with
                {
                    Profile = happened.After(state.Profile),
                    Version = entry.Version,
                    Recorded = happened.ChangesRecords ? entry.Version : state.Recorded,
                };
        }
        return state;
    }

    public IEnumerable<TopicItem> ItemsSince(long version) =>
        Version > version && Profile is ILiveProfile live ? live.ItemsSince(version, Version, Recorded == 0 ? Version : Recorded) : [];

    public Tombstones Tombstones => Tombstones.None;
}

/// <summary>
/// A grain that stores a profile: facts on which others, for example rosters, base their decisions. The grain also stores the history of
/// the profile, and the list of rosters to which it sends a message after each change.
/// </summary>
internal abstract class ProfileGrain<T>(string stateName, AuthorityServices services)
    : AuthorityGrain<ProfileState<T>, ProfileEvent<T>>(stateName, services),
        IFactOwner
    where T : class
{
    public async Task<long> RegisterAsync(GrainId roster)
    {
        if (!Head.Rosters.Contains(roster))
            await CommitAsync(new(Actor.System, Guid.Empty, [new RosterRegistered<T>(roster)]));
        else if (!Stored.Rosters.Contains(roster))
            await WhenAllStoredAsync();
        return Stored.Version;
    }

    /// <summary>The profile as it was at an earlier version. Null if there was none.</summary>
    public async Task<T?> AtAsync(long version)
    {
        if (version >= Stored.Version)
            return Stored.Profile;
        Stack<ProfileEvent<T>> events = [];
        await foreach (var (entry, _) in HistoryAsync(null, version + 1))
        {
            foreach (var happened in entry.Events.Reverse())
                events.Push(happened);
            if (entry.Events.Any(e => e is ProfileChanged<T>)) // nothing before it matters
                break;
        }
        return events.Aggregate((T?)null, (profile, happened) => happened.After(profile));
    }

    /// <summary>Stores a profile and sends a message about the change to each roster that uses it.</summary>
    protected async Task StoreAsync(Actor actor, T profile)
    {
        var changed = new RosterFactsChanged(this.GetGrainId(), StoredVersion + 1);
        await CommitAsync(
            new(actor, Guid.Empty, [new ProfileChanged<T>(profile)])
            {
                Outbox = [.. Head.Rosters.Select(roster => new OutboxMessage(0, roster, changed, "facts"))],
            }
        );
    }
}
