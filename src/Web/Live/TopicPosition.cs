using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ConsultHub.Live;

namespace ConsultHub.Web.Live;

/// <summary>
/// How far a watcher of a topic has read: one position for each of the topic's authorities. Clients treat its text as opaque.
/// </summary>
public sealed class TopicPosition(ImmutableArray<LivePosition> parts) : IEquatable<TopicPosition>
{
    private const int PartBytes = 24,
        MostParts = 64;
    private string? _text;

    public ImmutableArray<LivePosition> Parts { get; } = parts;

    /// <returns>False when the text cannot be a position.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out TopicPosition? position)
    {
        position = null;
        if (text.Length > PartBytes * MostParts * 2 || !Base64Url.IsValid(text))
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length == 0 || bytes.Length % PartBytes != 0)
            return false;
        var parts = ImmutableArray.CreateBuilder<LivePosition>();
        for (var at = 0; at < bytes.Length; at += PartBytes)
            parts.Add(new LivePosition(new Guid(bytes.AsSpan(at, 16)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at + 16))));
        position = new TopicPosition(parts.DrainToImmutable());
        return true;
    }

    /// <summary>The number of versions between an earlier position and this one. 0 when they cannot be compared.</summary>
    public long VersionsSince(TopicPosition earlier)
    {
        if (earlier.Parts.Length != Parts.Length)
            return 0;
        var versions = 0L;
        for (var i = 0; i < Parts.Length; i++)
        {
            if (earlier.Parts[i].Epoch != Parts[i].Epoch)
                return 0;
            versions += Parts[i].Version - earlier.Parts[i].Version;
        }
        return versions;
    }

    public override string ToString()
    {
        if (_text is not null)
            return _text;
        var bytes = new byte[Parts.Length * PartBytes];
        for (var i = 0; i < Parts.Length; i++)
        {
            Parts[i].Epoch.TryWriteBytes(bytes.AsSpan(i * PartBytes));
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan((i * PartBytes) + 16), Parts[i].Version);
        }
        return _text = Base64Url.EncodeToString(bytes);
    }

    public bool Equals(TopicPosition? other) =>
        ReferenceEquals(this, other) || (other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan()));

    public override bool Equals(object? obj) => Equals(obj as TopicPosition);

    public override int GetHashCode() => Parts.Length == 0 ? 0 : Parts[0].GetHashCode();
}
