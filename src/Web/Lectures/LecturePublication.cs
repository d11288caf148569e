using System.Collections.Immutable;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Lectures.Recording;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// One speaker's upload through one connection: on air from its beginning to its end, checked, recorded where the speaker has agreed, and
/// passed on.
/// It ends by itself as soon as the lecture, as this node knows it, takes it off air or the speaker may no longer publish.
/// </summary>
internal sealed partial class LecturePublication : IAsyncDisposable
{
    private readonly LectureRelay _relay;
    private readonly ILectureMediaGrain _media;
    private readonly ILectureGrain _lecture;
    private readonly LectureRecorder _recorder;
    private readonly MediaGuard _guard;
    private readonly Func<Lecture, bool> _mayPublish;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private bool _wasOnAir;

    /// <summary>Why it has ended, a code; null while it goes on.</summary>
    private string? _ended;

    private LecturePublication(
        LectureRelay relay,
        IGrainFactory grains,
        MediaSource source,
        Func<Lecture, bool> mayPublish,
        LectureRecorder recorder,
        TimeProvider clock,
        ILogger log
    )
    {
        (_relay, Source, _mayPublish, _recorder, _log) = (relay, source, mayPublish, recorder, log);
        _media = grains.GetGrain<ILectureMediaGrain>(relay.Session.Value);
        _lecture = grains.GetGrain<ILectureGrain>(relay.Session.Value);
        _guard = new(source.Publication, clock);
        LectureMeter.Publishers.Add(1);
    }

    public MediaSource Source { get; }

    /// <summary>Goes on air.</summary>
    /// <param name="mayPublish">Asked again whenever the lecture changes.</param>
    /// <exception cref="MediaException">The lecture's own refusal, such as lecture.wrong-stage.</exception>
    public static async Task<LecturePublication> BeginAsync(
        LectureRelay relay,
        IGrainFactory grains,
        LectureCaller caller,
        Func<Lecture, bool> mayPublish,
        ImmutableArray<byte> tracks,
        string node,
        LectureRecorder recorder,
        TimeProvider clock,
        ILogger log
    )
    {
        var media = grains.GetGrain<ILectureMediaGrain>(relay.Session.Value);
        var source = await media.BeginAsync(caller.Actor.Person, tracks);
        var publication = new LecturePublication(relay, grains, source, mayPublish, recorder, clock, log);
        try
        {
            var reply = await publication._lecture.DecideAsync(
                caller,
                new GoOnAir
                {
                    CommandId = Guid.NewGuid(),
                    Stream = publication.Stream,
                    Node = node,
                }
            );
            if (reply is LectureRefused refused)
                throw new MediaException(refused.Code, refused.Message);
            relay.Lecture.Changed += publication.Look;
            publication.Look(); // the role may have gone while it went on air
            return publication;
        }
        catch
        {
            await publication.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="MediaException">The packet, or the publication, is no longer taken.</exception>
    public async Task PushAsync(byte[] packet)
    {
        var frames = _guard.Check(packet);
        lock (_gate)
        {
            if (_ended is { } code)
                throw new MediaException(code, "The publication has ended.");
            if (_relay.State is { } state)
                _recorder.Record(state, Source, frames);
        }
        if (!await _media.PushAsync(Source.Publication, new MediaPacket(packet)))
            throw new MediaException(MediaCodes.Ended, "The hub no longer knows this publication; begin another.");
    }

    /// <summary>Called after each change of the lecture: ends the publication where it may not go on.</summary>
    private void Look()
    {
        lock (_gate) // two threads may look at once; each compares the state that it has read itself
        {
            if (_relay.State is not { } lecture || _ended is not null)
                return;
            var isOnAir = lecture.OnAir.Any(o => o.Stream == Stream);
            _ended =
                !_mayPublish(lecture) ? LectureCodes.NotAllowed
                : _wasOnAir && !isOnAir ? MediaCodes.OffAir
                : null;
            _wasOnAir |= isOnAir;
            if (_ended is null)
                return;
        }
        _ = FinishAsync();
    }

    private async Task FinishAsync()
    {
        try
        {
            await Task.Yield(); // whoever tells of a change is not kept waiting
            await GoOffAirAsync();
        }
        catch (Exception failure) // a silo that is lost has no publications, and a stream whose node says nothing goes off air
        {
            LogNotEnded(_log, failure, Source.Person.Value);
        }
    }

    public Task SwitchAsync(ImmutableArray<byte> tracks) => _media.SwitchAsync(Source.Publication, tracks);

    /// <summary>Goes off air, whatever the reason.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_ended is not null)
                return;
            _ended = MediaCodes.OffAir;
        }
        await GoOffAirAsync();
    }

    private async Task GoOffAirAsync()
    {
        _relay.Lecture.Changed -= Look;
        LectureMeter.Publishers.Add(-1);
        try
        {
            await _recorder.DisposeAsync();
        }
        finally
        {
            await _media.EndAsync(Source.Publication);
            await _lecture.DecideAsync(LectureCaller.System, new GoOffAir { CommandId = Guid.NewGuid(), Stream = Stream });
        }
    }

    private string Stream => Source.Publication.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The publication of {Person} has ended, and the lecture could not be told yet.")]
    private static partial void LogNotEnded(ILogger log, Exception failure, string person);
}
