using System.Text.Json.Serialization;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Inboxes;
using ConsultHub.Lectures;
using ConsultHub.Rostering;

namespace ConsultHub.Live;

/// <summary>Something a live topic shows: it has a key within its authority, and the version of its last change.</summary>
[GenerateSerializer, Immutable, Alias("hub.TopicItem")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
public abstract record TopicItem
{
    /// <summary>Unique within a topic, such as <c>engagement/e-0042</c>.</summary>
    public abstract string Key { get; }

    /// <summary>The authority's version at which this last changed.</summary>
    [Id(0)]
    public long Version { get; init; }
}

/// <summary>An item that is gone, remembered for as long as a delta may have to tell it.</summary>
[GenerateSerializer, Immutable, Alias("hub.Tombstone")]
public sealed record Tombstone([property: Id(0)] string Key, [property: Id(1)] long Version);

/// <summary>Where an authority stands: the epoch is renewed only by a restore, the version never goes back within it.</summary>
[GenerateSerializer, Immutable, Alias("hub.LivePosition")]
public readonly record struct LivePosition([property: Id(0)] Guid Epoch, [property: Id(1)] long Version);
