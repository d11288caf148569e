using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Consultants;

/// <summary>A visiting clinician or a clinician of the host [FHIR R4 Practitioner]. The id is a person's id.</summary>
[GenerateSerializer, Immutable, Alias("hub.Consultant")]
public sealed partial record Consultant
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

    /// <summary>The networks that list the consultant, in addition to those of the visits and the affiliation.</summary>
    [Id(11)]
    public ImmutableArray<NetworkId> Networks { get; init; } = [];

    /// <summary>A telephone number or an e-mail address. Coordinators read it.</summary>
    [Id(12)]
    public string? Contact { get; init; }

    /// <summary>UTC. From then on, the consultant can take no engagements. Null if there is no end.</summary>
    [Id(13)]
    public DateTimeOffset? Until { get; init; }
}

/// <summary>The profile, credentials, visits and absences of one consultant. Key: the person.</summary>
[Alias("hub.IConsultantGrain")]
public interface IConsultantGrain : IRecordOwner
{
    [Alias("Get")]
    Task<Consultant?> GetAsync();

    /// <summary>The consultant as at an earlier version. Null if there was none.</summary>
    [Alias("At")]
    Task<Consultant?> AtAsync(long version);
}
