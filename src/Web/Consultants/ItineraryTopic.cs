using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Consultants;

/// <summary>A person's engagements of one week, including proposals to the person.</summary>
/// <param name="Network">The network of the engagements. Null for those of all networks.</param>
internal sealed record ItineraryTopic(string Name, PersonId Person, Week Week, NetworkId? Network) : ITopic<ItineraryTopic>
{
    public static string KindName => "itinerary";

    public PersonId? ShowsPrivateDataOf => Person;

    public static ItineraryTopic? Parse(string name, string[] parts) =>
        parts is ["itinerary", var person, var week, .. var rest]
        && TextId.TryParse<PersonId>(person, out var id)
        && Week.TryParse(week, null, out var iso)
            ? rest switch
            {
                [] => new(name, id, iso, null),
                [var text] when TextId.TryParse<NetworkId>(text, out var network) => new(name, id, iso, network),
                _ => null,
            }
            : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        Access.WatchesItinerary(Person, await things.OfConsultantAsync(Person), Network);

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) =>
        Week.IsNear(now)
        && (Person == viewer.Person || await grains.IsListedAnywhereAsync(viewer, ["consultants", "people"], Person.Value));

    public async ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        [
            .. (await grains.ListAsync("hub/networks"))
                .Where(n => Network is not { } one || n.Id == one.Value)
                .Select(n => grains.GetGrain<IRosterGrain>($"{n.Id}/{Week}")),
        ];

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) =>
        new((_, item) => item is Engagement e && (e.Consultants.Contains(Person) || e.Proposal?.Candidate == Person) ? item : null);
}
