using System.Collections.Immutable;

namespace ConsultHub.Directories;

/// <summary>
/// A list of the ids and names of existing objects of one kind. A grain can be read only by its key, so the hub finds the keys in this
/// list. The key of a network's list is <c>{network}/hospitals</c>, <c>{network}/consultants</c>, <c>{network}/conferences</c> or
/// <c>{network}/people</c>. The last one lists other people of the network, such as coordinators. The list
/// <c>{conference}/attended</c> has the sessions that somebody attended, and <c>hub/networks</c> has the networks. The list
/// <c>hub/conferences</c> has the conferences that belong to no network.
/// </summary>
[Alias("hub.IDirectoryGrain")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    [Alias("List")]
    Task<ImmutableArray<DirectoryEntry>> ListAsync();

    [Alias("Put")]
    Task PutAsync(ImmutableArray<DirectoryEntry> entries);
}

[GenerateSerializer, Immutable, Alias("hub.DirectoryEntry")]
public sealed record DirectoryEntry([property: Id(0)] string Id, [property: Id(1)] LocalName Name);
