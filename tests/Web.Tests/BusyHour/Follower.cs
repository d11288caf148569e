using System.Text.Json;
using ConsultHub.Live;

namespace ConsultHub.Tests.BusyHour;

/// <summary>A screen that stays open. It reads a topic once, and then only the changes since its position.</summary>
internal sealed class Follower(PersonId person, string topic)
{
    private readonly Dictionary<string, TopicItem> _items = [];
    private string? _position;

    /// <summary>Returns one follower for each of the topics with the most changes.</summary>
    public static IReadOnlyList<Follower> All(World world)
    {
        var (coordinator, consultant) = (world.Coordinators[0], world.Consultants[0]);
        return
        [
            new(coordinator, $"board/{world.Network}/{World.FirstWeek}"),
            new(coordinator, $"board/{world.Network}/{World.FirstWeek.Next}"),
            new(coordinator, $"board/{world.Network}/{World.FirstWeek}/hospital/{world.Hospitals[0]}"),
            new(coordinator, $"conference/{world.Conference}"),
            new(coordinator, $"conference/{world.Conference}/draft"),
            new(consultant, $"itinerary/{consultant}/{World.FirstWeek}"),
            new(consultant, $"inbox/{consultant}"),
        ];
    }

    public async Task FollowAsync(BusyHourRun run)
    {
        var frame = await run.TopicAsync(person, topic, _position is null ? null : Uri.EscapeDataString(_position));
        if (frame.Kind == FrameKind.Snapshot)
            _items.Clear();
        foreach (var key in frame.Removed)
            _items.Remove(key);
        foreach (var item in frame.Items)
            _items[item.Key] = item;
        _position = frame.Position;
    }

    /// <summary>The differences between the open screen and a screen that is opened now.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(BusyHourRun run)
    {
        await FollowAsync(run);
        var opened = (await run.TopicAsync(person, topic)).Items.ToDictionary(i => i.Key);
        return
        [
            .. from key in opened.Keys.Union(_items.Keys)
            let now = opened.GetValueOrDefault(key)
            let known = _items.GetValueOrDefault(key)
            where Text(now) != Text(known)
            select $"{key} of {topic} is {Text(known)} on a screen that was open all the time, and {Text(now)} on one that is opened now.",
        ];
    }

    private static string Text(TopicItem? item) => item is null ? "not there" : JsonSerializer.Serialize(item, HubJson.Options);
}
