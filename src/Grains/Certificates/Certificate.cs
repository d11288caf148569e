using System.Collections.Immutable;
using ConsultHub.Attendance;

namespace ConsultHub.Certificates;

/// <summary>The certified attendance of one lecture.</summary>
[GenerateSerializer, Immutable, Alias("hub.CertifiedLecture")]
public sealed record CertifiedLecture(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] string Title,
    [property: Id(2)] DateOnly? Day,
    [property: Id(3)] double Minutes,
    [property: Id(4)] decimal Credits
);

/// <summary>
/// A certificate as it was issued. It contains all data on which it is based. Later changes of this data in the hub do not affect it.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Certificate")]
public sealed record Certificate
{
    /// <summary>The conference and eight random characters, such as <c>demo-congress.7k3f9q2m</c>.</summary>
    [Id(0)]
    public required string Number { get; init; }

    [Id(1)]
    public required ConferenceId Conference { get; init; }

    [Id(2)]
    public required string Title { get; init; }

    /// <summary>The network that held the conference. Null if the conference belongs to no network.</summary>
    [Id(3)]
    public LocalName? Network { get; init; }

    [Id(4)]
    public required PersonId Person { get; init; }

    [Id(5)]
    public required LocalName Holder { get; init; }

    /// <summary>The policy at the time of issue.</summary>
    [Id(6)]
    public required CreditPolicy Policy { get; init; }

    [Id(7)]
    public required long PolicyVersion { get; init; }

    /// <summary>The lectures that earned credit, in order of time.</summary>
    [Id(8)]
    public required ImmutableArray<CertifiedLecture> Lectures { get; init; }

    [Id(9)]
    public required decimal Credits { get; init; }

    [Id(10)]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The compact JWS (RFC 7515) in the QR code of the certificate.</summary>
    [Id(11)]
    public required string Token { get; init; }

    /// <summary>
    /// If the policy has a cap for a day: the credit from other conferences of the network on the same days. The cap is for all
    /// conferences together.
    /// </summary>
    [Id(12)]
    public ImmutableArray<CreditElsewhere> Elsewhere { get; init; } = [];

    /// <summary>Whether both certificates have the same person, holder, title, network, policy, credits and lectures.</summary>
    public bool SaysAs(Certificate other) =>
        Person == other.Person
        && Holder == other.Holder
        && Title == other.Title
        && Network == other.Network
        && Policy == other.Policy
        && Credits == other.Credits
        && Lectures.SequenceEqual(other.Lectures);
}

/// <summary>The end of a certificate's validity.</summary>
/// <param name="Replaced">
///     The number of the newer certificate for the same person and body that replaces this one. Null if a coordinator revoked it.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.Revocation")]
public sealed record Revocation(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] PersonId By,
    [property: Id(2)] string? Replaced = null
);

/// <summary>A certificate with its state.</summary>
/// <param name="Revoked">Null while the certificate is valid.</param>
[GenerateSerializer, Immutable, Alias("hub.IssuedCertificate")]
public sealed record IssuedCertificate([property: Id(0)] Certificate Certificate, [property: Id(1)] Revocation? Revoked = null);
