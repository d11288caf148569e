namespace ConsultHub.Rostering;

/// <summary>The codes of the reasons for and against a candidate.</summary>
[CodesOf<CandidateReason>]
public static class CandidateCodes
{
    public static readonly Code Away = Code.Remark("candidate.away");
    public static readonly Code Busy = Code.Remark("candidate.busy");
    public static readonly Code Credentialed = Code.Remark("candidate.credentialed");
    public static readonly Code FewHours = Code.Remark("candidate.few-hours");
    public static readonly Code Free = Code.Remark("candidate.free");
    public static readonly Code InVisit = Code.Remark("candidate.in-visit");
    public static readonly Code Language = Code.Remark("candidate.language");
    public static readonly Code NoCredential = Code.Remark("candidate.no-credential");
    public static readonly Code NotRested = Code.Remark("candidate.not-rested");
    public static readonly Code Rested = Code.Remark("candidate.rested");
    public static readonly Code SameHospital = Code.Remark("candidate.same-hospital");
    public static readonly Code Travel = Code.Remark("candidate.travel");
    public static readonly Code TravelTooLong = Code.Remark("candidate.travel-too-long");
}
