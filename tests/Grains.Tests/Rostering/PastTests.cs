using System.Text.Json;
using ConsultHub.Consultants;
using ConsultHub.Records;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Rosters and consultants can be read as they were at any earlier version.</summary>
public sealed class PastTests
{
    private static async Task<string> PictureAsync(IRosterGrain roster, long version) =>
        JsonSerializer.Serialize(
            // An engagement of the past has the version of its last change, which a later change does not keep.
            (await roster.AtAsync(version))
                .OrderBy(e => e.Id.Value, StringComparer.Ordinal)
                .Select(e => e with { Version = 0 }),
            HubJson.Options
        );

    [Fact]
    public async Task A_week_is_read_as_it_was_at_each_version_also_after_a_move_to_another_week()
    {
        await using var hub = await RosterHub.StartAsync();
        List<string> pictures = [await PictureAsync(hub.Roster, 0)];
        async Task NoteAsync()
        {
            while (await RosterHub.VersionAsync(hub.Roster) is var now && pictures.Count <= now)
                pictures.Add(await PictureAsync(hub.Roster, pictures.Count));
        }

        await hub.DoneAsync(Plan("a", Kim));
        await NoteAsync();
        await hub.DoneAsync(Plan("b", Lee) with { CaseReference = "C-1" });
        await NoteAsync();
        await hub.DoneAsync(Move("a", 3));
        await NoteAsync();
        await hub.DoneAsync(Assign("b", Park));
        await NoteAsync();
        await hub.DoneAsync(Move("b", 24 * 7));
        // The old week lets it go before the new week has taken it in.
        await RosterHub.UntilAsync(async () => await hub.Next.GetAsync(new("b")) is not null, "the engagement is in the other week");
        Assert.True(pictures.Distinct().Count() == pictures.Count);
        for (var version = 0; version < pictures.Count; version++)
            Assert.Equal(pictures[version], await PictureAsync(hub.Roster, version));
        Assert.DoesNotContain("C-1", string.Concat(pictures), StringComparison.Ordinal);
        Assert.Equal("[]", await PictureAsync(hub.Next, 0));
        Assert.Contains("\"b\"", await PictureAsync(hub.Next, long.MaxValue), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consultant_is_read_as_at_each_version()
    {
        await using var hub = await RosterHub.StartAsync();
        var kim = hub.Consultant(Kim);
        var before = (await kim.GetAsync())!;
        await hub.DoneAsync(Plan("a", Kim)); // the roster registers, which is an entry too
        await kim.PutAsync(Coordinator, before with { Home = new("asan"), Visits = [] });
        var after = (await kim.GetAsync())!;
        await kim.PutAsync(Coordinator, after with { Home = null });
        Assert.Null(await kim.AtAsync(0));
        Assert.Equal((null, 1), Of(await kim.AtAsync(before.Version)));
        Assert.Equal((null, 1), Of(await kim.AtAsync(after.Version - 1)));
        Assert.Equal((new PartnerId("asan"), 0), Of(await kim.AtAsync(after.Version)));
        Assert.Equal((null, 0), Of(await kim.AtAsync(long.MaxValue)));

        static (PartnerId?, int) Of(Consultant? consultant) => (consultant!.Home, consultant.Visits.Length);
    }
}
