using System.Collections.Immutable;
using System.Text.Json.Serialization;
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

    /// <summary>The person's rotations in education programmes, over all networks.</summary>
    [Id(14), JsonIgnore]
    public ImmutableArray<Stay> Stays
    {
        get => field.IsDefault ? [] : field; // earlier releases stored none
        init;
    } = [];

    /// <summary>Whether the person is no consultant and only has stays. Never true for a consultant that others see.</summary>
    [Id(15), JsonIgnore]
    public bool OnlyStays { get; init; }
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

    /// <summary>
    /// Holds the time of rotations for a programme that is about to store them. A person is at one place at a time. Time that the programme
    /// does not confirm within two minutes is looked at again: it is kept if the programme has the rotation.
    /// </summary>
    /// <param name="stays">Rotations of this person in one programme. Each replaces an earlier time of the same rotation.</param>
    /// <param name="givenUp">Rotations of the same programme that the person leaves in the same command.</param>
    /// <param name="tryOnly">Whether nothing is held.</param>
    /// <returns>What stands against it. If anything does, nothing is held.</returns>
    [Alias("Hold")]
    Task<ImmutableArray<StayConflict>> HoldAsync(ImmutableArray<Stay> stays, ImmutableArray<string> givenUp, bool tryOnly = false);

    /// <summary>The person's rotations in all programmes. People who are no consultants have them too.</summary>
    [Alias("Stays")]
    Task<ImmutableArray<Stay>> StaysAsync();
}
