namespace ConsultHub.Consultants;

/// <summary>The codes of refusals about consultants.</summary>
[CodesOf<Refusal>]
public static class ConsultantCodes
{
    public static readonly Code Unknown = Code.Unknown("consultant.unknown");
}
