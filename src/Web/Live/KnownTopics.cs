using ConsultHub.Conferences;
using ConsultHub.Directories;
using ConsultHub.Networks;

namespace ConsultHub.Web.Live;

/// <summary>Whether there is what a topic is about. It asks lists of what exists and never the thing itself, since an actor that is asked
/// is kept for a while, also one of an invented name.</summary>
internal sealed class KnownTopics(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Rosters exist before anything is planned in them, so weeks are known by their distance from now.</summary>
    private const int YearsAround = 10;

    public async Task<bool> HasAsync(Viewer viewer, TopicName topic) =>
        topic.Kind switch
        {
            TopicKind.Board => IsNear(topic.Week!.Value)
                && (topic.Hospital is not { } hospital || await IsListedAsync($"{topic.Network}/hospitals", hospital.Value))
                && (topic.Partner is not { } partner || await HasPartnerAsync(topic.Network!.Value, partner)),
            TopicKind.Itinerary => IsNear(topic.Week!.Value)
                && (
                    topic.Person == viewer.Person
                    || await IsListedSomewhereAsync(viewer, ["consultants", "people"], topic.Person!.Value.Value)
                ),
            TopicKind.Inbox => true, // one's own
            TopicKind.Conference => await IsConferenceAsync(viewer, topic.Conference!.Value),
            TopicKind.Lecture or TopicKind.LectureStage => await IsSessionAsync(viewer, topic.Session!.Value),
            _ => false,
        };

    private bool IsNear(Week week) =>
        Math.Abs((week.Monday.ToDateTime(TimeOnly.MinValue) - clock.GetUtcNow().UtcDateTime).TotalDays) < 366 * YearsAround;

    private async Task<bool> HasPartnerAsync(NetworkId network, PartnerId partner) =>
        await IsListedAsync("hub/networks", network.Value)
        && (await grains.GetGrain<INetworkGrain>(network.Value).GetAsync())?.Partners.Any(p => p.Id == partner) == true;

    private async Task<bool> IsConferenceAsync(Viewer viewer, ConferenceId conference) =>
        await IsListedAsync("hub/conferences", conference.Value) || await IsListedSomewhereAsync(viewer, ["conferences"], conference.Value);

    /// <summary>Most sessions are named after their conference, which is asked first.</summary>
    private async Task<bool> IsSessionAsync(Viewer viewer, SessionId session)
    {
        var conferences = (await ListsAsync(viewer, ["conferences"]))
            .Append(await ListAsync("hub/conferences"))
            .SelectMany(l => l)
            .Select(c => c.Id);
        foreach (var conference in conferences.OrderByDescending(c => session.Value.StartsWith(c, StringComparison.Ordinal)))
            if (await grains.GetGrain<IConferenceGrain>(conference).GetSessionAsync(session) is not null)
                return true;
        return false;
    }

    private async Task<bool> IsListedSomewhereAsync(Viewer viewer, string[] kinds, string id) =>
        (await ListsAsync(viewer, kinds)).Any(l => l.Any(e => e.Id == id));

    private async Task<bool> IsListedAsync(string list, string id) => (await ListAsync(list)).Any(e => e.Id == id);

    private async Task<IEnumerable<IReadOnlyList<DirectoryEntry>>> ListsAsync(Viewer viewer, string[] kinds) =>
        await Task.WhenAll(
            (await ListAsync("hub/networks"))
                .Select(n => n.Id)
                .Append(viewer.Network.Value)
                .Distinct()
                .SelectMany(n => kinds.Select(kind => ListAsync($"{n}/{kind}")))
        );

    private async Task<IReadOnlyList<DirectoryEntry>> ListAsync(string list) => await grains.GetGrain<IDirectoryGrain>(list).ListAsync();
}
