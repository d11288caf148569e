using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Mail;
using ConsultHub.Web.Limits;
using ConsultHub.Web.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Accounts;

/// <summary>Sends people who ask for a new password a link by mail.</summary>
public static partial class ResetApi
{
    private const int LongestName = 254,
        MostAccounts = 5;

    /// <summary>The time of an answer is a multiple of this, so that it does not show whether the account exists.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <param name="ByMail">Whether the hub sends the link by mail. If not, people ask an administrator or a coordinator.</param>
    public sealed record ResetOffer(bool ByMail);

    /// <param name="UserName">The user name or the e-mail address.</param>
    /// <param name="Language">The language of the page: en, ar or ko.</param>
    public sealed record ResetRequest(string UserName, string? Language = null);

    internal static void MapReset(this IEndpointRouteBuilder app)
    {
        var reset = app.MapGroup("/api/session/reset").WithTags("Session");
        reset.MapGet("/", Get).Requires(Access.Anybody);
        reset
            .MapPost("/", AskAsync)
            .Requires(Access.Anybody)
            .RequireRateLimiting(LimitHosting.SignIn)
            .Traces(AuditKinds.SecretsChanged, "reset.asked");
    }

    /// <summary>Whether people can ask for a new password here.</summary>
    private static Ok<ResetOffer> Get(IServiceProvider services) =>
        TypedResults.Ok(new ResetOffer(services.GetRequiredService<MailBox>().IsOn));

    /// <summary>
    /// Sends a link for a new password to the person's address. The link works once, within an hour, and leaves the second factor as it is.
    /// The answer and its time do not show whether there is such an account.
    /// </summary>
    private static async Task<Results<Accepted<ResetOffer>, ProblemHttpResult>> AskAsync(
        ResetRequest body,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider clock
    )
    {
        var services = http.RequestServices;
        var (began, mail) = (clock.GetTimestamp(), services.GetRequiredService<MailBox>());
        if (!mail.IsOn)
            return Problems.Of(MailCodes.Off);
        if (body.UserName is not { Length: > 0 and <= LongestName })
            return Problems.Of(RequestCodes.BadJson, $"A user name has 1 to {LongestName} characters.", "$.userName");
        var name = body.UserName.Trim().ToLowerInvariant();
        var slowed = services.GetRequiredService<WrongTries>().Note($"reset/{SessionApi.KeyOf(name)}", HubLimits.Source(http));
        await services.GetRequiredService<AccessBook>().CatchUpAsync();
        var room = await mail.Grain.RoomAsync(); // if the silos are away, this fails for every name
        var accounts = Find(services.GetRequiredService<AccessBook>(), name);
        (http.Traced().Person, http.Traced().Skipped) = (accounts.FirstOrDefault()?.Person, accounts.Count == 0);
        foreach (var account in accounts)
            if (room > 0)
                await SendAsync(account, body.Language, services, grains, clock);
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ResetApi));
        if (room == 0)
            LogFull(log);
        var worked = clock.GetElapsedTime(began);
        await Task.Delay(Beat * Math.Ceiling(worked / Beat) - worked + slowed, clock, http.RequestAborted);
        return TypedResults.Accepted((string?)null, new ResetOffer(true));
    }

    /// <summary>
    /// The accounts with this user name or this e-mail address. Several people may share an address. Visitors choose both themselves, so
    /// they come last.
    /// </summary>
    private static List<Account> Find(AccessBook book, string name) =>
        [
            .. book
                .Accounts.Where(a => a.UserName == name || string.Equals(a.Email, name, StringComparison.OrdinalIgnoreCase))
                .Where(MailBox.IsReachable)
                .OrderBy(a => a.IsVisitor)
                .Take(MostAccounts),
        ];

    private static async Task SendAsync(
        Account account,
        string? language,
        IServiceProvider services,
        IGrainFactory grains,
        TimeProvider clock
    )
    {
        // People who sign in at their institution have no password of the hub that they could have forgotten.
        if (!account.Identities.IsEmpty && (await services.GetRequiredService<AccountStore>().ReadAsync(account)).Secrets.Password is null)
            return;
        var (mail, secret) = (services.GetRequiredService<MailBox>(), AccountRules.NewSecret());
        var until = clock.GetUtcNow() + AccountRules.OwnResetLasts;
        var link = new AccountLink(AccountRules.HashOf(secret), until, account.Person, ResetsFactors: false, LinkKind.OwnReset);
        if (!await grains.GetGrain<IAccountGrain>(account.Person.Value).AskResetAsync(link))
            return;
        var letter = MailBox.To(account, MailKind.OwnReset, language) with
        {
            Link = mail.AddressOf($"/invitation#{account.Person}.{secret}"),
            Until = until,
        };
        if (await mail.PostAsync(letter) is not null)
            LogFull(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ResetApi)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A link for a new password was not sent, because too many mails wait.")]
    private static partial void LogFull(ILogger log);
}
