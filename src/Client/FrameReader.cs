using System.Text.Json;
using ConsultHub.Live;
using MessagePack;
using MessagePack.Formatters;

namespace ConsultHub.Client;

/// <summary>Reads frames from MessagePack. It first converts them back to the JSON from which the server made them.</summary>
internal sealed class FrameReader : IMessagePackFormatter<Frame?>
{
    public Frame? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        JsonSerializer.Deserialize<Frame>(MessagePackSerializer.ConvertToJson(reader.ReadRaw(), options), HubJson.Options);

    public void Serialize(ref MessagePackWriter writer, Frame? value, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Only the server sends frames.");
}
