using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Live;

/// <summary>Live topics for browsers: <c>Watch</c>, <c>Unwatch</c>, and <c>Frame</c> on the client; on a connection to <c>?packed=1</c> also <c>Packed</c>, a long frame compressed.</summary>
internal sealed class LiveHub(LiveTopics topics, LiveConnections connections, IGrainFactory grains) : Hub
{
    private const int MostTopics = 32;
    private const string WatchedKey = "watched";

    private Dictionary<string, (TopicLoop Loop, Watcher Watcher)> Watched =>
        (Dictionary<string, (TopicLoop, Watcher)>)(Context.Items.TryGetValue(WatchedKey, out var found) ? found! : Context.Items[WatchedKey] = new Dictionary<string, (TopicLoop, Watcher)>())!;

    /// <summary>Sends frames of a topic from now on: the changes since a position, or everything where there is none or it cannot be resumed.</summary>
    /// <exception cref="HubException">Its message is a code: topic.unknown, topic.denied, topic.bad-position, topic.too-many.</exception>
    public async Task Watch(string topic, string? position)
    {
        if (!TopicName.TryParse(topic, out var name)) throw new HubException("topic.unknown");
        if (Viewer.From(Context.User) is not { } viewer || !await Access.MayWatchAsync(viewer, name, grains)) throw new HubException("topic.denied");
        TopicPosition? since = null;
        if (position is not null && !TopicPosition.TryParse(position, out since)) throw new HubException("topic.bad-position");
        if (Watched.Remove(topic, out var before)) before.Loop.Remove(before.Watcher);
        if (Watched.Count >= MostTopics) throw new HubException("topic.too-many");
        Watched[topic] = await topics.WatchAsync(name, since, connections.Get(Context.ConnectionId), Context.GetHttpContext()?.Request.Query.ContainsKey("packed") == true);
    }

    public Task Unwatch(string topic)
    {
        if (Watched.Remove(topic, out var watched)) watched.Loop.Remove(watched.Watcher);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var (loop, watcher) in Watched.Values) loop.Remove(watcher);
        return Task.CompletedTask;
    }
}
