using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Accounts;
using ConsultHub.Consultants;
using ConsultHub.Silo;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>Signing in and out.</summary>
public static partial class SessionApi
{
    /// <param name="Code">
    /// A code of the person's app, or a recovery code, if the account has a second factor. A person whose only second factor is a passkey
    /// signs in with the passkey instead.
    /// </param>
    public sealed record SignInRequest(string UserName, string Password, string? Code = null);

    public sealed record PickPerson(PersonId Person);

    public sealed record FactorRequest(string Code);

    /// <summary>Whether the person has given a second factor.</summary>
    public enum FactorState
    {
        /// <summary>The person has given none, and needs none.</summary>
        None,
        Given,

        /// <summary>A role of the person demands one, and the person has not set one up.</summary>
        Missing,
    }

    /// <param name="Role">The person's main role, which decides the first screen.</param>
    /// <param name="Network">The network of the main role. Null for a person whose roles concern no network.</param>
    /// <param name="Roles">All roles that are valid now.</param>
    /// <param name="HomeTimeZone">The IANA time zone of a consultant's home. Null for other people.</param>
    /// <param name="PublicUrl">The hub's address from outside. Null when it is not configured; pages then use their own address.</param>
    public sealed record Session(
        PersonId Person,
        LocalName Name,
        Role Role,
        NetworkId? Network,
        ImmutableArray<Grant> Roles,
        FactorState Factor,
        bool Demo,
        string? HomeTimeZone,
        Uri? PublicUrl
    );

    /// <summary>
    /// A refused password takes at least this long. Otherwise the time would show whether the account's secrets had to be read, and so
    /// whether the account exists.
    /// </summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(0.5);

    internal static void MapSession(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session");
        session.MapGet("/", GetAsync).Requires(Access.OwnAccount with { WithToken = true });
        session.MapPost("/", SignInAsync).Requires(Access.Anybody).RequireRateLimiting(LimitHosting.SignIn).TracesSignIn();
        session.MapDelete("/", (Delegate)SignOutAsync).Requires(Access.Anybody);
        session.MapPost("/factor", ConfirmAsync).Requires(Access.OwnAccount).RequireRateLimiting(LimitHosting.SignIn).TracesSignIn();
        session.MapGet("/people", PeopleAsync).Requires(Access.Loopback);
        session.MapPost("/person", PickAsync).Requires(Access.Loopback);
    }

