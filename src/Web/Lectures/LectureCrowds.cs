using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Lectures;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Lectures;

/// <summary>The name under which lectures know this web node. Each start of the node makes a new name.</summary>
public sealed class WebNode
{
    public string Name { get; } = Guid.NewGuid().ToString("N");
}

/// <summary>
/// Sends to each lecture what its audience on this node does. Votes and reactions are sent in batches, so that a burst of votes needs only
/// a few rows in the journal and not thousands. Every 3 s the node reports to each lecture how many viewers the lecture has on this node.
/// The report also shows that the node is alive.
/// </summary>
internal sealed partial class LectureCrowds(
    IGrainFactory grains,
    LiveTopics topics,
    WebNode node,
    TimeProvider clock,
    ILogger<LectureCrowds> log
) : BackgroundService
{
    private static readonly TimeSpan VotesEvery = TimeSpan.FromMilliseconds(200),
        ReactionsEvery = TimeSpan.FromSeconds(1),
        ReportEvery = TimeSpan.FromSeconds(3);

    private sealed record Crowd(Batch<Vote> Votes, Batch<(PersonId Person, Reaction Reaction)> Reactions);

    private readonly ConcurrentDictionary<SessionId, Crowd> _crowds = new();
    private readonly ConcurrentDictionary<SessionId, int> _streams = new();
    private volatile IReadOnlyDictionary<SessionId, int> _audiences = new Dictionary<SessionId, int>();

    /// <summary>Completes when the vote is stored or refused. The result is null if it was stored, or the code of the refusal.</summary>
    public Task<string?> VoteAsync(SessionId session, Vote vote) => Of(session).Votes.SayAsync(vote);

    /// <summary>
    /// Like <see cref="VoteAsync"/>, but for a reaction. There is at most one batch a second. In a batch, each kind of reaction counts once
    /// for each person.
    /// </summary>
    public Task<string?> ReactAsync(SessionId session, PersonId person, Reaction reaction) =>
        Of(session).Reactions.SayAsync((person, reaction));

    /// <summary>
    /// From now on, reports to the lecture that this node is alive, even if no connection of this node watches the lecture. Used while a
    /// stream is sent through this node. Call <see cref="ReleaseReporting"/> once for each call of this method.
    /// </summary>
    public void KeepReporting(SessionId session) => _streams.AddOrUpdate(session, 1, (_, count) => count + 1);

    public void ReleaseReporting(SessionId session)
    {
        if (_streams.AddOrUpdate(session, 0, (_, count) => count - 1) <= 0)
            _streams.TryRemove(KeyValuePair.Create(session, 0));
    }

    private Crowd Of(SessionId session) =>
        _crowds.GetOrAdd(
            session,
            id => new Crowd(
                new(VotesEvery, clock, async votes => await Lecture(id).CastAsync([.. votes])),
                new(
                    ReactionsEvery,
                    clock,
                    async said =>
                    {
                        await Lecture(id)
                            .ReportAsync(
                                node.Name,
                                _audiences.GetValueOrDefault(id),
                                [.. said.Distinct().GroupBy(s => s.Reaction).Select(g => new ReactionCount(g.Key, g.Count()))]
                            );
                        return new string?[said.Count];
                    }
                )
            )
        );

    private ILectureGrain Lecture(SessionId session) => grains.GetGrain<ILectureGrain>(session.Value);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReportEvery, clock);
        while (
            await timer
                .WaitForNextTickAsync(stoppingToken)
                .AsTask()
                .ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default)
        )
        {
            var (before, now) = (_audiences, Audiences());
            _audiences = now;
            // A lecture that has just lost its last viewer on this node gets one more report.
            await Task.WhenAll(
                now.Keys.Union(before.Keys).Union(_streams.Keys).Select(session => ReportAsync(session, now.GetValueOrDefault(session)))
            );
            foreach (var (session, crowd) in _crowds)
                if (crowd.Votes.IsIdle && crowd.Reactions.IsIdle && !now.ContainsKey(session))
                    _crowds.TryRemove(session, out _);
        }
    }

    /// <summary>How many connections of this node watch each lecture's topic. The crew's topic does not count.</summary>
    private Dictionary<SessionId, int> Audiences() =>
        (
            from watched in topics.Watched()
            let lecture = watched.Topic as LectureTopic
            where lecture is not null
            select (lecture, watched.Watchers)
        ).ToDictionary(w => w.lecture.Session, w => w.Watchers);

    private async Task ReportAsync(SessionId session, int viewers)
    {
        try
        {
            await Lecture(session).ReportAsync(node.Name, viewers, []);
        }
        catch (Exception failure) // a failure of one lecture must not stop the reports to others
        {
            LogNotReported(failure);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The number of viewers could not be reported to a lecture. The next report tries again."
    )]
    private partial void LogNotReported(Exception failure);
}
