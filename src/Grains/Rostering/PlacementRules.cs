using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;

namespace ConsultHub.Rostering;

/// <summary>
/// Finds the reasons against an engagement at a time and place: conflicts with other engagements, closed or unsuitable rooms, and missing
/// credentials or visits. Pure.
/// </summary>
public static class PlacementRules
{
    /// <summary>
    /// Returns all findings against the given engagement, which need not be in the roster yet. An unknown hospital, room or consultant is
    /// always a refusal. For each other rule, the network's policy decides whether breaking it is a refusal, a warning or no finding.
    /// </summary>
    /// <param name="roster">The roster to compare with. The engagement's own slots in it are ignored.</param>
    public static ImmutableArray<Finding> Check(Roster roster, Engagement engagement, RosterFacts facts)
    {
        var findings = new Findings(facts.Network.Policy);
        CheckPlace(roster, engagement, facts, findings);
        foreach (var person in engagement.Consultants)
            CheckPerson(roster, engagement, person, facts, findings);
        if (engagement.Proposal is { } proposal && !engagement.Consultants.Contains(proposal.Candidate))
            CheckPerson(roster, engagement, proposal.Candidate, facts, findings);
        return findings.All;
    }

    private static void CheckPlace(Roster roster, Engagement engagement, RosterFacts facts, Findings findings)
    {
        if (facts.Hospital(engagement.Hospital) is not { } hospital)
        {
            findings.Refuse(RosterCodes.UnknownHospital, $"There is no hospital {engagement.Hospital} in this network.");
            return;
        }
        foreach (var closure in hospital.Closures)
        {
            if ((closure.Room is null || closure.Room == engagement.Room) && closure.From < engagement.End && engagement.Start < closure.To)
                findings.Add(findings.Policy.Closure, RosterCodes.HospitalClosed, $"{hospital.Name.En} is closed at that time.");
        }
        if (hospital.Until < engagement.End)
            findings.Add(findings.Policy.Closure, RosterCodes.HospitalClosed, $"{hospital.Name.En} takes part no longer at that time.");
        if (!WithinHours(hospital, facts.ZoneOf(engagement.Hospital), engagement.Start, engagement.End))
            findings.Add(
                findings.Policy.WorkingHours,
                RosterCodes.WorkingHours,
                $"The time is outside the working hours of {hospital.Name.En}."
            );
        if (engagement.Room is not { } roomId)
            return;
        if (RoomOf(hospital, roomId) is not { } room || room.Until < engagement.End)
        {
            findings.Refuse(RosterCodes.RoomUnknown, $"{hospital.Name.En} has no room {roomId} at that time.");
            return;
        }
        if (engagement.Attendees > room.Capacity)
            findings.Add(findings.Policy.RoomCapacity, RosterCodes.RoomCapacity, $"{room.Name.En} has room for {room.Capacity} people.");
        if (Equipment.Lacking(room, engagement.Needs) is { IsEmpty: false } lacking)
            findings.Add(
                findings.Policy.RoomEquipment,
                RosterCodes.RoomEquipment,
                $"{room.Name.En} does not have what is needed: {string.Join(", ", lacking)}."
            );
        foreach (var slot in roster.Index.Of(engagement.Hospital, roomId))
        {
            if (slot.Engagement != engagement.Id && slot.Overlaps(engagement.Start, engagement.End))
                findings.Add(
                    findings.Policy.RoomOverlap,
                    RosterCodes.RoomOverlap,
                    $"{room.Name.En} is taken at that time.",
                    slot.Engagement
                );
        }
    }

    private static Room? RoomOf(Hospital hospital, RoomId id)
    {
        foreach (var room in hospital.Rooms)
            if (room.Id == id)
                return room;
        return null;
    }