    private static async Task<Ok<Session>> GetAsync(
        HttpContext http,
        IGrainFactory grains,
        IDemoAccounts demo,
        IServiceProvider services,
        IOptions<HubOptions> hub
    )
    {
        var viewer = Viewer.Of(http);
        if (viewer.Ticket.Token is null)
            await services.GetRequiredService<SignIns>().TouchAsync(viewer.Ticket);
        var consultant = viewer.Role == Role.Consultant ? await grains.GetGrain<IConsultantGrain>(viewer.Person.Value).GetAsync() : null;
        return TypedResults.Ok(
            new Session(
                viewer.Person,
                consultant?.Name ?? viewer.Account.Name,
                viewer.Role,
                viewer.Network,
                viewer.Grants,
                viewer.NeedsFactor ? FactorState.Missing
                    : viewer.Ticket.FactorAt is not null ? FactorState.Given
                    : FactorState.None,
                demo.AreOn,
                consultant?.HomeTimeZone,
                hub.Value.PublicUrl
            )
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignInAsync(
        SignInRequest body,
        HttpContext http,
        IDemoAccounts demo,
        IServiceProvider services
    )
    {
        var (began, tries) = (Stopwatch.GetTimestamp(), services.GetRequiredService<WrongTries>());
        var name = (body.UserName ?? "").Trim().ToLowerInvariant();
        var (who, address) = (KeyOf(name), HubLimits.Source(http));
        var book = services.GetRequiredService<AccessBook>();
        await book.CatchUpAsync(); // an account that was opened on another node just now
        var (store, passwords) = (services.GetRequiredService<AccountStore>(), services.GetRequiredService<Passwords>());
        var account = book.FindByUserName(name);
        http.Traced().Person = account?.Person;
        var user = account is { Demo: false } ? await store.ReadAsync(account) : null;
        // The password of a switched-off account is checked too, so that the answer takes as long.
        var matches = account is { Demo: true } ? demo.Matches(body.Password) : passwords.Matches(user, body.Password);
        if (account is not { Deactivated: false } || !matches)
            return await RefuseAsync(http, account, who, SignInCodes.Denied, least: LeastWait - Stopwatch.GetElapsedTime(began));
        if (user?.Secrets.HasFactor == true)
        {
            if (string.IsNullOrWhiteSpace(body.Code))
                return Problems.Of(SignInCodes.FactorRequired);
            if (await passwords.UseCodeAsync(user, body.Code) is { } wrong)
                return await RefuseAsync(http, account, who, wrong == SignInCodes.WrongCode ? SignInCodes.CodeDenied : wrong);
        }
        var (factor, signIns) = (user?.Secrets.HasFactor == true, services.GetRequiredService<SignIns>());
        if (!await signIns.BeginAsync(http, account.Person, user?.Version, factor, account.Demo))
            return await RefuseAsync(http, account, who, SignInCodes.Denied);
        tries.Clear(who, address);
        return TypedResults.NoContent();
    }

    /// <summary>Refuses an attempt to sign in. The more attempts were wrong, the longer the answer takes.</summary>
    /// <param name="who">See <see cref="KeyOf"/>.</param>
    /// <param name="least">The least time that the answer takes.</param>
    internal static async Task<ProblemHttpResult> RefuseAsync(
        HttpContext http,
        Account? account,
        string who,
        Code code,
        string? detail = null,
        TimeSpan least = default
    )
    {
        RefusalMeter.Count(code);
        // People may type a password as the name by mistake, so only names of accounts are logged.
        LogDenied(
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SessionApi)),
            account?.UserName ?? "unknown",
            HubLimits.Address(http)
        );
        var wait = http.RequestServices.GetRequiredService<WrongTries>().Note(who, HubLimits.Source(http));
        await Task.Delay(wait > least ? wait : least, http.RequestAborted);
        return Problems.Of(code, detail);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in was refused: account {Account}, address {Address}")]
    private static partial void LogDenied(ILogger log, string account, string address);

    private static async Task<NoContent> SignOutAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<SignIns>().EndAsync(http);
        return TypedResults.NoContent();
    }

    /// <summary>Takes a second factor again, as grave changes demand.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(
        FactorRequest body,
        HttpContext http,
        IServiceProvider services
    )
    {
        var (viewer, tries) = (Viewer.Of(http), services.GetRequiredService<WrongTries>());
        var (who, address) = (KeyOf(viewer.Account.UserName), HubLimits.Source(http));
        var user = await services.GetRequiredService<AccountStore>().ReadAsync(viewer.Account);
        if (await services.GetRequiredService<Passwords>().UseCodeAsync(user, body.Code) is { } wrong)
        {
            await Task.Delay(tries.Note(who, address), http.RequestAborted);
            return Problems.Of(wrong, place: "$.code");
        }
        tries.Clear(who, address);
        return await services.GetRequiredService<SignIns>().RenewFactorAsync(http, viewer.Ticket)
            ? TypedResults.NoContent()
            : Problems.Of(SignInCodes.Ended);
    }

    private static async Task<Results<Ok<IReadOnlyList<Pickable>>, ProblemHttpResult>> PeopleAsync(IDemoAccounts demo) =>
        demo.AreOn ? TypedResults.Ok(await demo.PickableAsync()) : Off();

    private static async Task<Results<NoContent, ProblemHttpResult>> PickAsync(
        PickPerson body,
        HttpContext http,
        IDemoAccounts demo,
        IServiceProvider services
    )
    {
        if (!demo.AreOn)
            return Off();
        if (body.Person.Value is null)
            return Problems.Of(RequestCodes.BadJson, "The person is missing.", "$.person");
        var book = services.GetRequiredService<AccessBook>();
        await book.CatchUpAsync();
        if (book.Find(body.Person) is not { Demo: true, Deactivated: false })
            return Problems.Of(SignInCodes.UnknownPerson, $"There is no {body.Person} in the demo.", "$.person");
        await services.GetRequiredService<SignIns>().BeginAsync(http, body.Person, null, factor: false, demo: true);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Off() => Problems.Of(RequestCodes.NotFound, "The demo is off.");

    /// <summary>A key for counting wrong tries. It does not contain what was typed.</summary>
    internal static string KeyOf(string userName) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(userName)), 0, 8);
}
