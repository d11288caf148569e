using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Certificates;

/// <summary>All certificates that one conference has issued. Key: the conference.</summary>
[Alias("hub.ICertificatesGrain")]
public interface ICertificatesGrain : IGrainWithStringKey
{
    /// <summary>
    /// Issues a certificate. If the person has a valid certificate with the same content from the same body, that certificate is returned
    /// and no new one is issued. If the content differs, the new certificate replaces the valid one.
    /// </summary>
    [Alias("Issue")]
    Task<IssueOutcome> IssueAsync(Actor actor, Certificate certificate);

    /// <summary>Revokes a certificate. Idempotent.</summary>
    /// <param name="reason">The coordinator's reason, 3 to 500 characters.</param>
    /// <returns>Null if the certificate is revoked. Otherwise <c>certificate.unknown</c> or <c>certificate.bad-reason</c>.</returns>
    [Alias("Revoke")]
    Task<string?> RevokeAsync(Actor actor, string number, string reason);

    [Alias("Get")]
    Task<IssuedCertificate?> GetAsync(string number);

    /// <summary>Lists certificates, newest first.</summary>
    /// <param name="person">Null for the certificates of all people.</param>
    [Alias("List")]
    Task<ImmutableArray<IssuedCertificate>> ListAsync(PersonId? person);

    /// <summary>Returns the reason for which a coordinator revoked a certificate. Null if there is none.</summary>
    [Alias("Reason")]
    Task<string?> ReasonAsync(string number);
}

/// <summary>The outcome of issuing a certificate.</summary>
/// <param name="Certificate">The new certificate, or the valid one with the same content. Null if none was issued.</param>
/// <param name="Code">Null if there is a certificate. Otherwise <c>certificate.full</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.IssueOutcome")]
public sealed record IssueOutcome([property: Id(0)] Certificate? Certificate, [property: Id(1)] string? Code = null)
{
    /// <summary>Null if there is a certificate.</summary>
    [JsonIgnore]
    public Refusal? Refusal => Refusal.Of(Code);
}
