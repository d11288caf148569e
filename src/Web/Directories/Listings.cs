using ConsultHub.Consultants;
using ConsultHub.Directories;

namespace ConsultHub.Web.Directories;

/// <summary>
/// Finds out which ids exist. It reads the directories. Only <see cref="NameOfAsync"/> may also call the grain that has an id.
/// </summary>
internal static class Listings
{
    /// <summary>
    /// Rosters exist before anything is planned in them. A week counts as known if it is at most this many years from now.
    /// </summary>
    private const int MostYearsAway = 10;

    /// <param name="list">For example <c>hub/networks</c> or <c>ehs/hospitals</c>.</param>
    public static async Task<bool> IsListedAsync(this IGrainFactory grains, string list, string id) =>
        (await grains.ListAsync(list)).Any(e => e.Id == id);

    /// <summary>Whether any network lists the id under one of these kinds. The viewer's own networks are always included.</summary>
    public static async Task<bool> IsListedAnywhereAsync(this IGrainFactory grains, Viewer viewer, string[] kinds, string id) =>
        (await grains.ListsAsync(viewer, kinds)).Any(list => list.Any(e => e.Id == id));

    /// <summary>
    /// Returns the lists that all networks have under these kinds, such as <c>conferences</c>. The viewer's own networks are always
    /// included.
    /// </summary>
    public static async Task<IEnumerable<IReadOnlyList<DirectoryEntry>>> ListsAsync(
        this IGrainFactory grains,
        Viewer viewer,
        string[] kinds
    ) =>
        await Task.WhenAll(
            (await grains.ListAsync("hub/networks"))
                .Select(n => n.Id)
                .Concat(viewer.Networks.Select(n => n.Value))
                .Distinct()
                .SelectMany(network => kinds.Select(kind => grains.ListAsync($"{network}/{kind}")))
        );

    public static async Task<IReadOnlyList<DirectoryEntry>> ListAsync(this IGrainFactory grains, string list) =>
        await grains.GetGrain<IDirectoryGrain>(list).ListAsync();

    /// <summary>
    /// A person's name, from the lists of people or from the consultant's profile. Null when the hub does not know the person.
    /// </summary>
    public static async Task<LocalName?> NameOfAsync(this IGrainFactory grains, PersonId person)
    {
        var networks = await grains.ListAsync("hub/networks");
        var people = await Task.WhenAll(networks.Select(n => grains.ListAsync($"{n.Id}/people")));
        return people.SelectMany(list => list).FirstOrDefault(e => e.Id == person.Value)?.Name
            ?? (await grains.GetGrain<IConsultantGrain>(person.Value).GetAsync())?.Name;
    }

    public static bool IsNear(this Week week, DateTimeOffset now) =>
        Math.Abs((week.Monday.ToDateTime(TimeOnly.MinValue) - now.UtcDateTime).TotalDays) < 366 * MostYearsAway;
}
