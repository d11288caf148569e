using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Consultants;

/// <summary>What people enter about a consultant as a person.</summary>
/// <param name="Specialties">Codes of specialties.</param>
/// <param name="Languages">BCP 47 codes in lower case, such as en, ar or ko.</param>
/// <param name="Home">The partner that sends the consultant. Null for a clinician of the host.</param>
/// <param name="HomeTimeZone">The IANA time zone of the consultant's home.</param>
/// <param name="Affiliation">The network that a clinician of the host belongs to.</param>
/// <param name="Networks">The networks that list the consultant, in addition to those of the visits and the affiliation.</param>
/// <param name="Contact">A telephone number or an e-mail address. Coordinators read it.</param>
/// <param name="Until">UTC. From then on, the consultant can take no engagements.</param>
[GenerateSerializer, Immutable, Alias("hub.ConsultantProfile")]
public sealed record ConsultantProfile(
    [property: Id(0)] PersonId Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] ImmutableArray<string> Specialties,
    [property: Id(3)] ImmutableArray<string> Languages,
    [property: Id(4)] PartnerId? Home,
    [property: Id(5)] string HomeTimeZone,
    [property: Id(6)] NetworkId? Affiliation,
    [property: Id(7)] ImmutableArray<NetworkId> Networks,
    [property: Id(8)] string? Contact = null,
    [property: Id(9)] DateTimeOffset? Until = null
) : ICheckedRecord
{
    private const int MostSpecialties = 20,
        MostLanguages = 20,
        MostNetworks = 20;

    internal static readonly RecordId At = new("profile");

    RecordId IRecord.Record => At;

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Name(Name);
        faults.Ids(Specialties, "specialties", MostSpecialties);
        faults.Ids(Languages, "languages", MostLanguages);
        faults.OptionalId(Home?.Value, "home");
        faults.Zone(HomeTimeZone, "homeTimeZone");
        faults.OptionalId(Affiliation?.Value, "affiliation");
        if (Networks.IsDefault)
            faults.Add(RecordCodes.Required, "The list must not be null.", "networks");
        else
            faults.Ids([.. Networks.Select(n => n.Value)], "networks", MostNetworks);
        faults.Text(Contact, "contact");
        faults.Instant(Until, "until");
    }
}

/// <summary>
/// A licence or a privilege for one specialty at one hospital [PractitionerRole]. The times are UTC instants, and the end is excluded.
/// </summary>
/// <param name="Id">Null if an earlier release stored the credential.</param>
/// <param name="Licence">The number of the licence. Two consultants with the same number are probably the same person.</param>
/// <param name="Evidence">Where the evidence is, such as the number of a file. The hub stores no evidence itself.</param>
[GenerateSerializer, Immutable, Alias("hub.Credential")]
public sealed record Credential(
    [property: Id(0)] HospitalId Hospital,
    [property: Id(1)] string Specialty,
    [property: Id(2)] DateTimeOffset From,
    [property: Id(3)] DateTimeOffset To,
    [property: Id(4)] string? Id = null,
    [property: Id(5)] string? Licence = null,
    [property: Id(6)] string? Evidence = null
) : ICheckedRecord
{
    internal const string Part = "credential";

    RecordId IRecord.Record => new(Part, Id ?? RecordTag.IdOf(Hospital.Value, Specialty, $"{From.UtcTicks}", $"{To.UtcTicks}"));

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.OptionalId(Id, "id");
        faults.Id(Hospital.Value, "hospital");
        faults.Id(Specialty, "specialty");
        faults.Period(From, To);
        faults.Text(Licence, "licence", most: 60);
        faults.Text(Evidence, "evidence");
    }
}

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
) : ICheckedRecord
{
    internal const string Part = "visit";

    RecordId IRecord.Record => new(Part, Id.Value);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Id(Network.Value, "network");
        faults.Period(Arrival, Departure, "arrival", "departure");
    }
}

/// <summary>A period in which a consultant is absent, in UTC instants.</summary>
/// <param name="Id">Null if an earlier release stored the absence.</param>
[GenerateSerializer, Immutable, Alias("hub.Absence")]
public sealed record Absence(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] string? Id = null
) : ICheckedRecord
{
    internal const string Part = "absence";

    RecordId IRecord.Record => new(Part, Id ?? RecordTag.IdOf($"{From.UtcTicks}", $"{To.UtcTicks}"));

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.OptionalId(Id, "id");
        faults.Period(From, To);
    }
}
