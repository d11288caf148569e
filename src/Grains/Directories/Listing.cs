using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Runtime;

namespace ConsultHub.Directories;

/// <summary>Lists an owner of records in a directory, or removes it there.</summary>
/// <param name="Directory">The key of the directory.</param>
internal sealed record Listing(string Directory, DirectoryEntry Entry) : IListing
{
    public OutboxMessage Message => new(0, GrainId.Create("directory", Directory), new ListEntry(Entry), "list");

    public Task ListAsync(IGrainFactory grains) => grains.GetGrain<IDirectoryGrain>(Directory).PutAsync([Entry]);
}
