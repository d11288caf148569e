namespace ConsultHub.Web.Scorecards;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class ScorecardActions
{
    /// <summary>Read the figures of a network, and the rows behind them.</summary>
    public static readonly AccessAction Read = new("scorecards.read");

    /// <summary>Store a report, so that its figures can be made again.</summary>
    public static readonly AccessAction Report = new("scorecards.report");

    /// <summary>Read the sheet of a network as a host, and the sheets of its partners.</summary>
    public static readonly AccessAction ReadSheets = new("scorecards.read-sheets");
}
