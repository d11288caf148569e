using System.Collections.Immutable;

namespace ConsultHub.Directories;

/// <summary>
/// A list of the ids and names of existing objects of one kind. A grain can be read only by its key, so the hub finds the keys in this
/// list. Key: <c>{network}/hospitals</c>, <c>/consultants</c>, <c>/conferences</c> or <c>/people</c> (other people of the network, such as
/// coordinators), <c>{conference}/attended</c> for the sessions that somebody attended, <c>hub/networks</c> for the networks, and
/// <c>hub/conferences</c> for the conferences that belong to no network.
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
