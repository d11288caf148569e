using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;

namespace ConsultHub.Rostering;

/// <summary>What stands against a duty being where it is: conflicts of time, right and place. Pure.</summary>
public static class PlacementRules
{
    /// <summary>Everything that stands against a duty as it would be; refusals and warnings by the network's policy.</summary>
    /// <param name="roster">The duty's own slots are passed over.</param>
    public static ImmutableArray<Finding> Check(Roster roster, Engagement duty, RosterFacts facts)
    {
        var findings = new Findings(facts.Network.Policy);
        CheckPlace(roster, duty, facts, findings);
        foreach (var person in duty.Consultants)
            CheckPerson(roster, duty, person, facts, findings);
        if (duty.Proposal is { } proposal && !duty.Consultants.Contains(proposal.Candidate))
            CheckPerson(roster, duty, proposal.Candidate, facts, findings);
        return findings.All;
    }

    private static void CheckPlace(Roster roster, Engagement duty, RosterFacts facts, Findings findings)
    {
        if (facts.Hospital(duty.Hospital) is not { } hospital)
        {
            findings.Refuse("roster.unknown-hospital", $"There is no hospital {duty.Hospital} in this network.");
            return;
        }
        foreach (var closure in hospital.Closures)
        {
            if ((closure.Room is null || closure.Room == duty.Room) && closure.From < duty.End && duty.Start < closure.To)
                findings.Add(findings.Policy.Closure, "roster.hospital-closed", $"{hospital.Name.En} is closed then.");
        }
        if (!WithinHours(hospital, facts.ZoneOf(duty.Hospital), duty.Start, duty.End))
            findings.Add(findings.Policy.WorkingHours, "roster.working-hours", $"Outside the working hours of {hospital.Name.En}.");
        if (duty.Room is not { } roomId)
            return;
        if (RoomOf(hospital, roomId) is not { } room)
        {
            findings.Refuse("roster.room-unknown", $"{hospital.Name.En} has no room {roomId}.");
            return;
        }
        if (duty.Attendees > room.Capacity)
            findings.Add(findings.Policy.RoomCapacity, "roster.room-capacity", $"{room.Name.En} holds {room.Capacity}.");
        foreach (var slot in roster.Index.Of(duty.Hospital, roomId))
        {
            if (slot.Engagement != duty.Id && slot.Overlaps(duty.Start, duty.End))
                findings.Add(findings.Policy.RoomOverlap, "roster.room-overlap", $"{room.Name.En} is taken then.", slot.Engagement);
        }
    }

    private static Room? RoomOf(Hospital hospital, RoomId id)
    {
        foreach (var room in hospital.Rooms)
            if (room.Id == id)
                return room;
        return null;
    }

    /// <summary>Within one working day of the hospital. A dated entry for a weekday takes precedence over an undated one.</summary>
    public static bool WithinHours(Hospital hospital, TimeZoneInfo zone, DateTimeOffset start, DateTimeOffset end)
    {
        if (hospital.Hours.IsEmpty)
            return true;
        var (from, to) = (TimeZoneInfo.ConvertTime(start, zone).DateTime, TimeZoneInfo.ConvertTime(end, zone).DateTime);
        var day = DateOnly.FromDateTime(from);
        WorkingHours? found = null;
        foreach (var hours in hospital.Hours)
        {
            if (hours.Day != day.DayOfWeek || day < (hours.From ?? DateOnly.MinValue) || day > (hours.Until ?? DateOnly.MaxValue))
                continue;
            if (found is null || hours.From is not null || hours.Until is not null)
                found = hours;
        }
        return found is not null && from >= day.ToDateTime(found.Opens) && to <= day.ToDateTime(found.Closes);
    }

    private static void CheckPerson(Roster roster, Engagement duty, PersonId person, RosterFacts facts, Findings findings)
    {
        if (facts.Consultant(person) is not { } consultant)
        {
            findings.Refuse("roster.unknown-consultant", $"There is no consultant {person}.", person: person);
            return;
        }
        var name = consultant.Name.En;
        if (!HasCredential(consultant, duty))
            findings.Add(
                findings.Policy.Credential,
                "roster.no-credential",
                $"{name} holds no credential for {duty.Specialty} at this hospital for the whole time.",
                person: person
            );
        if (!IsPresent(consultant, facts.Network.Id, duty))
            findings.Add(findings.Policy.Visit, "roster.outside-visit", $"{name} is not on a visit to this network then.", person: person);
        foreach (var absence in consultant.Absences)
        {
            if (absence.From < duty.End && duty.Start < absence.To)
                findings.Add(findings.Policy.Visit, "roster.absent", $"{name} is absent then.", person: person);
        }
        var slots = roster.Index.Of(person);
        foreach (var slot in slots)
        {
            if (slot.Engagement != duty.Id && slot.Overlaps(duty.Start, duty.End))
                findings.Add(
                    findings.Policy.ConsultantOverlap,
                    "roster.consultant-overlap",
                    $"{name} is engaged elsewhere then.",
                    slot.Engagement,
                    person
                );
        }
        CheckDay(duty, person, name, slots, facts, findings);
    }

