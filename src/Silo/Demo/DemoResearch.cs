using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Records;
using ConsultHub.Research;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Invented research of the demo network: two initiatives of each kind at different stages, as <see cref="DemoInitiatives"/> has them. One
/// milestone is late.
/// </summary>
internal static class DemoResearch
{
    /// <summary>Enters the initiatives that do not exist yet. What somebody has changed stays.</summary>
    public static Task SeedAsync(IGrainFactory grains, DateOnly today, DateTimeOffset now) =>
        Task.WhenAll(DemoInitiatives.Of(today, now).Select(initiative => EnterAsync(grains, initiative)));

    private static async Task EnterAsync(IGrainFactory grains, Initiative initiative)
    {
        var id = initiative.Profile.Id.Value;
        var grain = grains.GetGrain<IInitiativeGrain>(id);
        if (await grain.GetAsync() is not null)
            return;
        var command = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"demo/{id}")).AsSpan(0, 16));
        ImmutableArray<RecordEdit> edits = [.. ((IProfile)initiative).Records.Select(r => RecordEdit.Put(r))];
        if (await grain.EditAsync(Actor.System, new(command, edits)) is RecordsRefused refused)
            throw new RecordsRefusedException(refused);
    }
}
