using System.Collections.Immutable;
using System.Diagnostics;
using ConsultHub.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Mail;

/// <summary>
/// Sends the mails that wait. Each web node does this. A mail is reserved for one node, for a limited time. Several mails are sent over one
/// connection. The result of each mail is stored at once, so after a crash at most one mail is sent again.
/// </summary>
internal sealed partial class MailSender(MailBox box, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailSender> log)
    : BackgroundService
{
    private const int AtOnce = 50;

    /// <summary>For how long mails are reserved. After half of this time, a node begins to send no more of them.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2),
        LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>How long the mail server may take for one answer.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsOn)
            return;
        var pause = Every;
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var sent = await SendDueAsync(stoppingToken);
                pause = sent is null ? Min(pause * 2, LongestPause) : Every;
                if (sent is not > 0)
                    await box.WaitAsync(pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The node is stopping.
            }
            catch (Exception away) when (away is TimeoutException or Orleans.Runtime.OrleansException or Journal.JournalWriteException)
            {
                LogAway(away.Message);
                await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>Sends the mails that are due.</summary>
    /// <returns>How many mails were handled. Null if the mail server could not be reached.</returns>
    private async Task<int?> SendDueAsync(CancellationToken cancel)
    {
        var since = Stopwatch.StartNew();
        var due = new Queue<DueMail>(await box.Grain.ClaimAsync(AtOnce, Lease));
        if (due.Count == 0)
            return 0;
        var handled = 0;
        try
        {
            // Servers inside a hospital often cannot reach the places where revoked certificates are listed.
            using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds, CheckCertificateRevocation = false };
            while (due.Count > 0 && since.Elapsed < Lease / 2 && !cancel.IsCancellationRequested)
            {
                if (!client.IsConnected && await ConnectAsync(client, cancel) is { } why)
                {
                    // The failed attempt counts for each of these mails, so that the hub gives them up after a day.
                    await box.Grain.FinishAsync([.. due.Select(m => new MailOutcome(m.Id, MailResult.NotYet, why))]);
                    due.Clear();
                    return null;
                }
                await box.Grain.FinishAsync([await SendAsync(client, due.Peek(), cancel)]);
                due.Dequeue();
                handled++;
            }
            if (client.IsConnected)
                await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        finally
        {
            if (due.Count > 0)
                await box.Grain.ReleaseAsync([.. due.Select(m => m.Id)]);
        }
        return handled;
    }

    /// <returns>Why the server cannot be used now. Null if it can.</returns>
    private async Task<string?> ConnectAsync(SmtpClient client, CancellationToken cancel)
    {
        var settings = options.Value;
        try
        {
            var security = settings.Security switch
            {
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailSecurity.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            };
            await client.ConnectAsync(settings.Host, settings.UsedPort, security, cancel);
            if (settings.UserName.Length > 0)
                await client.AuthenticateAsync(settings.UserName, settings.Password, cancel);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            LogNotConnected(settings.Host, failure.Message);
            if (client.IsConnected)
                await client.DisconnectAsync(quit: false, CancellationToken.None);
            return failure is SmtpCommandException command ? $"{(int)command.StatusCode} {command.Message}" : failure.Message;
        }
    }

    private async Task<MailOutcome> SendAsync(SmtpClient client, DueMail mail, CancellationToken cancel)
    {
        if (box.Open(mail) is not { } letter)
        {
            LogUnreadable(mail.Id);
            return new(mail.Id, MailResult.Refused, "The hub's keys have changed, so that the mail cannot be read.");
        }
        try
        {
            // A mail whose sending has begun is sent to its end, so that the hub knows what became of it.
            using var patience = new CancellationTokenSource(Patience * 2);
            await client.SendAsync(MailMessage.Of(mail.Id, letter, options.Value), patience.Token);
            return new(mail.Id, MailResult.Sent);
        }
        catch (SmtpCommandException refused)
        {
            // A refused sender is a fault of the settings, which can be corrected. Another permanent refusal concerns the mail.
            var forGood = (int)refused.StatusCode >= 500 && refused.ErrorCode != SmtpErrorCode.SenderNotAccepted;
            LogRefused(mail.Id, (int)refused.StatusCode, forGood);
            return new(mail.Id, forGood ? MailResult.Refused : MailResult.NotYet, $"{(int)refused.StatusCode} {refused.Message}");
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            LogFailed(mail.Id, failure.GetType().Name);
            if (client.IsConnected)
                await client.DisconnectAsync(quit: false, CancellationToken.None);
            return new(mail.Id, MailResult.NotYet, failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server {Host} cannot be used now: {Why}")]
    private partial void LogNotConnected(string host, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mails cannot be read now: {Why}")]
    private partial void LogAway(string why);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The mail {Mail} cannot be decrypted: this node's keys are not those with which it was made."
    )]
    private partial void LogUnreadable(Guid mail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server refused the mail {Mail} with {Status}. For good: {ForGood}")]
    private partial void LogRefused(Guid mail, int status, bool forGood);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail {Mail} could not be sent now: {Why}")]
    private partial void LogFailed(Guid mail, string why);
}
