using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Inboxes;
using ConsultHub.Live;
using ConsultHub.Rostering;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Live;

/// <summary>The topics that browsers of this node watch, and the replicas they are filters over. Renews, repairs and lets go in the background.</summary>
internal sealed partial class LiveTopics(IGrainFactory grains, TimeProvider clock, ILogger<LiveTopics> log) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3), Linger = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, TopicLoop> _loops = [];
    private readonly Dictionary<string, DateTimeOffset> _idle = [];
    private readonly Dictionary<string, Replica> _replicas = [];

    /// <summary>Starts writing the topic to the connection.</summary>
    public async Task<(TopicLoop Loop, Watcher Watcher)> WatchAsync(TopicName topic, TopicPosition? position, HubConnectionContext connection)
    {
        await _gate.WaitAsync();
        try
        {
            var loop = await LoopAsync(topic);
            var watcher = new Watcher(connection, position);
            loop.Add(watcher);
            return (loop, watcher);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The topic's frame since a position, whole; it holds what was stored before the call.</summary>
    public async Task<Frame> ReadAsync(TopicName topic, TopicPosition? since)
    {
        await _gate.WaitAsync();
        try
        {
            var view = (await LoopAsync(topic)).View;
            foreach (var replica in view.Sources) await replica.CatchUpAsync();
            var (position, states) = view.Now();
            return view.FrameSince(since, position, states);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<TopicLoop> LoopAsync(TopicName topic)
    {
        _idle.Remove(topic.Text);
        if (_loops.TryGetValue(topic.Text, out var loop)) return loop;
        var sources = ImmutableArray.CreateBuilder<Replica>();
        foreach (var authority in await AuthoritiesAsync(topic)) sources.Add(await ReplicaAsync(authority));
        loop = new TopicLoop(new TopicView(topic, sources.DrainToImmutable(), await FilterAsync(topic), clock), clock);
        foreach (var source in loop.View.Sources) source.Users++;
        loop.Start();
        return _loops[topic.Text] = loop;
    }

    private async Task<Replica> ReplicaAsync(ILiveAuthority authority)
    {
        var id = authority.GetGrainId().ToString();
        if (_replicas.TryGetValue(id, out var replica)) return replica;
        replica = new Replica(authority, grains, clock);
        await replica.StartAsync();
        return _replicas[id] = replica;
    }

    private async Task<IEnumerable<ILiveAuthority>> AuthoritiesAsync(TopicName topic) => topic.Kind switch
    {
        TopicKind.Board => [grains.GetGrain<IRosterGrain>($"{topic.Network}/{topic.Week}")],
        TopicKind.Itinerary => (await grains.GetGrain<IDirectoryGrain>("hub/networks").ListAsync()).Select(n => grains.GetGrain<IRosterGrain>($"{n.Id}/{topic.Week}")),
        TopicKind.Inbox => [grains.GetGrain<IInboxGrain>(topic.Person!.Value.Value)],
        _ when topic.IsDraft => [grains.GetGrain<IConferenceGrain>(topic.Conference!.Value.Value)],
        _ => [grains.GetGrain<IConferenceGrain>(topic.Conference!.Value.Value), grains.GetGrain<IAudienceGrain>(topic.Conference!.Value.Value)],
    };

    private async Task<Func<TopicItem, bool>> FilterAsync(TopicName topic)
    {
        if (topic.Kind == TopicKind.Conference) return topic.IsDraft ? item => item is DraftHead or DraftSession : item => item is not (DraftHead or DraftSession);
        if (topic.Hospital is { } hospital) return item => item switch { Engagement e => e.Hospital == hospital, Activity a => a.Hospital == hospital, _ => true };
        if (topic.Kind == TopicKind.Itinerary)
            return item => item is Engagement e && (e.Consultants.Contains(topic.Person!.Value) || e.Proposal?.Candidate == topic.Person);
        if (topic.Partner is not { } partner) return _ => true;
        var ids = await grains.GetGrain<IDirectoryGrain>($"{topic.Network}/consultants").ListAsync();
        var people = (await Task.WhenAll(ids.Select(c => grains.GetGrain<IConsultantGrain>(c.Id).GetAsync()))).Where(c => c?.Home == partner).Select(c => c!.Id).ToHashSet();
        return item => item switch
        {
            Engagement e => e.Consultants.Any(people.Contains) || (e.Proposal is { } p && people.Contains(p.Candidate)),
            Activity a => a.ConsultantsBefore.Any(people.Contains) || a.ConsultantsAfter.Any(people.Contains),
            _ => true,
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            await _gate.WaitAsync(CancellationToken.None);
            try
            {
                LetGo();
                foreach (var loop in _loops.Values) loop.EndStuck();
                await Task.WhenAll(_replicas.Values.Select(RenewAsync));
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    private async Task RenewAsync(Replica replica)
    {
        try
        {
            await replica.RenewAsync();
        }
        catch (Exception e) // whatever is wrong with one authority, the others go on
        {
            LogNotRenewed(e);
        }
    }

    /// <summary>Topics without watchers go after a while, and the replicas that no topic uses with them.</summary>
    private void LetGo()
    {
        var now = clock.GetUtcNow();
        foreach (var (name, loop) in _loops)
        {
            if (loop.Count > 0) _idle.Remove(name);
            else if (!_idle.TryGetValue(name, out var since)) _idle[name] = now;
            else if (now - since > Linger)
            {
                loop.Close();
                foreach (var source in loop.View.Sources) source.Users--;
                _loops.Remove(name);
                _idle.Remove(name);
            }
        }
        foreach (var (id, replica) in _replicas)
        {
            if (replica.Users > 0) continue;
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
            LogNotRenewed(e); // its registration expires by itself
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An authority could not be reached; it is asked again in a moment.")]
    private partial void LogNotRenewed(Exception failure);
}