    /// <summary>Travel, rest and the number of hospitals: what the duties around this one say.</summary>
    private static void CheckDay(
        Engagement duty,
        PersonId person,
        string name,
        ImmutableArray<Slot> slots,
        RosterFacts facts,
        Findings findings
    )
    {
        Slot? before = null,
            after = null;
        HashSet<HospitalId>? others = null;
        foreach (var slot in slots)
        {
            if (slot.Engagement == duty.Id)
                continue;
            Nearest(slot, duty, ref before, ref after);
            if (slot.Hospital != duty.Hospital)
                (others ??= []).Add(slot.Hospital);
        }
        foreach (var slot in facts.EdgesOf(person))
            if (slot.Engagement != duty.Id)
                Nearest(slot, duty, ref before, ref after);
        if (before is { } last)
            CheckWay(last.End, duty.Start, last, duty, person, name, facts, findings);
        if (after is { } next)
            CheckWay(duty.End, next.Start, next, duty, person, name, facts, findings);
        if (
            findings.Policy.Rest != Strictness.Ignore
            && RestRules.Check(duty, slots, facts.EdgesOf(person), before, after, findings.Policy.MinimumRest, facts.Zone) is { } shortage
        )
            findings.Add(
                findings.Policy.Rest,
                "roster.rest",
                $"{name} would rest only {shortage.Rest.TotalHours:0.#} hours in 24.",
                shortage.Beside,
                person
            );
        if (others is not null && others.Count + 1 > facts.Network.Policy.HospitalsPerConsultant)
            findings.Add(
                findings.Policy.HospitalLimit,
                "roster.too-many-hospitals",
                $"{name} would work at {others.Count + 1} hospitals this week.",
                person: person
            );
    }

    private static void Nearest(Slot slot, Engagement duty, ref Slot? before, ref Slot? after)
    {
        if (slot.End <= duty.Start && (before is null || slot.End > before.Value.End))
            before = slot;
        if (slot.Start >= duty.End && (after is null || slot.Start < after.Value.Start))
            after = slot;
    }

    private static void CheckWay(
        DateTimeOffset free,
        DateTimeOffset due,
        Slot neighbour,
        Engagement duty,
        PersonId person,
        string name,
        RosterFacts facts,
        Findings findings
    )
    {
        var gap = due - free;
        var policy = facts.Network.Policy;
        if (
            neighbour.Hospital != duty.Hospital
            && duty.Room is not null
            && gap < TimeSpan.FromMinutes(facts.TravelMinutes(neighbour.Hospital, duty.Hospital)) + policy.TravelMargin
        )
            findings.Add(
                policy.Travel,
                "roster.travel",
                $"{name} has {gap.TotalMinutes:0} minutes for the way between two hospitals.",
                neighbour.Engagement,
                person
            );
    }

    public static bool HasCredential(Consultant consultant, Engagement duty)
    {
        foreach (var credential in consultant.Credentials)
            if (
                credential.Hospital == duty.Hospital
                && credential.Specialty == duty.Specialty
                && credential.From <= duty.Start
                && duty.End <= credential.To
            )
                return true;
        return false;
    }

    /// <summary>On a visit to the network for the whole time, or a clinician of the network who is not visiting another.</summary>
    public static bool IsPresent(Consultant consultant, NetworkId network, Engagement duty)
    {
        var elsewhere = false;
        foreach (var visit in consultant.Visits)
        {
            if (
                visit.Network == network
                && visit.Arrival <= duty.Start
                && duty.End <= visit.Departure
                && (!visit.Remote || duty.Room is null)
            )
                return true;
            elsewhere |= visit.Network != network && visit.Arrival < duty.End && duty.Start < visit.Departure;
        }
        return consultant.Affiliation == network && !elsewhere;
    }

    /// <summary>Collects findings as the policy takes them.</summary>
    private sealed class Findings(RosterPolicy policy)
    {
        private ImmutableArray<Finding> _all = [];

        public RosterPolicy Policy => policy;
        public ImmutableArray<Finding> All => _all;

        public void Refuse(string code, string message, PersonId? person = null) =>
            _all = _all.Add(new Finding(code, message, Person: person));

        public void Add(Strictness strictness, string code, string message, EngagementId? conflictsWith = null, PersonId? person = null)
        {
            if (strictness != Strictness.Ignore)
                _all = _all.Add(new Finding(code, message, strictness == Strictness.Warn, conflictsWith, person));
        }
    }
}
