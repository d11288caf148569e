using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// The installation's signing keys. Their private parts are encrypted with the data protection keys. These keys also protect the cookies,
/// and all web nodes share them. So the silos store the private parts only in encrypted form.
/// </summary>
internal sealed partial class CertificateKeys(
    IGrainFactory grains,
    IDataProtectionProvider protection,
    TimeProvider clock,
    ILogger<CertificateKeys> log
)
{
    private readonly IDataProtector _protector = protection.CreateProtector("certificates");

    private ISigningKeysGrain Grain => grains.GetGrain<ISigningKeysGrain>("hub");

    /// <summary>Every key that was ever made, the newest first.</summary>
    public Task<ImmutableArray<SigningKey>> ListAsync() => Grain.ListAsync();

    /// <summary>The signed data of a certificate's QR code.</summary>
    public Task<string> SignAsync(Certificate certificate) => SignAsync((keyId, key) => CertificateToken.Sign(certificate, keyId, key));

    /// <summary>The signed data of a certificate's QR code.</summary>
    public Task<string> SignAsync(CompletionCertificate certificate) =>
        SignAsync((keyId, key) => CertificateToken.Sign(certificate, keyId, key));

    /// <summary>
    /// Signs with the newest key. Makes a key if there is none yet, or if the newest cannot be read, for example after its data protection
    /// keys were lost.
    /// </summary>
    /// <param name="sign">Signs with a key. It also gets the key's id.</param>
    /// <param name="mayMake">Whether a key may be made. Who only reads makes none.</param>
    /// <exception cref="InvalidOperationException">The newest key cannot be read, and none may be made.</exception>
    public async Task<string> SignAsync(Func<string, ECDsa, string> sign, bool mayMake = true)
    {
        var keys = await ListAsync();
        if (keys.IsEmpty || Open(keys[0]) is not { } key)
        {
            if (!mayMake)
                throw new InvalidOperationException("There is no signing key that this node can read.");
            keys = await AddAsync(Actor.System, keys.FirstOrDefault()?.Id);
            key =
                Open(keys[0])
                ?? throw new InvalidOperationException(
                    "The newest signing key cannot be read: this node's data protection keys differ from those of the other web nodes."
                );
        }
        using (key)
            return sign(keys[0].Id, key);
    }

    /// <summary>Makes a new key, which signs from now on. Certificates that older keys have signed stay valid.</summary>
    public async Task<ImmutableArray<SigningKey>> RotateAsync(Actor actor) =>
        await AddAsync(actor, (await ListAsync()).FirstOrDefault()?.Id);

    private async Task<ImmutableArray<SigningKey>> AddAsync(Actor actor, string? after)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X!), Base64Url.EncodeToString(point.Y!));
        var thumbprint = SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""));
        var made = new SigningKey(
            Base64Url.EncodeToString(thumbprint),
            x,
            y,
            [.. _protector.Protect(key.ExportPkcs8PrivateKey())],
            clock.GetUtcNow()
        );
        LogMade(made.Id);
        return await Grain.AddAsync(actor, made, after);
    }

    private ECDsa? Open(SigningKey key)
    {
        try
        {
            var opened = ECDsa.Create();
            opened.ImportPkcs8PrivateKey(_protector.Unprotect([.. key.Protected]), out _);
            return opened;
        }
        catch (CryptographicException unreadable)
        {
            LogUnreadable(key.Id, unreadable);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A key for signing certificates was made: {Id}.")]
    private partial void LogMade(string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The private part of signing key {Id} cannot be read. A new key replaces it.")]
    private partial void LogUnreadable(string id, Exception reason);
}
