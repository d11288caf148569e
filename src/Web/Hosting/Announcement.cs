using ConsultHub.Silo.Demo;
using ConsultHub.Web.Demo;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Hosting;

public static class Announcement
{
    /// <summary>When the hub serves requests, prints its addresses and how to sign in to the demo.</summary>
    public static void AnnounceStart(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            Console.WriteLine($"Consult Hub listens on {string.Join(", ", app.Urls)}");
            var password = app.Services.GetRequiredService<DemoPassword>();
            if (app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled && password.IsRandom)
                Console.WriteLine(
                    $"Demo accounts (admin, coordinator, consultant, host, attendee, auditor) sign in with the password {password.Value}"
                );
        });
}
