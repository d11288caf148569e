using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using QRCoder;

namespace ConsultHub.Web.Accounts;

/// <summary>A person's own account: password, second factor and signed-in devices.</summary>
public static class MeApi
{
    private const int RecoveryCodes = 10;

    /// <param name="Totp">Whether an authenticator app is set up.</param>
    /// <param name="RecoveryCodes">How many recovery codes are left.</param>
    /// <param name="Passkeys">How many passkeys the person has.</param>
    /// <param name="NeedsFactor">Whether a role demands a second factor, so that the last one cannot be removed.</param>
    /// <param name="HasPassword">Whether the person has a password. Without one, they sign in at an institution.</param>
    public sealed record MyAccount(
        PersonId Person,
        string UserName,
        LocalName Name,
        string? Email,
        bool Demo,
        ImmutableArray<Grant> Roles,
        bool Totp,
        int RecoveryCodes,
        int Passkeys,
        bool NeedsFactor,
        bool HasPassword
    );

    public sealed record NewPassword(string Current, string Password);

    /// <param name="Key">The key to type into an app, in base32.</param>
    /// <param name="Uri">The key as an <c>otpauth</c> address.</param>
    /// <param name="Qr">The address as a QR code, in SVG.</param>
    public sealed record TotpKey(string Key, string Uri, string Qr);

    /// <param name="Password">The present password. It is needed only while the account has a password and no second factor.</param>
    public sealed record OwnerProof(string? Password = null);

    public sealed record TotpCode(string Code);

    /// <param name="Code">A code. It may be left out if a second factor, such as a passkey, was given just now.</param>
    public sealed record CodesRequest(string? Code = null);

    public sealed record NewCodes(IReadOnlyList<string> RecoveryCodes);

    /// <param name="Current">Whether the request was sent with this sign-in.</param>
    public sealed record SignInView(
        Guid Id,
        DateTimeOffset At,
        string Device,
        string Address,
        DateTimeOffset SeenAt,
        DateTimeOffset Until,
        bool Current
    );

    internal static void MapMe(this IEndpointRouteBuilder app)
    {
        var me = app.MapGroup("/api/me").WithTags("Me");
        me.MapGet("/", (Delegate)GetAsync).Requires(Access.OwnAccount);
        me.MapPut("/password", ChangePasswordAsync)
            .Requires(Access.OwnAccount)
            .RequireRateLimiting(LimitHosting.SignIn)
            .Traces(AuditKinds.SecretsChanged, "password.changed");
        me.MapPost("/totp", BeginTotpAsync).Requires(Access.OwnAccount).RequireRateLimiting(LimitHosting.SignIn);
        me.MapPut("/totp", ConfirmTotpAsync)
            .Requires(Access.OwnAccount)
            .RequireRateLimiting(LimitHosting.SignIn)
            .Traces(AuditKinds.SecretsChanged, "factor.set-up");
        me.MapPost("/totp/removal", RemoveTotpAsync)
            .Requires(Access.OwnAccount)
            .RequireRateLimiting(LimitHosting.SignIn)
            .Traces(AuditKinds.SecretsChanged, "factor.removed");
        me.MapPost("/recovery-codes", RenewCodesAsync)
            .Requires(Access.OwnAccount)
            .RequireRateLimiting(LimitHosting.SignIn)
            .Traces(AuditKinds.SecretsChanged, "recovery-codes.renewed");
        me.MapGet("/sign-ins", SignInsAsync).Requires(Access.OwnAccount);
        me.MapDelete("/sign-ins/{id:guid}", EndAsync).Requires(Access.OwnAccount).Traces(AuditKinds.SignInEnded, "sign-in.ended");
        me.MapDelete("/sign-ins", EndOthersAsync).Requires(Access.OwnAccount).Traces(AuditKinds.SignInEnded, "sign-ins.ended");
    }

    private static async Task<Ok<MyAccount>> GetAsync(HttpContext http)
    {
        var (viewer, user) = await UserAsync(http);
        return TypedResults.Ok(
            new MyAccount(
                viewer.Person,
                viewer.Account.UserName,
                viewer.Account.Name,
                viewer.Account.Email,
                viewer.Account.Demo,
                viewer.Account.Grants,
                user.Secrets.Totp,
                user.Secrets.RecoveryCodes.Length,
                user.Secrets.Passkeys.Length,
                Service<AccessBook>(http).DemandsFactor(viewer.Account),
                user.Secrets.Password is not null
            )
        );
    }

