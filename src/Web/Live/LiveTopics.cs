using ConsultHub.Live;
using Microsoft.AspNetCore.SignalR;
using Orleans.Runtime;

namespace ConsultHub.Web.Live;

/// <summary>
/// Keeps the topics that browsers of this node watch, and the replicas whose items these topics show. A background loop renews
/// registrations every 3 s, ends stuck connections, and drops topics that nobody has watched for 30 s.
/// </summary>
internal sealed partial class LiveTopics(IGrainFactory grains, ThingScopes things, TimeProvider clock, ILogger<LiveTopics> log)
    : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3),
        Linger = TimeSpan.FromSeconds(30);

    // Guards the dictionaries. It is never held while a grain's answer is awaited, so a grain that does not answer delays nobody else.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<TopicLoop>> _loops = [];
    private readonly Dictionary<string, DateTimeOffset> _idle = [];
    private readonly Dictionary<GrainId, Replica> _replicas = [];

    /// <summary>
    /// Returns the code of the reason why a viewer may not watch a topic, or null if the viewer may. Nothing is kept in memory for a topic
    /// that does not exist.
    /// </summary>
    public async ValueTask<Code?> RefusalAsync(Viewer viewer, ITopic topic)
    {
        if (await topic.RuleAsync(things) is not { } rule)
            return TopicCodes.Unknown;
        if (!IsWatched(topic) && !await topic.ExistsAsync(viewer, grains, clock.GetUtcNow()))
            return TopicCodes.Unknown;
        if (!rule.Allows(viewer))
            return TopicCodes.Denied;
        return rule.AllowsIn is not { } allowsIn || allowsIn(viewer, (await CaughtUpAsync(topic)).Find) ? null : TopicCodes.Denied;
    }

    /// <summary>Called when somebody's rights may have changed. All topics then check again who may watch them.</summary>
    public void Recheck()
    {
        lock (_gate)
            foreach (var loop in _loops.Values)
                if (loop.IsCompletedSuccessfully)
                    loop.Result.Recheck();
    }

    private bool IsWatched(ITopic topic)
    {
        lock (_gate)
            return _loops.TryGetValue(topic.Name, out var loop) && loop.IsCompletedSuccessfully;
    }

    /// <summary>
    /// Starts writing the topic to the connection of a viewer who may watch it. The writing ends when the viewer may no longer watch the
    /// topic.
    /// </summary>
    /// <param name="viewer">Says who watches now. Null if the sign-in has ended.</param>
    /// <param name="packed">Whether the connection takes long frames compressed.</param>
    public async Task<(TopicLoop Loop, Watcher Watcher)> WatchAsync(
        ITopic topic,
        TopicPosition? position,
        HubConnectionContext connection,
        Func<Viewer?> viewer,
        bool packed
    )
    {
        if (await topic.RuleAsync(things) is not { } rule)
            throw new HubException(TopicCodes.Unknown);
        var watcher = new Watcher(connection, position, packed, viewer, rule);
        while (true)
        {
            var loop = await LoopAsync(topic);
            if (position is not null)
                await loop.View.CatchUpAsync(position);
            lock (_gate)
            {
                if (!_loops.TryGetValue(topic.Name, out var current) || !current.IsCompletedSuccessfully || current.Result != loop)
                    continue;
                loop.Add(watcher);
                return (loop, watcher);
            }
        }
    }

    /// <summary>
    /// Returns the topic's frame since a position, in one piece. The frame holds everything that was stored before the call.
    /// </summary>
    public async Task<Frame> ReadAsync(ITopic topic, TopicPosition? since)
    {
        var view = await CaughtUpAsync(topic);
        var (position, states) = view.Now();
        return view.FrameSince(since, position, states);
    }

    private async Task<TopicView> CaughtUpAsync(ITopic topic)
    {
        var view = (await LoopAsync(topic)).View;
        await Task.WhenAll(view.Sources.Select(replica => replica.CatchUpAsync()));
        return view;
    }

    /// <summary>The topics that connections of this node watch now, and how many connections watch each.</summary>
    public IReadOnlyList<(ITopic Topic, int Watchers)> Watched()
    {
        lock (_gate)
            return
            [
                .. _loops
                    .Values.Where(l => l.IsCompletedSuccessfully && l.Result.Count > 0)
                    .Select(l => (l.Result.View.Topic, l.Result.Count)),
            ];
    }

    /// <summary>Returns the topic's loop. All callers share one loop, also while it is being made.</summary>
    private Task<TopicLoop> LoopAsync(ITopic topic)
    {
        lock (_gate)
        {
            _idle.Remove(topic.Name);
            if (_loops.TryGetValue(topic.Name, out var loop) && !loop.IsFaulted)
                return loop;
            return _loops[topic.Name] = MakeLoopAsync(topic);
        }
    }

    private async Task<TopicLoop> MakeLoopAsync(ITopic topic)
    {
        List<Replica> sources = [];
        try
        {
            await Task.Yield(); // so that the caller leaves the lock first
            foreach (var authority in await topic.AuthoritiesAsync(grains))
                sources.Add(Use(authority));
            await Task.WhenAll(sources.Select(replica => replica.StartAsync()));
            var loop = new TopicLoop(new TopicView(topic, [.. sources], await topic.FilterAsync(grains), clock), clock);
            loop.Start();
            return loop;
        }
        catch
        {
            Release(sources);
            throw;
        }
    }

    /// <summary>
    /// Returns this node's replica of an authority, for a caller that needs the authority's state outside a topic. The caller must give the
    /// replica back with <see cref="Return"/>.
    /// </summary>
    public async Task<Replica> BorrowAsync(ILiveAuthority authority)
    {
        var replica = Use(authority);
        try
        {
            await replica.StartAsync();
            return replica;
        }
        catch
        {
            Return(replica);
            throw;
        }
    }

    public void Return(Replica replica) => Release([replica]);

    private Replica Use(ILiveAuthority authority)
    {
        lock (_gate)
        {
            var id = authority.GetGrainId();
            if (!_replicas.TryGetValue(id, out var replica))
                _replicas[id] = replica = new Replica(authority, grains, clock);
            replica.Users++;
            return replica;
        }
    }

    private void Release(IEnumerable<Replica> sources)
    {
        lock (_gate)
            foreach (var source in sources)
                source.Users--;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LiveMeter.Begin();
        using var timer = new PeriodicTimer(RenewEvery, clock);
        while (
            await timer
                .WaitForNextTickAsync(stoppingToken)
                .AsTask()
                .ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default)
        )
        {
            lock (_gate)
            {
                LetGo();
                foreach (var loop in _loops.Values)
                    if (loop.IsCompletedSuccessfully)
                        loop.Result.EndStuck();
                foreach (var replica in _replicas.Values)
                    _ = RenewAsync(replica);
            }
        }
    }

    private async Task RenewAsync(Replica replica)
    {
        try
        {
            await replica.RenewAsync();
        }
        catch (Exception e) // a failure of one authority must not stop the others
        {
            LogNotRenewed(e.Message);
        }
    }

    /// <summary>Drops topics that nobody has watched for a while, and then the replicas that no topic and no borrower uses.</summary>
    private void LetGo()
    {
        var now = clock.GetUtcNow();
        foreach (var (name, making) in _loops)
        {
            if (making.IsFaulted)
                _loops.Remove(name);
            if (!making.IsCompletedSuccessfully)
                continue;
            var loop = making.Result;
            if (loop.Count > 0)
                _idle.Remove(name);
            else if (!_idle.TryGetValue(name, out var since))
                _idle[name] = now;
            else if (now - since > Linger)
            {
                loop.Close();
                Release(loop.View.Sources);
                _loops.Remove(name);
                _idle.Remove(name);
            }
        }
        foreach (var (id, replica) in _replicas)
        {
            if (replica.Users > 0)
                continue;
            _replicas.Remove(id);
            _ = StopAsync(replica);
        }
    }

    private async Task StopAsync(Replica replica)
    {
        try
        {
            await replica.StopAsync();
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            LogNotRenewed(e.Message); // the registration expires even without this call
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An authority could not be reached. The next renewal tries again: {Why}")]
    private partial void LogNotRenewed(string why);
}
