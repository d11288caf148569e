using ConsultHub.Journal;
using ConsultHub.Silo.Demo;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Hosting;

/// <summary>Tells the program that supervises this process whether the process is alive and whether it is ready.</summary>
public static class HealthApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="NotReady">Codes of the reasons: stopping, storage, grains or demo.</param>
    public sealed record Health(string Status, IReadOnlyList<string> NotReady);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(new Health("live", []))).Requires(Access.Anybody);
        health.MapGet("/ready", ReadyAsync).Requires(Access.Anybody);
    }

    /// <summary>
    /// The node is ready when grains answer and reach their storage. If the demo is on, the demo network must also be complete. A stopping
    /// node is not ready.
    /// </summary>
    private static async Task<Results<Ok<Health>, JsonHttpResult<Health>>> ReadyAsync(IGrainFactory grains, IServiceProvider services)
    {
        List<string> missing = [];
        if (services.GetRequiredService<Draining>().HasBegun)
            missing.Add("stopping");
        try
        {
            if (!await grains.GetGrain<IStorageCheckGrain>("hub").CanReadAsync().WaitAsync(Patience))
                missing.Add("storage");
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException or InvalidOperationException)
        {
            missing.Add("grains");
        }
        if (services.GetService<DemoSeeder>() is { Done: false })
            missing.Add("demo");
        return missing.Count == 0
            ? TypedResults.Ok(new Health("ready", []))
            : TypedResults.Json(new Health("not ready", missing), statusCode: 503);
    }
}