    /// <summary>Changes the password and ends all other sign-ins.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        NewPassword body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (viewer, user) = await UserAsync(http);
        var passwords = Service<Passwords>(http);
        if (!passwords.Matches(user, body.Current))
            return await WrongPasswordAsync(http, "$.current");
        if (Passwords.FaultOf(body.Password, viewer.Account.UserName) is { } weak)
            return Problems.Of(SignInCodes.WeakPassword, weak, "$.password");
        passwords.Set(user, body.Password);
        if (await StoreAsync(http, user) is { } refused)
            return refused;
        await Service<OwnerMails>(http).PasswordChangedAsync(viewer.Account);
        await grains.GetGrain<IAccountGrain>(viewer.Person.Value).EndAsync(viewer.Actor, null, viewer.Ticket.SignIn);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Makes a key for an authenticator app. The app counts once the person has given one of its codes. It then replaces an earlier app. A
    /// person who has a second factor must have given it just now. Others give the password.
    /// </summary>
    private static async Task<Results<Ok<TotpKey>, ProblemHttpResult>> BeginTotpAsync(OwnerProof body, HttpContext http)
    {
        var (viewer, user) = await UserAsync(http);
        if (await UnprovenAsync(http, user, body.Password) is { } unproven)
            return unproven;
        var key = Service<UserManager<HubUser>>(http).GenerateNewAuthenticatorKey();
        user.Secrets = user.Secrets with { NewTotpKey = key };
        if (await StoreAsync(http, user) is { } refused)
            return refused;
        var name = Uri.EscapeDataString(viewer.Account.UserName);
        var address = $"otpauth://totp/Consult%20Hub:{name}?secret={key}&issuer=Consult%20Hub&digits=6";
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return TypedResults.Ok(new TotpKey(key, address, svg.GetGraphic(4)));
    }

    /// <summary>Confirms the app by a code. From now on the person signs in with codes of this app.</summary>
    private static async Task<Results<Ok<NewCodes>, ProblemHttpResult>> ConfirmTotpAsync(TotpCode body, HttpContext http)
    {
        var (viewer, user) = await UserAsync(http);
        if (NeedsFactorAgain(http, viewer, user))
            return Problems.Of(SignInCodes.FactorAgain);
        user.Secrets = user.Secrets with { TotpKey = user.Secrets.NewTotpKey, NewTotpKey = null, Totp = true };
        if (user.Secrets.TotpKey is null || !await Service<Passwords>(http).IsOfAppAsync(user, (body.Code ?? "").Trim()))
            return Problems.Of(SignInCodes.WrongCode, place: "$.code");
        var answer = await NewCodesAsync(http, user);
        if (answer.Result is Ok<NewCodes>)
            await Service<SignIns>(http).RenewFactorAsync(http, viewer.Ticket);
        return answer;
    }

    /// <summary>Removes the app. It stays if it is the last second factor and a role demands one.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveTotpAsync(TotpCode body, HttpContext http)
    {
        var (viewer, user) = await UserAsync(http);
        if (!user.Secrets.WithoutApp().HasFactor && Service<AccessBook>(http).DemandsFactor(viewer.Account))
            return Problems.Of(SignInCodes.FactorLast);
        if (await Service<Passwords>(http).UseCodeAsync(user, body.Code) is { } wrong)
            return Problems.Of(wrong, place: "$.code");
        user.Secrets = user.Secrets.WithoutApp();
        if (await StoreAsync(http, user) is { } refused)
            return refused;
        await Service<OwnerMails>(http).FactorChangedAsync(user.Account);
        return TypedResults.NoContent();
    }

