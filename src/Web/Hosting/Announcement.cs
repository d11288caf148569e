namespace ConsultHub.Web.Hosting;

public static class Announcement
{
    /// <summary>When the hub serves requests, prints its addresses.</summary>
    public static void AnnounceStart(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Consult Hub listens on {string.Join(", ", app.Urls)}"));
}
