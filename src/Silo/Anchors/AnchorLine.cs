using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConsultHub.Anchors;

/// <summary>One line of an anchor file: the hash of a row or of a snapshot, and the journal and row number that it belongs to.</summary>
/// <param name="Journal">The journal's name, such as <c>roster ehs/2026-W48</c>.</param>
/// <param name="Row">The number of the row, or null if the line is about a snapshot.</param>
/// <param name="Snapshot">The number of the last row that the snapshot includes, or null if the line is about a row.</param>
/// <param name="Hash">SHA-256 in hexadecimal.</param>
internal sealed record AnchorLine(string Journal, long? Row, long? Snapshot, string Hash)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [JsonIgnore]
    public long Number => Row ?? Snapshot ?? 0;

    public static AnchorLine OfRow(string journal, long row, byte[] hash) => new(journal, row, null, Convert.ToHexStringLower(hash));

    public static AnchorLine OfSnapshot(string journal, long row, byte[] hash) => new(journal, null, row, Convert.ToHexStringLower(hash));

    public override string ToString() => JsonSerializer.Serialize(this, Json);

    /// <returns>Null if the text is not a valid anchor line.</returns>
    public static AnchorLine? Parse(string text)
    {
        try
        {
            return
                JsonSerializer.Deserialize<AnchorLine>(text, Json) is { Journal: not null, Hash.Length: 64, Number: > 0 } line
                && line.Hash.All(char.IsAsciiHexDigit)
                ? line
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
