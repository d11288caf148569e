namespace ConsultHub.Scorecards;

/// <summary>The codes of refusals about scorecards.</summary>
[CodesOf<Refusal>]
public static class ScorecardCodes
{
    public static readonly Code TooLarge = Code.Conflict("scorecard.too-large");
    public static readonly Code TooManyReports = Code.Conflict("scorecard.too-many-reports");
    public static readonly Code UnknownReport = Code.Unknown("scorecard.unknown-report");
}
