using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Records;

namespace ConsultHub.Hospitals;

/// <summary>What people enter about a hospital as a whole.</summary>
/// <param name="Latitude">Approximate latitude in degrees, WGS 84. With the longitude, it shows consultants the way, and travel times that
/// nobody has entered are estimated from it.</param>
/// <param name="Contact">Who meets a visiting consultant, with a telephone number.</param>
/// <param name="Until">UTC. From then on, nothing can be planned at the hospital.</param>
[GenerateSerializer, Immutable, Alias("hub.HospitalProfile")]
public sealed record HospitalProfile(
    [property: Id(0)] HospitalId Id,
    [property: Id(1)] NetworkId Network,
    [property: Id(2)] LocalName Name,
    [property: Id(3)] string City,
    [property: Id(4)] string TimeZone,
    [property: Id(5)] double? Latitude = null,
    [property: Id(6)] double? Longitude = null,
    [property: Id(7)] string? Contact = null,
    [property: Id(8)] DateTimeOffset? Until = null
) : ICheckedRecord
{
    internal static readonly RecordId At = new("profile");

    RecordId IRecord.Record => At;

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Id(Network.Value, "network");
        faults.Name(Name);
        faults.Text(City, "city", needed: true);
        faults.Zone(TimeZone);
        if (Latitude is { } latitude)
            faults.Range(latitude, -90, 90, "latitude");
        if (Longitude is { } longitude)
            faults.Range(longitude, -180, 180, "longitude");
        if (Latitude is null != Longitude is null)
            faults.Add(RecordCodes.Required, "A place has a latitude and a longitude.", Latitude is null ? "latitude" : "longitude");
        faults.Text(Contact, "contact");
        faults.Instant(Until, "until");
    }
}

/// <summary>A place in a hospital that can be booked.</summary>
/// <param name="Capacity">How many people the room holds, 1 to 10,000.</param>
/// <param name="Until">UTC. From then on, the room cannot be booked. Null if the room has no end.</param>
[GenerateSerializer, Immutable, Alias("hub.Room")]
public sealed record Room(
    [property: Id(0)] RoomId Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] int Capacity,
    [property: Id(3)] DateTimeOffset? Until = null
) : ICheckedRecord
{
    internal const string Part = "room";

    private const int MostEquipment = 20;

    /// <summary>What the room has, such as a projector. At most 20 short texts. Engagements may need some of it.</summary>
    [Id(4)]
    public ImmutableArray<string> Equipment
    {
        get => field.IsDefault ? [] : field; // earlier releases stored none
        init;
    } = [];

    RecordId IRecord.Record => new(Part, Id.Value);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Name(Name);
        faults.Range(Capacity, 1, 10_000, "capacity");
        faults.Texts(Equipment, "equipment", MostEquipment, Hospitals.Equipment.Longest);
        faults.Instant(Until, "until");
    }
}

/// <summary>
/// Working hours on one weekday, in local time. They apply from the date <paramref name="From"/> to the date <paramref name="Until"/>, both
/// included. If a date is null, there is no limit on that side.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.WorkingHours")]
public sealed record WorkingHours(
    [property: Id(0)] DayOfWeek Day,
    [property: Id(1)] TimeOnly Opens,
    [property: Id(2)] TimeOnly Closes,
    [property: Id(3)] DateOnly? From = null,
    [property: Id(4)] DateOnly? Until = null
) : ICheckedRecord
{
    internal const string Part = "hours";

    /// <summary>The day of the week and the first date, such as <c>friday</c> or <c>friday~2027-02-08</c>.</summary>
    RecordId IRecord.Record =>
        new(
            Part,
            Day.ToString().ToLowerInvariant()
                + (
                    From is { } from ? $"~{Iso(from)}"
                    : Until is { } until ? $"~to-{Iso(until)}"
                    : ""
                )
        );

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Choice(Day, "day");
        if (Closes <= Opens)
            faults.Add(RecordCodes.EndBeforeStart, "The hospital closes after it opens.", "closes");
        if (Until < From)
            faults.Add(RecordCodes.EndBeforeStart, "The last day is not before the first.", "until");
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A public holiday, from a first to a last day, both included.</summary>
[GenerateSerializer, Immutable, Alias("hub.Holiday")]
public sealed record Holiday([property: Id(0)] DateOnly From, [property: Id(1)] DateOnly Until, [property: Id(2)] string Name)
    : ICheckedRecord
{
    internal const string Part = "holiday";

    private const int MostDays = 60;

    RecordId IRecord.Record => new(Part, From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    void ICheckedRecord.Check(RecordFaults faults) => Check(faults, From, Until, Name);

    /// <summary>Checks the days and the name of a holiday, also of one that is not a hospital's.</summary>
    internal static void Check(RecordFaults faults, DateOnly from, DateOnly until, string name)
    {
        faults.Text(name, "name", needed: true);
        if (until < from)
            faults.Add(RecordCodes.EndBeforeStart, "The last day is not before the first.", "until");
        else if (until.DayNumber - from.DayNumber >= MostDays)
            faults.Add(RecordCodes.OutOfRange, $"A holiday lasts at most {MostDays} days.", "until");
    }
}

/// <summary>
/// A period in which a room is closed, in UTC instants. If <paramref name="Room"/> is null, the whole hospital is closed. The network's
/// policy decides whether something may still be planned.
/// </summary>
/// <param name="Id">Null if an earlier release stored the closure.</param>
[GenerateSerializer, Immutable, Alias("hub.Closure")]
public sealed record Closure(
    [property: Id(0)] RoomId? Room,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset To,
    [property: Id(3)] string? Id = null
) : ICheckedRecord
{
    internal const string Part = "closure";

    RecordId IRecord.Record => new(Part, Id ?? RecordTag.IdOf(Room?.Value ?? "", $"{From.UtcTicks}", $"{To.UtcTicks}"));

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.OptionalId(Id, "id");
        faults.OptionalId(Room?.Value, "room");
        faults.Period(From, To);
    }
}
