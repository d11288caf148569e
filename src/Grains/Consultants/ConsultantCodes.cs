namespace ConsultHub.Consultants;

/// <summary>The codes of refusals about consultants.</summary>
[CodesOf<Refusal>]
public static class ConsultantCodes
{
    public static readonly Code SameLicence = Code.Conflict("credential.same-licence");
    public static readonly Code SameSnomed = Code.Conflict("specialty.same-snomed");
    public static readonly Code Unknown = Code.Unknown("consultant.unknown");
}
