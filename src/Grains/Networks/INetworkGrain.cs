using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Networks;

/// <summary>A hospital organisation that hosts consultants [FHIR R4 Organization].</summary>
[GenerateSerializer, Immutable, Alias("hub.Network")]
public sealed partial record Network
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
    /// time. If several periods cover an instant, the one that began last is valid, and of these the one that ends first. So a short period
    /// replaces a part of a longer one.
    /// </summary>
    [Id(6)]
    [System.Text.Json.Serialization.JsonPropertyName("duty")]
    public ImmutableArray<OnCallPeriod> Rota { get; init; } = [];

    [Id(7)]
    public long Version { get; init; }

    /// <summary>The public holidays of the partners. Plans of rotations show them.</summary>
    [Id(8)]
    [System.Text.Json.Serialization.JsonIgnore]
    public ImmutableArray<PartnerHoliday> PartnerHolidays
    {
        get => field.IsDefault ? [] : field; // earlier releases stored none
        init;
    } = [];

    /// <summary>The coordinator who is on call at an instant, or null if there is none.</summary>
    public PersonId? OnCall(DateTimeOffset at) =>
        Rota.Where(period => period.From <= at && at < period.To)
            .OrderBy(period => period.From)
            .ThenByDescending(period => period.To)
            .ThenBy(period => period.Coordinator.Value, StringComparer.Ordinal)
            .LastOrDefault()
            ?.Coordinator;
}

/// <summary>The time zone, policy, travel times, rota and partners of one network. Key: the network.</summary>
[Alias("hub.INetworkGrain")]
public interface INetworkGrain : IRecordOwner
{
    [Alias("Get")]
    Task<Network?> GetAsync();
}
