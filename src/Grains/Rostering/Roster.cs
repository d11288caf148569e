using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Rostering;

/// <summary>
/// All engagements of one network that start in one ISO week, the holds for engagements of other weeks, and the newest activity.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Roster")]
public sealed record Roster : IAuthorityState<Roster, RosterEvent>
{
    private const int TombstonesKept = 500;

    // The index is derived from the engagements and holds. It is built when it is first used after the state was read from the storage.
    // Apply then keeps it up to date.
    [NonSerialized]
    private RosterIndex? _index;

    [Id(0)]
    public ImmutableDictionary<EngagementId, Engagement> Engagements { get; init; } = ImmutableDictionary<EngagementId, Engagement>.Empty;

    [Id(1)]
    public ImmutableDictionary<EngagementId, Hold> Holds { get; init; } = ImmutableDictionary<EngagementId, Hold>.Empty;

    [Id(2)]
    public ImmutableArray<Activity> Activities { get; init; } = [];

    [Id(3)]
    public long LastActivity { get; init; }

    [Id(4)]
    public ImmutableArray<Tombstone> KeptTombstones { get; init; } = [];

    /// <summary>Tombstones up to this version may have been dropped.</summary>
    [Id(5)]
    public long ForgottenUpTo { get; init; }

    /// <summary>Engagements with an unanswered proposal.</summary>
    [Id(6)]
    public ImmutableHashSet<EngagementId> Proposed { get; init; } = [];

    /// <summary>
    /// For undo: the state of each engagement before its last change. An engagement is missing if its last change cannot be undone. An
    /// acknowledgement does not count as a change.
    /// </summary>
    [Id(7)]
    public ImmutableDictionary<EngagementId, Engagement> Undoable { get; init; } = ImmutableDictionary<EngagementId, Engagement>.Empty;

    /// <summary>Whether the week is archived. No command is decided until its journal is brought back.</summary>
    [Id(8)]
    public bool IsArchived { get; init; }

    /// <summary>The slots in which each consultant and each room is taken.</summary>
    public RosterIndex Index => _index ??= RosterIndex.Of(this);

    public Roster Apply(JournalEntry<RosterEvent> entry)
    {
        var roster = this;
        foreach (var happened in entry.Events)
        {
            roster = happened switch
            {
                EngagementChanged change => roster.Apply(change, entry),
                HoldPlaced placed => roster.WithHold(placed.Hold),
                HoldReleased released => roster.WithoutHold(released.Engagement),
                WeekArchived => roster with { IsArchived = true },
                WeekBroughtBack => roster with { IsArchived = false },
                _ => throw new InvalidOperationException($"Unknown roster event {happened.GetType().Name}."),
            };
        }
        return roster;
    }

    private Roster Apply(EngagementChanged change, JournalEntry<RosterEvent> entry)
    {
        var id = (change.After ?? change.Before)!.Id;
        var known = Engagements.GetValueOrDefault(id);
        var index = Index;
        if (known is not null)
            index = index.Without(known);
        var activities = WithActivity(change, entry, out var last);
        if (change.After is null)
        {
            return With(Tombstones.With([known!.Key], entry.Version, TombstonesKept)) with
            {
                _index = index,
                Engagements = Engagements.Remove(id),
                Activities = activities,
                LastActivity = last,
                Proposed = Proposed.Remove(id),
                Undoable = Undoable.Remove(id),
            };
        }
        var after = change.After with { Version = entry.Version };
        return this with
        {
            _index = index.With(after),
            Engagements = Engagements.SetItem(id, after),
            Activities = activities,
            LastActivity = last,
            Proposed = after.Proposal is null ? (known?.Proposal is null ? Proposed : Proposed.Remove(id)) : Proposed.Add(id),
            // After an acknowledgement, the change before it can still be undone.
            Undoable =
                change.What == Change.Acknowledged ? Undoable
                : known is not null && RosterRules.CanBeUndone(change.What) ? Undoable.SetItem(id, known)
                : Undoable.Remove(id),
        };
    }

    private Roster WithHold(Hold hold)
    {
        var index = Holds.TryGetValue(hold.Engagement.Id, out var before) ? Index.Without(before.Engagement) : Index;
        return this with { _index = index.With(hold.Engagement), Holds = Holds.SetItem(hold.Engagement.Id, hold) };
    }

    private Roster WithoutHold(EngagementId id) =>
        Holds.TryGetValue(id, out var hold) ? this with { _index = Index.Without(hold.Engagement), Holds = Holds.Remove(id) } : this;

    private ImmutableArray<Activity> WithActivity(EngagementChanged change, JournalEntry<RosterEvent> entry, out long number)
    {
        number = LastActivity + 1;
        var (before, after) = (change.Before, change.After);
        var subject = (after ?? before)!;
        var activity = new Activity
        {
            Version = entry.Version,
            Number = number,
            At = entry.At,
            By = entry.By.Person,
            What = change.What,
            Engagement = subject.Id,
            Title = subject.Title,
            Hospital = subject.Hospital,
            StartBefore = before?.Start,
            StartAfter = after?.Moving?.Start ?? after?.Start ?? before?.Moving?.Start,
            RoomBefore = before?.Room,
            RoomAfter = after?.Room,
            ConsultantsBefore = before?.Consultants ?? [],
            ConsultantsAfter = after?.Consultants ?? [],
            EndBefore = before?.End,
            EndAfter = after?.Moving?.End ?? after?.End ?? before?.Moving?.End,
            // The answer belongs to the candidate of the earlier state. The later state may already have the next candidate.
            Candidate = change.What is Change.Accepted or Change.Declined or Change.Expired
                ? before?.Proposal?.Candidate
                : after?.Proposal?.Candidate ?? before?.Proposal?.Candidate,
            Next = change.What is Change.Declined or Change.Expired ? after?.Proposal?.Candidate : null,
        };
        var old = Activities;
        var skip = old.Length == Activity.Kept ? 1 : 0;
        var kept = new Activity[old.Length - skip + 1];
        old.CopyTo(skip, kept, 0, old.Length - skip);
        kept[^1] = activity;
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(kept);
    }

    public IEnumerable<TopicItem> ItemsSince(long version)
    {
        foreach (var engagement in Engagements.Values)
            if (engagement.Version > version)
                yield return engagement.ForOthers();
        for (var i = Activities.Length - 1; i >= 0 && Activities[i].Version > version; i--)
            yield return Activities[i];
    }

    public Tombstones Tombstones => new(KeptTombstones, ForgottenUpTo);

    private Roster With(Tombstones tombstones) => this with { KeptTombstones = tombstones.Kept, ForgottenUpTo = tombstones.From };
}
