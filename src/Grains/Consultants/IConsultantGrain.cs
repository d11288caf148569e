using System.Collections.Immutable;

namespace ConsultHub.Consultants;

/// <summary>A visiting clinician or a clinician of the host [FHIR R4 Practitioner]. The id is a person's id.</summary>
[GenerateSerializer, Immutable, Alias("hub.Consultant")]
public sealed record Consultant
{
    [Id(0)]
    public required PersonId Id { get; init; }

    [Id(1)]
    public required LocalName Name { get; init; }

    /// <summary>Codes from <c>Specialties</c>.</summary>
    [Id(2)]
    public ImmutableArray<string> Specialties { get; init; } = [];

    /// <summary>BCP 47 codes, such as en, ar or ko.</summary>
    [Id(3)]
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>The partner that sends the consultant. Null for a clinician of the host.</summary>
    [Id(4)]
    public PartnerId? Home { get; init; }

    /// <summary>The IANA time zone of the consultant's home.</summary>
    [Id(5)]
    public required string HomeTimeZone { get; init; }

    [Id(6)]
    public ImmutableArray<Credential> Credentials { get; init; } = [];

    [Id(7)]
    public ImmutableArray<Visit> Visits { get; init; } = [];

    [Id(8)]
    public ImmutableArray<Absence> Absences { get; init; } = [];

    /// <summary>
    /// The network that a clinician of the host belongs to. The clinician needs no visit for engagements in that network.
    /// </summary>
    [Id(9)]
    public NetworkId? Affiliation { get; init; }

    [Id(10)]
    public long Version { get; init; }
}

/// <summary>
/// A licence or a privilege for one specialty at one hospital [PractitionerRole]. The times are UTC instants, and the end is excluded.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Credential")]
public sealed record Credential(
    [property: Id(0)] HospitalId Hospital,
    [property: Id(1)] string Specialty,
    [property: Id(2)] DateTimeOffset From,
    [property: Id(3)] DateTimeOffset To
);

/// <summary>
/// One stay of a consultant at a network. Its times are UTC instants. A remote visit may contain only remote engagements.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Visit")]
public sealed record Visit(
    [property: Id(0)] VisitId Id,
    [property: Id(1)] NetworkId Network,
    [property: Id(2)] DateTimeOffset Arrival,
    [property: Id(3)] DateTimeOffset Departure,
    [property: Id(4)] bool Remote = false
);

/// <summary>A period in which a consultant is absent, in UTC instants.</summary>
[GenerateSerializer, Immutable, Alias("hub.Absence")]
public sealed record Absence([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset To);

/// <summary>The profile, credentials, visits and absences of one consultant. Key: the person.</summary>
[Alias("hub.IConsultantGrain")]
public interface IConsultantGrain : IGrainWithStringKey
{
    [Alias("Get")]
    Task<Consultant?> GetAsync();

    /// <summary>Stores the whole profile.</summary>
    /// <returns>False if two visits overlap. Then nothing is stored.</returns>
    [Alias("Put")]
    Task<bool> PutAsync(Actor actor, Consultant consultant);
}
