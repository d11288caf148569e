using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConsultHub;

/// <summary>A time without an offset was sent. It would mean a different instant in each time zone, so it is refused.</summary>
public sealed class MissingOffsetException()
    : JsonException("A time needs its offset, such as 2026-11-28T11:00:00Z or 2026-11-28T11:00:00+04:00.");

/// <summary>Reads instants. Refuses a time without an offset, because the framework would take it as the server's local time.</summary>
public sealed class InstantJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var instant))
            throw new JsonException("This is not a time such as 2026-11-28T11:00:00Z.");
        return reader.TryGetDateTime(out var time) && time.Kind == DateTimeKind.Unspecified ? throw new MissingOffsetException() : instant;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
