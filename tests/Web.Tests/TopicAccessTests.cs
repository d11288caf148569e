using System.Net;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests;

/// <summary>Reads and watches every topic of two networks, as every visitor, and compares the answers with the table.</summary>
[Collection(nameof(TwoNetworks))]
public sealed class TopicAccessTests(TwoNetworks networks)
{
    [Fact]
    public void Every_kind_of_topic_has_a_line_in_the_table_of_a_feature()
    {
        var topics = networks.Hub.Services.GetRequiredService<Topics>();
        var known = Visitors
            .Rows("WATCH")
            .Select(r => topics.TryParse(networks.Fill(r.What, "ehs", Visitors.Everyone[0]), out var topic) ? topic.Kind : r.What);
        Visitors.AssertComplete(networks.Hub.Services.GetServices<TopicKind>().Select(kind => kind.Name), known);
    }

    [Fact]
    public async Task Each_topic_admits_the_visitors_in_the_table_and_refuses_the_others_with_a_code()
    {
        var (read, watched) = (new AccessTally("topics read"), new AccessTally("topics watched"));
        Dictionary<Visitor, HubConnection?> connections = [];
        Dictionary<Visitor, HttpClient> clients = [];
        foreach (var visitor in Visitors.Everyone)
        {
            clients[visitor] = networks.Http(visitor);
            connections[visitor] = await networks.ConnectAsync(visitor, "hubs/live");
        }
        foreach (var (_, what, row) in Visitors.Rows("WATCH"))
        foreach (var network in TwoNetworks.Both)
        foreach (var (visitors, allowed, isTwin) in Visitors.For(row, network, namesNetwork: true))
        foreach (var visitor in visitors)
        {
            var (topic, pair) = (networks.Fill(what, network, visitor), $"{what} of {network} for {visitor}");
            using var response = await clients[visitor].GetAsync($"api/topics/{topic}");
            var code = response.IsSuccessStatusCode ? null : (await Caller.ProblemAsync(response)).Problem.Code;
            read.Note(pair, allowed, IsRefusal(code), code is null, code ?? "200");
            code = connections[visitor] is { } connection
                ? await TwoNetworks.CodeOfAsync(connection.InvokeAsync("Watch", topic, (string?)null))
                : "session.none";
            watched.Note(pair, allowed, IsRefusal(code), code is null, code ?? "watches");
            if (code is null)
                await connections[visitor]!.InvokeAsync("Unwatch", topic);
            if (!isTwin)
                continue;
            read.NoteTwin(pair, response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}");
            watched.NoteTwin(pair, code is null, $"{code}");
        }
        foreach (var connection in connections.Values.OfType<HubConnection>())
            await connection.DisposeAsync();
        Assert.Multiple(read.Conclude, watched.Conclude);
    }

    private static bool IsRefusal(string? code) => code is "session.none" or "access.denied" or "topic.denied";
}
