using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Directories;

/// <summary>
/// A list of the ids and names of existing objects of one kind. A grain can be read only by its key, so the hub finds the keys in this
/// list. The key of a network's list is <c>{network}/hospitals</c>, <c>{network}/consultants</c>, <c>{network}/conferences</c> or
/// <c>{network}/people</c>. The last one lists other people of the network, such as coordinators. The list
/// <c>{conference}/attended</c> has the sessions that somebody attended, and <c>hub/networks</c> has the networks. The list
/// <c>hub/conferences</c> has the conferences that belong to no network.
/// </summary>
[Alias("hub.IDirectoryGrain")]
public interface IDirectoryGrain : ILiveAuthority
{
    [Alias("List")]
    Task<ImmutableArray<DirectoryEntry>> ListAsync();

    /// <summary>Returns the list, or null if the caller knows it already.</summary>
    /// <param name="known">The position of the list that the caller knows.</param>
    [Alias("ListIfChanged")]
    Task<DirectoryList?> ListIfChangedAsync(LivePosition? known);

    /// <summary>Lists objects, or removes those that are gone.</summary>
    [Alias("Put")]
    Task PutAsync(ImmutableArray<DirectoryEntry> entries);
}

/// <summary>What a directory lists at one position.</summary>
[GenerateSerializer, Immutable, Alias("hub.DirectoryList")]
public sealed record DirectoryList([property: Id(0)] LivePosition Position, [property: Id(1)] ImmutableArray<DirectoryEntry> Entries);

/// <summary>An object that a directory lists.</summary>
/// <param name="Version">The version of the object. An older version never replaces a newer one. 0 for objects without versions.</param>
[GenerateSerializer, Immutable, Alias("hub.DirectoryEntry")]
public sealed record DirectoryEntry(
    [property: Id(0)] string Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2), JsonIgnore] long Version = 0
)
{
    /// <summary>What a list of such objects shows. Null if only the names are listed.</summary>
    [Id(3), JsonIgnore]
    public IRecord? Record { get; init; }

    /// <summary>Whether the object is no longer listed. Only messages have such entries.</summary>
    [Id(4), JsonIgnore]
    public bool Gone { get; init; }

    /// <summary><c>networks</c>, <c>hospitals</c> or <c>consultants</c>, whose changes open pages watch. Null for other objects.</summary>
    [Id(5), JsonIgnore]
    public string? Kind { get; init; }
}

/// <summary>
/// Says which objects of a directory have changed last. Who shows them reads them again. The item is small, so that open pages of a large
/// network can watch it.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.RecordChanges")]
[JsonTypeName("recordChanges")]
public sealed record RecordChanges : TopicItem
{
    /// <summary>How many changed objects the item names.</summary>
    public const int Kept = 100;

    public override string Key => $"changes/{Kind}";

    /// <summary><c>hospitals</c>, <c>consultants</c> or <c>networks</c>.</summary>
    [Id(0)]
    public required string Kind { get; init; }

    /// <summary>The objects that have changed last, the newest first, each once.</summary>
    [Id(1)]
    public ImmutableArray<RecordsOf> Recent { get; init; } = [];
}

/// <param name="Version">The directory's version at the object's last change.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordsOf")]
public readonly record struct RecordsOf([property: Id(0)] string Id, [property: Id(1)] long Version);
