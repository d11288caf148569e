using ConsultHub.Consultants;
using ConsultHub.Silo;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>Signing in and out.</summary>
public static partial class SessionApi
{
    public sealed record SignIn(string UserName, string Password);

    public sealed record PickPerson(PersonId Person);

    /// <param name="HomeTimeZone">The IANA time zone of a consultant's home. Null for other people.</param>
    /// <param name="PublicUrl">The hub's address from outside. Null when it is not configured; pages then use their own address.</param>
    public sealed record Session(
        PersonId Person,
        LocalName Name,
        Role Role,
        NetworkId Network,
        bool Demo,
        string? HomeTimeZone,
        Uri? PublicUrl
    );

    public static IServiceCollection AddAccounts(this IServiceCollection services) => services.AddSingleton<WrongTries>();

    public static void MapSession(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session");
        session.MapGet("/", GetAsync).Requires(Access.SignedIn);
        session.MapPost("/", SignInAsync).Requires(Access.Anybody).RequireRateLimiting(LimitHosting.SignIn);
        session.MapDelete("/", (Delegate)SignOutAsync).Requires(Access.Anybody);
        session.MapGet("/people", PeopleAsync).Requires(Access.Loopback);
        session.MapPost("/person", PickAsync).Requires(Access.Loopback);
    }

    private static async Task<Ok<Session>> GetAsync(HttpContext http, IGrainFactory grains, IAccounts accounts, IOptions<HubOptions> hub)
    {
        var viewer = Viewer.Of(http);
        var consultant = viewer.Role == Role.Consultant ? await grains.GetGrain<IConsultantGrain>(viewer.Person.Value).GetAsync() : null;
        return TypedResults.Ok(
            new Session(
                viewer.Person,
                consultant?.Name ?? await grains.NameOfAsync(viewer.Person) ?? new LocalName(viewer.Person.Value),
                viewer.Role,
                viewer.Network,
                accounts.AreDemo,
                consultant?.HomeTimeZone,
                hub.Value.PublicUrl
            )
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignInAsync(
        SignIn body,
        HttpContext http,
        IAccounts accounts,
        WrongTries tries,
        ILoggerFactory logs
    )
    {
        var (account, address) = (accounts.AccountOf(body.UserName), HubLimits.Address(http));
        if (await accounts.SignInAsync(body.UserName, body.Password) is not { } viewer)
        {
            RefusalMeter.Count(SignInCodes.Denied);
            LogDenied(logs.CreateLogger(typeof(SessionApi)), account, address);
            await Task.Delay(tries.Note(account, address), http.RequestAborted);
            return Problems.Of(SignInCodes.Denied);
        }
        tries.Clear(account, address);
        await http.SignInAsync(viewer.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return TypedResults.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in was refused: account {Account}, address {Address}")]
    private static partial void LogDenied(ILogger log, string account, string address);

    private static async Task<NoContent> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<IReadOnlyList<Pickable>>, ProblemHttpResult>> PeopleAsync(IAccounts accounts) =>
        await accounts.PickableAsync() is { } people ? TypedResults.Ok(people) : Off();

    private static async Task<Results<NoContent, ProblemHttpResult>> PickAsync(PickPerson body, HttpContext http, IAccounts accounts)
    {
        if (!accounts.AreDemo)
            return Off();
        if (body.Person.Value is null)
            return Problems.Of(RequestCodes.BadJson, "The person is missing.", "$.person");
        if (await accounts.PickAsync(body.Person) is not { } viewer)
            return Problems.Of(SignInCodes.UnknownPerson, $"There is no {body.Person} in the demo.", "$.person");
        await http.SignInAsync(viewer.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Off() => Problems.Of(RequestCodes.NotFound, "The demo is off.");
}
