using System.Collections.Immutable;
using ConsultHub.Programmes;

namespace ConsultHub.Certificates;

/// <summary>One thing that the holder has done in a programme, such as a rotation.</summary>
/// <param name="Result">What was reached, such as a level. Null if it has no result.</param>
[GenerateSerializer, Immutable, Alias("hub.CompletionLine")]
public sealed record CompletionLine([property: Id(0)] LocalName Name, [property: Id(1)] string? Result = null);

/// <summary>
/// The certificate of somebody who has gone through an education programme, as it was issued. It contains all data on which it is based.
/// Later changes of this data in the hub do not affect it.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.CompletionCertificate")]
public sealed record CompletionCertificate
{
    /// <summary>The programme and ten random characters, such as <c>liver-fellowship.7k3f9q2m4x</c>.</summary>
    [Id(0)]
    public required string Number { get; init; }

    [Id(1)]
    public required ProgrammeId Programme { get; init; }

    [Id(2)]
    public required ProgrammeKind Kind { get; init; }

    /// <summary>The programme's name.</summary>
    [Id(3)]
    public required LocalName Title { get; init; }

    [Id(4)]
    public required string Cohort { get; init; }

    [Id(5)]
    public required LocalName CohortName { get; init; }

    /// <summary>The cohort's first day.</summary>
    [Id(6)]
    public required DateOnly From { get; init; }

    /// <summary>The cohort's last day.</summary>
    [Id(7)]
    public required DateOnly To { get; init; }

    [Id(8)]
    public required LocalName Network { get; init; }

    /// <summary>The partner institution that took part. Null if there was none.</summary>
    [Id(9)]
    public LocalName? Partner { get; init; }

    [Id(10)]
    public required PersonId Person { get; init; }

    [Id(11)]
    public required LocalName Holder { get; init; }

    /// <summary>What the holder has done, at most <see cref="CompletionRules.MostLines"/>.</summary>
    [Id(12)]
    public ImmutableArray<CompletionLine> Lines { get; init; } = [];

    [Id(13)]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The compact JWS (RFC 7515) in the QR code of the certificate.</summary>
    [Id(14)]
    public required string Token { get; init; }

    /// <summary>Whether both certificates say the same, apart from their numbers and the time of issue.</summary>
    public bool SaysAs(CompletionCertificate other) =>
        Programme == other.Programme
        && Kind == other.Kind
        && Title == other.Title
        && Cohort == other.Cohort
        && CohortName == other.CohortName
        && (From, To) == (other.From, other.To)
        && Network == other.Network
        && Partner == other.Partner
        && Person == other.Person
        && Holder == other.Holder
        && Lines.SequenceEqual(other.Lines);
}

/// <summary>A certificate of completion with its state.</summary>
/// <param name="Revoked">Null while the certificate is valid.</param>
[GenerateSerializer, Immutable, Alias("hub.IssuedCompletion")]
public sealed record IssuedCompletion([property: Id(0)] CompletionCertificate Certificate, [property: Id(1)] Revocation? Revoked = null);

/// <summary>The outcome of issuing a certificate of completion.</summary>
/// <param name="Certificate">The new certificate, or the valid one with the same content. Null if none was issued.</param>
/// <param name="Code">Null if there is a certificate. Otherwise <c>certificate.full</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.CompletionOutcome")]
public sealed record CompletionOutcome(
    [property: Id(0)] CompletionCertificate? Certificate,
    [property: Id(1), CodesOf<Refusal>] string? Code = null
);
