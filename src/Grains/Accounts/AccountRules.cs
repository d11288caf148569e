using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ConsultHub.Accounts;

/// <summary>The rules of sign-ins and links, and of the secrets in links.</summary>
public static class AccountRules
{
    /// <summary>How many sign-ins a person may have at the same time. Many people may act as the same person of the demo.</summary>
    public const int MostSignIns = 100,
        MostDemoSignIns = 2_000;

    /// <summary>How exactly the hub knows when a sign-in was last used. Each note of it is a write.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(30);

    /// <summary>How many valid tokens an account may have.</summary>
    public const int MostTokens = 20;

    /// <summary>How long a token may be valid.</summary>
    public static readonly TimeSpan TokenLasts = TimeSpan.FromDays(366);

    /// <summary>How exactly the hub knows when a token was last used. Each note of it is a write.</summary>
    public static readonly TimeSpan TokenSeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>How long an invitation or a reset is valid.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromDays(7);

    /// <summary>For how long a link that a person asked for is valid.</summary>
    public static readonly TimeSpan OwnResetLasts = TimeSpan.FromHours(1);

    /// <summary>How long a person must wait before the hub sends the next link.</summary>
    public static readonly TimeSpan OwnResetEvery = TimeSpan.FromMinutes(5);

    /// <summary>How long the link that signs a device in is valid.</summary>
    public static readonly TimeSpan DeviceLinkLasts = TimeSpan.FromMinutes(10);

    /// <summary>How long a guest may be invited for.</summary>
    public static readonly TimeSpan GuestLasts = TimeSpan.FromDays(90);

    /// <summary>How long the link that makes the first account is valid.</summary>
    public static readonly TimeSpan SetupLasts = TimeSpan.FromHours(1);

    /// <summary>
    /// Returns the id of the role that a person has by registering for a conference. It is the same each time, so that the hub finds the
    /// registration again.
    /// </summary>
    public static Guid RegistrationOf(ConferenceId conference, PersonId person) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"registration/{conference}/{person}")).AsSpan(0, 16));

    /// <returns>256 random bits, as text for an address.</returns>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The hash of a secret. Only the hash is stored. The secret is long and random, so the hash needs no salt.</summary>
    public static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
