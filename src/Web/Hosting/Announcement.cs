namespace ConsultHub.Web.Hosting;

public static class Announcement
{
    /// <summary>Prints the hub's addresses as soon as it serves requests.</summary>
    public static void AnnounceStart(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Consult Hub listens on {string.Join(", ", app.Urls)}"));
}
