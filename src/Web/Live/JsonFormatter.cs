using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace ConsultHub.Web.Live;

/// <summary>
/// Writes hub messages in MessagePack with the structure of their JSON, so that both hub protocols have the same names and values.
/// </summary>
public sealed class JsonFormatter<T> : IMessagePackFormatter<T?>
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is null)
            writer.WriteNil();
        else
            MessagePackSerializer.ConvertFromJson(new StringReader(JsonSerializer.Serialize(value, HubJson.Options)), ref writer, options);
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("The server only sends this type and never reads it.");
}
