using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using ConsultHub.Accounts;
using ConsultHub.Mail;
using ConsultHub.Silo;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Mail;

/// <summary>
/// Stores mails, and so promises that they are sent. The content is encrypted with the keys of the web nodes before a silo sees it.
/// </summary>
internal sealed class MailBox(
    IGrainFactory grains,
    IDataProtectionProvider protection,
    IOptions<MailOptions> options,
    IOptions<HubOptions> hub
) : IDisposable
{
    private readonly SemaphoreSlim _posted = new(0, 1);

    /// <summary>Whether the hub sends mail.</summary>
    public bool IsOn => options.Value.IsOn;

    public IMailGrain Grain => grains.GetGrain<IMailGrain>("hub");

    /// <summary>Whether a mail can be sent to an account.</summary>
    public static bool IsReachable(Account account) =>
        account is { Demo: false, Deactivated: false, Kind: AccountKind.Person, Email: { } email } && MailOptions.IsAddress(email);

    /// <summary>Returns a letter to the person of an account, who must be reachable.</summary>
    public static Letter To(Account account, MailKind kind, string? language = null) =>
        new(kind, account.Person, account.Email!, account.Name, Letter.LanguagesOf(account.Name, language))
        {
            UserName = account.UserName,
            IsToVisitor = account.IsVisitor,
        };

    /// <summary>The address of a page of the hub.</summary>
    public string AddressOf(string path) => hub.Value.PublicUrl!.ToString().TrimEnd('/') + path;

    /// <summary>Stores a letter. See <see cref="PostAsync(IReadOnlyList{Letter}, DateTimeOffset?, Func{Letter, string}?)"/>.</summary>
    public Task<Refusal?> PostAsync(Letter letter) => PostAsync([letter], null, null);

    /// <summary>Stores letters, all or none. They are sent soon after this.</summary>
    /// <param name="notBefore">They are not sent earlier. Null sends them at once.</param>
    /// <param name="replaces">The key of a letter. A newer letter with the same key replaces it while it waits. By default, letters about
    /// changes by the person share one key for each kind and person, and other letters without a link are never replaced. Letters with a
    /// link that somebody else made share one key for each person, and letters with a link that the person asked for share another. Of each
    /// sort, only the newest link is valid.</param>
    /// <returns>Why they are not stored, or null.</returns>
    public async Task<Refusal?> PostAsync(IReadOnlyList<Letter> letters, DateTimeOffset? notBefore, Func<Letter, string>? replaces)
    {
        if (!IsOn)
            return ConsultHub.Refusal.Of(MailCodes.Off);
        var reply = await Grain.QueueAsync([
            .. letters.Select(letter =>
            {
                var id = Guid.CreateVersion7();
                return new NewMail(
                    id,
                    letter.Person,
                    letter.Kind,
                    [.. Protector(id).Protect(JsonSerializer.SerializeToUtf8Bytes(letter, HubJson.Options))],
                    letter.Until,
                    notBefore,
                    replaces is not null ? replaces(letter)
                        : letter.Link is null ? (MailRules.IsRepeatable(letter.Kind) ? $"{letter.Kind}/{letter.Person}" : null)
                        : letter.Kind == MailKind.OwnReset ? $"own-reset/{letter.Person}"
                        : $"link/{letter.Person}",
                    letter.IsToVisitor && MailRules.IsRepeatable(letter.Kind)
                        ? AccountRules.HashOf(letter.To.ToLowerInvariant())[..16]
                        : null
                );
            }),
        ]);
        if (_posted.CurrentCount == 0)
            try
            {
                _posted.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another request has just released it.
            }
        return reply.Refusal;
    }

    /// <summary>Completes when this node has stored a letter, or when the time is over.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _posted.WaitAsync(atMost, cancel);

    public void Dispose() => _posted.Dispose();

    /// <summary>Returns the letter of a mail. Null if the key that encrypted it is lost.</summary>
    public Letter? Open(DueMail mail)
    {
        try
        {
            return JsonSerializer.Deserialize<Letter>(Protector(mail.Id).Unprotect([.. mail.Protected]), HubJson.Options);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private IDataProtector Protector(Guid mail) => protection.CreateProtector("mail", mail.ToString());
}
