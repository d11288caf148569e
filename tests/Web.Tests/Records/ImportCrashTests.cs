using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ConsultHub.Directories;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>An import whose hub is killed in the middle.</summary>
public sealed partial class ImportCrashTests
{
    private const int Hospitals = 300,
        RoomsOfEach = 20;

    /// <summary>The storage has the keys of grains as text.</summary>
    [GeneratedRegex("i-[0-9a-f]{32}")]
    private static partial Regex Key();

    [Fact]
    public async Task An_import_whose_hub_is_killed_in_the_middle_is_completed_after_the_restart()
    {
        await using var host = await HubHost.StartAsync(demo: false);
        using var admin = await RecordsHub.FirstAsync(host);
        var network = await EnteredNetwork.NewAsync(admin);
        var numbers = Enumerable.Range(0, Hospitals).ToList();
        var hospitals = numbers.Select(h => $"{network.Id}-{h},Hospital {h},Dubai,Asia/Dubai\n");
        var rooms = numbers.SelectMany(h => Enumerable.Range(0, RoomsOfEach).Select(r => $"{network.Id}-{h},r-{r},Room {r},{1 + r}\n"));
        var first = await network.ImportedAsync("hospitals", "id,name.en,city,timeZone\n" + string.Concat(hospitals));
        var began = await PositionAsync(network);
        var importing = network.ImportAsync("rooms", "hospital,id,name.en,capacity\n" + string.Concat(rooms));
        while (await PositionAsync(network) == began)
            Assert.False(importing.IsCompleted, "The import was over before anything of it was seen.");
        host.Kill();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => importing);

        var known = first.GetProperty("import").GetString()!;
        var import = KeysIn(host.DataPath).First(key => key != known);
        await host.RestartAsync();
        // Whoever asks for the import wakes it up. Otherwise, its reminder would do so within a minute.
        await Eventually.Async(async () =>
        {
            var progress = (await network.GetAsync($"api/tables/imports/{import}")).Is(HttpStatusCode.OK).Json;
            Assert.Equal(
                (Hospitals * RoomsOfEach, 0),
                (progress.GetProperty("of").GetInt32(), progress.GetProperty("impossible").GetArrayLength())
            );
            return progress.GetProperty("finished").GetBoolean();
        });
        var list = (await network.GetAsync($"api/tables/rooms?network={network.Id}&take=1")).Json;
        Assert.Equal(Hospitals * RoomsOfEach, list.GetProperty("total").GetInt32());
        for (var h = 0; h < Hospitals; h += 37)
            Assert.Equal(1, (await network.GetAsync($"api/tables/rooms/history?owner={network.Id}-{h}&id=r-1")).Json.GetArrayLength());
    }

    private static async Task<string> PositionAsync(EnteredNetwork network) =>
        (await network.Caller.GetTopicAsync($"records/{network.Id}")).Position;

    private static IEnumerable<string> KeysIn(string folder) =>
        Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .SelectMany(file => Key().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(file))))
            .Select(m => m.Value)
            .Distinct();
}