    /// <summary>
    /// Whether a period lies within the hospital's working hours of one day. A holiday has none. On other days, always true if the hospital
    /// has no entries. If it has several entries for the weekday, an entry with dates takes precedence over an entry without dates.
    /// </summary>
    public static bool WithinHours(Hospital hospital, TimeZoneInfo zone, DateTimeOffset start, DateTimeOffset end)
    {
        if (hospital.Hours.IsEmpty && hospital.Holidays.IsEmpty)
            return true;
        var (from, to) = (TimeZoneInfo.ConvertTime(start, zone).DateTime, TimeZoneInfo.ConvertTime(end, zone).DateTime);
        var day = DateOnly.FromDateTime(from);
        foreach (var holiday in hospital.Holidays)
            if (holiday.From <= day && day <= holiday.Until)
                return false;
        if (hospital.Hours.IsEmpty)
            return true;
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

    private static void CheckPerson(Roster roster, Engagement engagement, PersonId person, RosterFacts facts, Findings findings)
    {
        if (facts.Consultant(person) is not { } consultant)
        {
            findings.Refuse(RosterCodes.UnknownConsultant, $"There is no consultant {person}.", person: person);
            return;
        }
        var name = consultant.Name.En;
        var isMeeting = engagement.Kind == EngagementKind.ResearchMeeting;
        if (!isMeeting && !HasCredential(consultant, engagement))
            findings.Add(
                findings.Policy.Credential,
                RosterCodes.NoCredential,
                $"{name} holds no credential for {engagement.Specialty} at this hospital for the whole time.",
                person: person
            );
        if (consultant.Until < engagement.End || PartnerOf(consultant, facts)?.Until < engagement.End)
            findings.Add(findings.Policy.Visit, RosterCodes.OutsideVisit, $"{name} takes part no longer at that time.", person: person);
        else if (!isMeeting && !IsPresent(consultant, facts.Network.Id, engagement))
            findings.Add(
                findings.Policy.Visit,
                RosterCodes.OutsideVisit,
                $"{name} is not on a visit to this network at that time.",
                person: person
            );
        foreach (var absence in consultant.Absences)
        {
            if (absence.From < engagement.End && engagement.Start < absence.To)
                findings.Add(findings.Policy.Visit, RosterCodes.Absent, $"{name} is absent at that time.", person: person);
        }
        var slots = roster.Index.Of(person);
        foreach (var slot in slots)
        {
            if (slot.Engagement != engagement.Id && slot.Overlaps(engagement.Start, engagement.End))
                findings.Add(
                    findings.Policy.ConsultantOverlap,
                    RosterCodes.ConsultantOverlap,
                    $"{name} has another engagement at that time.",
                    slot.Engagement,
                    person
                );
        }
        CheckDay(engagement, person, name, slots, facts, findings);
    }

    private static Partner? PartnerOf(Consultant consultant, RosterFacts facts)
    {
        if (consultant.Home is { } home)
            foreach (var partner in facts.Network.Partners)
                if (partner.Id == home)
                    return partner;
        return null;
    }

    /// <summary>Checks travel, rest and the number of hospitals against the person's other engagements.</summary>
    private static void CheckDay(
        Engagement engagement,
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
            if (slot.Engagement == engagement.Id)
                continue;
            Nearest(slot, engagement, ref before, ref after);
            if (slot.Hospital != engagement.Hospital)
                (others ??= []).Add(slot.Hospital);
        }
        foreach (var slot in facts.EdgesOf(person))
            if (slot.Engagement != engagement.Id)
                Nearest(slot, engagement, ref before, ref after);
        if (before is { } last)
            CheckWay(last.End, engagement.Start, last, engagement, person, name, facts, findings);
        if (after is { } next)
            CheckWay(engagement.End, next.Start, next, engagement, person, name, facts, findings);
        if (
            findings.Policy.Rest != Strictness.Ignore
            && RestRules.Check(engagement, slots, facts.EdgesOf(person), before, after, findings.Policy.MinimumRest, facts.Zone)
                is { } shortage
        )
            findings.Add(
                findings.Policy.Rest,
                RosterCodes.Rest,
                $"{name} would have only {shortage.Rest.TotalHours:0.#} hours of rest in 24 hours.",
                shortage.Beside,
                person
            );
        if (others is not null && others.Count + 1 > facts.Network.Policy.HospitalsPerConsultant)
            findings.Add(
                findings.Policy.HospitalLimit,
                RosterCodes.TooManyHospitals,
                $"{name} would work at {others.Count + 1} hospitals this week.",
                person: person
            );
    }

    private static void Nearest(Slot slot, Engagement engagement, ref Slot? before, ref Slot? after)
    {
        if (slot.End <= engagement.Start && (before is null || slot.End > before.Value.End))
            before = slot;
        if (slot.Start >= engagement.End && (after is null || slot.Start < after.Value.Start))
            after = slot;
    }

    private static void CheckWay(
        DateTimeOffset free,
        DateTimeOffset due,
        Slot neighbour,
        Engagement engagement,
        PersonId person,
        string name,
        RosterFacts facts,
        Findings findings
    )
    {
        var gap = due - free;
        var policy = facts.Network.Policy;
        if (
            neighbour.Hospital != engagement.Hospital
            && engagement.Room is not null
            && gap < TimeSpan.FromMinutes(facts.TravelMinutes(neighbour.Hospital, engagement.Hospital)) + policy.TravelMargin
        )
            findings.Add(
                policy.Travel,
                RosterCodes.Travel,
                $"{name} has only {gap.TotalMinutes:0} minutes to travel between two hospitals.",
                neighbour.Engagement,
                person
            );
    }

    public static bool HasCredential(Consultant consultant, Engagement engagement)
    {
        foreach (var credential in consultant.Credentials)
            if (
                credential.Hospital == engagement.Hospital
                && credential.Specialty == engagement.Specialty
                && credential.From <= engagement.Start
                && engagement.End <= credential.To
            )
                return true;
        return false;
    }

    /// <summary>
    /// Whether the consultant is present: on a visit to the network for the whole time, or a clinician of the network who is not visiting
    /// another network, or in a rotation elsewhere, at that time. A remote visit to the network counts only for a remote engagement.
    /// </summary>
    public static bool IsPresent(Consultant consultant, NetworkId network, Engagement engagement)
    {
        var elsewhere = false;
        foreach (var visit in consultant.Visits)
        {
            if (
                visit.Network == network
                && visit.Arrival <= engagement.Start
                && engagement.End <= visit.Departure
                && (!visit.Remote || engagement.Room is null)
            )
                return true;
            elsewhere |= visit.Network != network && visit.Arrival < engagement.End && engagement.Start < visit.Departure;
        }
        foreach (var stay in consultant.Stays)
            elsewhere |= stay.HeldUntil is null && stay.Network != network && stay.From < engagement.End && engagement.Start < stay.To;
        return consultant.Affiliation == network && !elsewhere;
    }

    /// <summary>Collects findings and applies the policy to them.</summary>
    private sealed class Findings(RosterPolicy policy)
    {
        private ImmutableArray<Finding> _all = [];

        public RosterPolicy Policy => policy;
        public ImmutableArray<Finding> All => _all;

        public void Refuse(Code code, string message, PersonId? person = null) =>
            _all = _all.Add(new Finding(code, message, Person: person));

        public void Add(Strictness strictness, Code code, string message, EngagementId? conflictsWith = null, PersonId? person = null)
        {
            if (strictness != Strictness.Ignore)
                _all = _all.Add(new Finding(code, message, strictness == Strictness.Warn, conflictsWith, person));
        }
    }
}
