using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Attendance;

namespace ConsultHub.Web.Attendance;

/// <summary>
/// Collects reports of what browsers on this node have played. The reports about a lecture go to its attendance grain in batches, at most
/// one in 5 s, so that few rows are stored. A report is acknowledged when it is stored. This node also measures the time between reports of
/// a connection, so that nobody is credited with more time than has passed. Before a node stops, it sends the reports that are left.
/// </summary>
public sealed class PlayedReports(IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5),
        Idle = TimeSpan.FromMinutes(10);

    /// <summary>
    /// <see cref="BeforeFirst"/> is the most time that a connection may claim for its first report, and <see cref="Longest"/> the most
    /// between two reports. <see cref="Least"/> is the least time that counts as passed before a piece.
    /// </summary>
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromSeconds(20),
        Longest = TimeSpan.FromMinutes(2),
        Least = TimeSpan.FromMilliseconds(1);

    /// <summary>If a piece is reported more than this time after its end was recorded, it counts as recorded and not as live.</summary>
    private static readonly TimeSpan LiveEdge = TimeSpan.FromMinutes(2);

    /// <summary>The longest piece in a report.</summary>
    public static readonly TimeSpan LongestPiece = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<SessionId, Batch<Played>> _batches = new();

    // The key is the person and a hash of session and connection. So invented connection names fill at most this many entries for a person.
    private const int MostOfOne = 1024;
    private readonly ConcurrentDictionary<(PersonId, int), DateTimeOffset> _last = new();

    /// <summary>
    /// Completes when the report is stored or refused. The result is null if it was stored, or the code of the refusal. Reporting a piece
    /// again does no harm.
    /// </summary>
    /// <param name="connection">The name of what played the piece, such as a browser tab.</param>
    /// <param name="played">When the piece was recorded, on the lecture's own clock.</param>
    /// <exception cref="TimeoutException">Reports arrive faster than they can be stored.</exception>
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
        // Pieces of one report arrive at the same moment. So for each piece, at least 1 ms counts as passed since the piece before.
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

    /// <summary>Waits until everything reported is stored. The grains still run, because they started before this service.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (_batches.Values.Any(b => !b.IsIdle) && !cancellationToken.IsCancellationRequested)
            await Task.Delay(20, CancellationToken.None);
    }
}
