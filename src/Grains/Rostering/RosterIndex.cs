using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>A period in which an engagement takes the time of a consultant or a room. UTC, the end excluded.</summary>
[GenerateSerializer, Immutable, Alias("hub.Slot")]
public readonly record struct Slot(
    [property: Id(0)] EngagementId Engagement,
    [property: Id(1)] HospitalId Hospital,
    [property: Id(2)] DateTimeOffset Start,
    [property: Id(3)] DateTimeOffset End
)
{
    public bool Overlaps(DateTimeOffset start, DateTimeOffset end) => Start < end && start < End;
}

/// <summary>Slots by consultant and by room, ordered by start. With them a decision need not scan the whole week.</summary>
public sealed class RosterIndex
{
    private readonly ImmutableDictionary<PersonId, ImmutableArray<Slot>> _people;
    private readonly ImmutableDictionary<(HospitalId, RoomId), ImmutableArray<Slot>> _rooms;

    private RosterIndex(
        ImmutableDictionary<PersonId, ImmutableArray<Slot>> people,
        ImmutableDictionary<(HospitalId, RoomId), ImmutableArray<Slot>> rooms
    ) => (_people, _rooms) = (people, rooms);

    public static RosterIndex Of(Roster roster)
    {
        var index = new RosterIndex(
            ImmutableDictionary<PersonId, ImmutableArray<Slot>>.Empty,
            ImmutableDictionary<(HospitalId, RoomId), ImmutableArray<Slot>>.Empty
        );
        foreach (var engagement in roster.Engagements.Values)
            index = index.With(engagement);
        foreach (var hold in roster.Holds.Values)
            index = index.With(hold.Engagement);
        return index;
    }

    public ImmutableArray<Slot> Of(PersonId person) => _people.GetValueOrDefault(person, []);

    public ImmutableArray<Slot> Of(HospitalId hospital, RoomId room) => _rooms.GetValueOrDefault((hospital, room), []);

    /// <summary>Adds slots for the engagement's consultants, for the candidate of its proposal, and for its room.</summary>
    public RosterIndex With(Engagement engagement)
    {
        if (!engagement.TakesTime)
            return this;
        var slot = new Slot(engagement.Id, engagement.Hospital, engagement.Start, engagement.End);
        var people = _people;
        foreach (var person in engagement.Consultants)
            people = people.SetItem(person, Insert(Of(person), slot));
        if (engagement.Proposal is { } proposal && !engagement.Consultants.Contains(proposal.Candidate))
            people = people.SetItem(proposal.Candidate, Insert(Of(proposal.Candidate), slot));
        return new(
            people,
            engagement.Room is { } room ? _rooms.SetItem((engagement.Hospital, room), Insert(Of(engagement.Hospital, room), slot)) : _rooms
        );
    }

    /// <summary>Removes the slots that <see cref="With"/> added.</summary>
    public RosterIndex Without(Engagement engagement)
    {
        if (!engagement.TakesTime)
            return this;
        var people = _people;
        foreach (var person in engagement.Consultants)
            people = Remove(people, person, engagement.Id);
        if (engagement.Proposal is { } proposal)
            people = Remove(people, proposal.Candidate, engagement.Id);
        return new(people, engagement.Room is { } room ? Remove(_rooms, (engagement.Hospital, room), engagement.Id) : _rooms);
    }

    private static ImmutableArray<Slot> Insert(ImmutableArray<Slot> slots, Slot slot)
    {
        var at = slots.Length;
        while (at > 0 && slots[at - 1].Start > slot.Start)
            at--;
        return slots.Insert(at, slot);
    }

    private static ImmutableDictionary<TKey, ImmutableArray<Slot>> Remove<TKey>(
        ImmutableDictionary<TKey, ImmutableArray<Slot>> all,
        TKey key,
        EngagementId id
    )
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var slots))
            return all;
        for (var i = 0; i < slots.Length; i++)
            if (slots[i].Engagement == id)
                return slots.Length == 1 ? all.Remove(key) : all.SetItem(key, slots.RemoveAt(i));
        return all;
    }
}
