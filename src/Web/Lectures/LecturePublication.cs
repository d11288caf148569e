using System.Collections.Immutable;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Lectures.Recording;

namespace ConsultHub.Web.Lectures;

/// <summary>One speaker's upload through one connection: on air from its beginning to its end, checked, recorded where the speakers have agreed, and passed on.</summary>
internal sealed class LecturePublication : IAsyncDisposable
{
    private readonly LectureRelay _relay;
    private readonly ILectureMediaGrain _media;
    private readonly ILectureGrain _lecture;
    private readonly LectureRecorder _recorder;
    private readonly MediaGuard _guard;
    private bool _wasOnAir;
    private int _ended;

    private LecturePublication(LectureRelay relay, IGrainFactory grains, MediaSource source, LectureRecorder recorder, TimeProvider clock)
    {
        (_relay, Source, _recorder) = (relay, source, recorder);
        _media = grains.GetGrain<ILectureMediaGrain>(relay.Session.Value);
        _lecture = grains.GetGrain<ILectureGrain>(relay.Session.Value);
        _guard = new(source.Publication, clock);
        LectureMeter.Publishers.Add(1);
    }

    public MediaSource Source { get; }

    /// <summary>Goes on air.</summary>
    /// <exception cref="MediaException">The lecture's own refusal, such as lecture.wrong-stage.</exception>
    public static async Task<LecturePublication> BeginAsync(LectureRelay relay, IGrainFactory grains, LectureCaller caller, ImmutableArray<byte> tracks, string node, LectureRecorder recorder, TimeProvider clock)
    {
        var media = grains.GetGrain<ILectureMediaGrain>(relay.Session.Value);
        var source = await media.BeginAsync(caller.Actor.Person, tracks);
        var publication = new LecturePublication(relay, grains, source, recorder, clock);
        try
        {
            var reply = await publication._lecture.DecideAsync(caller, new GoOnAir { CommandId = Guid.NewGuid(), Stream = publication.Stream, Node = node });
            if (reply is LectureRefused refused) throw new MediaException(refused.Code, refused.Message);
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
        if (_ended != 0) throw new MediaException("media.off-air", "The publication has ended.");
        var frames = _guard.Check(packet);
        var state = _relay.State;
        var isOnAir = state?.OnAir.Any(o => o.Stream == Stream) == true;
        if (_wasOnAir && !isOnAir) throw new MediaException("media.off-air", "Somebody has taken this stream off air.");
        _wasOnAir |= isOnAir;
        if (state is not null) _recorder.Record(state, Source, frames);
        if (!await _media.PushAsync(Source.Publication, new MediaPacket(packet))) throw new MediaException("media.ended", "The hub no longer knows this publication; begin another.");
    }

    public Task SwitchAsync(ImmutableArray<byte> tracks) => _media.SwitchAsync(Source.Publication, tracks);

    /// <summary>Goes off air, whatever the reason.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
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
}
