using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConsultHub.Records;

/// <summary>
/// The JSON of records. All its instants are in UTC. So the same record has the same tag, in whatever zone a person has entered its times.
/// </summary>
public static class RecordText
{
    public static JsonSerializerOptions Options { get; } = Configure();

    private static JsonSerializerOptions Configure()
    {
        var options = new JsonSerializerOptions(HubJson.Options);
        options.Converters.Insert(0, new UtcJsonConverter());
        return options;
    }

    private sealed class UtcJsonConverter : JsonConverter<DateTimeOffset>
    {
        private static readonly InstantJsonConverter Inner = new();

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Inner.Read(ref reader, typeToConvert, options).ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            Inner.Write(writer, value.ToUniversalTime(), options);
    }
}
