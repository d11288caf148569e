using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Consultants;

/// <summary>A person's engagements of one week in all networks, including proposals to the person.</summary>
internal sealed record ItineraryTopic(string Name, PersonId Person, Week Week) : ITopic<ItineraryTopic>
{
    public static string KindName => "itinerary";

    public PersonId? ShowsPrivateDataOf => Person;

    public static ItineraryTopic? Parse(string name, string[] parts) =>
        parts is ["itinerary", var person, var week]
        && TextId.TryParse<PersonId>(person, out var id)
        && Week.TryParse(week, null, out var iso)
            ? new(name, id, iso)
            : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        Access.WatchesItinerary(Person, await things.OfConsultantAsync(Person));

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) =>
        Week.IsNear(now)
        && (Person == viewer.Person || await grains.IsListedAnywhereAsync(viewer, ["consultants", "people"], Person.Value));

    public async ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        [.. (await grains.ListAsync("hub/networks")).Select(n => grains.GetGrain<IRosterGrain>($"{n.Id}/{Week}"))];

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) =>
        new((_, item) => item is Engagement e && (e.Consultants.Contains(Person) || e.Proposal?.Candidate == Person) ? item : null);
}
