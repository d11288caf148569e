using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Lectures;

/// <summary>The lectures that are watched or sent through this web node. Renews, ends who is stuck and lets go in the background.</summary>
internal sealed partial class LectureRelays(LiveTopics topics, IGrainFactory grains, TimeProvider clock, ILogger<LectureRelays> log)
    : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);
    private const int LingerRounds = 10;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<SessionId, LectureRelay> _relays = [];
    private readonly Dictionary<SessionId, int> _idle = [];

    /// <summary>The lecture's relay, whose count of viewers or publications the caller raises before it lets go of this.</summary>
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
        catch (Exception e) // whatever is wrong with one lecture, the others go on
        {
            LogNotTended(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A lecture's relay could not be renewed; tried again soon.")]
    private partial void LogNotTended(Exception failure);
}
