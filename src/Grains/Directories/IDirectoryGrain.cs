using System.Collections.Immutable;

namespace ConsultHub.Directories;

/// <summary>Ids and names of what exists, so that lists need not know keys beforehand. Key: <c>{network}/hospitals</c>,
/// <c>/consultants</c>, <c>/conferences</c> or <c>/people</c> (those who are neither), and <c>hub/networks</c> for the networks
/// themselves.</summary>
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
