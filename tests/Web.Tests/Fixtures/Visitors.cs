using ConsultHub.Web;

namespace ConsultHub.Tests.Fixtures;

/// <summary>A feature's endpoints with the visitors that each of them allows. <see cref="AccessTests"/> finds all such tables.</summary>
internal interface IAccessTable
{
    /// <summary>Keys are a method and a path, such as <c>GET /api/networks/ehs</c>. Values are names of visitors.</summary>
    static abstract IReadOnlyDictionary<string, string> Rows { get; }
}

/// <summary>The people who call each endpoint in <see cref="AccessTests"/>.</summary>
internal static class Visitors
{
    public const string All = "nobody coordinator consultant attendee display stranger",
        SignedIn = "coordinator consultant attendee display stranger",
        Attends = "coordinator consultant attendee stranger",
        Boards = "coordinator consultant display",
        Commands = "coordinator consultant",
        Coordinates = "coordinator",
        AnyCoordinator = "coordinator stranger";

    public static IReadOnlyDictionary<string, Viewer?> ByName { get; } =
        new Dictionary<string, Viewer?>
        {
            ["nobody"] = null,
            ["coordinator"] = new(new("p-coordinator"), Role.Coordinator, new("ehs")),
            ["consultant"] = new(new("c-consultant"), Role.Consultant, new("ehs")),
            ["attendee"] = new(new("p-attendee"), Role.Attendee, new("ehs")),
            ["display"] = new(new("p-display"), Role.Display, new("ehs")),
            ["stranger"] = new(new("p-stranger"), Role.Coordinator, new("elsewhere")), // a coordinator of another network
        };
}
