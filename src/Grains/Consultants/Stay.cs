using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Records;

namespace ConsultHub.Consultants;

/// <summary>
/// A rotation of a person at a host, as the programme tells it to the owner of the person's visits. People who are no consultants have
/// stays too. The times are UTC instants, and the end is excluded.
/// </summary>
/// <param name="Id">The rotation, unique in its programme.</param>
/// <param name="Network">The network that is the host. Null if the person is at a partner institution.</param>
/// <param name="HeldUntil">
///     UTC. While the programme has not stored the rotation yet: when its time is looked at again. Null if the rotation is stored.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.Stay")]
public sealed record Stay(
    [property: Id(0)] ProgrammeId Programme,
    [property: Id(1)] string Id,
    [property: Id(2)] NetworkId? Network,
    [property: Id(3)] DateTimeOffset From,
    [property: Id(4)] DateTimeOffset To,
    [property: Id(5)] DateTimeOffset? HeldUntil = null
)
{
    internal bool IsSame(Stay other) => Programme == other.Programme && Id == other.Id;

    internal bool Replaces(Stay other) =>
        (HeldUntil is null && other.HeldUntil is null) || (Network, From, To) == (other.Network, other.From, other.To);

    internal bool Overlaps(Stay other) => From < other.To && other.From < To;

    /// <summary>A person works for the network that is the host. So a visit there goes together with a rotation.</summary>
    internal bool Overlaps(Visit visit) => visit.Network != Network && From < visit.Departure && visit.Arrival < To;
}

/// <summary>Stays were held, stored or given up.</summary>
/// <param name="Set">Each replaces what was known of its rotation with the same state: held or stored.</param>
/// <param name="Gone">The stays that are no longer known, as they were.</param>
[GenerateSerializer, Immutable, Alias("hub.StaysChanged")]
internal sealed record StaysChanged([property: Id(0)] ImmutableArray<Stay> Set, [property: Id(1)] ImmutableArray<Stay> Gone)
    : ProfileEvent<Consultant>
{
    public override Consultant? After(Consultant? consultant) =>
        (consultant ?? Consultant.NotEntered) is var known
        && known with { Stays = [.. known.Stays.Where(Remains), .. Set] } is var after
        && after is { OnlyStays: true, Stays.IsEmpty: true }
            ? null
            : after;

    /// <summary>
    /// A hold stands beside the stored stay and beside holds of the same rotation at other times, because only one of them will be stored.
    /// A stored stay replaces the stored one of the same rotation, and the hold of exactly its time.
    /// </summary>
    private bool Remains(Stay stay) => !Gone.Contains(stay) && !Set.Any(s => s.IsSame(stay) && s.Replaces(stay));
}

/// <summary>The programme has stored a rotation, or no longer has it.</summary>
/// <param name="Stay">Null if the rotation is gone.</param>
[GenerateSerializer, Immutable, Alias("hub.StayTold")]
internal sealed record StayTold([property: Id(0)] ProgrammeId Programme, [property: Id(1)] string Rotation, [property: Id(2)] Stay? Stay)
    : OutboxPayload;

/// <summary>A grain that plans stays: an education programme.</summary>
[Alias("hub.IStayPlanner")]
public interface IStayPlanner : IGrainWithStringKey
{
    /// <summary>Whether the plan that is stored has a rotation at exactly this time.</summary>
    [Alias("Has")]
    Task<bool> HasAsync(Stay stay);
}

/// <summary>The reason why a stay is not possible.</summary>
/// <param name="Rotation">The rotation that was asked for.</param>
/// <param name="Network">The network that the person visits then. Null if the person is in another rotation.</param>
/// <param name="From">UTC. When the other stay begins.</param>
[GenerateSerializer, Immutable, Alias("hub.StayConflict")]
public sealed record StayConflict(
    [property: Id(0)] string Rotation,
    [property: Id(1)] NetworkId? Network,
    [property: Id(2)] DateTimeOffset From,
    [property: Id(3)] DateTimeOffset To
);

/// <summary>Finds stays and visits that overlap. Pure.</summary>
internal static class StayRules
{
    /// <summary>What stands against new stays. A stay replaces the one of the same rotation.</summary>
    /// <param name="givenUp">Rotations of the same programme that the person leaves in the same command.</param>
    public static ImmutableArray<StayConflict> Against(
        Consultant? consultant,
        ImmutableArray<Stay> asked,
        ImmutableArray<string> givenUp
    ) =>
        [
            .. from stay in asked
            from other in (consultant?.Stays ?? [])
                .Where(s => !asked.Any(s.IsSame) && !(s.Programme == stay.Programme && givenUp.Contains(s.Id)))
                .Concat(asked.Where(s => !s.IsSame(stay)))
            where stay.Overlaps(other)
            select new StayConflict(stay.Id, null, other.From, other.To),
            .. from stay in asked
            from visit in consultant?.Visits ?? []
            where stay.Overlaps(visit)
            select new StayConflict(stay.Id, visit.Network, visit.Arrival, visit.Departure),
        ];

    /// <summary>The faults of visits that overlap a rotation elsewhere.</summary>
    public static IEnumerable<RecordFault> Overlaps(Consultant consultant) =>
        from visit in consultant.Visits
        where consultant.Stays.Any(stay => stay.Overlaps(visit))
        select new RecordFault(
            ((IRecord)visit).Record,
            RecordCodes.VisitOverlap,
            "The person is in a rotation of an education programme elsewhere at that time.",
            "arrival"
        );
}
