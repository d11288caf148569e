using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ConsultHub;

/// <summary>
/// The options with which the hub writes and reads JSON over HTTP, over live connections, and in its files. MessagePack messages are made
/// from the same JSON.
/// </summary>
public static class HubJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.AllowOutOfOrderMetadataProperties = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new InstantJsonConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { JsonTypeNameAttribute.AddDerivedTypes, CheckCommands } };
        return options;
    }

    private static void CheckCommands(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || !type.Type.IsAssignableTo(typeof(ICommand)))
            return;
        type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        type.OnDeserialized += read =>
        {
            if (((ICommand)read).CommandId == Guid.Empty)
                throw new JsonException("A command id is a GUID chosen by the client.", "$.commandId", null, null);
        };
    }
}
