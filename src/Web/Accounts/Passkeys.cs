using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ConsultHub.Accounts;
using Microsoft.AspNetCore.Identity;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Asks browsers for passkeys and checks their answers with ASP.NET Core Identity (WebAuthn level 3). This class also ensures that each
/// challenge works only once, at all web nodes together: the account remembers used challenges, as it remembers used codes of an app.
/// </summary>
internal sealed partial class Passkeys(
    IPasskeyHandler<HubUser> handler,
    AccountStore store,
    PasskeyChallenges challenges,
    PasskeySite site,
    TimeProvider clock,
    ILogger<Passkeys> log
)
{
    /// <summary>How many passkeys a person may have.</summary>
    public const int Most = 10;

    public const int LongestName = 60;

    /// <summary>In bytes. The longest user handle that devices keep. The handle is the id of the person.</summary>
    private const int LongestHandle = 64;

    /// <summary>In bytes. An RSA key of 4096 bits is shorter.</summary>
    private const int LongestKey = 1024;

    private const int MostTransports = 8,
        LongestTransport = 32;

    /// <summary>How many challenges an account remembers. Nobody uses passkeys so often in five minutes.</summary>
    private const int MostUsed = 100;

    /// <summary>How often the use of a passkey is attempted if the secrets change meanwhile.</summary>
    private const int MostAttempts = 5;

    /// <summary>Whether an account can have passkeys at this hub.</summary>
    public bool AreFor(Account account) =>
        site.Domain is not null && account.Kind == AccountKind.Person && account.Person.Value.Length <= LongestHandle;

    /// <summary>The options with which a browser asks for a passkey.</summary>
    /// <param name="user">Whose passkey it must be. Null for anybody's.</param>
    /// <returns>Null if the hub's address allows no passkeys.</returns>
    public async Task<JsonElement?> AskAsync(HttpContext http, PasskeyPurpose purpose, HubUser? user)
    {
        if (site.Domain is null)
            return null;
        var made = await handler.MakeRequestOptionsAsync(user, http);
        challenges.Give(http, purpose, made.AssertionState!);
        return JsonElement.Parse(made.RequestOptionsJson);
    }

    /// <summary>The options with which a browser makes a new passkey.</summary>
    public async Task<JsonElement> AskForNewAsync(HttpContext http, Account account)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new()
            {
                Id = account.Person.Value,
                Name = account.UserName,
                DisplayName = account.Name.En,
            },
            http
        );
        challenges.Give(http, PasskeyPurpose.Add, made.AttestationState!);
        return JsonElement.Parse(made.CreationOptionsJson);
    }

    /// <summary>Checks a passkey and stores that it was used.</summary>
    /// <returns>Whose passkey it is. Null if it is not accepted.</returns>
    public async Task<HubUser?> UseAsync(HttpContext http, PasskeyPurpose purpose, JsonElement credential)
    {
        if (challenges.Take(http, purpose) is not { } challenge || credential.ValueKind != JsonValueKind.Object)
            return null;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            // Each attempt reads the secrets again. So if one challenge is used twice at the same time, the second use is refused below.
            var result = await handler.PerformAssertionAsync(
                new()
                {
                    HttpContext = http,
                    CredentialJson = credential.GetRawText(),
                    AssertionState = challenge.State,
                }
            );
            if (!result.Succeeded)
            {
                LogRefused(result.Failure.Message);
                return null;
            }
            if (result.User.Account.Deactivated || !Use(result.User, challenge))
                return null;
            await store.AddOrUpdatePasskeyAsync(result.User, result.Passkey, http.RequestAborted);
            if ((await store.UpdateAsync(result.User, http.RequestAborted)).Succeeded)
                return result.User;
        }
        return null;
    }

    /// <summary>Checks a new passkey and stores it.</summary>
    /// <param name="name">The name that the person gives it.</param>
    public async Task<(Passkey? Added, Code? Refused)> AddAsync(HttpContext http, Account account, JsonElement credential, string name)
    {
        if (challenges.Take(http, PasskeyPurpose.Add) is not { } challenge || credential.ValueKind != JsonValueKind.Object)
            return (null, PasskeyCodes.NotAdded);
        var result = await handler.PerformAttestationAsync(
            new()
            {
                HttpContext = http,
                CredentialJson = credential.GetRawText(),
                AttestationState = challenge.State,
            }
        );
        if (!result.Succeeded)
        {
            LogRefused(result.Failure.Message);
            return (null, PasskeyCodes.NotAdded);
        }
        var made = result.Passkey;
        if (result.UserEntity.Id != account.Person.Value || made.PublicKey.Length > LongestKey)
            return (null, PasskeyCodes.NotAdded);
        var user = await store.ReadAsync(account);
        var known = user.Secrets.Passkeys;
        if (known.Any(p => p.Credential.AsSpan().SequenceEqual(made.CredentialId)))
            return (null, PasskeyCodes.Exists);
        if (known.Length >= Most)
            return (null, PasskeyCodes.TooMany);
        if (!Use(user, challenge))
            return (null, PasskeyCodes.NotAdded);
        string[] transports = [.. (made.Transports ?? []).Where(t => t?.Length is > 0 and <= LongestTransport).Take(MostTransports)];
        var added = new UserPasskeyInfo(
            made.CredentialId,
            made.PublicKey,
            made.CreatedAt,
            made.SignCount,
            transports,
            made.IsUserVerified,
            made.IsBackupEligible,
            made.IsBackedUp,
            made.AttestationObject,
            made.ClientDataJson
        )
        {
            Name = name,
        };
        await store.AddOrUpdatePasskeyAsync(user, added, http.RequestAborted);
        return (await store.UpdateAsync(user, http.RequestAborted)).Succeeded
            ? (user.Secrets.Passkeys[^1], null)
            : (null, AccountCodes.Stale);
    }

    /// <summary>Notes that a challenge is used, without storing it.</summary>
    /// <returns>False if it was used before, or if too many challenges were used in the last minutes.</returns>
    private bool Use(HubUser user, PasskeyChallenge challenge)
    {
        var now = clock.GetUtcNow();
        var used = user.Secrets.UsedChallenges.RemoveAll(u => now - u.At > PasskeyChallenges.Lasts);
        if (used.Length >= MostUsed || used.Any(u => u.Id == challenge.Id))
            return false;
        user.Secrets = user.Secrets with { UsedChallenges = used.Add(new(challenge.Id, now)) };
        return true;
    }

    /// <summary>The person whom a device names in its answer. Nobody has checked the answer yet.</summary>
    public static PersonId? ClaimedBy(JsonElement credential) =>
        credential.ValueKind == JsonValueKind.Object
        && credential.TryGetProperty("response", out var response)
        && response.ValueKind == JsonValueKind.Object
        && response.TryGetProperty("userHandle", out var handle)
        && handle.ValueKind == JsonValueKind.String
        && handle.GetString() is { Length: <= 2 * LongestHandle } text
        && Base64Url.IsValid(text)
        && TextId.TryParse<PersonId>(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)), out var person)
            ? person
            : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "A passkey was not accepted: {Why}")]
    private partial void LogRefused(string why);
}
