using System.Diagnostics;
using System.Text.Json;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Passkeys: signing in with one, giving one as a second factor again, and the person's own passkeys. A passkey is a password and a second
/// factor at once, because the device asks for a finger, a face or a PIN.
/// </summary>
public static class PasskeysApi
{
    internal const string SignInPath = "/api/session/passkey",
        FactorPath = "/api/session/factor/passkey",
        OwnPath = "/api/me/passkeys";

    /// <summary>The largest body of a request with a credential.</summary>
    private const int LargestBody = 1 << 14;

    /// <summary>
    /// A refused sign-in takes at least this long. Otherwise its time would show how far the check came, and so whether the account exists.
    /// </summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(0.25);

    /// <param name="Credential">What <c>navigator.credentials.get()</c> has answered, as JSON.</param>
    public sealed record PasskeyAnswer(JsonElement Credential);

    /// <param name="Credential">What <c>navigator.credentials.create()</c> has answered, as JSON.</param>
    /// <param name="Name">1 to 60 characters, by which the person recognises the passkey.</param>
    public sealed record NewPasskey(JsonElement Credential, string Name);

    public sealed record PasskeyName(string Name);

    /// <param name="UsedAt">Null if it was never used.</param>
    public sealed record PasskeyView(Guid Id, string Name, DateTimeOffset At, DateTimeOffset? UsedAt);

