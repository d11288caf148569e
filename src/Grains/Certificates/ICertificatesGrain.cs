using System.Collections.Immutable;

namespace ConsultHub.Certificates;

/// <summary>Every certificate of one conference that was issued. Key: the conference.</summary>
[Alias("hub.ICertificatesGrain")]
public interface ICertificatesGrain : IGrainWithStringKey
{
    /// <summary>Registers a certificate. One that says what the person's valid one for the same body says already is not issued again: the
    /// answer is the one there is. One that says something else replaces it.</summary>
    [Alias("Issue")]
    Task<IssueOutcome> IssueAsync(Actor actor, Certificate certificate);

    /// <summary>Takes a certificate's validity. Idempotent.</summary>
    /// <param name="reason">The coordinator's words, 3 to 500 characters.</param>
    /// <returns>Null, or <c>certificate.unknown</c>, <c>certificate.bad-reason</c>.</returns>
    [Alias("Revoke")]
    Task<string?> RevokeAsync(Actor actor, string number, string reason);

    [Alias("Get")]
    Task<IssuedCertificate?> GetAsync(string number);

    /// <summary>Newest first.</summary>
    /// <param name="person">Null: everybody's.</param>
    [Alias("List")]
    Task<ImmutableArray<IssuedCertificate>> ListAsync(PersonId? person);

    /// <summary>Why it was revoked; null where it was not.</summary>
    [Alias("Reason")]
    Task<string?> ReasonAsync(string number);
}

/// <param name="Code">Null, or <c>certificate.full</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.IssueOutcome")]
public sealed record IssueOutcome([property: Id(0)] Certificate? Certificate, [property: Id(1)] string? Code = null);
