using System.Collections.Immutable;
using ConsultHub.Accounts;

namespace ConsultHub.Web.Accounts;

/// <summary>An account together with its secrets, as the managers of ASP.NET Core Identity work with it.</summary>
internal sealed class HubUser(Account account, long version, Secrets secrets)
{
    public Account Account => account;

    /// <summary>The version of the secrets that were read. A change is refused if somebody else has changed them meanwhile.</summary>
    public long Version { get; set; } = version;

    public Secrets Secrets { get; set; } = secrets;
}

/// <summary>What proves who a person is. It is stored only in encrypted form.</summary>
/// <param name="Password">The salted hash of the password.</param>
/// <param name="TotpKey">The key of the authenticator app, in base32. It counts only if <paramref name="Totp"/> is true.</param>
/// <param name="Totp">Whether the person has confirmed the authenticator app with a code.</param>
/// <param name="RecoveryCodes">The hashes of the recovery codes that are left.</param>
/// <param name="UsedCodes">The codes of the app that were used in the last minutes. None of them works again.</param>
internal sealed record Secrets(
    string? Password,
    string? TotpKey,
    bool Totp,
    ImmutableArray<string> RecoveryCodes,
    ImmutableArray<UsedCode> UsedCodes,
    string Stamp
)
{
    public static Secrets None { get; } = new(null, null, false, [], [], "");
}

internal sealed record UsedCode(string Code, DateTimeOffset At);
