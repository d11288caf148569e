using System.Text.Json;
using ConsultHub.Client;
using ConsultHub.Live;
using ConsultHub.Web.Live;

namespace ConsultHub.Tests.Fixtures;

/// <summary>Turns the watchers' pictures into text, so that tests can compare them, and waits for pictures.</summary>
public static class Pictures
{
    public static string ToText(this IEnumerable<TopicItem> items) =>
        string.Join('\n', items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => JsonSerializer.Serialize(i, HubJson.Options)));

    public static string ToText(this TopicPicture picture) => picture.Items.Values.ToText();

    /// <summary>The version of the topic's first authority. It is the first part of the position.</summary>
    public static long Version(this TopicPicture picture) =>
        TopicPosition.TryParse(picture.Position!, out var position)
            ? position.Parts[0].Version
            : throw new InvalidOperationException("Not a position.");

    /// <summary>Waits until the topic shows everything up to a version.</summary>
    public static Task<TopicPicture> WhenAtAsync(this WatchedTopic topic, long version) =>
        topic.WhenAsync(t => t.Picture.Position is not null && t.Picture.Version() >= version).WaitAsync(Eventually.Patience);

    public static Task<TopicPicture> WhenLiveAsync(this WatchedTopic topic) =>
        topic.WhenAsync(t => t.Link.State == LinkState.Live).WaitAsync(Eventually.Patience);

    public static Task WhenAsync(this WatchedTopic topic, LinkState state) =>
        topic.WhenAsync(t => t.Link.State == state).WaitAsync(Eventually.Patience);
}
