namespace ConsultHub.Certificates;

/// <summary>The codes of refusals about certificates.</summary>
[CodesOf<Refusal>]
public static class CertificateCodes
{
    public static readonly Code Altered = Code.Conflict("certificate.altered");
    public static readonly Code BadReason = Code.BadInput("certificate.bad-reason", "A reason has 3 to 500 characters.");
    public static readonly Code Full = Code.Conflict("certificate.full", "No more certificates can be issued.");
    public static readonly Code NoAddress = Code.Conflict(
        "certificate.no-address",
        "The hub does not know its public address, so it makes no badges. The operator sets Hub:PublicUrl."
    );
    public static readonly Code NoRegister = Code.Unknown(
        "certificate.no-register",
        "There is no register of certificates with this address."
    );
    public static readonly Code NothingEarned = Code.Conflict(
        "certificate.nothing-earned",
        "None of the attended lectures has earned credit yet."
    );
    public static readonly Code NoPlace = Code.Conflict("certificate.no-place", "The person has no place in this cohort.");
    public static readonly Code AttendanceTooLow = Code.Conflict(
        "certificate.attendance-too-low",
        "The person attended too few of the sessions."
    );
    public static readonly Code NotComplete = Code.Conflict(
        "certificate.not-complete",
        "The person has not done everything that the programme needs. The logbook shows what is missing."
    );
    public static readonly Code NotOver = Code.Conflict(
        "certificate.not-over",
        "The cohort is not over. A certificate is issued after its last day."
    );
    public static readonly Code Own = Code.NotAllowed("certificate.own", "Nobody issues a certificate for themselves.");
    public static readonly Code Unknown = Code.Unknown("certificate.unknown");
    public static readonly Code UnknownKey = Code.Unknown("certificate.unknown-key", "The hub has no key with this id.");
    public static readonly Code UnknownLanguage = Code.BadInput("certificate.unknown-language");

    public static Refusal NoSuch(string number) => new(Unknown, $"There is no certificate {number} for you.");

    /// <summary>
    /// Returns the refusal for a code of <see cref="ICertificatesGrain.RevokeAsync"/>. Null if the certificate was revoked.
    /// </summary>
    public static Refusal? NotRevoked(string? code, string number) =>
        code == Unknown ? NoSuch(number)
        : Refusal.Of(code) is { } refusal ? refusal with { Place = "$.reason" }
        : null;
}
