using System.Collections.Immutable;

namespace ConsultHub.Accounts;

/// <summary>What a grant is about. A part that is null or empty does not narrow the grant.</summary>
[GenerateSerializer, Immutable, Alias("hub.GrantScope")]
public sealed record GrantScope
{
    [Id(0)]
    public NetworkId? Network { get; init; }

    /// <summary>The hospitals of the network to which the grant is limited.</summary>
    [Id(1)]
    public ImmutableArray<HospitalId> Hospitals { get; init; } = [];

    /// <summary>The partner institution to whose consultants the grant is limited.</summary>
    [Id(2)]
    public PartnerId? Partner { get; init; }

    [Id(3)]
    public ConferenceId? Conference { get; init; }

    [Id(4)]
    public SessionId? Session { get; init; }

    public bool Equals(GrantScope? other) =>
        other is not null
        && (Network, Partner, Conference, Session) == (other.Network, other.Partner, other.Conference, other.Session)
        && Hospitals.AsSpan().SequenceEqual(other.Hospitals.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Network, Partner, Conference, Session, Hospitals.Length);
}

/// <summary>A role that a person has, where, and for how long.</summary>
/// <param name="From">UTC. The grant is not valid before.</param>
/// <param name="Until">UTC. The grant is not valid from then on. Null if the period is open.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Source">The issuer of the institution's provider whose claims gave the role. Such a role counts only in sign-ins by this
/// provider. Null if a person gave the role.</param>
[GenerateSerializer, Immutable, Alias("hub.Grant")]
public sealed record Grant(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Role Role,
    [property: Id(2)] GrantScope Scope,
    [property: Id(3)] DateTimeOffset From,
    [property: Id(4)] DateTimeOffset? Until,
    [property: Id(5)] PersonId By,
    [property: Id(6)] string? Source = null
)
{
    public bool IsValidAt(DateTimeOffset now) => From <= now && (Until is not { } until || now < until);

    /// <summary>Returns why nobody can have this role with this scope, or null.</summary>
    public string? Fault() => AccessRules.FaultOf(this) is { } fault ? fault.Message ?? fault.Code.Message : null;
}

/// <summary>A sign-in that has ended before its time, and when it would have ended by itself at the latest.</summary>
[GenerateSerializer, Immutable, Alias("hub.EndedSignIn")]
public sealed record EndedSignIn([property: Id(0)] Guid Id, [property: Id(1)] DateTimeOffset Until);
