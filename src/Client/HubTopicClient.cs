using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using ConsultHub.Live;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Client;

/// <summary>
/// Watches live topics over one connection. Until it is disposed, it connects again whenever the connection is lost, the server is killed,
/// the network carries no data, or the computer has slept. Each topic continues from its last position, so that no change is missed.
/// </summary>
public sealed class HubTopicClient : IAsyncDisposable
{
    private readonly Uri _hub;
    private readonly HubTopicOptions _options;
    private readonly ConcurrentDictionary<string, WatchedTopic> _topics = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private volatile HubConnection? _connection;
    private volatile bool _answered;

    /// <param name="hub">The address of the hub, such as <c>http://localhost:5080/hubs/live</c>.</param>
    public HubTopicClient(Uri hub, HubTopicOptions? options = null)
    {
        (_hub, _options) = (hub, options ?? new());
        _running = Task.Run(RunAsync);
    }

    /// <summary>Starts watching a topic. Returns at once. The picture fills when frames arrive.</summary>
    /// <param name="topic">The topic, such as <c>board/ehs/2026-W48</c>.</param>
    /// <param name="from">A picture that was stored in an earlier run. Null if there is none.</param>
    /// <param name="changed">Called after every complete frame, even if the frame changes nothing.</param>
    /// <exception cref="InvalidOperationException">The topic is already being watched.</exception>
    public WatchedTopic Watch(string topic, TopicPicture? from = null, Action<TopicChange>? changed = null)
    {
        var watched = new WatchedTopic(this, topic, from ?? TopicPicture.Empty, _options.Clock);
        watched.Changed += changed;
        if (!_topics.TryAdd(topic, watched))
            throw new InvalidOperationException($"{topic} is being watched already.");
        if (_connection is { } connection)
            _ = SubscribeAsync(watched, connection);
        return watched;
    }

    internal async ValueTask UnwatchAsync(WatchedTopic topic)
    {
        if (!_topics.TryRemove(KeyValuePair.Create(topic.Name, topic)) || _connection is not { } connection)
            return;
        await InTurnAsync(connection, () => connection.InvokeAsync("Unwatch", topic.Name, _end.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
    }

    private async Task RunAsync()
    {
        for (var failures = 0; !_end.IsCancellationRequested; failures = _answered ? 0 : Math.Min(failures + 1, 16))
        {
            _answered = false;
            await using (var connection = Build())
            {
                var why = await UntilClosedAsync(connection);
                _connection = null;
                var heard = _options.Clock.GetUtcNow() - (why is TimeoutException ? _options.Silence : TimeSpan.Zero);
                foreach (var topic in _topics.Values)
                    topic.Lose(heard);
            }
            var most = _options.FirstPause * Math.Pow(2, _answered ? 0 : failures);
            if (most > _options.LongestPause)
                most = _options.LongestPause;
            await Task.Delay(most * Random.Shared.NextDouble(), _options.Clock, _end.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Connects and watches all topics. Returns when connecting fails, when the connection ends, or when the computer has slept.
    /// </summary>
    /// <returns>The error that prevented or ended the connection. Null if there is none.</returns>
    private async Task<Exception?> UntilClosedAsync(HubConnection connection)
    {
        var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += error =>
        {
            closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        connection.On<Frame>("Frame", Receive);
        connection.On<byte[]>("Packed", packed => Receive(Unpack(packed)));
        connection.On<string, string>(
            "Ended",
            (name, code) =>
            {
                if (_topics.TryGetValue(name, out var topic))
                    topic.Refuse(code);
            }
        );
        try
        {
            await connection.StartAsync(_end.Token);
        }
        catch (Exception e)
        {
            return e; // after any failure the client tries again
        }
        _connection = connection;
        foreach (var topic in _topics.Values)
            _ = SubscribeAsync(topic, connection);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        await Task.WhenAny(closed.Task, AwakeAsync(stop.Token));
        await stop.CancelAsync();
        return closed.Task.IsCompleted ? await closed.Task : null;

        void Receive(Frame frame)
        {
            _answered = true;
            if (_topics.TryGetValue(frame.Topic, out var topic))
                topic.Receive(connection, frame);
        }
    }

    private static Frame Unpack(byte[] packed)
    {
        using var json = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Frame>(json, HubJson.Options)!;
    }

    /// <summary>
    /// Completes when the clock has jumped forward, or when the token is cancelled. A jump means that the computer has slept. The
    /// connection is then dead, even if no timer has noticed this yet.
    /// </summary>
    private async Task AwakeAsync(CancellationToken cancel)
    {
        for (var last = _options.Clock.GetUtcNow(); !cancel.IsCancellationRequested; )
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = _options.Clock.GetUtcNow();
            if (now - last > _options.Silence)
                return;
            last = now;
        }
    }

    private Task SubscribeAsync(WatchedTopic topic, HubConnection connection) =>
        InTurnAsync(
            connection,
            async () =>
            {
                if (!_topics.TryGetValue(topic.Name, out var current) || current != topic || !topic.Expect(connection))
                    return;
                try
                {
                    await connection.InvokeAsync("Watch", topic.Name, topic.Picture.Position, _end.Token);
                }
                catch (HubException refused) when (CodeOf(refused) is { } code)
                {
                    _answered = true;
                    topic.Refuse(code);
                }
            }
        );

    /// <summary>
    /// Calls one method of the server at a time. If a call fails, the connection is closed, and the client connects again.
    /// </summary>
    private async Task InTurnAsync(HubConnection connection, Func<Task> invoke)
    {
        try
        {
            await _turn.WaitAsync(_end.Token);
            try
            {
                if (_connection == connection)
                    await invoke();
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception)
        {
            await connection.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// Returns the code of a refused topic, such as <c>topic.denied</c>, from the message of an exception. SignalR puts its own text before
    /// the code. Null if the message has no code that starts with <c>topic.</c>.
    /// </summary>
    private static string? CodeOf(HubException refused) =>
        refused.Message.Split("HubException: ") is [_, var code] && code.StartsWith("topic.", StringComparison.Ordinal) ? code : null;

    /// <summary>Configures a MessagePack protocol so that it can read frames.</summary>
    public static void Configure(MessagePackHubProtocolOptions pack) =>
        pack.SerializerOptions = MessagePackSerializerOptions
            .Standard.WithResolver(CompositeResolver.Create([new FrameReader()], [StandardResolver.Instance]))
            .WithSecurity(MessagePackSecurity.UntrustedData);

    private HubConnection Build()
    {
        var builder = new HubConnectionBuilder().WithUrl(
            _options.Packed ? new UriBuilder(_hub) { Query = "packed=1" }.Uri : _hub,
            http =>
            {
                (http.SkipNegotiation, http.Transports) = (true, HttpTransportType.WebSockets);
                if (_options.Token is { } token)
                    http.Headers["Authorization"] = $"Bearer {token}";
                _options.Http?.Invoke(http);
            }
        );
        if (_options.MessagePack)
            builder.AddMessagePackProtocol(Configure);
        else
            builder.AddJsonProtocol(json => HubJson.Configure(json.PayloadSerializerOptions));
        var connection = builder.Build();
        (connection.ServerTimeout, connection.KeepAliveInterval) = (_options.Silence, TimeSpan.FromSeconds(5));
        return connection;
    }
}
