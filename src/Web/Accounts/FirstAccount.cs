using System.Text;
using ConsultHub.Accounts;
using ConsultHub.Silo;
using ConsultHub.Silo.Demo;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Prints the link that makes the first account, if the demo is off and the hub has no administrator. All nodes of a cluster print the same
/// link.
/// </summary>
internal sealed partial class FirstAccount(
    IGrainFactory grains,
    IDataProtectionProvider protection,
    IServer server,
    IOptions<HubOptions> hub,
    IOptions<DemoOptions> demo,
    IHostApplicationLifetime life,
    TimeProvider clock,
    ILogger<FirstAccount> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (demo.Value.Enabled)
            return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await PrintAsync();
                return;
            }
            catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
            {
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private async Task PrintAsync()
    {
        var (protector, secret) = (protection.CreateProtector("setup"), AccountRules.NewSecret());
        var offered = new SetupLink(
            AccountRules.HashOf(secret),
            [.. protector.Protect(Encoding.ASCII.GetBytes(secret))],
            clock.GetUtcNow() + AccountRules.SetupLasts
        );
        if (await grains.GetGrain<IAccessGrain>("hub").OfferSetupAsync(offered) is not { } link)
            return;
        try
        {
            var known = Encoding.ASCII.GetString(protector.Unprotect([.. link.Protected]));
            Console.WriteLine($"Make the first account until {link.Until:u} with this link, which works once: {Address()}/setup#{known}");
        }
        catch (System.Security.Cryptography.CryptographicException unreadable)
        {
            LogUnreadable(unreadable);
        }
    }

    private string Address() =>
        (
            hub.Value.PublicUrl?.ToString()
            ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? "http://localhost:5080"
        ).TrimEnd('/');

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The link for the first account cannot be read: this node's data protection keys are not those with which it was made."
    )]
    private partial void LogUnreadable(Exception reason);
}
