using System.Text.Json;
using ConsultHub.Live;
using MessagePack;
using MessagePack.Formatters;

namespace ConsultHub.Web.Live;

/// <summary>Writes frames as the MessagePack of their JSON, so that the two hub protocols carry the same names and values.</summary>
public sealed class FrameFormatter : IMessagePackFormatter<Frame?>
{
    public void Serialize(ref MessagePackWriter writer, Frame? value, MessagePackSerializerOptions options)
    {
        if (value is null) writer.WriteNil();
        else MessagePackSerializer.ConvertFromJson(new StringReader(JsonSerializer.Serialize(value, HubJson.Options)), ref writer, options);
    }

    public Frame? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => throw new NotSupportedException("The server only sends frames.");
}
