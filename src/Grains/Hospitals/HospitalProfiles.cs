using System.Text.Json.Serialization;
using ConsultHub.Records;

namespace ConsultHub.Hospitals;

public sealed partial record Hospital : IProfile<Hospital>
{
    private const int MostRooms = 500,
        MostHours = 200,
        MostHolidays = 500,
        MostClosures = 1_000,
        MostProcedures = 200;

    IEnumerable<IRecord> IProfile.Records => [Profile, .. Rooms, .. Hours, .. Holidays, .. Closures, .. Procedures];

    /// <summary>What people enter about the hospital as a whole.</summary>
    [JsonIgnore]
    public HospitalProfile Profile => new(Id, Network, Name, City, TimeZone, Latitude, Longitude, Contact, Until);

    static Hospital? IProfile<Hospital>.With(Hospital? profile, RecordId record, IRecord? value) =>
        (profile, record.Part, value) switch
        {
            (_, "profile", HospitalProfile own) => (
                profile
                ?? new()
                {
                    Id = own.Id,
                    Network = own.Network,
                    Name = own.Name,
                    City = own.City,
                    TimeZone = own.TimeZone,
                }
            ) with
            {
                Name = own.Name,
                City = own.City,
                TimeZone = own.TimeZone,
                Latitude = own.Latitude,
                Longitude = own.Longitude,
                Contact = own.Contact,
                Until = own.Until,
            },
            (null, _, _) or (_, "profile", _) => null,
            (_, Room.Part, _) => profile with { Rooms = profile.Rooms.With(record, value) },
            (_, WorkingHours.Part, _) => profile with { Hours = profile.Hours.With(record, value) },
            (_, Holiday.Part, _) => profile with { Holidays = profile.Holidays.With(record, value) },
            (_, Closure.Part, _) => profile with { Closures = profile.Closures.With(record, value) },
            (_, Procedure.Part, _) => profile with { Procedures = profile.Procedures.With(record, value) },
            _ => profile,
        };

    /// <summary>Cases that are counted belong to a specialty, so a procedure stays in the one that it has.</summary>
    static RecordFault? IProfile<Hospital>.Forbids(Hospital profile, RecordEdit edit) =>
        edit.Value is Procedure after
        && profile.Procedures.FirstOrDefault(p => p.Id == after.Id) is { } before
        && before.Specialty != after.Specialty
            ? new(edit.Record, RecordCodes.BadValue, "A procedure stays in its specialty. Enter another one.", "specialty")
            : null;

    static IEnumerable<RecordFault> IProfile<Hospital>.FaultsOf(Hospital profile)
    {
        var rooms = profile.Rooms.Select(r => r.Id).ToHashSet();
        return
        [
            .. RecordRules.TooMany(profile.Rooms, MostRooms),
            .. RecordRules.TooMany(profile.Hours, MostHours),
            .. RecordRules.TooMany(profile.Holidays, MostHolidays),
            .. RecordRules.TooMany(profile.Closures, MostClosures),
            .. RecordRules.TooMany(profile.Procedures, MostProcedures),
            .. profile
                .Closures.Where(c => c.Room is { } room && !rooms.Contains(room))
                .Select(c => new RecordFault(
                    ((IRecord)c).Record,
                    RecordCodes.UnknownReference,
                    $"A closure is about the room {c.Room}, which the hospital does not have.",
                    "room"
                )),
            .. OpenHours.IsNever(profile)
                ? profile.Hours.Select(h => new RecordFault(
                    ((IRecord)h).Record,
                    RecordCodes.NoOpenHour,
                    "With these hours and holidays, the hospital would not be open on any day."
                ))
                : [],
        ];
    }
}
