using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Attendance;

/// <summary>The id of a body that accredits continuing professional development.</summary>
[GenerateSerializer, Immutable, Alias("hub.AccreditorId"), JsonConverter(typeof(TextIdJsonConverter<AccreditorId>))]
public readonly record struct AccreditorId([property: Id(0)] string Value) : ITextId<AccreditorId>
{
    public static AccreditorId Of(string value) => new(value);

    public static AccreditorId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<AccreditorId>(s);

    public static bool TryParse(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        out AccreditorId result
    ) => TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

public enum CreditRounding
{
    Down,
    Nearest,
}

/// <summary>The rules by which one accrediting body counts credit. The network enters them, because the hub does not know them.</summary>
[GenerateSerializer, Immutable, Alias("hub.CreditPolicy")]
public sealed record CreditPolicy
{
    [Id(0)]
    public required AccreditorId Id { get; init; }

    [Id(1)]
    public required LocalName Name { get; init; }

    /// <summary>The accrediting body's name for its unit of credit, such as "CPD credits".</summary>
    [Id(2)]
    public required LocalName Unit { get; init; }

    /// <summary>The credit for one hour of attendance: more than 0 and at most 10.</summary>
    [Id(3)]
    public decimal PerHour { get; init; } = 1;

    /// <summary>The smallest share of a lecture that gives credit: 0 to 1. A person who attended less gets no credit.</summary>
    [Id(4)]
    public decimal MinimumShare { get; init; } = 0.8m;

    /// <summary>The fewest minutes of a lecture that give credit: 0 to 1,440. A person who attended less gets no credit.</summary>
    [Id(5)]
    public int MinimumMinutes { get; init; } = 15;

    /// <summary>
    /// The most credit that one person can get on one day, for all conferences of the network together: more than 0 and at most 100. Null
    /// if there is no limit.
    /// </summary>
    [Id(6)]
    public decimal? DayCap { get; init; }

    [Id(7)]
    public bool Live { get; init; } = true;

    [Id(8)]
    public bool Recorded { get; init; }

    [Id(9)]
    public bool InPerson { get; init; } = true;

    /// <summary>The credit for a lecture is a multiple of this step: 0.01 to 1.</summary>
    [Id(10)]
    public decimal Step { get; init; } = 0.25m;

    [Id(11)]
    public CreditRounding Rounding { get; init; }

    /// <summary>
    /// How much credit a person needs in a calendar year: more than 0 and at most 1,000. Credit is never carried over to another year. Null
    /// if the body demands no amount.
    /// </summary>
    [Id(12)]
    public decimal? YearTarget { get; init; }

    /// <summary>
    /// The most credit that counts in a calendar year: more than 0 and at most 1,000. Certificates still have what was earned. Null if
    /// there is no limit.
    /// </summary>
    [Id(13)]
    public decimal? YearCap { get; init; }

    /// <summary>Whether a lecture gives credit only after the person has given feedback on it.</summary>
    [Id(14)]
    public bool AfterFeedback { get; init; }

    /// <summary>Whether the policy counts nothing, for example until somebody has checked it with the body.</summary>
    [Id(15)]
    public bool Off { get; init; }

    /// <summary>Where the rule is from, at most 300 characters. Null if nobody has said it.</summary>
    [Id(16)]
    public string? Source { get; init; }
}

/// <summary>The current policies of a network.</summary>
/// <param name="Version">The grain sets it. It rises with each change.</param>
[GenerateSerializer, Immutable, Alias("hub.CreditPolicies")]
public sealed record CreditPolicies([property: Id(0)] ImmutableArray<CreditPolicy> Policies, [property: Id(1)] long Version = 0);

/// <summary>One stored state of a network's policies.</summary>
/// <param name="By">The person who stored this state.</param>
[GenerateSerializer, Immutable, Alias("hub.CreditPoliciesChange")]
public sealed record CreditPoliciesChange(
    [property: Id(0)] CreditPolicies Policies,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By
);

/// <summary>The credit policies of one network, with their history. Key: the network.</summary>
[Alias("hub.ICreditPoliciesGrain")]
public interface ICreditPoliciesGrain : IGrainWithStringKey
{
    [Alias("Get")]
    Task<CreditPolicies> GetAsync();

    /// <summary>Replaces all policies.</summary>
    /// <param name="policies">The policies, with the version that the person saw.</param>
    /// <returns>
    ///     Null if the policies were stored. Otherwise <c>credit.stale</c>, or a fault that <see cref="CreditPolicyRules"/> finds.
    /// </returns>
    [Alias("Put")]
    Task<PolicyFault?> PutAsync(Actor actor, CreditPolicies policies);

    /// <summary>Returns the newest 50 states, newest first.</summary>
    [Alias("History")]
    Task<ImmutableArray<CreditPoliciesChange>> HistoryAsync();
}

/// <summary>The reason why policies were not stored.</summary>
/// <param name="Place">The JSON path of the faulty value in the policies. Null if the code is <c>credit.stale</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.PolicyFault")]
public sealed record PolicyFault([property: Id(0)] string Code, [property: Id(1)] string Message, [property: Id(2)] string? Place = null)
{
    [JsonIgnore]
    public Refusal Refusal => new(Codes.Of(Code), Message) { Place = Place };
}
