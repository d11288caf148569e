using ConsultHub.Accounts;
using ConsultHub.Journal;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>
/// Has the providers confirm all open sign-ins again and again. Each web node asks the accounts that are connected with a provider which
/// sign-ins are due. An account gives a sign-in to one node only, for a limited time.
/// </summary>
internal sealed partial class OidcChecks(
    IGrainFactory grains,
    AccessBook book,
    OidcClient client,
    OidcSecrets secrets,
    OidcSignIn roles,
    IOptions<OidcOptions> options,
    TimeProvider clock,
    ILogger<OidcChecks> log
) : BackgroundService
{
    private const int AtOnce = 4;

    /// <summary>A check takes at most about three answers of the provider.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    /// <summary>A sign-in is due after two thirds of the period, and accounts are asked every third. So no check is late.</summary>
    private TimeSpan Pause => options.Value.CheckEvery / 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await book.ReadyAsync(stoppingToken);
                await Parallel.ForEachAsync(
                    book.Accounts.Where(a => !a.Identities.IsEmpty),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    async (account, _) => await CheckAsync(account.Person)
                );
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The node is stopping.
            }
    }

    private async Task CheckAsync(PersonId person)
    {
        try
        {
            var due = clock.GetUtcNow() - Pause * 2;
            foreach (var signIn in await grains.GetGrain<IAccountGrain>(person.Value).ClaimChecksAsync(due, Lease))
                await CheckAsync(person, signIn, signIn.External!);
        }
        catch (Exception e)
        {
            LogFailed(person.Value, e.GetType().Name); // the next round tries again
        }
    }

    private async Task CheckAsync(PersonId person, SignIn signIn, ExternalSignIn external)
    {
        await book.CatchUpAsync();
        if (book.Find(person) is not { } account || !account.Identities.Any(i => i.Is(external.Issuer, external.Subject)))
        {
            await EndAsync(person, signIn, external, "the account is no longer connected");
            return;
        }
        try
        {
            var provider =
                options.Value.OfIssuer(external.Issuer) ?? throw new ProviderAwayException("The settings no longer contain the provider.");
            var token =
                secrets.ReadToken(person, external.Issuer, external.Token)
                ?? throw new ProviderAwayException("The provider gave no token for checking again.");
            // The check is not interrupted when the node stops. Otherwise a new token of the provider could be lost.
            var (claims, next) = await client.ConfirmAsync(provider, external.Subject, token, CancellationToken.None);
            await grains
                .GetGrain<IAccountGrain>(person.Value)
                .FinishCheckAsync(signIn.Id, secrets.ProtectToken(person, external.Issuer, next));
            if (await roles.MapAsync(account, provider, claims) is { } refused)
                LogNotMapped(account.UserName, provider.Name, refused);
        }
        catch (PersonGoneException)
        {
            await EndAsync(person, signIn, external, "the provider no longer confirms it");
            await TakeRolesAsync(account, external.Issuer);
        }
        catch (ProviderAwayException away)
        {
            LogAway(account.UserName, external.Issuer, away.Message);
            if (clock.GetUtcNow() - external.CheckedAt >= options.Value.AwayFor)
                await EndAsync(person, signIn, external, "the provider did not confirm it for too long");
        }
    }

    private async Task EndAsync(PersonId person, SignIn signIn, ExternalSignIn external, string why)
    {
        await grains.GetGrain<IAccountGrain>(person.Value).EndAsync(Actor.System, signIn.Id, null);
        LogEnded(person.Value, external.Issuer, why);
    }

    /// <summary>Takes the provider's roles from a person who has no other sign-in by it. They would not count anyway.</summary>
    private async Task TakeRolesAsync(Account account, string issuer)
    {
        if ((await grains.GetGrain<IAccountGrain>(account.Person.Value).SignInsAsync()).All(s => s.External?.Issuer != issuer))
            await roles.MapAsync(account, issuer, []);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in of {Person} by {Issuer} was ended: {Why}")]
    private partial void LogEnded(string person, string issuer, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in of {Account} by {Issuer} was not confirmed: {Why}")]
    private partial void LogAway(string account, string issuer, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The roles of {Account} from {Provider} were not changed: {Code}")]
    private partial void LogNotMapped(string account, string provider, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-ins of {Person} could not be checked: {Why}")]
    private partial void LogFailed(string person, string why);
}
