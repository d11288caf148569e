using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Hospitals;

/// <summary>A hospital, which is a site of a network [FHIR R4 Location].</summary>
[GenerateSerializer, Immutable, Alias("hub.Hospital")]
public sealed partial record Hospital
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

    /// <summary>Public holidays. They are no working days, whatever <see cref="Hours"/> says.</summary>
    [Id(11)]
    public ImmutableArray<Holiday> Holidays { get; init; } = [];

    /// <summary>Who meets a visiting consultant, with a telephone number.</summary>
    [Id(12)]
    public string? Contact { get; init; }

    /// <summary>UTC. From then on, nothing can be planned at the hospital. Null if the hospital has no end.</summary>
    [Id(13)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>The procedures that the local team learns. Engagements count cases of them.</summary>
    [Id(14)]
    public ImmutableArray<Procedure> Procedures
    {
        get => field.IsDefault ? [] : field; // earlier releases stored none
        init;
    } = [];
}

/// <summary>The profile, rooms, working hours, holidays, closures and agreed procedures of one hospital. Key: the hospital.</summary>
[Alias("hub.IHospitalGrain")]
public interface IHospitalGrain : IRecordOwner
{
    [Alias("Get")]
    Task<Hospital?> GetAsync();
}
