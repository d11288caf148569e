using ConsultHub.Live;

namespace ConsultHub.Web.Live;

/// <summary>
/// A live topic, such as <c>board/ehs/2026-W48</c>: a filter over the state of one authority or several. A feature implements it and
/// registers it with <see cref="LiveHosting.AddTopic{TTopic}"/>.
/// </summary>
internal interface ITopic
{
    /// <summary>The topic's name, as the watcher wrote it. Frames carry this name.</summary>
    string Name { get; }

    /// <summary>The name of the topic's kind. Measurements have it as a tag.</summary>
    string Kind { get; }

    /// <summary>The person whose private data the topic shows. When somebody else watches it, the trace tells of it.</summary>
    PersonId? ShowsPrivateDataOf => null;

    /// <summary>
    /// Returns the rule of <see cref="Access"/> that says who may watch the topic. Null if the thing that the topic is about is unknown.
    /// </summary>
    ValueTask<WatchRule?> RuleAsync(ThingScopes things);

    /// <summary>
    /// Whether the thing that the topic is about exists. This reads lists of ids and does not call the grain of the thing itself: a grain
    /// that is called stays in memory for a while, even if its id is invented.
    /// </summary>
    ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now);

    /// <summary>The authorities whose state the topic shows.</summary>
    ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains);

    /// <summary>
    /// The filter. It takes the index of an authority and one of its items. It returns the item as this topic shows it, or null when the
    /// item is not part of the topic.
    /// </summary>
    ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains);
}

/// <summary>A kind of topic: its name, and how a topic of this kind is read from text.</summary>
internal interface ITopic<TSelf> : ITopic
    where TSelf : class, ITopic<TSelf>
{
    /// <summary>The kind's name, unique among all kinds.</summary>
    static abstract string KindName { get; }

    /// <summary>Reads a topic from its name. The parts are the name split at its slashes. Null if it is not of this kind.</summary>
    static abstract TSelf? Parse(string name, string[] parts);

    string ITopic.Kind => TSelf.KindName;
}
