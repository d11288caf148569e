using System.Security.Cryptography;
using System.Text;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Silo;
using ConsultHub.Silo.Demo;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web;

/// <summary>Signing in and out, by a demo password or by the demo's picker of people. Accounts come with a later release behind the same
/// endpoints.</summary>
public static partial class SessionApi
{
    public sealed record SignIn(string UserName, string Password);

    public sealed record PickPerson(PersonId Person);

    /// <param name="HomeTimeZone">IANA zone of home, for consultants.</param>
    /// <param name="PublicUrl">Where the hub is reached from outside; null where it was not told, and pages know it no better than by their
    /// own address.</param>
    public sealed record Session(
        PersonId Person,
        LocalName Name,
        Role Role,
        NetworkId Network,
        bool Demo,
        string? HomeTimeZone,
        Uri? PublicUrl
    );

    public sealed record Pickable(PersonId Person, LocalName Name, Role Role, IReadOnlyList<string> Specialties);

    public static void MapSession(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session");
        session.MapGet("/", GetAsync).Requires(Access.SignedIn);
        session.MapPost("/", SignInAsync).Requires(Access.Anybody).RequireRateLimiting(LimitHosting.SignIn);
        session.MapDelete("/", (Delegate)SignOutAsync).Requires(Access.Anybody);
        session.MapGet("/people", PeopleAsync).Requires(Access.Loopback);
        session.MapPost("/person", PickAsync).Requires(Access.Loopback);
    }

    private static async Task<Ok<Session>> GetAsync(
        HttpContext http,
        IGrainFactory grains,
        IOptions<DemoOptions> demo,
        IOptions<HubOptions> hub
    )
    {
        var viewer = Viewer.Of(http);
        var consultant = viewer.Role == Role.Consultant ? await grains.GetGrain<IConsultantGrain>(viewer.Person.Value).GetAsync() : null;
        return TypedResults.Ok(
            new Session(
                viewer.Person,
                consultant?.Name ?? await NameOfAsync(viewer.Person, grains) ?? new LocalName(viewer.Person.Value),
                viewer.Role,
                viewer.Network,
                demo.Value.Enabled,
                consultant?.HomeTimeZone,
                hub.Value.PublicUrl
            )
        );
    }

    /// <summary>A person's name; null where the hub knows nobody of that id.</summary>
    internal static async Task<LocalName?> NameOfAsync(PersonId person, IGrainFactory grains) =>
        DemoPeople.All.FirstOrDefault(p => p.Id == person)?.Name
        ?? (await grains.GetGrain<IConsultantGrain>(person.Value).GetAsync())?.Name;

    private static async Task<Results<NoContent, ProblemHttpResult>> SignInAsync(
        SignIn body,
        HttpContext http,
        IGrainFactory grains,
        IOptions<DemoOptions> demo,
        DemoPassword password,
        IServiceProvider services
    )
    {
        var (tries, account, address) = (services.GetRequiredService<WrongTries>(), AccountOf(body.UserName), HubLimits.Address(http));
        if (!demo.Value.Enabled || !password.Matches(body.Password) || await FindAsync(body.UserName, grains) is not { } viewer)
        {
            RefusalMeter.Count("session.denied");
            LogDenied(services.GetRequiredService<ILogger<DemoPassword>>(), account, address);
            await Task.Delay(tries.Note(account, address), http.RequestAborted);
            return Problems.Of(401, "session.denied", "The user name or the password is wrong.");
        }
        tries.Clear(account, address);
        await http.SignInAsync(viewer.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return TypedResults.NoContent();
    }

    /// <summary>The account that a name means. What else is typed there, which may be a password, is neither kept nor logged.</summary>
    private static string AccountOf(string? userName) =>
        userName is "consultant" or "admin" or "host" or "auditor" || DemoPeople.All.Any(p => p.UserName == userName)
            ? userName!
            : "unknown";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in was refused: account {Account}, address {Address}")]
    private static partial void LogDenied(ILogger log, string account, string address);

    /// <summary>Names of roles to come sign in as the role that is nearest today.</summary>
    private static async Task<Viewer?> FindAsync(string userName, IGrainFactory grains)
    {
        if (userName == "consultant")
        {
            var first = (await grains.GetGrain<IDirectoryGrain>($"{DemoPeople.Network}/consultants").ListAsync()).FirstOrDefault();
            return first is null ? null : new Viewer(new PersonId(first.Id), Role.Consultant, DemoPeople.Network);
        }
        var known = userName switch
        {
            "admin" or "host" => "coordinator",
            "auditor" => "display",
            _ => userName,
        };
        return DemoPeople.All.FirstOrDefault(p => p.UserName == known) is { } person
            ? new Viewer(person.Id, person.Role, DemoPeople.Network)
            : null;
    }

    private static async Task<NoContent> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<List<Pickable>>, ProblemHttpResult>> PeopleAsync(IGrainFactory grains, IOptions<DemoOptions> demo)
    {
        if (!demo.Value.Enabled)
            return Problems.Of(404, "request.not-found", "The demo is off.");
        var consultants = await grains.GetGrain<IDirectoryGrain>($"{DemoPeople.Network}/consultants").ListAsync();
        var profiles = await Task.WhenAll(consultants.Select(c => grains.GetGrain<IConsultantGrain>(c.Id).GetAsync()));
        return TypedResults.Ok(
            DemoPeople
                .All.Select(p => new Pickable(p.Id, p.Name, p.Role, []))
                .Concat(profiles.OfType<Consultant>().Select(c => new Pickable(c.Id, c.Name, Role.Consultant, c.Specialties)))
                .ToList()
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PickAsync(
        PickPerson body,
        HttpContext http,
        IGrainFactory grains,
        IOptions<DemoOptions> demo
    )
    {
        if (!demo.Value.Enabled)
            return Problems.Of(404, "request.not-found", "The demo is off.");
        if (body.Person.Value is null)
            return Problems.Of(400, "request.bad-json", "The person is missing.", "$.person");
        var role = DemoPeople.All.FirstOrDefault(p => p.Id == body.Person)?.Role;
        if (role is null && await grains.GetGrain<IConsultantGrain>(body.Person.Value).GetAsync() is not null)
            role = Role.Consultant;
        if (role is null)
            return Problems.Of(404, "session.unknown-person", $"There is no {body.Person} in the demo.", "$.person");
        await http.SignInAsync(
            new Viewer(body.Person, role.Value, DemoPeople.Network).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme)
        );
        return TypedResults.NoContent();
    }
}

/// <summary>The demo accounts' password: from the configuration, else a random one that is printed at the start.</summary>
public sealed class DemoPassword(IOptions<DemoOptions> demo)
{
    public bool IsRandom { get; } = string.IsNullOrEmpty(demo.Value.Password);

    public string Value { get; } =
        string.IsNullOrEmpty(demo.Value.Password) ? RandomNumberGenerator.GetHexString(12, lowercase: true) : demo.Value.Password;

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? given) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(Value)),
            SHA256.HashData(Encoding.UTF8.GetBytes(given ?? ""))
        );
}
