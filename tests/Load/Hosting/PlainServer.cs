using System.Text.Json;
using System.Text.RegularExpressions;
using ConsultHub.Live;
using ConsultHub.Load.Watching;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConsultHub.Load.Hosting;

/// <summary>
/// The yardstick: what one would write without topics, a hub that broadcasts each change to a group, in a process of its own. It sends what
/// the measured hub
/// sent for a change, with positions and versions of its own.
/// </summary>
internal sealed partial class PlainServer
{
    public const string Command = "plain";

    private readonly Lock _turn = new();
    private readonly string _template;
    private readonly Guid _epoch = Guid.NewGuid();
    private long _version = 1;

    private PlainServer(string template) => _template = template;

    /// <summary>What the process does: reads a frame to imitate, says where it listens, broadcasts what is posted to
    /// <c>/changes</c>.</summary>
    public static async Task RunAsync()
    {
        var server = new PlainServer((await Console.In.ReadLineAsync())!);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(server);
        builder.Services.AddSignalR();
        await using var app = builder.Build();
        app.MapHub<PlainHub>("/hubs/live");
        app.MapPost("/changes", server.ChangeAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        while (await Console.In.ReadLineAsync() is not null) { }
    }

    /// <summary>One broadcast, in order with the others; answers once it has been written to every connection.</summary>
    private async Task<Commit> ChangeAsync(IHubContext<PlainHub> hub)
    {
        Task sending;
        Commit commit;
        lock (_turn)
        {
            commit = new(++_version, DateTime.UtcNow.Ticks);
            sending = hub.Clients.Group(PlainHub.Group).SendAsync("Frame", FrameAt(commit.Version));
        }
        await sending;
        return commit;
    }

    private JsonElement FrameAt(long version)
    {
        var position = new TopicPosition([new LivePosition(_epoch, version)]).ToString();
        var text = Version().Replace(_template, FormattableString.Invariant($"\"version\":{version}"));
        return JsonDocument.Parse(Position().Replace(text, $"\"position\":\"{position}\"", 1)).RootElement;
    }

    [GeneratedRegex("\"version\":\\d+")]
    private static partial Regex Version();

    [GeneratedRegex("\"position\":\"[^\"]*\"")]
    private static partial Regex Position();

    private sealed class PlainHub(PlainServer server) : Hub
    {
        public const string Group = "board";

        /// <summary>Answers to the same invocation as the hub, so that the same watchers watch both.</summary>
        public async Task Watch(string topic, string? position)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, Group);
            await Clients.Caller.SendAsync("Frame", server.FrameAt(1));
        }
    }
}
