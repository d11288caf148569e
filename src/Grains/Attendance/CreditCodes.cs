namespace ConsultHub.Attendance;

/// <summary>The codes of refusals about credit and its policies.</summary>
[CodesOf<Refusal>]
public static class CreditCodes
{
    public static readonly Code BadPolicy = Code.BadInput("credit.bad-policy");
    public static readonly Code Stale = Code.Conflict("credit.stale");
    public static readonly Code UnknownBody = Code.Unknown("credit.unknown-body", "The network has no credit policy of this body.");
}