    internal static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var bound = new RequestSizeLimitAttribute(LargestBody);
        var session = app.MapGroup(SignInPath).WithTags("Session").WithMetadata(bound);
        session.MapPost("/options", (Delegate)AskToSignInAsync).Requires(Access.Anybody).RequireRateLimiting(LimitHosting.SignIn);
        session.MapPost("/", SignInAsync).Requires(Access.Anybody).RequireRateLimiting(LimitHosting.SignIn).TracesSignIn();
        var factor = app.MapGroup(FactorPath).WithTags("Session").WithMetadata(bound);
        factor.MapPost("/options", (Delegate)AskForFactorAsync).Requires(Access.OwnAccount).RequireRateLimiting(LimitHosting.SignIn);
        factor.MapPost("/", ConfirmAsync).Requires(Access.OwnAccount).RequireRateLimiting(LimitHosting.SignIn).TracesSignIn();
        var own = app.MapGroup(OwnPath).WithTags("Me").WithMetadata(bound);
        own.MapGet("/", (Delegate)ListAsync).Requires(Access.OwnAccount);
        own.MapPost("/options", AskForNewAsync).Requires(Access.OwnAccount).RequireRateLimiting(LimitHosting.SignIn);
        own.MapPost("/", AddAsync)
            .Requires(Access.OwnAccount)
            .RequireRateLimiting(LimitHosting.SignIn)
            .Traces(AuditKinds.SecretsChanged, "passkey.added");
        own.MapPut("/{id:guid}", RenameAsync).Requires(Access.OwnAccount).Traces(AuditKinds.SecretsChanged, "passkey.renamed");
        own.MapDelete("/{id:guid}", RemoveAsync).Requires(Access.OwnAccount).Traces(AuditKinds.SecretsChanged, "passkey.removed");
    }

    /// <summary>
    /// The options for <c>navigator.credentials.get()</c>, to sign in. A cookie holds the challenge, so the answer works only in this
    /// browser, within five minutes.
    /// </summary>
    private static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> AskToSignInAsync(HttpContext http) =>
        await Service<Passkeys>(http).AskAsync(http, PasskeyPurpose.SignIn, null) is { } options
            ? TypedResults.Ok(options)
            : Problems.Of(PasskeyCodes.Unavailable);

    /// <summary>Signs in with a passkey. It counts as a second factor too. The refusal does not say what is wrong.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> SignInAsync(PasskeyAnswer body, HttpContext http)
    {
        var begun = Stopwatch.GetTimestamp();
        var (book, address) = (Service<AccessBook>(http), HubLimits.Source(http));
        await book.CatchUpAsync(); // the account may have been opened on another node just now
        var claimed = Passkeys.ClaimedBy(body.Credential);
        var account = claimed is { } named ? book.Find(named) : null;
        // The key does not depend on whether the account exists. Otherwise the waiting time would show it.
        var who = $"passkey/{SessionApi.KeyOf(claimed?.Value ?? "")}";
        http.Traced().Person = account?.Person;
        if (await Service<Passkeys>(http).UseAsync(http, PasskeyPurpose.SignIn, body.Credential) is not { } user)
        {
            var left = LeastWait - Stopwatch.GetElapsedTime(begun);
            return await SessionApi.RefuseAsync(
                http,
                account,
                who,
                SignInCodes.Denied,
                "The passkey was not accepted.",
                left > TimeSpan.Zero ? left : TimeSpan.Zero
            );
        }
        var person = user.Account.Person;
        if (!await Service<SignIns>(http).BeginAsync(http, person, user.Version, factor: true, user.Account.Demo, passkey: true))
            return await SessionApi.RefuseAsync(http, account, who, SignInCodes.Denied, "The passkey was not accepted.");
        Service<WrongTries>(http).Clear(who, address);
        return TypedResults.NoContent();
    }

    /// <summary>The options for <c>navigator.credentials.get()</c>, to give the second factor again.</summary>
    private static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> AskForFactorAsync(HttpContext http)
    {
        var (_, user) = await MeApi.UserAsync(http);
        return await Service<Passkeys>(http).AskAsync(http, PasskeyPurpose.Factor, user) is { } options
            ? TypedResults.Ok(options)
            : Problems.Of(PasskeyCodes.Unavailable);
    }

    /// <summary>Takes a passkey as the second factor again, as grave changes demand.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(PasskeyAnswer body, HttpContext http)
    {
        var (viewer, tries) = (Viewer.Of(http), Service<WrongTries>(http));
        var (who, address) = (SessionApi.KeyOf(viewer.Account.UserName), HubLimits.Source(http));
        if (
            await Service<Passkeys>(http).UseAsync(http, PasskeyPurpose.Factor, body.Credential) is not { } user
            || user.Account.Person != viewer.Person
        )
        {
            await Task.Delay(tries.Note(who, address), http.RequestAborted);
            return Problems.Of(PasskeyCodes.Wrong, place: "$.credential");
        }
        tries.Clear(who, address);
        return await Service<SignIns>(http).RenewFactorAsync(http, viewer.Ticket)
            ? TypedResults.NoContent()
            : Problems.Of(SignInCodes.Ended);
    }

    /// <summary>The person's own passkeys, the oldest first.</summary>
    private static async Task<Ok<List<PasskeyView>>> ListAsync(HttpContext http)
    {
        var (_, user) = await MeApi.UserAsync(http);
        return TypedResults.Ok(user.Secrets.Passkeys.Select(ViewOf).ToList());
    }

    /// <summary>
    /// The options for <c>navigator.credentials.create()</c>. A person who has a second factor must have given it just now. Others give the
    /// password.
    /// </summary>
    private static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> AskForNewAsync(MeApi.OwnerProof body, HttpContext http)
    {
        var (viewer, user) = await MeApi.UserAsync(http);
        var passkeys = Service<Passkeys>(http);
        if (!passkeys.AreFor(viewer.Account))
            return Problems.Of(PasskeyCodes.Unavailable);
        if (user.Secrets.Passkeys.Length >= Passkeys.Most)
            return Problems.Of(PasskeyCodes.TooMany);
        if (await MeApi.UnprovenAsync(http, user, body.Password) is { } unproven)
            return unproven;
        return TypedResults.Ok(await passkeys.AskForNewAsync(http, viewer.Account));
    }

    /// <summary>Adds a passkey. The person has just shown it, so it counts as a second factor that was given just now.</summary>
    private static async Task<Results<Created<PasskeyView>, ProblemHttpResult>> AddAsync(NewPasskey body, HttpContext http)
    {
        var viewer = Viewer.Of(http);
        if (NameIn(body.Name) is not { } name)
            return Problems.Of(PasskeyCodes.BadName, place: "$.name");
        var (added, refused) = await Service<Passkeys>(http).AddAsync(http, viewer.Account, body.Credential, name);
        if (added is null)
            return Problems.Of(refused!, place: "$.credential");
        await Service<SignIns>(http).RenewFactorAsync(http, viewer.Ticket);
        await Service<OwnerMails>(http).FactorChangedAsync(viewer.Account);
        return TypedResults.Created((string?)null, ViewOf(added));
    }

    private static async Task<Results<Ok<PasskeyView>, ProblemHttpResult>> RenameAsync(Guid id, PasskeyName body, HttpContext http)
    {
        var (_, user) = await MeApi.UserAsync(http);
        if (user.Secrets.Passkeys.FirstOrDefault(p => p.Id == id) is not { } known)
            return Problems.Of(PasskeyCodes.Unknown, place: "id");
        if (NameIn(body.Name) is not { } name)
            return Problems.Of(PasskeyCodes.BadName, place: "$.name");
        var renamed = known with { Name = name };
        user.Secrets = user.Secrets with { Passkeys = user.Secrets.Passkeys.Replace(known, renamed) };
        return await MeApi.StoreAsync(http, user) is { } refused ? refused : TypedResults.Ok(ViewOf(renamed));
    }

    /// <summary>
    /// Removes a passkey. The person must have given a second factor just now. The last second factor stays if a role demands one. To
    /// remove a passkey again is no error.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid id, HttpContext http)
    {
        var (viewer, user) = await MeApi.UserAsync(http);
        if (user.Secrets.Passkeys.FirstOrDefault(p => p.Id == id) is not { } known)
        {
            http.LeaveNoTrace();
            return TypedResults.NoContent();
        }
        if (MeApi.NeedsFactorAgain(http, viewer, user))
            return Problems.Of(SignInCodes.FactorAgain);
        user.Secrets = user.Secrets.Without(known);
        if (!user.Secrets.HasFactor && Service<AccessBook>(http).DemandsFactor(viewer.Account))
            return Problems.Of(SignInCodes.FactorLast, place: "id");
        if (await MeApi.StoreAsync(http, user) is { } refused)
            return refused;
        await Service<OwnerMails>(http).FactorChangedAsync(viewer.Account);
        return TypedResults.NoContent();
    }

    private static string? NameIn(string? given) =>
        given?.Trim() is { Length: >= 1 and <= Passkeys.LongestName } name && !name.Any(char.IsControl) ? name : null;

    private static PasskeyView ViewOf(Passkey passkey) => new(passkey.Id, passkey.Name, passkey.At, passkey.UsedAt);

    private static T Service<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();
}
