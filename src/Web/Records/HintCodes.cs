namespace ConsultHub.Web.Records;

/// <summary>The codes of hints about changes of records.</summary>
[CodesOf<RecordHint>]
public static class HintCodes
{
    public static readonly Code ClosedOtherwise = Code.Remark("calendar.closed-otherwise");
}
