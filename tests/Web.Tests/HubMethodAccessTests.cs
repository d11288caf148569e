using System.Reflection;
using ConsultHub.Lectures.Media;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Lectures.Media;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ConsultHub.Tests;

/// <summary>Calls every method of every SignalR hub for two networks, as every visitor, and compares the answers with the table.</summary>
[Collection(nameof(TwoNetworks))]
public sealed class HubMethodAccessTests(TwoNetworks networks)
{
    /// <summary>How a visitor calls each method. The texts are a topic and a session of the network.</summary>
    private static readonly Dictionary<string, Func<HubConnection, string, string, Task>> Calls = new()
    {
        ["LiveHub.Watch"] = (hub, topic, _) => hub.InvokeAsync("Watch", topic, (string?)null),
        ["LiveHub.Unwatch"] = (hub, topic, _) => hub.InvokeAsync("Unwatch", topic),
        ["LectureHub.Watch"] = (hub, _, session) => hub.InvokeAsync("Watch", session, (int)MediaQuality.Full),
        ["LectureHub.Choose"] = (hub, _, session) =>
            ThenAsync(WatchAsync(hub, session), () => hub.InvokeAsync("Choose", (int)MediaQuality.Full)),
        ["LectureHub.Played"] = (hub, _, session) => ThenAsync(WatchAsync(hub, session), () => hub.InvokeAsync("Played", 1u, 0L, 0)),
        ["LectureHub.Receipt"] = (hub, _, session) => ThenAsync(WatchAsync(hub, session), () => hub.InvokeAsync<string>("Receipt")),
        ["LectureHub.Publish"] = (hub, _, session) => PublishAsync(hub, session),
        ["LectureHub.Upload"] = async (hub, _, session) =>
            await hub.InvokeAsync("Upload", MediaWire.Join(new Talk(await PublishAsync(hub, session)).Next())),
        ["LectureHub.Switch"] = (hub, _, session) => ThenAsync(PublishAsync(hub, session), () => hub.InvokeAsync("Switch", (int[])[8])),
        ["LectureHub.Finish"] = (hub, _, _) => hub.InvokeAsync("Finish"),
    };

    private static Task WatchAsync(HubConnection hub, string session) => hub.InvokeAsync("Watch", session, (int)MediaQuality.Full);

    private static Task<uint> PublishAsync(HubConnection hub, string session) => hub.InvokeAsync<uint>("Publish", session, (int[])[0, 8]);

    private static async Task ThenAsync(Task first, Func<Task> then)
    {
        await first;
        await then();
    }

    [Fact]
    public void Every_method_of_a_hub_has_a_line_in_the_table_of_a_feature_and_is_called_here()
    {
        var methods =
            from type in typeof(Program).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(Hub)) && !type.IsAbstract
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == type
            select $"{type.Name}.{method.Name}";
        Visitors.AssertComplete(methods, Visitors.Rows("CALL").Select(r => r.What));
        Visitors.AssertComplete(methods, Calls.Keys);
    }

    [Fact]
    public async Task Each_method_of_a_hub_serves_the_visitors_in_the_table_and_refuses_the_others_with_a_code()
    {
        var tally = new AccessTally("hub methods");
        foreach (var (_, method, row) in Visitors.Rows("CALL"))
        foreach (var network in TwoNetworks.Both)
        foreach (var (visitors, allowed, isTwin) in Visitors.For(row, network, namesNetwork: row.Allowed != Visitors.SignedIn))
        foreach (var visitor in visitors)
        {
            await using var hub = await networks.ConnectAsync(
                visitor,
                method.StartsWith("Live", StringComparison.Ordinal) ? "hubs/live" : "hubs/lecture"
            );
            var (topic, session) = (
                networks.Fill("board/{network}/{week}", network, visitor),
                networks.Fill("{session1}", network, visitor)
            );
            var code = hub is null ? "session.none" : await TwoNetworks.CodeOfAsync(Calls[method](hub, topic, session));
            var pair = $"{method} of {network} for {visitor}";
            tally.Note(
                pair,
                allowed,
                refused: code is "session.none" or "access.denied" or "topic.denied" or "lecture.not-allowed",
                succeeded: code is null,
                code ?? "done"
            );
            if (isTwin)
                tally.NoteTwin(pair, code is null, $"{code}");
        }
        tally.Conclude();
    }
}
