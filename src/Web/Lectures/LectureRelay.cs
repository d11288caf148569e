using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using ConsultHub.Attendance;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// One lecture's media on this web node. The node receives the media once, however many viewers the node has. Each viewer gets at most 20
/// media messages a second, at its own pace. Viewers with the same position and quality get the same serialized message. A viewer whose
/// last write is not finished is skipped. A viewer who has fallen too far behind continues from the newest keyframe.
/// </summary>
internal sealed class LectureRelay : ILectureMediaObserver
{
    /// <summary>Media that arrives within this time goes in one message.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>A viewer is disconnected if one write takes longer than this.</summary>
    private const int StuckAfterMilliseconds = 30_000;

    private readonly ILectureMediaGrain _grain;
    private readonly ILectureMediaObserver _reference;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly MediaLog _log;
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private ImmutableHashSet<LectureViewer> _viewers = [];
    private ImmutableArray<MediaSource> _sources = [];
    private long _sourcesVersion,
        _timesTold;
    private bool _wasLive;
    private Lecture? _known;

    public LectureRelay(SessionId session, Replica lecture, IGrainFactory grains, TimeProvider clock)
    {
        (Session, Lecture, _grains, _clock, _log) = (session, lecture, grains, clock, new(clock));
        _grain = grains.GetGrain<ILectureMediaGrain>(session.Value);
        _reference = grains.CreateObjectReference<ILectureMediaObserver>(this); // a weak reference; LectureRelays keeps this object alive
    }

    public SessionId Session { get; }

    public Replica Lecture { get; }

    public int Count => _viewers.Count;

    /// <summary>Who sends now, as far as this node knows.</summary>
    public ImmutableArray<MediaSource> Sources
    {
        get
        {
            lock (_lock)
                return _sources;
        }
    }

    /// <summary>How many publications of this node use the relay to learn whether they are still on air.</summary>
    public int Publications;

    /// <summary>Null when nobody has opened the room.</summary>
    public Lecture? State => Lecture.State.Items.Values.OfType<Lecture>().FirstOrDefault();

    public async Task StartAsync()
    {
        Lecture.Changed += StageChanged;
        await RenewAsync();
        _ = RunAsync();
    }

    /// <summary>
    /// Registers this node. If the grain did not know the node, it answers with what a new viewer needs. Otherwise the relay asks which
    /// sources send, because a one-way call about them may have been lost.
    /// </summary>
    public async Task RenewAsync()
    {
        var timesTold = Interlocked.Read(ref _timesTold);
        var picture = await _grain.ObserveAsync(_reference);
        var sources = picture?.Sources ?? await _grain.SourcesAsync();
        // If a one-way call has brought a list meanwhile, this answer may be older and is not used.
        lock (_lock)
            if (timesTold == _timesTold)
                Take(sources);
        foreach (var packet in picture?.Packets ?? [])
            await MediaAsync(packet);
        Signal();
    }

    public async Task CloseAsync()
    {
        Lecture.Changed -= StageChanged;
        _signal.Writer.TryComplete();
        await _grain.UnobserveAsync(_reference);
        _grains.DeleteObjectReference<ILectureMediaObserver>(_reference);
    }

    public Task MediaAsync(MediaPacket packet)
    {
        lock (_lock)
            foreach (var frame in MediaWire.Read(packet.Bytes))
                _log.Add(frame);
        Signal();
        return Task.CompletedTask;
    }

    public Task SourcesAsync(ImmutableArray<MediaSource> sources)
    {
        lock (_lock)
        {
            _timesTold++;
            Take(sources);
        }
        Signal();
        return Task.CompletedTask;
    }

    private void Take(ImmutableArray<MediaSource> sources)
    {
        if (sources.Length == _sources.Length && sources.Zip(_sources, IsSame).All(same => same))
            return;
        foreach (var gone in _sources.Where(s => !sources.Any(o => o.Publication == s.Publication)))
            _log.Forget(gone.Publication);
        _sources = sources;
        _sourcesVersion++;
    }

    private static bool IsSame(MediaSource one, MediaSource other) =>
        one.Publication == other.Publication && one.Tracks.SequenceEqual(other.Tracks);

    public void Add(LectureViewer viewer)
    {
        ImmutableInterlocked.Update(ref _viewers, set => set.Add(viewer));
        if (State is { } lecture)
            viewer.Admit(lecture); // after the viewer is in the set, so that no change of the lecture is missed
        LectureMeter.Viewers.Add(1);
        Signal();
    }

    /// <summary>Looks again whether a viewer belongs to the crew.</summary>
    public void Admit(LectureViewer viewer)
    {
        if (State is not { } lecture || !viewer.Admit(lecture))
            return;
        lock (_lock)
            _sourcesVersion++;
        Signal();
    }

