using System.Collections.Immutable;

namespace ConsultHub.Consultants;

/// <summary>A visiting or host clinician [FHIR R4 Practitioner]. The id is a person's id.</summary>
[GenerateSerializer, Immutable, Alias("hub.Consultant")]
public sealed record Consultant
{
    [Id(0)]
    public required PersonId Id { get; init; }

    [Id(1)]
    public required LocalName Name { get; init; }

    /// <summary>Codes of <c>Specialties</c>.</summary>
    [Id(2)]
    public ImmutableArray<string> Specialties { get; init; } = [];

    /// <summary>BCP 47 codes: en, ar, ko …</summary>
    [Id(3)]
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>The partner that sends the consultant; null for a host clinician.</summary>
    [Id(4)]
    public PartnerId? Home { get; init; }

    /// <summary>IANA zone of home.</summary>
    [Id(5)]
    public required string HomeTimeZone { get; init; }

    [Id(6)]
    public ImmutableArray<Credential> Credentials { get; init; } = [];

    [Id(7)]
    public ImmutableArray<Visit> Visits { get; init; } = [];

    [Id(8)]
    public ImmutableArray<Absence> Absences { get; init; } = [];

    /// <summary>The network a host clinician belongs to; needs no visit there.</summary>
    [Id(9)]
    public NetworkId? Affiliation { get; init; }

    [Id(10)]
    public long Version { get; init; }
}

/// <summary>Licence or privilege at one hospital in one specialty [PractitionerRole]. UTC instants, the end excluded.</summary>
[GenerateSerializer, Immutable, Alias("hub.Credential")]
public sealed record Credential(
    [property: Id(0)] HospitalId Hospital,
    [property: Id(1)] string Specialty,
    [property: Id(2)] DateTimeOffset From,
    [property: Id(3)] DateTimeOffset To
);

/// <summary>One stay. UTC instants. A remote visit holds remote engagements only.</summary>
[GenerateSerializer, Immutable, Alias("hub.Visit")]
public sealed record Visit(
    [property: Id(0)] VisitId Id,
    [property: Id(1)] NetworkId Network,
    [property: Id(2)] DateTimeOffset Arrival,
    [property: Id(3)] DateTimeOffset Departure,
    [property: Id(4)] bool Remote = false
);

/// <summary>UTC instants.</summary>
[GenerateSerializer, Immutable, Alias("hub.Absence")]
public sealed record Absence([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset To);

/// <summary>One consultant's profile, credentials, visits and absences. Key: the person.</summary>
[Alias("hub.IConsultantGrain")]
public interface IConsultantGrain : IGrainWithStringKey
{
    [Alias("Get")]
    Task<Consultant?> GetAsync();

    /// <summary>Stores the whole profile. Refused (false) where two visits overlap.</summary>
    [Alias("Put")]
    Task<bool> PutAsync(Actor actor, Consultant consultant);
}
