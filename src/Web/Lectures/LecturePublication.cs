using System.Collections.Immutable;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Lectures.Recording;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// One speaker's upload through one connection. It is on air from its beginning to its end. Its packets are checked, recorded if the stage
/// is live and the speaker has agreed, and passed on. It ends by itself when the lecture takes it off air or the speaker may no longer
/// publish.
/// </summary>
internal sealed partial class LecturePublication : IAsyncDisposable
{
    private readonly LectureRelay _relay;
    private readonly ILectureMediaGrain _media;
    private readonly ILectureGrain _lecture;
    private readonly LectureRecorder _recorder;
    private readonly MediaGuard _guard;
    private readonly Func<Lecture, bool> _mayPublish;
    private readonly AccessBook _book;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private bool _wasOnAir;

    /// <summary>Why the publication has ended, as a code. Null while it runs.</summary>
    private string? _ended;

    private LecturePublication(
        LectureRelay relay,
        IGrainFactory grains,
        MediaSource source,
        Func<Lecture, bool> mayPublish,
        AccessBook book,
        LectureRecorder recorder,
        TimeProvider clock,
        ILogger log
    )
    {
        (_relay, Source, _mayPublish, _book, _recorder, _log) = (relay, source, mayPublish, book, recorder, log);
        _media = grains.GetGrain<ILectureMediaGrain>(relay.Session.Value);
        _lecture = grains.GetGrain<ILectureGrain>(relay.Session.Value);
        _guard = new(source.Publication, clock);
        LectureMeter.Publishers.Add(1);
    }

    public MediaSource Source { get; }

    /// <summary>Goes on air.</summary>
    /// <param name="mayPublish">Whether the speaker may publish in the lecture. Checked again after each change of the lecture, and when
    /// the rights of people change.</param>
    /// <exception cref="MediaException">The lecture refuses, for example with lecture.wrong-stage.</exception>
    public static async Task<LecturePublication> BeginAsync(
        LectureRelay relay,
        IGrainFactory grains,
        LectureCaller caller,
        Func<Lecture, bool> mayPublish,
        AccessBook book,
        ImmutableArray<byte> tracks,
        string node,
        LectureRecorder recorder,
        TimeProvider clock,
        ILogger log
    )
    {
        var media = grains.GetGrain<ILectureMediaGrain>(relay.Session.Value);
        var source = await media.BeginAsync(caller.Actor.Person, tracks);
        var publication = new LecturePublication(relay, grains, source, mayPublish, book, recorder, clock, log);
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
            book.Changed += publication.Look;
            publication.Look(); // the lecture may have changed while the command was under way
            return publication;
        }
        catch
        {
            await publication.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="MediaException">The packet is invalid, or the publication has ended.</exception>
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

    /// <summary>Called after each change of the lecture. Ends the publication if it may not continue.</summary>
    private void Look()
    {
        lock (_gate) // two threads may run this at once; each reads the state under the lock
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
            await Task.Yield(); // so that the caller, which reports a change, does not wait
            await GoOffAirAsync();
        }
        catch (Exception failure) // streams go off air when their node no longer reports, and a lost silo forgets its streams
        {
            LogNotEnded(_log, failure, Source.Person.Value);
        }
    }

    public Task SwitchAsync(ImmutableArray<byte> tracks) => _media.SwitchAsync(Source.Publication, tracks);

    /// <summary>Goes off air.</summary>
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
        _book.Changed -= Look;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The publication of {Person} has ended, but the lecture could not be informed.")]
    private static partial void LogNotEnded(ILogger log, Exception failure, string person);
}
