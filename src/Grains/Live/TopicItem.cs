using System.Text.Json.Serialization;

namespace ConsultHub.Live;

/// <summary>An item that a live topic shows. It has a key and the version of its last change.</summary>
[GenerateSerializer, Immutable, Alias("hub.TopicItem")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
public abstract record TopicItem
{
    /// <summary>Unique within a topic, such as <c>engagement/e-0042</c>.</summary>
    public abstract string Key { get; }

    /// <summary>The authority's version at which the item last changed.</summary>
    [Id(0)]
    public long Version { get; init; }
}

/// <summary>
/// The key of an item that is gone, and the version at which it left. A tombstone is kept so that a delta can report the removal.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Tombstone")]
public sealed record Tombstone([property: Id(0)] string Key, [property: Id(1)] long Version);

/// <summary>The position of an authority. Only a restore changes the epoch. Within an epoch the version never decreases.</summary>
[GenerateSerializer, Immutable, Alias("hub.LivePosition")]
public readonly record struct LivePosition([property: Id(0)] Guid Epoch, [property: Id(1)] long Version);
