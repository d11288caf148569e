using System.Collections.Immutable;
using ConsultHub.Consultants;

namespace ConsultHub.Rostering;

/// <summary>
/// Ranks the consultants of an engagement's specialty who are not on the engagement yet, the best first, each with the reasons for and
/// against. Pure.
/// </summary>
public static class Candidates
{
    private const int Free = 40,
        Credentialed = 20,
        InVisit = 10,
        SameHospital = 12,
        ShortWay = 6,
        Rested = 6,
        Language = 6,
        FewHours = 6;

    public static ImmutableArray<Candidate> Rank(Roster roster, Engagement engagement, IEnumerable<Consultant> people, RosterFacts facts) =>
        [
            .. people
                .Where(p => !engagement.Consultants.Contains(p.Id) && p.Specialties.Contains(engagement.Specialty))
                .Select(p => Judge(roster, engagement, p, facts))
                .OrderByDescending(c => c.Available)
                .ThenByDescending(c => c.Score)
                .ThenBy(c => c.Person.Value, StringComparer.Ordinal),
        ];

    private static Candidate Judge(Roster roster, Engagement engagement, Consultant person, RosterFacts facts)
    {
        var taken = engagement with { Consultants = [person.Id], Proposal = null };
        var against = PlacementRules.Check(roster, taken, facts).Where(f => f.Person == person.Id).ToList();
        var reasons = ImmutableArray.CreateBuilder<CandidateReason>();
        var score = 0;

        void Weigh(string code, bool good, int points, int? minutes = null, EngagementId? engagement = null)
        {
            reasons.Add(new CandidateReason(code, good, minutes, engagement));
            if (good)
                score += points;
        }

        Finding? Against(string code) => against.Find(f => f.Code == code);
        var busy = Against(RosterCodes.ConsultantOverlap);
        Weigh(busy is null ? CandidateCodes.Free : CandidateCodes.Busy, busy is null, Free, engagement: busy?.ConflictsWith);
        Weigh(
            Against(RosterCodes.NoCredential) is null ? CandidateCodes.Credentialed : CandidateCodes.NoCredential,
            Against(RosterCodes.NoCredential) is null,
            Credentialed
        );
        var present = Against(RosterCodes.OutsideVisit) is null && Against(RosterCodes.Absent) is null;
        Weigh(present ? CandidateCodes.InVisit : CandidateCodes.Away, present, InVisit);

        var (way, neighbour) = Way(roster, engagement, person.Id, facts);
        var late = Against(RosterCodes.Travel);
        if (late is not null)
            Weigh(CandidateCodes.TravelTooLong, false, 0, way, late.ConflictsWith);
        else if (way == 0)
            Weigh(CandidateCodes.SameHospital, true, SameHospital, engagement: neighbour);
        else if (way is { } minutes)
            Weigh(CandidateCodes.Travel, true, minutes <= 60 ? ShortWay : 0, minutes, neighbour);

        var tired = Against(RosterCodes.Rest);
        Weigh(tired is null ? CandidateCodes.Rested : CandidateCodes.NotRested, tired is null, Rested, engagement: tired?.ConflictsWith);
        var spoken = facts.Network.Policy.PatientLanguages.Where(l => person.Languages.Contains(l)).ToList();
        foreach (var language in spoken)
            reasons.Add(new CandidateReason(CandidateCodes.Language, true, Language: language));
        if (spoken.Count > 0)
            score += Language;
        var hours = roster.Index.Of(person.Id).Sum(s => (s.End - s.Start).TotalHours);
        if (hours < 20)
            Weigh(CandidateCodes.FewHours, true, FewHours, (int)(hours * 60));
        return new(person.Id, Math.Min(score, 100), against.TrueForAll(f => f.Overridable), reasons.DrainToImmutable());
    }

    /// <summary>
    /// The minutes by road to the nearest other engagement that starts on the same day, and that engagement. Both are null if the person
    /// has no such engagement in the roster.
    /// </summary>
    private static (int? Minutes, EngagementId? Engagement) Way(Roster roster, Engagement engagement, PersonId person, RosterFacts facts)
    {
        (int? Minutes, EngagementId? Engagement) nearest = (null, null);
        var zone = facts.ZoneOf(engagement.Hospital);
        var day = TimeZoneInfo.ConvertTime(engagement.Start, zone).Date;
        foreach (var slot in roster.Index.Of(person))
        {
            if (slot.Engagement == engagement.Id || TimeZoneInfo.ConvertTime(slot.Start, zone).Date != day)
                continue;
            var minutes = facts.TravelMinutes(slot.Hospital, engagement.Hospital);
            if (nearest.Minutes is null || minutes < nearest.Minutes)
                nearest = (minutes, slot.Engagement);
        }
        return nearest;
    }
}
