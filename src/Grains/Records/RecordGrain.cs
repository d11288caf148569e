using System.Collections.Immutable;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Records;

/// <summary>Records of the profile were added, changed or removed.</summary>
[GenerateSerializer, Immutable, Alias("hub.RecordsChanged`1")]
public sealed record RecordsChanged<T>([property: Id(0)] ImmutableArray<RecordChange> Changes) : ProfileEvent<T>
    where T : class, IProfile<T>
{
    public override bool ChangesRecords => true;

    public override T? After(T? profile) => Changes.Aggregate(profile, (before, change) => T.With(before, change.Record, change.After));
}

/// <summary>
/// A grain that owns records that people enter. It decides about changes, keeps the history of each record, tells the rosters that use the
/// facts, and lists the owner in directories.
/// </summary>
internal abstract class RecordGrain<T>(string stateName, AuthorityServices services) : ProfileGrain<T>(stateName, services), IRecordOwner
    where T : class, IProfile<T>
{
    public async Task<RecordReply> EditAsync(Actor actor, EditRecords command)
    {
        if (IsRepeat(command.CommandId, out var version))
        {
            await WhenStoredAsync(version);
            return new RecordsEdited(version);
        }
        var against = await AgainstAsync(command, tryOnly: false);
        if (IsRepeat(command.CommandId, out version))
        {
            await WhenStoredAsync(version);
            return new RecordsEdited(version);
        }
        if (!against.IsEmpty)
            return new RecordsRefused(against);
        var (after, changes, faults) = RecordRules.Decide(Head.Profile ?? Begins, command);
        if (faults.IsEmpty)
            faults = [.. FaultsOf(actor, Head.Profile, changes)];
        if (!faults.IsEmpty)
            return new RecordsRefused(faults);
        if (changes.IsEmpty)
        {
            await WhenAllStoredAsync();
            return new RecordsEdited(Stored.Version);
        }
        var told = new RosterFactsChanged(this.GetGrainId(), HeadVersion + 1);
        ImmutableArray<IListing> listings = [.. ListingsOf(Head.Profile, after, HeadVersion + 1)];
        version = await CommitAsync(
            new(actor, command.CommandId, [new RecordsChanged<T>(changes)])
            {
                Reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(),
                Subjects = [.. changes.Select(c => c.Record.Subject)],
                Outbox =
                [
                    .. Head.Rosters.Select(roster => new OutboxMessage(0, roster, told, "facts")),
                    .. listings.Select(l => l.Message),
                    .. MessagesOf(actor, Head.Profile, after, HeadVersion + 1),
                ],
            }
        );
        try
        {
            // The outbox tells the directories even after a crash. The calls only make sure that a list shows what the caller has stored.
            await Task.WhenAll(listings.Select(l => l.ListAsync(GrainFactory)));
        }
        catch (Exception away) when (away is TimeoutException or OrleansException or JournalWriteException or JournalReadException)
        {
            // The change is stored. The lists show it as soon as the directories are back.
        }
        return new RecordsEdited(version);
    }

    public async Task<RecordCheck> CheckAsync(EditRecords command)
    {
        var against = await AgainstAsync(command, tryOnly: true);
        var (after, changes, faults) = RecordRules.Decide(Stored.Profile ?? Begins, command);
        return new RecordCheck(against.IsEmpty ? faults : against, changes, after, [.. Stored.Rosters]);
    }

    public Task<ImmutableArray<IRecord>> RecordsAsync() =>
        Task.FromResult<ImmutableArray<IRecord>>((Stored.Profile ?? Begins) is { } profile ? [.. profile.Records] : []);

    public async Task<ImmutableArray<RecordHistoryEntry>> HistoryAsync(RecordId? record, long? before, int take)
    {
        var found = ImmutableArray.CreateBuilder<RecordHistoryEntry>();
        await foreach (var (entry, reason) in HistoryAsync(record?.Subject, before))
        {
            found.AddRange(
                entry
                    .Events.OfType<RecordsChanged<T>>()
                    .SelectMany(e => e.Changes)
                    .Where(c => record is null || c.Record == record)
                    .Select(c => new RecordHistoryEntry(entry.Version, entry.At, entry.By.Person, entry.By.Role, reason, c))
            );
            if (found.Count >= take)
                break;
        }
        return found.DrainToImmutable();
    }

    public Task<ImmutableArray<GrainId>> RostersAsync() => Task.FromResult<ImmutableArray<GrainId>>([.. Stored.Rosters]);

    /// <summary>The records that an owner has before anybody has entered one. Null if it does not exist before.</summary>
    protected virtual T? Begins => null;

    /// <summary>The faults of changes by this actor: what some people may store and others may not.</summary>
    protected virtual IEnumerable<RecordFault> FaultsOf(Actor actor, T? before, ImmutableArray<RecordChange> changes) => [];

    /// <summary>
    /// What other grains have against a command. The decision comes after it, because the owner may have changed meanwhile.
    /// </summary>
    /// <param name="tryOnly">Whether the other grains must not hold anything for the command.</param>
    protected virtual Task<ImmutableArray<RecordFault>> AgainstAsync(EditRecords command, bool tryOnly) =>
        Task.FromResult<ImmutableArray<RecordFault>>([]);

    /// <summary>The messages that tell others of a change, besides those to rosters and directories.</summary>
    /// <param name="version">The version of the owner after the change.</param>
    protected virtual IEnumerable<OutboxMessage> MessagesOf(Actor actor, T? before, T? after, long version) => [];

    /// <summary>The lists in which the owner is or was.</summary>
    /// <param name="version">The version of the owner after the change.</param>
    protected abstract IEnumerable<IListing> ListingsOf(T? before, T? after, long version);
}

/// <summary>Lists an owner of records in a directory, or removes it there.</summary>
internal interface IListing
{
    OutboxMessage Message { get; }

    Task ListAsync(IGrainFactory grains);
}
