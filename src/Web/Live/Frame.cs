using System.Text.Json;
using ConsultHub.Live;
using MessagePack;
using MessagePack.Formatters;

namespace ConsultHub.Web.Live;

public enum FrameKind { Snapshot, Delta }

/// <summary>What a topic's watchers are sent. The position counts only with <see cref="Last"/>; a snapshot replaces everything known then.</summary>
/// <param name="Position">Opaque; hand it to Watch to resume.</param>
/// <param name="Removed">Keys of items that are gone, or no longer part of the topic. A key may be unknown to the receiver.</param>
/// <param name="Last">Whether the parts of this frame are complete.</param>
/// <param name="At">When the frame was made, UTC.</param>
public sealed record Frame(string Topic, FrameKind Kind, string Position, IReadOnlyList<TopicItem> Items, IReadOnlyList<string> Removed, bool Last, DateTimeOffset At);

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
