using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// Keeps the relays of the lectures that are watched or sent through this web node. A background loop renews registrations every 3 s, ends
/// stuck viewers, and drops relays that have not been used for more than 10 rounds of the loop.
/// </summary>
internal sealed partial class LectureRelays(LiveTopics topics, IGrainFactory grains, TimeProvider clock, ILogger<LectureRelays> log)
    : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);
    private const int LingerRounds = 10;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<SessionId, LectureRelay> _relays = [];
    private readonly Dictionary<SessionId, int> _idle = [];

    /// <summary>
    /// Returns the lecture's relay. Inside <paramref name="use"/>, the caller raises the relay's count of viewers or publications, so that
    /// the relay is not dropped meanwhile.
    /// </summary>
    public async Task<LectureRelay> GetAsync(SessionId session, Action<LectureRelay> use)
    {
        await _gate.WaitAsync();
        try
        {
            _idle.Remove(session);
            if (!_relays.TryGetValue(session, out var relay))
            {
                relay = new LectureRelay(session, await topics.BorrowAsync(grains.GetGrain<ILectureGrain>(session.Value)), grains, clock);
                await relay.StartAsync();
                _relays[session] = relay;
            }
            use(relay);
            return relay;
        }
        finally
        {
            _gate.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LectureMeter.Begin();
        using var timer = new PeriodicTimer(RenewEvery, clock);
        while (
            await timer
                .WaitForNextTickAsync(stoppingToken)
                .AsTask()
                .ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default)
        )
        {
            await _gate.WaitAsync(CancellationToken.None);
            try
            {
                foreach (var relay in _relays.Values.ToList())
                    await TendAsync(relay);
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    private async Task TendAsync(LectureRelay relay)
    {
        try
        {
            relay.EndStuck();
            await relay.RenewAsync();
            if (relay.Count > 0 || relay.Publications > 0)
                _idle.Remove(relay.Session);
            else if ((_idle[relay.Session] = _idle.GetValueOrDefault(relay.Session) + 1) > LingerRounds)
            {
                _relays.Remove(relay.Session);
                _idle.Remove(relay.Session);
                await relay.CloseAsync();
                topics.Return(relay.Lecture);
            }
        }
        catch (Exception e) // a failure of one lecture must not stop the others
        {
            LogNotTended(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A lecture's relay could not be renewed. The next round tries again.")]
    private partial void LogNotTended(Exception failure);
}
