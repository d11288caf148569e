using System.Collections.Immutable;
using ConsultHub.Hospitals;
using ConsultHub.Records;

namespace ConsultHub.Networks;

/// <summary>The name and the time zone of a network.</summary>
/// <param name="TimeZone">The IANA time zone, such as <c>Asia/Dubai</c>. Weeks begin and end in this zone.</param>
[GenerateSerializer, Immutable, Alias("hub.NetworkProfile")]
public sealed record NetworkProfile([property: Id(0)] NetworkId Id, [property: Id(1)] LocalName Name, [property: Id(2)] string TimeZone)
    : ICheckedRecord
{
    internal static readonly RecordId At = new("profile");

    RecordId IRecord.Record => At;

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Name(Name);
        faults.Zone(TimeZone);
    }
}

/// <summary>An institution that sends consultants.</summary>
/// <param name="TimeZone">The IANA time zone. New consultants of the partner get it as the zone of their home.</param>
/// <param name="Until">UTC. From then on, the partner's consultants can take no engagements. Null if the partnership has no end.</param>
[GenerateSerializer, Immutable, Alias("hub.Partner")]
public sealed record Partner(
    [property: Id(0)] PartnerId Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] string TimeZone,
    [property: Id(3)] DateTimeOffset? Until = null
) : ICheckedRecord
{
    internal const string Part = "partner";

    RecordId IRecord.Record => new(Part, Id.Value);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Name(Name);
        faults.Zone(TimeZone);
        faults.Instant(Until, "until");
    }
}

/// <summary>A public holiday of a partner, from a first to a last day, both included, in the partner's calendar.</summary>
[GenerateSerializer, Immutable, Alias("hub.PartnerHoliday")]
public sealed record PartnerHoliday(
    [property: Id(0)] PartnerId Partner,
    [property: Id(1)] DateOnly From,
    [property: Id(2)] DateOnly Until,
    [property: Id(3)] string Name
) : ICheckedRecord
{
    internal const string Part = "partnerHoliday";

    RecordId IRecord.Record => new(Part, System.FormattableString.Invariant($"{Partner}~{From:yyyy-MM-dd}"));

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Partner.Value, "partner");
        Holiday.Check(faults, From, Until, Name);
    }
}

/// <summary>Minutes by road between two hospitals, 0 to 1,440, in both directions.</summary>
[GenerateSerializer, Immutable, Alias("hub.TravelTime")]
public sealed record TravelTime([property: Id(0)] HospitalId From, [property: Id(1)] HospitalId To, [property: Id(2)] int Minutes)
    : ICheckedRecord
{
    internal const string Part = "travel";

    /// <summary>The two hospitals in alphabetical order, because an entry is valid in both directions.</summary>
    RecordId IRecord.Record => new(Part, string.CompareOrdinal(From.Value, To.Value) < 0 ? $"{From}~{To}" : $"{To}~{From}");

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(From.Value, "from");
        faults.Id(To.Value, "to");
        faults.Range(Minutes, 0, 24 * 60, "minutes");
        if (From == To)
            faults.Add(RecordCodes.BadValue, "The two hospitals must be different.", "to");
    }
}

/// <summary>A period of the rota. The times are UTC instants.</summary>
[GenerateSerializer, Immutable, Alias("hub.DutyPeriod")]
public sealed record OnCallPeriod(
    [property: Id(0)] PersonId Coordinator,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset To
) : ICheckedRecord
{
    internal const string Part = "rota";

    RecordId IRecord.Record => new(Part, System.FormattableString.Invariant($"{Coordinator}~{From.UtcDateTime:yyyyMMddTHHmmss}"));

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Coordinator.Value, "coordinator");
        faults.Period(From, To);
    }
}

/// <summary>The reaction of a network to a plan that breaks a rule.</summary>
public enum Strictness
{
    Ignore,
    Warn,
    Refuse,
}

/// <summary>
/// For each rule, whether a plan that breaks the rule is allowed, gets a warning, or is refused. The defaults are those in
/// <c>docs/design.md</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.RosterPolicy")]
public sealed record RosterPolicy : ICheckedRecord
{
    internal static readonly RecordId At = new("policy");

    [Id(0)]
    public Strictness ConsultantOverlap { get; init; } = Strictness.Refuse;

    [Id(1)]
    public Strictness RoomOverlap { get; init; } = Strictness.Refuse;

    [Id(2)]
    public Strictness Credential { get; init; } = Strictness.Refuse;

    [Id(3)]
    public Strictness Visit { get; init; } = Strictness.Refuse;

    [Id(4)]
    public Strictness Closure { get; init; } = Strictness.Refuse;

    [Id(5)]
    public Strictness Travel { get; init; } = Strictness.Warn;

    [Id(6)]
    public Strictness Rest { get; init; } = Strictness.Warn;

    [Id(7)]
    public Strictness WorkingHours { get; init; } = Strictness.Warn;

    [Id(8)]
    public Strictness RoomCapacity { get; init; } = Strictness.Warn;

    [Id(9)]
    public Strictness HospitalLimit { get; init; } = Strictness.Warn;

    /// <summary>Added to the travel time when the rules check the time between two engagements.</summary>
    [Id(10)]
    public TimeSpan TravelMargin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The consecutive hours of rest that a consultant must have in every 24 hours.</summary>
    [Id(11)]
    public TimeSpan MinimumRest { get; init; } = TimeSpan.FromHours(11);

    /// <summary>The largest number of hospitals at which a consultant may work in one week.</summary>
    [Id(12)]
    public int HospitalsPerConsultant { get; init; } = 4;

    /// <summary>The answer to a proposal is due at the latest this long before the engagement starts.</summary>
    [Id(13)]
    public TimeSpan AnswerMargin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The arrival of a consultant may be reported at most this long before the engagement starts.</summary>
    [Id(14)]
    public TimeSpan ArrivalFrom { get; init; } = TimeSpan.FromHours(2);

    /// <summary>ISO 639 codes of the languages that the network's patients speak. Candidates who speak one of them are preferred.</summary>
    [Id(15)]
    public ImmutableArray<string> PatientLanguages { get; init; } = ["ar"];

    [Id(16)]
    public Strictness RoomEquipment { get; init; } = Strictness.Warn;

    RecordId IRecord.Record => At;

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Choice(ConsultantOverlap, "consultantOverlap");
        faults.Choice(RoomOverlap, "roomOverlap");
        faults.Choice(Credential, "credential");
        faults.Choice(Visit, "visit");
        faults.Choice(Closure, "closure");
        faults.Choice(Travel, "travel");
        faults.Choice(Rest, "rest");
        faults.Choice(WorkingHours, "workingHours");
        faults.Choice(RoomCapacity, "roomCapacity");
        faults.Choice(RoomEquipment, "roomEquipment");
        faults.Choice(HospitalLimit, "hospitalLimit");
        faults.Range(TravelMargin, TimeSpan.Zero, TimeSpan.FromDays(1), "travelMargin");
        faults.Range(MinimumRest, TimeSpan.Zero, TimeSpan.FromDays(1), "minimumRest");
        faults.Range(HospitalsPerConsultant, 1, 100, "hospitalsPerConsultant");
        faults.Range(AnswerMargin, TimeSpan.Zero, TimeSpan.FromDays(7), "answerMargin");
        faults.Range(ArrivalFrom, TimeSpan.Zero, TimeSpan.FromDays(1), "arrivalFrom");
        faults.Ids(PatientLanguages, "patientLanguages", 20);
    }
}
