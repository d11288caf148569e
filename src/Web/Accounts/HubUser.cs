using System.Collections.Immutable;
using System.Text.Json.Serialization;
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
/// <param name="RecoveryCodes">The hashes of the recovery codes that are left. Each can replace any second factor once.</param>
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

    /// <summary>The key of an app that the person has not confirmed yet. Until the person confirms it, the earlier app counts.</summary>
    public string? NewTotpKey { get; init; }

    public ImmutableArray<Passkey> Passkeys { get; init; } = [];

    /// <summary>The challenges of passkeys that were used in the last minutes. None of them works again.</summary>
    public ImmutableArray<UsedChallenge> UsedChallenges { get; init; } = [];

    /// <summary>When wrong codes of the app were given since the last right one.</summary>
    public ImmutableArray<DateTimeOffset> WrongCodes { get; init; } = [];

    /// <summary>Whether the person has a second factor: an app or a passkey.</summary>
    [JsonIgnore]
    public bool HasFactor => Totp || !Passkeys.IsEmpty;

    public Secrets WithoutFactors() => this with { Totp = false, TotpKey = null, NewTotpKey = null, RecoveryCodes = [], Passkeys = [] };

    public Secrets WithoutApp() => Passkeys.IsEmpty ? WithoutFactors() : this with { Totp = false, TotpKey = null, NewTotpKey = null };

    public Secrets Without(Passkey passkey) =>
        !Totp && Passkeys.All(p => p == passkey) ? WithoutFactors() : this with { Passkeys = Passkeys.Remove(passkey) };
}

internal sealed record UsedCode(string Code, DateTimeOffset At);

/// <param name="Id">See <see cref="PasskeyChallenge"/>.</param>
internal sealed record UsedChallenge(Guid Id, DateTimeOffset At);

/// <summary>A passkey of a person (WebAuthn level 3): what the hub knows about a key pair that the person's device keeps.</summary>
/// <param name="Id">The passkey's id in the addresses of the hub.</param>
/// <param name="Credential">The id that the device has given it, at most 1023 bytes.</param>
/// <param name="PublicKey">In COSE format (RFC 9052).</param>
/// <param name="Name">The name that the person has given it.</param>
/// <param name="SignCount">The device's counter of signatures. Many devices always say 0.</param>
/// <param name="Transports">How browsers reach the device, such as <c>usb</c>.</param>
/// <param name="CanBeCopied">Whether the device may copy the key to other devices of the person.</param>
/// <param name="IsCopied">Whether it has copied the key.</param>
internal sealed record Passkey(
    Guid Id,
    byte[] Credential,
    byte[] PublicKey,
    string Name,
    DateTimeOffset At,
    DateTimeOffset? UsedAt,
    uint SignCount,
    ImmutableArray<string> Transports,
    bool CanBeCopied,
    bool IsCopied
);
