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
/// A plain SignalR hub for comparison, which broadcasts each change to a group, in a process of its own. It sends the frame that the
/// measured hub sent for a change, but with new positions and versions.
/// </summary>
internal sealed partial class PlainServer
{
    public const string Command = "plain";

    private readonly Lock _turn = new();
    private readonly string _template;
    private readonly Guid _epoch = Guid.NewGuid();
    private long _version = 1;

    private PlainServer(string template) => _template = template;

    /// <summary>
    /// The main routine of the process. It reads a frame to imitate, prints its address and broadcasts each change that is posted to
    /// <c>/changes</c>.
    /// </summary>
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

    /// <summary>Broadcasts the next version. Completes when this broadcast has been written to every connection.</summary>
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

        /// <summary>Has the same name as the method of the measured hub, so that the same watchers can watch both.</summary>
        public async Task Watch(string topic, string? position)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, Group);
            await Clients.Caller.SendAsync("Frame", server.FrameAt(1));
        }
    }
}
