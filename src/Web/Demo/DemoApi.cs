using ConsultHub.Silo.Demo;
using ConsultHub.Web.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Demo;

/// <summary>Says whether the demo's simulated day is running, and starts or stops it. Answers 404 when the demo is off.</summary>
public static class DemoApi
{
    public sealed record Day(bool Running);

    public static IServiceCollection AddDemoAccounts(this IServiceCollection services) =>
        services.AddSingleton<DemoPassword>().AddSingleton<IDemoAccounts, DemoAccounts>();

    /// <summary>Prints the demo's password as soon as the hub serves requests, if the demo is on and the password is random.</summary>
    public static void AnnounceDemo(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var password = app.Services.GetRequiredService<DemoPassword>();
            if (app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled && password.IsRandom)
                Console.WriteLine(
                    $"Demo accounts (admin, coordinator, consultant, host, attendee, auditor) sign in with the password {password.Value}"
                );
        });

    public static void MapDemo(this IEndpointRouteBuilder app)
    {
        var day = app.MapGroup("/api/demo/day").WithTags("Demo");
        day.MapGet(
                "/",
                async (IServiceProvider services) =>
                    services.GetService<DemoDay>() is { } demo
                        ? (Results<Ok<Day>, ProblemHttpResult>)TypedResults.Ok(new Day(await demo.Grain.IsRunningAsync()))
                        : Off()
            )
            .Requires(Access.SignedIn);
        day.MapPut(
                "/",
                async (Day body, IServiceProvider services) =>
                {
                    if (services.GetService<DemoDay>() is not { } demo)
                        return (Results<NoContent, ProblemHttpResult>)Off();
                    await demo.Grain.SwitchAsync(body.Running);
                    return TypedResults.NoContent();
                }
            )
            .Requires(Access.ToWholeNetwork(DemoActions.RunDay));
    }

    private static ProblemHttpResult Off() => Problems.Of(RequestCodes.NotFound, "The demo is off.");
}
