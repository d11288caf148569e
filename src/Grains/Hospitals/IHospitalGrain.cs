using System.Collections.Immutable;

namespace ConsultHub.Hospitals;

/// <summary>A site of the network [FHIR R4 Location].</summary>
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

    /// <summary>Degrees, WGS 84; approximate.</summary>
    [Id(5)]
    public double? Latitude { get; init; }

    [Id(6)]
    public double? Longitude { get; init; }

    [Id(7)]
    public ImmutableArray<Room> Rooms { get; init; } = [];

    /// <summary>Hours by weekday, local time; a weekday without an entry is a day off. A dated entry (Ramadan, a holiday) takes
    /// precedence.</summary>
    [Id(8)]
    public ImmutableArray<WorkingHours> Hours { get; init; } = [];

    [Id(9)]
    public ImmutableArray<Closure> Closures { get; init; } = [];

    [Id(10)]
    public long Version { get; init; }
}

[GenerateSerializer, Immutable, Alias("hub.Room")]
public sealed record Room([property: Id(0)] RoomId Id, [property: Id(1)] LocalName Name, [property: Id(2)] int Capacity);

/// <summary>Local times; <paramref name="From"/> and <paramref name="Until"/> dates limit the entry where given (inclusive).</summary>
[GenerateSerializer, Immutable, Alias("hub.WorkingHours")]
public sealed record WorkingHours(
    [property: Id(0)] DayOfWeek Day,
    [property: Id(1)] TimeOnly Opens,
    [property: Id(2)] TimeOnly Closes,
    [property: Id(3)] DateOnly? From = null,
    [property: Id(4)] DateOnly? Until = null
);

/// <summary>A period in which nothing may be planned; a room, or the whole hospital where none is named. UTC instants.</summary>
[GenerateSerializer, Immutable, Alias("hub.Closure")]
public sealed record Closure([property: Id(0)] RoomId? Room, [property: Id(1)] DateTimeOffset From, [property: Id(2)] DateTimeOffset To);

/// <summary>One hospital's profile, rooms, calendar and closures. Key: the hospital.</summary>
[Alias("hub.IHospitalGrain")]
public interface IHospitalGrain : IGrainWithStringKey
{
    [Alias("Get")]
    Task<Hospital?> GetAsync();

    [Alias("Put")]
    Task PutAsync(Actor actor, Hospital hospital);
}
