using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Networks;

/// <summary>A hospital organisation that hosts consultants [FHIR R4 Organization].</summary>
[GenerateSerializer, Immutable, Alias("hub.Network")]
public sealed record Network
{
    [Id(0)]
    public required NetworkId Id { get; init; }

    [Id(1)]
    public required LocalName Name { get; init; }

    /// <summary>The IANA time zone, such as <c>Asia/Dubai</c>. Weeks begin and end in this zone.</summary>
    [Id(2)]
    public required string TimeZone { get; init; }

    [Id(3)]
    public ImmutableArray<Partner> Partners { get; init; } = [];

    [Id(4)]
    public RosterPolicy Policy { get; init; } = new();

    /// <summary>Minutes by road between two hospitals. An entry is valid in both directions.</summary>
    [Id(5)]
    public ImmutableArray<TravelTime> Travel { get; init; } = [];

    /// <summary>
    /// The rota: who is on call as coordinator in each period. The coordinator on call gets an alert if nobody answers or acknowledges in
    /// time. If several periods cover an instant, the last of them in the list is valid.
    /// </summary>
    [Id(6)]
    [System.Text.Json.Serialization.JsonPropertyName("duty")]
    public ImmutableArray<OnCallPeriod> Rota { get; init; } = [];

    [Id(7)]
    public long Version { get; init; }
}

/// <summary>An institution that sends consultants.</summary>
[GenerateSerializer, Immutable, Alias("hub.Partner")]
public sealed record Partner([property: Id(0)] PartnerId Id, [property: Id(1)] LocalName Name, [property: Id(2)] string TimeZone);

[GenerateSerializer, Immutable, Alias("hub.TravelTime")]
public sealed record TravelTime([property: Id(0)] HospitalId From, [property: Id(1)] HospitalId To, [property: Id(2)] int Minutes);

/// <summary>A period of the rota. The times are UTC instants.</summary>
[GenerateSerializer, Immutable, Alias("hub.DutyPeriod")]
public sealed record OnCallPeriod(
    [property: Id(0)] PersonId Coordinator,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset To
);

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
public sealed record RosterPolicy
{
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
}

/// <summary>The time zone, policy, travel times, rota and partners of one network. Key: the network.</summary>
[Alias("hub.INetworkGrain")]
public interface INetworkGrain : IGrainWithStringKey
{
    [Alias("Get")]
    Task<Network?> GetAsync();

    /// <summary>Stores the whole profile of the network. The grain sets the version of the profile.</summary>
    [Alias("Put")]
    Task PutAsync(Actor actor, Network network);
}