    public void Remove(LectureViewer viewer)
    {
        if (ImmutableInterlocked.Update(ref _viewers, set => set.Remove(viewer)))
            LectureMeter.Viewers.Add(-1);
    }

    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Ends viewers whose write has not finished within 30 s.</summary>
    public void EndStuck()
    {
        foreach (var viewer in _viewers)
        {
            var since = Volatile.Read(ref viewer.BusySince);
            if (
                since == 0
                || Environment.TickCount64 - since <= StuckAfterMilliseconds
                || viewer.Connection.ConnectionAborted.IsCancellationRequested
            )
                continue;
            LectureMeter.Ended.Add(1);
            viewer.Connection.Abort();
        }
    }

    private bool IsLive => State is { Stage: LectureStage.Live };

    /// <summary>Handles a change of the lecture. Most changes, such as a vote or a caption, do not concern its media.</summary>
    private void StageChanged()
    {
        if (State is not { } now || ReferenceEquals(now, _known))
            return;
        _known = now;
        var admissions = _viewers.Count(v => v.Admit(now));
        if (IsLive == _wasLive && admissions == 0)
            return;
        _wasLive = IsLive;
        lock (_lock)
            _sourcesVersion++;
        Signal();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        await foreach (var _ in _signal.Reader.ReadAllAsync())
        {
            var began = Stopwatch.GetTimestamp();
            if (!Pass())
                continue;
            LectureMeter.PassDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            var rest = Pace - Stopwatch.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, _clock);
        }
    }

    /// <returns>Whether anything was written.</returns>
    private bool Pass()
    {
        Dictionary<(long?, MediaQuality), (SerializedHubMessage? Message, Stretch Of)> media = [];
        Dictionary<bool, SerializedHubMessage> air = [];
        var (written, live) = (0, IsLive);
        foreach (var viewer in _viewers)
        {
            if (Volatile.Read(ref viewer.BusySince) != 0)
                continue;
            var open = live || viewer.IsCrew;
            viewer.Settle(closed: !open);
            SerializedHubMessage? first = null;
            (SerializedHubMessage? Message, Stretch Of) second = default;
            long end;
            lock (_lock)
            {
                end = _log.End;
                if (viewer.ToldSources != _sourcesVersion)
                {
                    first = air.TryGetValue(open, out var told)
                        ? told
                        : air[open] = Message("Air", new LectureAir(open, open ? _sources : [], _clock.GetUtcNow()));
                    viewer.ToldSources = _sourcesVersion;
                }
                if (open && viewer.At != end)
                {
                    var at = viewer.At is { } known ? _log.Place(known) : null;
                    if (!media.TryGetValue((at, viewer.Quality), out second))
                        media[(at, viewer.Quality)] = second = _log.Since(at, viewer.Quality) is { Count: > 0 } frames
                            ? (Message("Media", MediaWire.Join(frames)), SpanOf(frames))
                            : default;
                    if (at is null && viewer.At is not null)
                        LectureMeter.Skips.Add(1);
                }
            }
            if (first is null && second.Message is null)
            {
                if (open)
                    viewer.At = end;
                continue;
            }
            written++;
            Write(viewer, first, second.Message, second.Of, open ? end : null);
        }
        LectureMeter.Messages.Add(written);
        return written > 0;
    }

    /// <summary>The stretch of time that these frames cover, on the lecture's own clock.</summary>
    private Stretch SpanOf(List<MediaFrame> frames)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        foreach (var frame in frames)
        {
            var source = _sources.FirstOrDefault(s => s.Publication == frame.Publication);
            if (source is null)
                continue;
            var at = source.StartedAt.ToUnixTimeMilliseconds() + (frame.Timestamp / 1_000);
            (from, to) = (Math.Min(from, at), Math.Max(to, at + (frame.Duration / 1_000)));
        }
        return from <= to ? new(from, to) : default;
    }

    private void Write(LectureViewer viewer, SerializedHubMessage? first, SerializedHubMessage? second, Stretch of, long? end)
    {
        viewer.At = end;
        var writing =
            first is not null && second is not null
                ? WriteBothAsync(viewer, first, second)
                : viewer.Connection.WriteAsync((first ?? second)!);
        if (writing.IsCompletedSuccessfully)
        {
            if (of != default)
                viewer.Add(of);
            return;
        }
        Volatile.Write(ref viewer.BusySince, Environment.TickCount64);
        _ = FinishAsync(viewer, writing, of);
    }

    private static async ValueTask WriteBothAsync(LectureViewer viewer, SerializedHubMessage first, SerializedHubMessage second)
    {
        await viewer.Connection.WriteAsync(first);
        await viewer.Connection.WriteAsync(second);
    }

    private async Task FinishAsync(LectureViewer viewer, ValueTask writing, Stretch of)
    {
        try
        {
            await writing;
        }
        catch (Exception)
        {
            Remove(viewer); // the connection has ended; SignalR calls OnDisconnectedAsync
            return;
        }
        if (of != default)
            viewer.Add(of);
        Volatile.Write(ref viewer.BusySince, 0);
        Signal();
    }

    private static SerializedHubMessage Message(string method, object argument) => new(new InvocationMessage(method, [argument]));
}
