using System.Collections.Immutable;
using System.Text.Json;
using ConsultHub.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Gives the managers of ASP.NET Core Identity the accounts of the hub. Who has an account is known to <see cref="AccessBook"/>. The
/// secrets are with the person's account grain, encrypted with the data protection keys of the web nodes and bound to the person.
/// </summary>
internal sealed class AccountStore(IGrainFactory grains, AccessBook book, IDataProtectionProvider protection, TimeProvider clock)
    : IUserPasswordStore<HubUser>,
        IUserSecurityStampStore<HubUser>,
        IUserTwoFactorStore<HubUser>,
        IUserAuthenticatorKeyStore<HubUser>,
        IUserTwoFactorRecoveryCodeStore<HubUser>,
        IUserPasskeyStore<HubUser>
{
    /// <summary>Reads a person's secrets. An account without secrets has a version of 0.</summary>
    public async Task<HubUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        TextId.TryParse<PersonId>(userId, out var person) && book.Find(person) is { } account ? await ReadAsync(account) : null;

    public async Task<HubUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        book.FindByUserName(normalizedUserName.ToLowerInvariant()) is { } account ? await ReadAsync(account) : null;

    public async Task<HubUser> ReadAsync(Account account)
    {
        var stored = await Grain(account.Person).ReadSecretsAsync();
        var secrets = stored.Protected.IsDefaultOrEmpty
            ? Secrets.None
            : JsonSerializer.Deserialize<Secrets>(Protector(account.Person).Unprotect([.. stored.Protected]))!;
        return new(account, stored.Version, secrets);
    }

    public AccountSecrets Protect(HubUser user) =>
        new(user.Version, [.. Protector(user.Account.Person).Protect(JsonSerializer.SerializeToUtf8Bytes(user.Secrets))]);

    public async Task<IdentityResult> UpdateAsync(HubUser user, CancellationToken cancellationToken)
    {
        var person = user.Account.Person;
        var reply = await Grain(person).ChangeSecretsAsync(new(person, Role.System), Protect(user));
        if (reply.Code is not null)
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        user.Version = reply.Version;
        return IdentityResult.Success;
    }

    /// <summary>Stores the secrets of a person who is about to get an account.</summary>
    public Task<IdentityResult> CreateAsync(HubUser user, CancellationToken cancellationToken) => UpdateAsync(user, cancellationToken);

    /// <summary>An account is never deleted. It is switched off.</summary>
    public Task<IdentityResult> DeleteAsync(HubUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string> GetUserIdAsync(HubUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.Person.Value);

    public Task<string?> GetUserNameAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Account.UserName);

    public Task<string?> GetNormalizedUserNameAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Account.UserName);

    /// <summary>The access grain changes user names, so Identity does not.</summary>
    public Task SetUserNameAsync(HubUser user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(HubUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(HubUser user, CancellationToken cancellationToken) => Task.FromResult(user.Secrets.Password);

    public Task<bool> HasPasswordAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Secrets.Password is not null);

    public Task SetPasswordHashAsync(HubUser user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(user, user.Secrets with { Password = passwordHash });

    public Task<string?> GetSecurityStampAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Secrets.Stamp);

    public Task SetSecurityStampAsync(HubUser user, string stamp, CancellationToken cancellationToken) =>
        Set(user, user.Secrets with { Stamp = stamp });

    public Task<bool> GetTwoFactorEnabledAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Secrets.HasFactor);

    public Task SetTwoFactorEnabledAsync(HubUser user, bool enabled, CancellationToken cancellationToken) =>
        Set(user, enabled ? user.Secrets with { Totp = true } : user.Secrets.WithoutFactors());

    public Task<string?> GetAuthenticatorKeyAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Secrets.TotpKey);

    public Task SetAuthenticatorKeyAsync(HubUser user, string key, CancellationToken cancellationToken) =>
        Set(user, user.Secrets with { TotpKey = key });

    public Task ReplaceCodesAsync(HubUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(user, user.Secrets with { RecoveryCodes = [.. recoveryCodes.Select(HashOfCode)] });

    /// <summary>Removes a recovery code if it is one of those that are left. Identity then stores the change.</summary>
    public Task<bool> RedeemCodeAsync(HubUser user, string code, CancellationToken cancellationToken)
    {
        var hash = HashOfCode(code);
        if (!user.Secrets.RecoveryCodes.Contains(hash))
            return Task.FromResult(false);
        user.Secrets = user.Secrets with { RecoveryCodes = user.Secrets.RecoveryCodes.Remove(hash) };
        return Task.FromResult(true);
    }

    public Task<int> CountCodesAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Secrets.RecoveryCodes.Length);

    /// <summary>Adds a passkey, or notes that a known one was used.</summary>
    public Task AddOrUpdatePasskeyAsync(HubUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var (passkeys, now) = (user.Secrets.Passkeys, clock.GetUtcNow());
        var changed = Find(user, passkey.CredentialId) is { } known
            ? passkeys.Replace(known, known with { UsedAt = now, SignCount = passkey.SignCount, IsCopied = passkey.IsBackedUp })
            : passkeys.Add(
                new(
                    Guid.NewGuid(),
                    passkey.CredentialId,
                    passkey.PublicKey,
                    passkey.Name ?? "",
                    now,
                    null,
                    passkey.SignCount,
                    [.. passkey.Transports ?? []],
                    passkey.IsBackupEligible,
                    passkey.IsBackedUp
                )
            );
        return Set(user, user.Secrets with { Passkeys = changed });
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(HubUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Secrets.Passkeys.Select(InfoOf)]);

    /// <summary>
    /// Always null. The hub looks for a passkey only among those of one person, because it can decrypt the secrets of one person only. A
    /// device names this person in its answer, and the person's own public key proves that the answer is right.
    /// </summary>
    public Task<HubUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult<HubUser?>(null);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(HubUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId) is { } known ? InfoOf(known) : null);

    public Task RemovePasskeyAsync(HubUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Find(user, credentialId) is { } known ? Set(user, user.Secrets.Without(known)) : Task.CompletedTask;

    public void Dispose() { }

    private static Passkey? Find(HubUser user, byte[] credential) =>
        user.Secrets.Passkeys.FirstOrDefault(p => p.Credential.AsSpan().SequenceEqual(credential));

    /// <summary>What the device said when it made the passkey was checked then and is not stored, so it is empty here.</summary>
    private static UserPasskeyInfo InfoOf(Passkey passkey) =>
        new(
            passkey.Credential,
            passkey.PublicKey,
            passkey.At,
            passkey.SignCount,
            [.. passkey.Transports],
            isUserVerified: true,
            passkey.CanBeCopied,
            passkey.IsCopied,
            attestationObject: [],
            clientDataJson: []
        )
        {
            Name = passkey.Name,
        };

    private static string HashOfCode(string code) => AccountRules.HashOf(code.Trim().ToUpperInvariant());

    private static Task Set(HubUser user, Secrets secrets)
    {
        user.Secrets = secrets;
        return Task.CompletedTask;
    }

    private IAccountGrain Grain(PersonId person) => grains.GetGrain<IAccountGrain>(person.Value);

    private IDataProtector Protector(PersonId person) => protection.CreateProtector("accounts", person.Value);
}
