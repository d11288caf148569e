namespace ConsultHub.Attendance;

/// <summary>The codes of reasons why a lecture earns no credit, or less than the attended time would give.</summary>
[CodesOf<LectureCredit>(nameof(LectureCredit.Why))]
public static class CreditReasonCodes
{
    public static readonly Code BelowMinutes = Code.Remark("below-minutes");
    public static readonly Code BelowShare = Code.Remark("below-share");
    public static readonly Code Cancelled = Code.Remark("cancelled");
    public static readonly Code DayCap = Code.Remark("day-cap");
    public static readonly Code Elsewhere = Code.Remark("elsewhere");
    public static readonly Code FasterThanTime = Code.Remark("faster-than-time");
    public static readonly Code FeedbackMissing = Code.Remark("feedback-missing");
    public static readonly Code KindNotCounted = Code.Remark("kind-not-counted");
    public static readonly Code NotAttended = Code.Remark("not-attended");
    public static readonly Code NotOver = Code.Remark("not-over");
    public static readonly Code TooLittle = Code.Remark("too-little");
}
