using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using ConsultHub.Audit;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Live;

/// <summary>
/// Live topics for browsers. A client calls <c>Watch</c> and <c>Unwatch</c> and receives <c>Frame</c>. A connection opened with
/// <c>?packed=1</c> receives long frames compressed, as <c>Packed</c>. <c>Ended(topic, code)</c> tells a watcher that it may no longer see
/// the topic.
/// </summary>
internal sealed class LiveHub(
    Topics known,
    LiveTopics topics,
    LiveConnections connections,
    AccessBook book,
    HubLimits limits,
    AuditTrail trail
) : Hub
{
    private const int MostTopics = 32;
    private const string WatchedKey = "watched";

    private ConcurrentDictionary<string, Watching> Watched =>
        (ConcurrentDictionary<string, Watching>)
            (
                Context.Items.TryGetValue(WatchedKey, out var found)
                    ? found!
                    : Context.Items[WatchedKey] = new ConcurrentDictionary<string, Watching>()
            )!;

    /// <summary>
    /// Sends frames of a topic from now on: the changes since a position, or a snapshot if there is no position or if no changes can be
    /// computed from it.
    /// </summary>
    /// <exception cref="HubException">The message is a code: topic.unknown, topic.denied, topic.bad-position, topic.too-many or
    /// request.too-many.</exception>
    public async Task Watch(string topic, string? position)
    {
        if (!known.TryParse(topic, out var name))
            throw new HubException(TopicCodes.Unknown);
        TopicPosition? since = null;
        if (position is not null && !TopicPosition.TryParse(position, out since))
            throw new HubException(TopicCodes.BadPosition);
        var following = book.Following(Context.User);
        if (following() is not { } viewer)
            throw new HubException(TopicCodes.Denied);
        if (!limits.MayWatch(viewer.Person))
            throw new HubException(RequestCodes.TooMany);
        if (await topics.RefusalAsync(viewer, name) is { } refused)
            throw new HubException(refused);
        if (Watched.TryRemove(topic, out var before))
            before.End();
        if (Watched.Count >= MostTopics)
            throw new HubException(TopicCodes.TooMany);
        var place = limits.Topic(viewer.Person);
        try
        {
            if (!place.IsAcquired)
                throw new HubException(TopicCodes.TooMany);
            var (loop, watcher) = await topics.WatchAsync(
                name,
                since,
                connections.Get(Context.ConnectionId),
                following,
                Context.GetHttpContext()?.Request.Query.ContainsKey("packed") == true
            );
            Watched[topic] = new(loop, watcher, place);
            if (name.ShowsPrivateDataOf is { } shown && shown != viewer.Person)
                trail.Add(Context.GetHttpContext(), AuditKinds.ReadPrivate, "topic.read", viewer.Person, "Watch", topic, about: shown);
            // The connection may have ended before this topic was in its list. Then OnDisconnectedAsync did not end the topic.
            if (Context.ConnectionAborted.IsCancellationRequested && Watched.TryRemove(topic, out var late))
                late.End();
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public Task Unwatch(string topic)
    {
        if (Watched.TryRemove(topic, out var watched))
            watched.End();
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var topic in Watched.Keys)
            if (Watched.TryRemove(topic, out var watched))
                watched.End();
        return Task.CompletedTask;
    }

    /// <summary>A topic that a connection watches, and its place in the person's limit.</summary>
    private sealed record Watching(TopicLoop Loop, Watcher Watcher, RateLimitLease Place)
    {
        public void End()
        {
            Loop.Remove(Watcher);
            Place.Dispose();
        }
    }
}
