using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Consultants;

namespace ConsultHub.Web.Records;

/// <summary>
/// Finds who has a licence at a hospital. This node keeps the licences of the consultants that it has read, and reads only those again who
/// have changed.
/// </summary>
internal sealed class LicenceBook(IGrainFactory grains, OwnerBook owners)
{
    private const int AtOnce = 64;

    private readonly ConcurrentDictionary<string, (long Version, ImmutableArray<(HospitalId At, string Licence)> Licences)> _known = new();

    /// <param name="except">The consultant who has the credential.</param>
    /// <returns>Another consultant of the hospital's network with the same licence at the hospital. Null if there is none.</returns>
    public async ValueTask<Owner?> HolderAsync(Credential credential, string except)
    {
        if (
            string.IsNullOrWhiteSpace(credential.Licence)
            || await owners.FindAsync(OwnerKind.Hospital, credential.Hospital.Value) is not { Networks: [var network, ..] }
        )
            return null;
        var listed = (await owners.ReadAsync(OwnerBook.DirectoryOf(OwnerKind.Consultant, network))).Entries.Values;
        // Earlier releases listed consultants without a version.
        foreach (
            var some in listed.Where(c => c.Version == 0 || !_known.TryGetValue(c.Id, out var k) || k.Version != c.Version).Chunk(AtOnce)
        )
            await Task.WhenAll(some.Select(async c => _known[c.Id] = (c.Version, await ReadAsync(c.Id))));
        var holder = listed.FirstOrDefault(c =>
            c.Id != except && _known[c.Id].Licences.Any(l => l.At == credential.Hospital && IsSame(l.Licence, credential.Licence))
        );
        return holder is null ? null : await owners.FindAsync(OwnerKind.Consultant, holder.Id);
    }

    private async Task<ImmutableArray<(HospitalId, string)>> ReadAsync(string consultant) =>
        [
            .. ((await grains.GetGrain<IConsultantGrain>(consultant).GetAsync())?.Credentials ?? [])
                .Where(c => !string.IsNullOrWhiteSpace(c.Licence))
                .Select(c => (c.Hospital, c.Licence!)),
        ];

    private static bool IsSame(string a, string b) => a.AsSpan().Trim().Equals(b.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
}
