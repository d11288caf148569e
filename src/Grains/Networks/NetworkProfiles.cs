using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Records;

namespace ConsultHub.Networks;

public sealed partial record Network : IProfile<Network>
{
    private const int MostPartners = 100,
        MostTravel = 5_000,
        MostPeriods = 2_000,
        MostHolidays = 5_000;

    /// <summary>The name and the time zone.</summary>
    [JsonIgnore]
    public NetworkProfile Profile => new(Id, Name, TimeZone);

    IEnumerable<IRecord> IProfile.Records => [Profile, Policy, .. Partners, .. PartnerHolidays, .. Travel, .. Rota];

    static Network? IProfile<Network>.With(Network? profile, RecordId record, IRecord? value) =>
        (profile, record.Part, value) switch
        {
            (_, "profile", NetworkProfile own) => profile is null
                ? new()
                {
                    Id = own.Id,
                    Name = own.Name,
                    TimeZone = own.TimeZone,
                }
                : profile with
                {
                    Name = own.Name,
                    TimeZone = own.TimeZone,
                },
            (null, _, _) or (_, "profile", _) => null,
            (_, "policy", _) => profile with { Policy = value as RosterPolicy ?? new() },
            (_, Partner.Part, _) => profile with { Partners = profile.Partners.With(record, value) },
            (_, PartnerHoliday.Part, _) => profile with { PartnerHolidays = profile.PartnerHolidays.With(record, value) },
            (_, TravelTime.Part, _) => profile with { Travel = profile.Travel.With(record, value) },
            (_, OnCallPeriod.Part, _) => profile with { Rota = profile.Rota.With(record, value) },
            _ => profile,
        };

    static IEnumerable<RecordFault> IProfile<Network>.FaultsOf(Network profile) =>
        [
            .. RecordRules.TooMany(profile.Partners, MostPartners),
            .. RecordRules.TooMany(profile.PartnerHolidays, MostHolidays),
            .. profile
                .PartnerHolidays.Select(h => h.Partner)
                .Distinct()
                .Where(partner => profile.Partners.All(p => p.Id != partner))
                .Select(partner => new RecordFault(new(Partner.Part, partner.Value), RecordCodes.InUse, RecordCodes.InUse.Message!)),
            .. RecordRules.TooMany(profile.Travel, MostTravel),
            .. RecordRules.TooMany(profile.Rota, MostPeriods),
        ];
}
