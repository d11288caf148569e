using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Inboxes;
using ConsultHub.Lectures;
using ConsultHub.Live;
using ConsultHub.Networks;
using ConsultHub.Rostering;
using Microsoft.AspNetCore.SignalR;
using Orleans.Runtime;

namespace ConsultHub.Web.Live;

/// <summary>The topics that browsers of this node watch, and the replicas they are filters over. Renews, repairs and lets go in the
/// background.</summary>
internal sealed partial class LiveTopics(IGrainFactory grains, KnownTopics known, TimeProvider clock, ILogger<LiveTopics> log)
    : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3),
        Linger = TimeSpan.FromSeconds(30);

    // Held while these change, and never while a grain is asked: one that cannot answer just now keeps nobody from the others.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<TopicLoop>> _loops = [];
    private readonly Dictionary<string, DateTimeOffset> _idle = [];
    private readonly Dictionary<GrainId, Replica> _replicas = [];

    /// <summary>The code of why a viewer may not watch a topic, or null. Of what does not exist nothing is kept.</summary>
    public async ValueTask<string?> RefusalAsync(Viewer viewer, TopicName topic)
    {
        if (topic.Kind != TopicKind.LectureStage && !Access.MayWatch(viewer, topic))
            return "topic.denied";
        if (!IsWatched(topic) && !await known.HasAsync(viewer, topic))
            return "topic.unknown";
        return await Access.MayWatchAsync(viewer, topic, grains) ? null : "topic.denied";
    }

    private bool IsWatched(TopicName topic)
    {
        lock (_gate)
            return _loops.TryGetValue(topic.Text, out var loop) && loop.IsCompletedSuccessfully;
    }

    /// <summary>Starts writing the topic to the connection of somebody who may watch it; it ends by itself when a lecture's crew is no
    /// longer theirs.</summary>
    /// <param name="packed">Whether the connection takes long frames compressed.</param>
    public async Task<(TopicLoop Loop, Watcher Watcher)> WatchAsync(
        TopicName topic,
        TopicPosition? position,
        HubConnectionContext connection,
        Viewer viewer,
        bool packed
    )
    {
        var watcher = new Watcher(
            connection,
            position,
            packed,
            topic.Session is { } session && topic.Kind == TopicKind.LectureStage ? states => IsCrew(viewer, session, states[0]) : null
        );
        while (true)
        {
            var loop = await LoopAsync(topic);
            if (position is not null)
                await loop.View.CatchUpAsync(position);
            lock (_gate)
            {
                if (!_loops.TryGetValue(topic.Text, out var current) || !current.IsCompletedSuccessfully || current.Result != loop)
                    continue;
                loop.Add(watcher);
                return (loop, watcher);
            }
        }
    }

    private static bool IsCrew(Viewer viewer, SessionId session, ReplicaState state) =>
        state.Items.GetValueOrDefault($"lecture/{session}") is Lecture lecture && Access.IsCrew(viewer, lecture);

    /// <summary>The topic's frame since a position, whole; it holds what was stored before the call.</summary>
    public async Task<Frame> ReadAsync(TopicName topic, TopicPosition? since)
    {
        var view = (await LoopAsync(topic)).View;
        await Task.WhenAll(view.Sources.Select(replica => replica.CatchUpAsync()));
        var (position, states) = view.Now();
        return view.FrameSince(since, position, states);
    }

    /// <summary>How many connections of this node watch each lecture's room, its stage not counted.</summary>
    public Dictionary<SessionId, int> Audiences()
    {
        lock (_gate)
            return _loops
                .Values.Where(l => l.IsCompletedSuccessfully)
                .Select(l => l.Result)
                .Where(l => l.View.Name.Kind == TopicKind.Lecture && l.Count > 0)
                .ToDictionary(l => l.View.Name.Session!.Value, l => l.Count);
    }

    /// <summary>The topic's loop: one for all who ask, also while it is being made.</summary>
    private Task<TopicLoop> LoopAsync(TopicName topic)
    {
        lock (_gate)
        {
            _idle.Remove(topic.Text);
            if (_loops.TryGetValue(topic.Text, out var loop) && !loop.IsFaulted)
                return loop;
            return _loops[topic.Text] = MakeLoopAsync(topic);
        }
    }

    private async Task<TopicLoop> MakeLoopAsync(TopicName topic)
    {
        List<Replica> sources = [];
        try
        {
            await Task.Yield(); // out of the gate
            foreach (var authority in await AuthoritiesAsync(topic))
                sources.Add(Use(authority));
            await Task.WhenAll(sources.Select(replica => replica.StartAsync()));
            var loop = new TopicLoop(new TopicView(topic, [.. sources], await ShowAsync(topic), clock), clock);
            loop.Start();
            return loop;
        }
        catch
        {
            Release(sources);
            throw;
        }
    }

    /// <summary>This node's replica of an authority, for who needs its state otherwise than as a topic. Hand it back.</summary>
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

    private async Task<IEnumerable<ILiveAuthority>> AuthoritiesAsync(TopicName topic) =>
        topic.Kind switch
        {
            // What begins late on Sunday and reaches into Monday belongs to the week before.
            TopicKind.Board when topic.Week > new Week(Week.FirstYear, 1) =>
            [
                RosterOf(topic, topic.Week!.Value),
                RosterOf(topic, topic.Week.Value.Previous),
            ],
            TopicKind.Board => [RosterOf(topic, topic.Week!.Value)],
            TopicKind.Itinerary => (await grains.GetGrain<IDirectoryGrain>("hub/networks").ListAsync()).Select(n =>
                grains.GetGrain<IRosterGrain>($"{n.Id}/{topic.Week}")
            ),
            TopicKind.Inbox => [grains.GetGrain<IInboxGrain>(topic.Person!.Value.Value)],
            TopicKind.Lecture or TopicKind.LectureStage => [grains.GetGrain<ILectureGrain>(topic.Session!.Value.Value)],
            _ when topic.IsDraft => [grains.GetGrain<IConferenceGrain>(topic.Conference!.Value.Value)],
            _ =>
            [
                grains.GetGrain<IConferenceGrain>(topic.Conference!.Value.Value),
                grains.GetGrain<IAudienceGrain>(topic.Conference!.Value.Value),
            ],
        };

    private IRosterGrain RosterOf(TopicName topic, Week week) => grains.GetGrain<IRosterGrain>($"{topic.Network}/{week}");

    /// <summary>An item of the source with this index, as the topic shows it; null where it is no part of the topic.</summary>
    private async Task<Func<int, TopicItem, TopicItem?>> ShowAsync(TopicName topic)
    {
        if (topic.Kind == TopicKind.Lecture)
            return (_, item) => ForAttendees(item);
        var isPart = await FilterAsync(topic);
        if (topic.Kind != TopicKind.Board)
            return (_, item) => isPart(item) ? item : null;
        var network = await grains.GetGrain<INetworkGrain>(topic.Network!.Value.Value).GetAsync();
        var begins = topic.Week!.Value.StartIn(TimeZoneInfo.FindSystemTimeZoneById(network?.TimeZone ?? "UTC"));
        return (source, item) => isPart(item) && (source == 0 || item is Engagement engagement && engagement.End > begins) ? item : null;
    }

    /// <summary>What of a lecture everybody may see: not what waits for the crew, and before the room opens not who is backstage.</summary>
    private static TopicItem? ForAttendees(TopicItem item) =>
        item switch
        {
            Lecture lecture => lecture.ForAttendees(),
            Question { State: QuestionState.Pending }
            or Poll { State: PollState.Draft }
            or PollTally
            or RaisedHand
            or Caption { Backstage: true } => null,
            _ => item,
        };

    private async Task<Func<TopicItem, bool>> FilterAsync(TopicName topic)
    {
        if (topic.Kind == TopicKind.Conference)
            return topic.IsDraft ? item => item is DraftHead or DraftSession : item => item is not (DraftHead or DraftSession);
        if (topic.Hospital is { } hospital)
            return item =>
                item switch
                {
                    Engagement e => e.Hospital == hospital,
                    Activity a => a.Hospital == hospital,
                    _ => true,
                };
        if (topic.Kind == TopicKind.Itinerary)
            return item => item is Engagement e && (e.Consultants.Contains(topic.Person!.Value) || e.Proposal?.Candidate == topic.Person);
        if (topic.Partner is not { } partner)
            return _ => true;
        var ids = await grains.GetGrain<IDirectoryGrain>($"{topic.Network}/consultants").ListAsync();
        var people = (await Task.WhenAll(ids.Select(c => grains.GetGrain<IConsultantGrain>(c.Id).GetAsync())))
            .Where(c => c?.Home == partner)
            .Select(c => c!.Id)
            .ToHashSet();
        return item =>
            item switch
            {
                Engagement e => e.Consultants.Any(people.Contains) || (e.Proposal is { } p && people.Contains(p.Candidate)),
                Activity a => a.ConsultantsBefore.Any(people.Contains) || a.ConsultantsAfter.Any(people.Contains),
                _ => true,
            };
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
        catch (Exception e) // whatever is wrong with one authority, the others go on
        {
            LogNotRenewed(e.Message);
        }
    }

    /// <summary>Topics without watchers go after a while, and the replicas that no topic uses with them.</summary>
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
            LogNotRenewed(e.Message); // its registration expires by itself
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An authority could not be reached; it is asked again in a moment: {Why}")]
    private partial void LogNotRenewed(string why);
}
