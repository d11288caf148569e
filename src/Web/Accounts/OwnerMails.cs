using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Mail;
using ConsultHub.Web.Mail;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Mails to people whose ways to sign in have changed. The change itself is stored already, and the request must not fail because
/// of a mail. So if a mail cannot be stored, this is only logged.
/// </summary>
internal sealed partial class OwnerMails(MailBox mail, TimeProvider clock, ILogger<OwnerMails> log)
{
    public Task PasswordChangedAsync(Account account) => TellAsync(account, MailKind.PasswordChanged, null);

    public Task FactorChangedAsync(Account account) => TellAsync(account, MailKind.FactorChanged, null);

    public Task IdentityLinkedAsync(Account account) => TellAsync(account, MailKind.IdentityLinked, null);

    /// <param name="before">The account with the address before the change.</param>
    public Task AddressChangedAsync(Account before) => TellAsync(before, MailKind.AddressChanged, null);

    /// <param name="used">Whether the link was used, so that the second factor is gone.</param>
    public Task FactorResetAsync(Account account, AccountLink link, bool used) =>
        link.ResetsFactors && link.By != account.Person
            ? TellAsync(account, MailKind.FactorReset, RaiseFactorReset.Texts(link.ByName, used))
            : Task.CompletedTask;

    private async Task TellAsync(Account account, MailKind kind, ImmutableDictionary<string, string>? sentences)
    {
        if (!mail.IsOn || !MailBox.IsReachable(account))
            return;
        try
        {
            var letter = MailBox.To(account, kind) with { At = clock.GetUtcNow(), Sentences = sentences };
            if (await mail.PostAsync(letter) is { } refusal)
                LogNotStored(kind, account.Person.Value, refusal.Code.Name);
        }
        catch (Exception away) when (away is TimeoutException or Orleans.Runtime.OrleansException or Journal.JournalWriteException)
        {
            LogNotStored(kind, account.Person.Value, away.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail {Kind} to {Person} could not be stored: {Why}")]
    private partial void LogNotStored(MailKind kind, string person, string why);
}
