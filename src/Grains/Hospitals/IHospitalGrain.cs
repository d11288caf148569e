using System.Collections.Immutable;

namespace ConsultHub.Hospitals;

/// <summary>A hospital, which is a site of a network [FHIR R4 Location].</summary>
[GenerateSerializer, Immutable, Alias("hub.Hospital")]
public sealed record Hospital
{
    [Id(0)]
    public required HospitalId Id { get; init; }

    [Id(1)]
    public required NetworkId Network { get; init; }

    [Id(2)]
    public required LocalName Name { get; init; }

    [Id(3)]
    public required string City { get; init; }

    [Id(4)]
    public required string TimeZone { get; init; }

    /// <summary>Approximate latitude in degrees, WGS 84.</summary>
    [Id(5)]
    public double? Latitude { get; init; }

    [Id(6)]
    public double? Longitude { get; init; }

    [Id(7)]
    public ImmutableArray<Room> Rooms { get; init; } = [];

    /// <summary>
    /// Working hours by weekday in local time. A weekday without an entry is a day off. If there are no entries at all, every time is a
    /// working time. An entry with dates, such as for Ramadan or a holiday, takes precedence over an entry without dates.
    /// </summary>
    [Id(8)]
    public ImmutableArray<WorkingHours> Hours { get; init; } = [];

    [Id(9)]
    public ImmutableArray<Closure> Closures { get; init; } = [];

    [Id(10)]
    public long Version { get; init; }
}

[GenerateSerializer, Immutable, Alias("hub.Room")]
public sealed record Room([property: Id(0)] RoomId Id, [property: Id(1)] LocalName Name, [property: Id(2)] int Capacity);

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
);

/// <summary>
/// A period in which a room is closed, in UTC instants. If <paramref name="Room"/> is null, the whole hospital is closed. The network's
/// policy decides whether something may still be planned.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Closure")]
public sealed record Closure([property: Id(0)] RoomId? Room, [property: Id(1)] DateTimeOffset From, [property: Id(2)] DateTimeOffset To);

/// <summary>The profile, rooms, working hours and closures of one hospital. Key: the hospital.</summary>
[Alias("hub.IHospitalGrain")]
public interface IHospitalGrain : IGrainWithStringKey
{
    [Alias("Get")]
    Task<Hospital?> GetAsync();

    [Alias("Put")]
    Task PutAsync(Actor actor, Hospital hospital);
}
