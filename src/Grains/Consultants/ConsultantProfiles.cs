using System.Text.Json.Serialization;
using ConsultHub.Records;

namespace ConsultHub.Consultants;

public sealed partial record Consultant : IProfile<Consultant>
{
    private const int MostCredentials = 500,
        MostVisits = 500,
        MostAbsences = 500;

    IEnumerable<IRecord> IProfile.Records => OnlyStays ? [] : [Profile, .. Credentials, .. Visits, .. Absences];

    /// <summary>What is known of a person who is no consultant.</summary>
    internal static Consultant NotEntered { get; } =
        new()
        {
            Id = new(""),
            Name = new(""),
            HomeTimeZone = "",
            OnlyStays = true,
        };

    /// <summary>What people enter about the consultant as a person.</summary>
    [JsonIgnore]
    public ConsultantProfile Profile => new(Id, Name, Specialties, Languages, Home, HomeTimeZone, Affiliation, Networks, Contact, Until);

    /// <summary>The networks in whose lists the consultant is.</summary>
    [JsonIgnore]
    public IEnumerable<NetworkId> ListedIn =>
        Networks.Concat(Visits.Select(v => v.Network)).Concat(Affiliation is { } home ? [home] : []).Distinct();

    static Consultant? IProfile<Consultant>.With(Consultant? profile, RecordId record, IRecord? value) =>
        (profile, record.Part, value) switch
        {
            (_, "profile", ConsultantProfile own) => (profile ?? NotEntered) with
            {
                Id = own.Id,
                OnlyStays = false,
                Name = own.Name,
                Specialties = own.Specialties,
                Languages = own.Languages,
                Home = own.Home,
                HomeTimeZone = own.HomeTimeZone,
                Affiliation = own.Affiliation,
                Networks = own.Networks,
                Contact = own.Contact,
                Until = own.Until,
            },
            ({ Stays.IsEmpty: false }, "profile", _) => NotEntered with { Stays = profile.Stays },
            (null or { OnlyStays: true }, _, _) or (_, "profile", _) => null,
            (_, Credential.Part, _) => profile with { Credentials = profile.Credentials.With(record, value) },
            (_, Visit.Part, _) => profile with { Visits = profile.Visits.With(record, value) },
            (_, Absence.Part, _) => profile with { Absences = profile.Absences.With(record, value) },
            _ => profile,
        };

    static IEnumerable<RecordFault> IProfile<Consultant>.FaultsOf(Consultant profile) =>
        [
            .. RecordRules.TooMany(profile.Credentials, MostCredentials),
            .. RecordRules.TooMany(profile.Visits, MostVisits),
            .. RecordRules.TooMany(profile.Absences, MostAbsences),
            .. VisitRules.Overlaps(profile.Visits),
            .. StayRules.Overlaps(profile),
        ];
}

/// <summary>
/// Finds visits that overlap. A consultant may be on only one visit at a time. This includes remote visits and visits to other networks,
/// so that two networks cannot book the same hour.
/// </summary>
internal static class VisitRules
{
    public static IEnumerable<RecordFault> Overlaps(IEnumerable<Visit> visits)
    {
        Visit? last = null;
        foreach (var visit in visits.OrderBy(v => v.Arrival))
        {
            if (last is not null && visit.Arrival < last.Departure)
            {
                yield return Fault(visit, last, "arrival");
                yield return Fault(last, visit, "departure");
            }
            last = last is null || visit.Departure > last.Departure ? visit : last;
        }
    }

    private static RecordFault Fault(Visit visit, Visit other, string field) =>
        new(
            ((IRecord)visit).Record,
            RecordCodes.VisitOverlap,
            other.Network == visit.Network
                ? "The consultant has another visit at that time."
                : "The consultant visits another network at that time.",
            field
        );
}
