using System.Collections.Concurrent;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ConsultHub.Web.Live;

namespace ConsultHub.Load.Wire;

/// <summary>An item of a frame: its key and its version.</summary>
internal readonly record struct ItemSeen(string Key, long Version);

/// <summary>
/// The facts that a watcher needs from a message that carries a part of a frame. A server sends the same bytes to many watchers, so a
/// message is read once in a process and recognised when it comes again. After that, each watcher only compares its bytes with the known
/// ones.
/// </summary>
/// <param name="To">The authority's version once the frame is applied.</param>
/// <param name="Lowest">The lowest version of its items, or <see cref="long.MaxValue"/> without items.</param>
/// <param name="Highest">The highest version of its items, or 0 without items.</param>
internal sealed record FrameSight(
    bool Snapshot,
    bool Last,
    Guid Epoch,
    long To,
    string Position,
    ItemSeen[] Items,
    long Lowest,
    long Highest
)
{
    private const int MostRemembered = 1024;
    private static readonly ConcurrentDictionary<int, FrameSight> Remembered = new();

    private byte[] _bytes = [];

    /// <returns>Null if the message is not a frame but a keep-alive or the answer to an invocation.</returns>
    /// <exception cref="IOException">The server refused the request or is closing the connection.</exception>
    public static FrameSight? Of(ReadOnlySpan<byte> message)
    {
        var hash = new HashCode();
        hash.AddBytes(message);
        var code = hash.ToHashCode();
        if (Remembered.TryGetValue(code, out var known) && message.SequenceEqual(known._bytes))
            return known;
        if (message.Length < 256 && message.IndexOf("\"Frame\""u8) < 0 && message.IndexOf("\"Packed\""u8) < 0)
            return Other(message);
        if (Remembered.Count > MostRemembered)
            Forget();
        var sight = message.StartsWith("{\"type\":1,\"target\":\"Packed\""u8) ? Read(Unpack(message), depth: 1) : Read(message, depth: 3);
        sight._bytes = message.ToArray();
        return Remembered[code] = sight;
    }

    /// <summary>Two values are equal only if they are the same object.</summary>
    public bool Equals(FrameSight? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>Forgets all messages. Values that are still in use lose their bytes too, so that the memory is released.</summary>
    private static void Forget()
    {
        foreach (var (code, sight) in Remembered)
        {
            Remembered.TryRemove(code, out _);
            sight._bytes = [];
        }
    }

    private static FrameSight? Other(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"error\":"u8) >= 0 || message.IndexOf("\"type\":7"u8) >= 0)
            throw new IOException(Encoding.UTF8.GetString(message));
        return null;
    }

    /// <summary>Reads {"type":1,"target":"Packed","arguments":["…"]}, where the argument is a frame's JSON in a zlib stream.</summary>
    private static byte[] Unpack(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        while (reader.Read() && !(reader.TokenType == JsonTokenType.String && reader.CurrentDepth == 2))
            ;
        using var json = new ZLibStream(new MemoryStream(reader.GetBytesFromBase64()), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        json.CopyTo(whole);
        return whole.ToArray();
    }

    /// <param name="depth">How deep the frame's members lie: three in {"type":1,"target":"Frame","arguments":[{…}]}.</param>
    private static FrameSight Read(ReadOnlySpan<byte> message, int depth)
    {
        var reader = new Utf8JsonReader(message);
        var (snapshot, last, position, items) = (false, false, "", new List<ItemSeen>());
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth)
                continue;
            if (reader.ValueTextEquals("kind"u8))
                snapshot = reader.Read() && reader.ValueTextEquals("snapshot"u8);
            else if (reader.ValueTextEquals("last"u8))
                last = reader.Read() && reader.GetBoolean();
            else if (reader.ValueTextEquals("position"u8))
                position = reader.Read() ? reader.GetString()! : "";
            else if (reader.ValueTextEquals("items"u8))
                ReadItems(ref reader, items);
        }
        if (!TopicPosition.TryParse(position, out var parsed))
            throw new JsonException($"A frame without a position: {Encoding.UTF8.GetString(message)}");
        var at = parsed.Parts[0];
        return new(
            snapshot,
            last,
            at.Epoch,
            at.Version,
            position,
            [.. items],
            items.Count == 0 ? long.MaxValue : items.Min(i => i.Version),
            items.Count == 0 ? 0 : items.Max(i => i.Version)
        );
    }

    private static void ReadItems(ref Utf8JsonReader reader, List<ItemSeen> items)
    {
        reader.Read();
        for (var depth = reader.CurrentDepth; reader.Read() && reader.CurrentDepth > depth; )
        {
            var (key, version, item) = ("", 0L, reader.CurrentDepth);
            while (reader.Read() && reader.CurrentDepth > item)
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != item + 1)
                    continue;
                if (reader.ValueTextEquals("key"u8))
                    key = reader.Read() ? reader.GetString()! : "";
                else if (reader.ValueTextEquals("version"u8))
                    version = reader.Read() ? reader.GetInt64() : 0;
            }
            items.Add(new(key, version));
        }
    }
}
