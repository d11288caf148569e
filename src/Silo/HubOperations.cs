using Orleans.Dashboard;

namespace ConsultHub.Silo;

/// <summary>What operators look at inside the cluster: the Orleans dashboard's part in each silo and in whoever shows it, and traces across
/// grain calls.</summary>
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

    /// <summary>Its live view of the log is off: what is logged has a collector of its own, and not everybody who may see figures may read
    /// it.</summary>
    private static void Configure(DashboardOptions options) => options.HideTrace = true;
}
