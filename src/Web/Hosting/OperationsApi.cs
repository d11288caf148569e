using Orleans.Dashboard;

namespace ConsultHub.Web.Hosting;

/// <summary>For the people who run the hub: measurements for Prometheus, and the Orleans dashboard.</summary>
public static class OperationsApi
{
    public const string Dashboard = "/operations/orleans";

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics").Requires(Access.Measures);
        app.MapOrleansDashboard(Dashboard)
            .Requires(Access.To(HubActions.Operate, Thing.None))
            .ExcludeFromDescription()
            .AddEndpointFilter(
                (context, next) =>
                    context.HttpContext.GetEndpoint() is RouteEndpoint endpoint
                    && endpoint.RoutePattern.RawText!.Contains("GrainState", StringComparison.OrdinalIgnoreCase)
                        ? new(Problems.Of(RequestCodes.NotFound, "The state of grains is not shown here."))
                        : next(context)
            );
    }
}
