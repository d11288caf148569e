using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Certificates;

/// <summary>
/// All certificates of one register: those of a conference or of an education programme. Key: <see cref="CertificateRegisterId.Key"/>.
/// </summary>
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

    /// <summary>Issues a certificate of completion, as <see cref="IssueAsync"/> does for attendance.</summary>
    [Alias("IssueCompletion")]
    Task<CompletionOutcome> IssueCompletionAsync(Actor actor, CompletionCertificate certificate);

    [Alias("GetCompletion")]
    Task<IssuedCompletion?> GetCompletionAsync(string number);

    /// <summary>Lists certificates of completion, newest first.</summary>
    /// <param name="person">Null for the certificates of all people.</param>
    [Alias("ListCompletions")]
    Task<ImmutableArray<IssuedCompletion>> ListCompletionsAsync(PersonId? person);

    /// <summary>
    /// The place of a certificate in the register's status list: the version at which it was issued. So certificates of earlier releases
    /// have a place too, and no place is used twice.
    /// </summary>
    /// <returns>Null if the register has no such certificate.</returns>
    [Alias("Place")]
    Task<long?> PlaceAsync(string number);

    /// <summary>The places of all certificates that are revoked or replaced. Null if the register is empty.</summary>
    [Alias("RevokedPlaces")]
    Task<ImmutableArray<long>?> RevokedPlacesAsync();
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
