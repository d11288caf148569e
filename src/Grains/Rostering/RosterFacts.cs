using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;

namespace ConsultHub.Rostering;

/// <summary>
/// The facts that a decision needs in addition to the roster. They are read from their owners before a decision and never during it.
/// </summary>
public sealed class RosterFacts(Network network, Week week)
{
    private readonly Dictionary<HospitalId, (Hospital Hospital, TimeZoneInfo Zone)> _hospitals = [];
    private readonly Dictionary<PersonId, Consultant> _consultants = [];
    private readonly Dictionary<PersonId, ImmutableArray<Slot>> _edges = [];
    private readonly Dictionary<(HospitalId, HospitalId), int> _travel = network
        .Travel.SelectMany(t => new[] { ((t.From, t.To), t.Minutes), ((t.To, t.From), t.Minutes) })
        .DistinctBy(t => t.Item1)
        .ToDictionary();

    public Network Network { get; } = network;

    /// <summary>The specialties that engagements may name.</summary>
    public ImmutableArray<Specialty> Specialties { get; init; } = Consultants.Specialties.All;

    /// <summary>Whether an engagement with this end may name a specialty.</summary>
    public bool KnowsSpecialty(string code, DateTimeOffset end)
    {
        foreach (var specialty in Specialties)
            if (specialty.Code == code)
                return !(specialty.Until < end);
        return false;
    }

    public Week Week { get; } = week;
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);

    /// <summary>The start and the end of the week, UTC. The end is excluded.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Bounds { get; } = BoundsOf(week, network);

    public Hospital? Hospital(HospitalId id) => _hospitals.TryGetValue(id, out var known) ? known.Hospital : null;

    public TimeZoneInfo ZoneOf(HospitalId id) => _hospitals.TryGetValue(id, out var known) ? known.Zone : Zone;

    public Consultant? Consultant(PersonId id) => _consultants.GetValueOrDefault(id);

    /// <summary>A consultant's slots in the neighbouring weeks, near the edges of this week.</summary>
    public ImmutableArray<Slot> EdgesOf(PersonId id) => _edges.GetValueOrDefault(id, []);

    /// <summary>
    /// Minutes by road. Zero within a hospital. If the network has no entry for the two hospitals, the time is estimated from their places.
    /// If a place is unknown, it is zero.
    /// </summary>
    public int TravelMinutes(HospitalId from, HospitalId to) =>
        from == to ? 0
        : _travel.TryGetValue((from, to), out var minutes) ? minutes
        : Hospital(from) is { } a && Hospital(to) is { } b ? TravelEstimate.Minutes(a, b) ?? 0
        : 0;

    /// <summary>
    /// Returns facts with a changed network or changed specialties. The facts about hospitals, consultants and neighbouring weeks stay the
    /// same.
    /// </summary>
    public RosterFacts With(Network changed, ImmutableArray<Specialty>? specialties = null)
    {
        var facts = new RosterFacts(changed, Week) { Specialties = specialties ?? Specialties };
        foreach (var (hospital, _) in _hospitals.Values)
            facts.Put(hospital);
        foreach (var consultant in _consultants.Values)
            facts.Put(consultant);
        foreach (var (person, slots) in _edges)
            facts._edges[person] = slots;
        return facts;
    }

    public void Put(Hospital hospital) => _hospitals[hospital.Id] = (hospital, TimeZoneInfo.FindSystemTimeZoneById(hospital.TimeZone));

    public void Put(Consultant consultant) => _consultants[consultant.Id] = consultant;

    /// <summary>Forgets a hospital that no longer exists.</summary>
    public void Remove(HospitalId id) => _hospitals.Remove(id);

    /// <summary>Forgets a consultant who no longer exists.</summary>
    public void Remove(PersonId id) => _consultants.Remove(id);

    public void PutEdges(ImmutableDictionary<PersonId, ImmutableArray<Slot>> slots)
    {
        _edges.Clear();
        foreach (var (person, taken) in slots)
            _edges[person] = taken;
    }

    /// <summary>The coordinator who is on call at an instant, or null if there is none.</summary>
    public PersonId? OnCall(DateTimeOffset at) => Network.OnCall(at);

    private static (DateTimeOffset, DateTimeOffset) BoundsOf(Week week, Network network)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
        return (week.StartIn(zone), week.Next.StartIn(zone));
    }
}
