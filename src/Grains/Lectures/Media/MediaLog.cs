namespace ConsultHub.Lectures.Media;

/// <summary>The tracks that a viewer receives.</summary>
public enum MediaQuality
{
    Full,
    Small,
    SoundOnly,
}

/// <summary>
/// The newest frames of a lecture, in the order in which they arrived. It holds at least the frames from each track's newest keyframe on,
/// so that a viewer who joins sees a picture at once. Its size is limited. If a track's keyframe must be removed, the track is left out
/// until its next keyframe. Not thread-safe.
/// </summary>
public sealed class MediaLog(TimeProvider clock)
{
    /// <summary>A viewer who is further behind than this continues at the newest keyframe.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Viewers who join do not receive a track that has sent nothing for this long, for example because its camera was switched off.
    /// </summary>
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(10);

    private const long MostBytes = 24 << 20;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(uint, byte), TrackState> _tracks = [];
    private long _first;

    /// <summary>The number of the next frame.</summary>
    public long End => _first + _entries.Count;

    public long Bytes { get; private set; }

    /// <summary>Adds a frame. A repeated frame is not added. At the start of a track and after a gap, only a keyframe is added.</summary>
    /// <returns>Whether the frame was added.</returns>
    public bool Add(in MediaFrame frame)
    {
        var known = _tracks.TryGetValue((frame.Publication, frame.Track), out var track);
        if (known ? frame.Sequence <= track!.Sequence || (frame.Sequence != track.Sequence + 1 && !frame.IsKey) : !frame.IsKey)
            return false;
        if (!known)
            _tracks[(frame.Publication, frame.Track)] = track = new();
        (track!.Sequence, track.At) = (frame.Sequence, clock.GetTimestamp());
        if (frame.IsKey)
            track.Key = End;
        _entries.Add(new(frame, track.At));
        Bytes += frame.Wire.Length;
        if (frame.IsKey || Bytes > MostBytes)
            Trim();
        return true;
    }

    /// <summary>Removes a publication that has ended, because viewers who join need nothing of it.</summary>
    public void Forget(uint publication)
    {
        foreach (var name in _tracks.Keys.Where(k => k.Item1 == publication).ToList())
            _tracks.Remove(name);
        Trim();
    }

    /// <summary>Whether a viewer who has reached this position is so far behind that old frames are skipped.</summary>
    public bool IsBehind(long at) => at < End && (at < _first || clock.GetElapsedTime(_entries[(int)(at - _first)].At) > Behind);

    /// <summary>
    /// The position at which a viewer resumes. Null if the viewer is behind and every track has a newer keyframe. The viewer then continues
    /// like a viewer who has just joined.
    /// </summary>
    public long? Place(long at) => IsBehind(at) && _tracks.Values.All(t => t.Key >= at) ? null : at;

    /// <summary>
    /// Returns the frames, in order, for a viewer who has every frame before <paramref name="at"/>. A viewer who is behind gets each track
    /// from its newest keyframe on.
    /// </summary>
    /// <param name="at">Null for a viewer who joins.</param>
    public List<MediaFrame> Since(long? at, MediaQuality quality)
    {
        var skips = at is null || IsBehind(at.Value);
        List<MediaFrame> frames = [];
        for (var number = Math.Max(_first, at ?? 0); number < End; number++)
        {
            var frame = _entries[(int)(number - _first)].Frame;
            if (
                Wants(quality, frame)
                && (!skips || (_tracks.TryGetValue((frame.Publication, frame.Track), out var track) && number >= track.Key))
            )
                frames.Add(frame);
        }
        return frames;
    }

    /// <summary>Returns every track from its newest keyframe on, in all qualities.</summary>
    public List<MediaFrame> Newest() =>
        [
            .. _entries
                .Select((e, i) => (e.Frame, Number: _first + i))
                .Where(e => _tracks.TryGetValue((e.Frame.Publication, e.Frame.Track), out var track) && e.Number >= track.Key)
                .Select(e => e.Frame),
        ];

    private bool Wants(MediaQuality quality, in MediaFrame frame)
    {
        if (frame.IsAudio)
            return true;
        if (quality == MediaQuality.SoundOnly)
            return false;
        var hasSmall = _tracks.ContainsKey((frame.Publication, (byte)(frame.Track | 1)));
        return MediaTracks.IsSmall(frame.Track) == (quality == MediaQuality.Small && hasSmall);
    }

    /// <summary>
    /// Removes silent tracks, and the frames that neither a viewer who joins nor a viewer who keeps up needs. If the log is still too
    /// large, the oldest frames are removed too.
    /// </summary>
    private void Trim()
    {
        foreach (var (name, track) in _tracks)
            if (clock.GetElapsedTime(track.At) > Silent)
                _tracks.Remove(name);
        var keep = _tracks.Count == 0 ? End : _tracks.Values.Min(t => t.Key);
        var count = 0;
        while (
            count < _entries.Count && ((_first + count < keep && clock.GetElapsedTime(_entries[count].At) > Behind) || Bytes > MostBytes)
        )
            Bytes -= _entries[count++].Frame.Wire.Length;
        _entries.RemoveRange(0, count);
        _first += count;
        foreach (var (name, track) in _tracks)
            if (track.Key < _first)
                _tracks.Remove(name); // the track returns with its next keyframe
    }

    private readonly record struct Entry(MediaFrame Frame, long At);

    private sealed class TrackState
    {
        public uint Sequence;
        public long Key,
            At;
    }
}
