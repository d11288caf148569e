using System.Collections.Concurrent;
using ConsultHub.Client;
using ConsultHub.Live;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Storms;

/// <summary>Watches a topic all the time. Counts snapshots, and records when a position or an item goes back to an older version.</summary>
internal sealed class TopicChecker
{
    private readonly Dictionary<string, long> _seen = [];
    private long _at;

    public TopicChecker(HubTopicClient client, string topic) => Topic = client.Watch(topic, changed: Note);

    public WatchedTopic Topic { get; }

    public ConcurrentQueue<string> Faults { get; } = new();

    public int Snapshots { get; private set; }

    private void Note(TopicChange change)
    {
        if (change.Frame.Kind == FrameKind.Snapshot)
            Snapshots++;
        if (change.Picture.Version() < _at)
            Faults.Enqueue($"The position went from {_at} back to {change.Picture.Version()}.");
        _at = change.Picture.Version();
        foreach (var item in change.Frame.Items)
        {
            if (_seen.GetValueOrDefault(item.Key) > item.Version)
                Faults.Enqueue($"{item.Key} went from {_seen[item.Key]} back to {item.Version}.");
            _seen[item.Key] = item.Version;
        }
    }
}
