using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConsultHub.Tests.Accounts;

/// <summary>What a device says when it makes or uses a passkey. A test can make the device lie about one of these things.</summary>
internal sealed record Saying
{
    public const byte Present = 1,
        Verified = 4,
        HasKey = 64;

    public string? Origin { get; init; }

    /// <summary>Whether the page is in a frame of another site.</summary>
    public bool CrossOrigin { get; init; }

    /// <summary>Null for the domain that the hub has asked for.</summary>
    public string? Domain { get; init; }

    /// <summary>Null for the challenge that the hub has given.</summary>
    public string? Challenge { get; init; }

    public string? Type { get; init; }

    public byte Flags { get; init; } = Present | Verified;

    public uint Count { get; init; }

    public byte[]? Credential { get; init; }

    /// <summary>The person. Null for the person for whom the passkey was made.</summary>
    public string? Handle { get; init; }

    public bool WithoutHandle { get; init; }

    public bool WithWrongSignature { get; init; }
}

/// <summary>A device with one passkey (WebAuthn level 3, with ES256), in software.</summary>
internal sealed class SoftPasskey(string origin) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _credential = RandomNumberGenerator.GetBytes(32);
    private string? _handle;

    /// <summary>Makes the passkey, as <c>navigator.credentials.create()</c> does.</summary>
    /// <param name="options">From the hub.</param>
    public JsonObject Make(JsonElement options, Saying? saying = null)
    {
        saying ??= new();
        _handle = options.GetProperty("user").GetProperty("id").GetString();
        var client = ClientData(options, "webauthn.create", saying);
        var said = AuthenticatorData(
            options.GetProperty("rp").GetProperty("id").GetString()!,
            saying with
            {
                Flags = (byte)(saying.Flags | Saying.HasKey),
            }
        );
        var id = saying.Credential ?? _credential;
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)id.Length);
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString("none");
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString([.. said, .. new byte[16], .. length, .. id, .. PublicKey()]); // 16 zeros do not name a kind of device
        cbor.WriteEndMap();
        return Credential(
            id,
            new()
            {
                ["clientDataJSON"] = Base64Url.EncodeToString(client),
                ["attestationObject"] = Base64Url.EncodeToString(cbor.Encode()),
                ["transports"] = new JsonArray("internal"),
            }
        );
    }

    /// <summary>Uses the passkey, as <c>navigator.credentials.get()</c> does.</summary>
    /// <param name="options">From the hub.</param>
    public JsonObject Answer(JsonElement options, Saying? saying = null)
    {
        saying ??= new();
        var client = ClientData(options, "webauthn.get", saying);
        var said = AuthenticatorData(options.GetProperty("rpId").GetString()!, saying);
        var signature = _key.SignData(
            [.. said, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        if (saying.WithWrongSignature)
            signature[^1] ^= 1;
        var handle = saying.Handle is { } other ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(other)) : _handle;
        return Credential(
            saying.Credential ?? _credential,
            new()
            {
                ["clientDataJSON"] = Base64Url.EncodeToString(client),
                ["authenticatorData"] = Base64Url.EncodeToString(said),
                ["signature"] = Base64Url.EncodeToString(signature),
                ["userHandle"] = saying.WithoutHandle ? null : handle,
            }
        );
    }

    public void Dispose() => _key.Dispose();

    private byte[] ClientData(JsonElement options, string type, Saying saying) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = saying.Type ?? type,
                challenge = saying.Challenge ?? options.GetProperty("challenge").GetString(),
                origin = saying.Origin ?? origin,
                crossOrigin = saying.CrossOrigin,
            }
        );

    private static byte[] AuthenticatorData(string domain, Saying saying)
    {
        byte[] count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, saying.Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(saying.Domain ?? domain)), saying.Flags, .. count];
    }

    /// <summary>The public key in COSE format (RFC 9053): an elliptic curve key (2) for ES256 (-7) on the curve P-256 (1).</summary>
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(false).Q;
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(5);
        foreach (var (label, value) in ((int, int)[])[(1, 2), (3, -7), (-1, 1)])
        {
            cbor.WriteInt32(label);
            cbor.WriteInt32(value);
        }
        cbor.WriteInt32(-2);
        cbor.WriteByteString(point.X!);
        cbor.WriteInt32(-3);
        cbor.WriteByteString(point.Y!);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static JsonObject Credential(byte[] id, JsonObject response) =>
        new()
        {
            ["id"] = Base64Url.EncodeToString(id),
            ["rawId"] = Base64Url.EncodeToString(id),
            ["type"] = "public-key",
            ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        };
}
