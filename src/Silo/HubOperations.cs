using Orleans.Dashboard;

namespace ConsultHub.Silo;

/// <summary>
/// Adds what operators use inside the cluster: the Orleans dashboard and, if a collector is configured, traces that follow calls between
/// grains. The dashboard needs a part in each silo and in each process that shows it.
/// </summary>
public static class HubOperations
{
    public static ISiloBuilder AddHubOperations(this ISiloBuilder builder)
    {
        if (builder.Configuration.HasCollector())
            builder.AddActivityPropagation();
        return builder.AddDashboard(Configure);
    }

    public static IClientBuilder AddHubOperations(this IClientBuilder builder)
    {
        if (builder.Configuration.HasCollector())
            builder.AddActivityPropagation();
        return builder.AddDashboard(Configure);
    }

    /// <summary>
    /// Hides the dashboard's live view of the log. Logs go to their own collector. Some people may see the dashboard's figures but not the
    /// logs.
    /// </summary>
    private static void Configure(DashboardOptions options) => options.HideTrace = true;
}
