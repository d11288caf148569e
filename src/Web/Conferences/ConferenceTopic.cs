using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Live;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Conferences;

/// <summary>A conference's live programme, and for each session how many people have a place, wait for one or are checked in.</summary>
internal sealed record ConferenceTopic(string Name, ConferenceId Conference) : ITopic<ConferenceTopic>
{
    public static string KindName => "conference";

    public static ConferenceTopic? Parse(string name, string[] parts) =>
        parts is ["conference", var conference] && TextId.TryParse<ConferenceId>(conference, out var id) ? new(name, id) : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfConferenceAsync(Conference, listed: true) is { } of ? Access.WatchesConference(of) : null;

    /// <summary>Always true: the rule has found the conference.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<IConferenceGrain>(Conference.Value), grains.GetGrain<IAudienceGrain>(Conference.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) =>
        new((_, item) => item is DraftHead or DraftSession ? null : item);
}

/// <summary>The draft of a conference's next release.</summary>
internal sealed record DraftTopic(string Name, ConferenceId Conference) : ITopic<DraftTopic>
{
    public static string KindName => "draft";

    public static DraftTopic? Parse(string name, string[] parts) =>
        parts is ["conference", var conference, "draft"] && TextId.TryParse<ConferenceId>(conference, out var id) ? new(name, id) : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfConferenceAsync(Conference, listed: true) is { } of ? Access.WatchesDraft(of) : null;

    /// <summary>Always true: the rule has found the conference.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<IConferenceGrain>(Conference.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) =>
        new((_, item) => item is DraftHead or DraftSession ? item : null);
}
