namespace ConsultHub.Hospitals;

/// <summary>The codes of refusals about hospitals.</summary>
[CodesOf<Refusal>]
public static class HospitalCodes
{
    public static readonly Code Unknown = Code.Unknown("hospital.unknown");
}
