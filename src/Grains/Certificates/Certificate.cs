using System.Collections.Immutable;
using ConsultHub.Attendance;

namespace ConsultHub.Certificates;

/// <summary>What was certified of one lecture.</summary>
[GenerateSerializer, Immutable, Alias("hub.CertifiedLecture")]
public sealed record CertifiedLecture(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] string Title,
    [property: Id(2)] DateOnly? Day,
    [property: Id(3)] double Minutes,
    [property: Id(4)] decimal Credits
);

/// <summary>A certificate as it was issued: it says by itself what it rests on, whatever is changed afterwards.</summary>
[GenerateSerializer, Immutable, Alias("hub.Certificate")]
public sealed record Certificate
{
    /// <summary>The conference and eight characters drawn by lot, such as <c>demo-congress.7k3f9q2m</c>.</summary>
    [Id(0)]
    public required string Number { get; init; }

    [Id(1)]
    public required ConferenceId Conference { get; init; }

    [Id(2)]
    public required string Title { get; init; }

    /// <summary>Who held the conference, where it was a network.</summary>
    [Id(3)]
    public LocalName? Network { get; init; }

    [Id(4)]
    public required PersonId Person { get; init; }

    [Id(5)]
    public required LocalName Holder { get; init; }

    /// <summary>The policy as it was.</summary>
    [Id(6)]
    public required CreditPolicy Policy { get; init; }

    [Id(7)]
    public required long PolicyVersion { get; init; }

    /// <summary>Those that earned credit, in their order.</summary>
    [Id(8)]
    public required ImmutableArray<CertifiedLecture> Lectures { get; init; }

    [Id(9)]
    public required decimal Credits { get; init; }

    [Id(10)]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The compact JWS (RFC 7515) that its QR code carries.</summary>
    [Id(11)]
    public required string Token { get; init; }

    /// <summary>What had gone to other conferences of the day's cap of the same days.</summary>
    [Id(12)]
    public ImmutableArray<CreditElsewhere> Elsewhere { get; init; } = [];

    /// <summary>Whether it says the same as another about the same person.</summary>
    public bool SaysAs(Certificate other) =>
        Person == other.Person
        && Holder == other.Holder
        && Title == other.Title
        && Network == other.Network
        && Policy == other.Policy
        && Credits == other.Credits
        && Lectures.SequenceEqual(other.Lectures);
}

/// <param name="Replaced">By a newer one of the same person and body; else a coordinator revoked it.</param>
[GenerateSerializer, Immutable, Alias("hub.Revocation")]
public sealed record Revocation(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] PersonId By,
    [property: Id(2)] string? Replaced = null
);

/// <param name="Revoked">Null while it is valid.</param>
[GenerateSerializer, Immutable, Alias("hub.IssuedCertificate")]
public sealed record IssuedCertificate([property: Id(0)] Certificate Certificate, [property: Id(1)] Revocation? Revoked = null);
