using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Attendance;

namespace ConsultHub.Web.Attendance;

/// <summary>
/// What the browsers on this node have played. It goes to the attendance of its lecture in batches of a few seconds, one row a batch and
/// not one a viewer, and is acknowledged when it is stored. This node also says how much time really passed on each connection, so that
/// nobody is credited with more. A node that stops sends what it has first.
/// </summary>
public sealed class PlayedReports(IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5),
        Idle = TimeSpan.FromMinutes(10);

    /// <summary>How much a connection may have played before its first report, and how long between two.</summary>
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromSeconds(20),
        Longest = TimeSpan.FromMinutes(2),
        Least = TimeSpan.FromMilliseconds(1);

    /// <summary>What is played later than this after it was said is no longer live: somebody has gone back.</summary>
    private static readonly TimeSpan LiveEdge = TimeSpan.FromMinutes(2);

    /// <summary>No lecture is longer.</summary>
    public static readonly TimeSpan LongestPiece = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<SessionId, Batch<Played>> _batches = new();

    // By a number made of session and connection: whoever invents names of connections fills no more than this.
    private const int MostOfOne = 1024;
    private readonly ConcurrentDictionary<(PersonId, int), DateTimeOffset> _last = new();

    /// <summary>Completes once the report is stored, with null, or with the code of what stands against it. A repeat does no
    /// harm.</summary>
    /// <param name="connection">Where it was played: a tab, a device.</param>
    /// <param name="played">On the lecture's own clock: when it was said.</param>
    /// <exception cref="TimeoutException">More is reported than can be stored.</exception>
    public Task<string?> ReportAsync(SessionId session, PersonId person, string connection, Stretch played, PlayedAs how)
    {
        var now = clock.GetUtcNow();
        var length = TimeSpan.FromMilliseconds(played.Milliseconds);
        var since = now - (length < BeforeFirst ? length : BeforeFirst);
        _last.AddOrUpdate(
            (person, HashCode.Combine(session, connection) & (MostOfOne - 1)),
            now,
            (_, last) =>
            {
                since = now - last < Longest ? last : now - Longest;
                return now;
            }
        );
        // Two reports in the same moment, as pieces of one always are: less than the millisecond that counts has passed between them.
        if (now - since < Least)
            since = now - Least;
        if (how == PlayedAs.Live && played.To < (now - LiveEdge).ToUnixTimeMilliseconds())
            how = PlayedAs.Recorded;
        return Of(session).SayAsync(new Played(person, how, played, Stretch.Of(since, now)));
    }

    private Batch<Played> Of(SessionId session) =>
        _batches.GetOrAdd(
            session,
            id =>
                new(
                    Pace,
                    clock,
                    async said => await grains.GetGrain<IAttendanceGrain>(id.Value).ReportAsync([.. said]),
                    lifetime.ApplicationStopping
                )
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Idle, clock);
        while (
            await timer
                .WaitForNextTickAsync(stoppingToken)
                .AsTask()
                .ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default)
        )
        {
            var longAgo = clock.GetUtcNow() - Idle;
            foreach (var seen in _last.Where(l => l.Value < longAgo))
                _last.TryRemove(seen);
            foreach (var batch in _batches.Where(b => b.Value.IsIdle))
                _batches.TryRemove(batch);
        }
    }

    /// <summary>Waits until all that was reported is stored: grains are still there, since they were started before.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (_batches.Values.Any(b => !b.IsIdle) && !cancellationToken.IsCancellationRequested)
            await Task.Delay(20, CancellationToken.None);
    }
}
