using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ConsultHub.Lectures;
using ConsultHub.Rostering;

namespace ConsultHub;

/// <summary>The JSON format of the hub: over HTTP, in hub frames, and in the MessagePack that is made from it.</summary>
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
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseUnknownMembers } };
        return options;
    }

    /// <summary>A command with an unknown member is refused, because the name is probably misspelt.</summary>
    private static void RefuseUnknownMembers(JsonTypeInfo type)
    {
        if (type.Type.IsAssignableTo(typeof(RosterCommand)) || type.Type.IsAssignableTo(typeof(LectureCommand)))
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    }
}
