using ConsultHub.Inboxes;
using ConsultHub.Live;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Inboxes;

/// <summary>A person's own alerts.</summary>
internal sealed record InboxTopic(string Name, PersonId Person) : ITopic<InboxTopic>
{
    public static string KindName => "inbox";

    public static InboxTopic? Parse(string name, string[] parts) =>
        parts is ["inbox", var person] && TextId.TryParse<PersonId>(person, out var id) ? new(name, id) : null;

    public ValueTask<WatchRule?> RuleAsync(ThingScopes things) => new(Access.WatchesInbox(Person));

    /// <summary>Always true: every person who is signed in has an inbox, and the rule lets only its owner watch it.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<IInboxGrain>(Person.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => item);
}
