using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Networks;

/// <summary>
/// Profiles of networks, hospitals and consultants. They are stored with a version and listed. The rosters that use them are told of
/// changes.
/// </summary>
public sealed class ProfileTests : IAsyncLifetime
{
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_profile_has_the_version_of_its_last_change_and_not_the_version_that_its_writer_gives()
    {
        var first = (await _hub.Hospital(North).GetAsync())!.Version;
        await _hub.Hospital(North).PutAsync(Coordinator, NewHospital(North) with { City = "Sharjah", Version = 999 });
        var now = (await _hub.Hospital(North).GetAsync())!;
        Assert.Equal(("Sharjah", first + 1), (now.City, now.Version));
        Assert.Null(await _hub.Hospital(new("h-none")).GetAsync());
        Assert.Null(await _hub.Consultant(new("c-none")).GetAsync());
        Assert.Null(await _hub.Grains.GetGrain<INetworkGrain>("none").GetAsync());
    }

    [Fact]
    public async Task A_stored_profile_is_listed_once_in_every_directory_that_it_belongs_to_and_no_longer_in_those_that_it_has_left()
    {
        await _hub.Consultant(Kim)
            .PutAsync(
                Coordinator,
                NewConsultant(Kim) with
                {
                    Affiliation = new("home"),
                    Visits =
                    [
                        new(new("v-1"), Ehs, Eight, Eight.AddDays(2)),
                        new(new("v-2"), new("other"), Eight.AddDays(2), Eight.AddDays(5)),
                    ],
                }
            );
        async Task<string[]> ListAsync(string key) =>
            [.. (await _hub.Grains.GetGrain<IDirectoryGrain>(key).ListAsync()).Select(e => $"{e.Id} {e.Name.In("ko")}")];
        Assert.Equal(["c-kim c-kim"], await ListAsync("other/consultants"));
        await _hub.Consultant(Kim).PutAsync(Coordinator, NewConsultant(Kim) with { Name = new("Kim Min-jun", Ko: "김민준") });
        Assert.Equal(["c-kim 김민준", "c-lee c-lee", "c-park c-park"], await ListAsync("ehs/consultants"));
        Assert.Empty(await ListAsync("other/consultants"));
        Assert.Empty(await ListAsync("home/consultants"));
        Assert.Equal(["h-north h-north", "h-south h-south"], await ListAsync("ehs/hospitals"));
        Assert.Equal(["ehs Emirates Health Services"], await ListAsync("hub/networks"));
        Assert.Empty(await ListAsync("none/hospitals"));
    }

    [Fact]
    public async Task A_refused_profile_leaves_the_stored_one_unchanged_and_adds_no_entry_to_a_directory()
    {
        var before = (await _hub.Consultant(Kim).GetAsync())!.Version;
        await Assert.ThrowsAsync<RecordsRefusedException>(() =>
            _hub.Consultant(Kim)
                .PutAsync(
                    Coordinator,
                    NewConsultant(Kim) with
                    {
                        Visits =
                        [
                            new(new("v-1"), Ehs, Eight, Eight.AddDays(5)),
                            new(new("v-2"), new("other"), Eight.AddDays(4), Eight.AddDays(9)),
                        ],
                    }
                )
        );
        Assert.Equal(before, (await _hub.Consultant(Kim).GetAsync())!.Version);
        Assert.Empty(await _hub.Grains.GetGrain<IDirectoryGrain>("other/consultants").ListAsync());
    }

    [Fact]
    public async Task A_changed_profile_reaches_every_roster_that_uses_it_and_registering_twice_counts_once()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Plan("b", Kim, at: 7 * 24, room: One), at: _hub.Next);
        var owner = _hub.Consultant(Kim).AsReference<IFactOwner>();
        var version = await owner.RegisterAsync(_hub.Roster.GetGrainId());
        Assert.Equal(version, await owner.RegisterAsync(_hub.Roster.GetGrainId()));
        await _hub.Consultant(Kim).PutAsync(Coordinator, NewConsultant(Kim) with { Credentials = [] });
        foreach (var (roster, id) in new[] { (_hub.Roster, "a"), (_hub.Next, "b") })
            await RosterHub.UntilAsync(
                async () => (await roster.GetAsync(new(id)))!.Attention.SequenceEqual([AttentionReason.CredentialLapsed]),
                $"{id} needs attention"
            );
    }

    [Fact]
    public async Task A_changed_profile_reaches_an_inactive_roster_after_a_restart()
    {
        var folder = TestHub.NewFolder();
        await using (var hub = await RosterHub.StartAsync(folder))
            await hub.DoneAsync(Plan("a", Kim, room: One));
        await using (var hub = await RosterHub.StartAsync(folder, seed: false))
        {
            await hub.Hospital(North)
                .PutAsync(Coordinator, NewHospital(North) with { Closures = [new Closure(null, Eight, Eight.AddHours(1))] });
            await RosterHub.UntilAsync(
                async () => (await hub.GetAsync("a")).Attention.SequenceEqual([AttentionReason.HospitalClosed]),
                "the closure is seen"
            );
        }
        Directory.Delete(folder, recursive: true);
    }
}
