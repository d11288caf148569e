using System.Globalization;
using ConsultHub.Accounts;
using ConsultHub.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ConsultHub.Silo;

/// <summary>
/// The way back for an operator, when somebody has lost a password or a second factor and no administrator can help: prints a link that
/// works once. A hub that is one process must be stopped, because only one process may use its data. A cluster must run.
/// </summary>
public static class RecoverCommand
{
    private const string Usage = "recover <user name> [--administrator]",
        Administrator = "--administrator";

    /// <summary>The link lets somebody take over an account, so it is valid for a short time.</summary>
    private static readonly TimeSpan LinkLasts = TimeSpan.FromHours(1);

    /// <summary>Whether the arguments are this command and not settings of a node.</summary>
    public static bool Knows(string[] args) => args is ["recover", ..];

    /// <summary>Runs the command on the data that the configuration names.</summary>
    /// <returns>The exit code of the process: 0, or 1 after a message on the error stream.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? errors = null)
    {
        (output, errors) = (output ?? Console.Out, errors ?? Console.Error);
        if (args is not (["recover", _] or ["recover", _, Administrator]))
        {
            await errors.WriteLineAsync(Usage);
            return 1;
        }
        try
        {
            using var host = Build();
            await host.StartAsync();
            var reply = await RecoverAsync(host.Services, args[1], args.Length == 3);
            await host.StopAsync();
            await (reply.Link is null ? errors : output).WriteLineAsync(reply.Text);
            return reply.Link is null ? 1 : 0;
        }
        catch (Exception e)
            when (e is StorageStartException or OptionsValidationException or Orleans.Runtime.OrleansException or TimeoutException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        if (SiloHosting.IsCluster(builder.Configuration))
            builder.AddHubClient();
        else
            builder.AddHubSilo();
        return builder.Build();
    }

    private static async Task<(string? Link, string Text)> RecoverAsync(IServiceProvider services, string userName, bool administrator)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var access = grains.GetGrain<IAccessGrain>("hub");
        if (await access.FindAsync(userName.Trim().ToLowerInvariant()) is not { Demo: false, Kind: AccountKind.Person } account)
            return (null, $"No person has an account with the user name {userName}.");
        if (account.Deactivated && !administrator)
            return (null, $"The account {userName} is switched off. With {Administrator} it is switched on and made an administrator.");
        var reply = await access.DecideAsync(
            Actor.System,
            new RecoverAccount
            {
                CommandId = Guid.NewGuid(),
                Person = account.Person,
                Administrator = administrator,
                Reason = administrator
                    ? "An operator recovered the account at the server and made it an administrator."
                    : "An operator recovered the account at the server.",
            }
        );
        if (reply.Refusal is { } refusal)
            return (null, refusal.Message);
        var (secret, until) = (AccountRules.NewSecret(), DateTimeOffset.UtcNow + LinkLasts);
        await grains
            .GetGrain<IAccountGrain>(account.Person.Value)
            .PutLinkAsync(Actor.System, new(AccountRules.HashOf(secret), until, Actor.System.Person, ResetsFactors: true));
        var at = services.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl?.ToString() ?? "http://localhost:5080";
        var link = $"{at.TrimEnd('/')}/invitation#{account.Person}.{secret}";
        return (
            link,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Choose a new password for {account.UserName} until {until:u} with this link, which works once: {link}"
            )
        );
    }
}