    /// <summary>Makes new recovery codes. The old ones no longer work. The account needs a second factor.</summary>
    private static async Task<Results<Ok<NewCodes>, ProblemHttpResult>> RenewCodesAsync(CodesRequest body, HttpContext http)
    {
        var (viewer, user) = await UserAsync(http);
        if (user.Secrets.HasFactor && string.IsNullOrWhiteSpace(body.Code))
            return NeedsFactorAgain(http, viewer, user) ? Problems.Of(SignInCodes.FactorAgain) : await NewCodesAsync(http, user);
        return await Service<Passwords>(http).UseCodeAsync(user, body.Code) is { } wrong
            ? Problems.Of(wrong, place: "$.code")
            : await NewCodesAsync(http, user);
    }

    private static async Task<Results<Ok<NewCodes>, ProblemHttpResult>> NewCodesAsync(HttpContext http, HubUser user)
    {
        var codes = await Service<UserManager<HubUser>>(http).GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes);
        if (codes is null)
            return Problems.Of(Refusal.Of(AccountCodes.Stale)!);
        await Service<OwnerMails>(http).FactorChangedAsync(user.Account);
        return TypedResults.Ok(new NewCodes([.. codes]));
    }

    private static async Task<Ok<List<SignInView>>> SignInsAsync(HttpContext http, IGrainFactory grains) =>
        TypedResults.Ok(await ViewsAsync(grains, Viewer.Of(http).Person, Viewer.Of(http).Ticket.SignIn));

    private static async Task<NoContent> EndAsync(Guid id, HttpContext http, IGrainFactory grains)
    {
        await grains.GetGrain<IAccountGrain>(Viewer.Of(http).Person.Value).EndAsync(Viewer.Of(http).Actor, id, null);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndOthersAsync(HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        await grains.GetGrain<IAccountGrain>(viewer.Person.Value).EndAsync(viewer.Actor, null, viewer.Ticket.SignIn);
        return TypedResults.NoContent();
    }

    /// <summary>The sign-ins of a person, the last used first.</summary>
    internal static async Task<List<SignInView>> ViewsAsync(IGrainFactory grains, PersonId person, Guid? current) =>
        [
            .. (await grains.GetGrain<IAccountGrain>(person.Value).SignInsAsync())
                .OrderByDescending(s => s.SeenAt)
                .Select(s => new SignInView(s.Id, s.At, s.Device, s.Address, s.SeenAt, s.Until, s.Id == current)),
        ];

    /// <summary>Whether the person has a second factor and has to give it again before changing it. People of the demo do not.</summary>
    internal static bool NeedsFactorAgain(HttpContext http, Viewer viewer, HubUser user) =>
        user.Secrets.HasFactor
        && !viewer.Ticket.Demo
        && !viewer.Account.Demo
        && !Service<IOptions<SignInOptions>>(http).Value.IsRecent(viewer.Ticket.FactorAt, Service<TimeProvider>(http).GetUtcNow());

    /// <summary>
    /// Refuses to add a way to sign in, unless the person has just given a second factor or, without one, the password. So somebody who
    /// finds an open page cannot add one.
    /// </summary>
    internal static async Task<ProblemHttpResult?> UnprovenAsync(HttpContext http, HubUser user, string? password)
    {
        if (NeedsFactorAgain(http, Viewer.Of(http), user))
            return Problems.Of(SignInCodes.FactorAgain);
        return user.Secrets.HasFactor || user.Secrets.Password is null || Service<Passwords>(http).Matches(user, password)
            ? null
            : await WrongPasswordAsync(http, "$.password");
    }

    private static async Task<ProblemHttpResult> WrongPasswordAsync(HttpContext http, string place)
    {
        var wait = Service<WrongTries>(http).Note(Viewer.Of(http).Person.Value, HubLimits.Source(http));
        await Task.Delay(wait, http.RequestAborted);
        return Problems.Of(SignInCodes.WrongPassword, place: place);
    }

    internal static async Task<(Viewer Viewer, HubUser User)> UserAsync(HttpContext http)
    {
        var viewer = Viewer.Of(http);
        return (viewer, await Service<AccountStore>(http).ReadAsync(viewer.Account));
    }

    internal static async Task<ProblemHttpResult?> StoreAsync(HttpContext http, HubUser user) =>
        (await Service<AccountStore>(http).UpdateAsync(user, http.RequestAborted)).Succeeded
            ? null
            : Problems.Of(Refusal.Of(AccountCodes.Stale)!);

    private static T Service<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();
}
