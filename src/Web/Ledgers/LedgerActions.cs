namespace ConsultHub.Web.Ledgers;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class LedgerActions
{
    /// <summary>Read what a hospital's team has learned: counts, levels, and the engagements behind them.</summary>
    public static readonly AccessAction Read = new("ledgers.read");
}
