using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>A part of a joined file that comes from one publication.</summary>
/// <param name="From">Microseconds of the publication's clock, like <paramref name="To"/>.</param>
/// <param name="At">The file's time in microseconds at which the part begins.</param>
internal sealed record JoinedPiece(RecordingHead Head, long From, long To, long At)
{
    public DateTimeOffset Begins => Head.StartedAt.AddMicroseconds(From);

    public DateTimeOffset Ends => Head.StartedAt.AddMicroseconds(To);

    /// <summary>The file's time in microseconds at which the part ends.</summary>
    public long Until => At + To - From;
}

/// <summary>
/// A whole lecture as one file, with its publications on one timeline. When publications overlap, the one that went on air last is seen and
/// heard. If nothing is on air for more than a second, this time is left out. The picture is a publication's screen if there is one,
/// otherwise its camera.
/// </summary>
/// <param name="Pieces">In order. Not empty.</param>
internal sealed record JoinedRecording(IReadOnlyList<JoinedPiece> Pieces, bool HasPicture, bool HasSound, bool IsH264)
{
    /// <summary>Microseconds. A gap of at most this length is a pause of the speakers and stays in the file.</summary>
    private const long Pause = 1_000_000;

    public string Extension => IsH264 ? ".mp4" : ".webm";

    public string Type =>
        IsH264 ? "video/mp4"
        : HasPicture ? "video/webm"
        : "audio/webm";

    public DateTimeOffset From => Pieces[0].Begins;

    public DateTimeOffset To => Pieces.Max(p => p.Ends);

    public TimeSpan Length => TimeSpan.FromMicroseconds(Pieces[^1].Until);

    /// <summary>The name of the download without its extension. It sorts before the names of the parts.</summary>
    public static string Name(SessionId session) => $"{session}-00-lecture";

    /// <summary>
    /// Returns the file's time for an instant. If the file leaves the instant out, returns the time at which the file continues.
    /// </summary>
    /// <param name="instant">UTC.</param>
    public TimeSpan Place(DateTimeOffset instant)
    {
        var before = 0L;
        foreach (var piece in Pieces)
        {
            var into = (instant - piece.Begins).Ticks / TimeSpan.TicksPerMicrosecond;
            if (into < 0)
                return TimeSpan.FromMicroseconds(Math.Max(before, piece.At + into));
            if (into < piece.To - piece.From)
                return TimeSpan.FromMicroseconds(piece.At + into);
            before = piece.Until;
        }
        return Length;
    }

    /// <summary>Whether something was on air at an instant.</summary>
    public bool Shows(DateTimeOffset instant) => Pieces.Any(p => p.Begins <= instant && instant < p.Ends);

    /// <param name="recorded">The publications, each with its segments.</param>
    public static List<JoinedPiece> Plan(IEnumerable<(RecordingHead Head, IReadOnlyList<RecordedSegment> Segments)> recorded)
    {
        var spans = recorded.SelectMany(r => Spans(r.Head, r.Segments)).ToList();
        List<JoinedPiece> pieces = [];
        // Between two neighbouring edges, the same publications are on air.
        var edges = spans.SelectMany(s => (DateTimeOffset[])[s.Begins, s.Ends]).Distinct().Order().ToList();
        foreach (var (from, to) in edges.Zip(edges.Skip(1)))
        {
            if (spans.Where(s => s.Begins <= from && to <= s.Ends).MaxBy(s => s.Head.Publication) is not { Head: var head })
                continue;
            var (begins, ends) = (Micros(from - head.StartedAt), Micros(to - head.StartedAt));
            var last = pieces.LastOrDefault();
            if (last is not null && last.Head == head && last.To == begins)
                pieces[^1] = last with { To = ends };
            else
                pieces.Add(
                    new(
                        head,
                        begins,
                        ends,
                        last is null
                            ? 0
                            : last.Until + (from - last.Ends is var gap && gap <= TimeSpan.FromMicroseconds(Pause) ? Micros(gap) : 0)
                    )
                );
        }
        return pieces;
    }

    /// <summary>Splits a publication into stretches that were recorded without a gap longer than <see cref="Pause"/>.</summary>
    private static List<JoinedPiece> Spans(RecordingHead head, IReadOnlyList<RecordedSegment> segments)
    {
        List<JoinedPiece> spans = [];
        foreach (var segment in segments.OrderBy(s => s.From))
        {
            if (spans.Count > 0 && segment.From - spans[^1].To <= Pause)
                spans[^1] = spans[^1] with { To = Math.Max(spans[^1].To, segment.To) };
            else
                spans.Add(new(head, segment.From, segment.To, 0));
        }
        return spans;
    }

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>
/// Chooses the frames of a joined file and gives them the file's time. Gaps in the sound are filled with silence, because players would
/// otherwise join the sound before and after a gap. When a speaker sends no picture, the last picture stays.
/// </summary>
internal sealed class JoinedFrames(JoinedRecording joined)
{
    private const long SilenceLength = 20_000,
        HoldEvery = 2_000_000;

    /// <summary>
    /// All in microseconds. Gaps in the sound that are longer than <see cref="Gap"/> are filled with silence. Pictures are ahead of their
    /// sound by less than <see cref="Settles"/>. A screen that does not change sends a frame at least every <see cref="Still"/>.
    /// </summary>
    private const long Gap = 60_000,
        Settles = 2_000_000,
        Still = 5_000_000;

    /// <summary>20 ms of silence (RFC 6716, 3.1: CELT, full band, one frame).</summary>
    private static readonly byte[] Silence = [0xF8, 0xFF, 0xFE];
    private static readonly MediaConfig Opus = new("opus", 0, 0, 48_000, 1, ReadOnlyMemory<byte>.Empty);

    private JoinedPiece _piece = joined.Pieces[0];
    private byte? _shown,
        _sound;
    private long _screenAt,
        _pictureAt = -1_000,
        _soundEnd;
    private MediaFrame? _held;

    /// <param name="sound">The track to hear. Null for none.</param>
    public void Begin(JoinedPiece piece, byte? sound) => (_piece, _sound, _shown, _screenAt) = (piece, sound, null, long.MinValue / 2);

    /// <param name="frames">Some seconds of the piece's publication, in the order of time.</param>
    public List<MediaFrame> Of(IEnumerable<MediaFrame> frames)
    {
        List<MediaFrame> chosen = [];
        var latest = 0L;
        foreach (var frame in frames)
        {
            if (frame.Timestamp < _piece.From || frame.Timestamp >= _piece.To)
                continue;
            var at = _piece.At + frame.Timestamp - _piece.From;
            latest = Math.Max(latest, at);
            if (!frame.IsAudio && IsShown(frame))
                AddPicture(chosen, frame, at);
            else if (frame.IsAudio && frame.Track == _sound)
                AddSound(chosen, frame, at);
            if (_shown is null && _held is { } held && at - _pictureAt > HoldEvery)
                AddPicture(chosen, held, at);
        }
        Fill(chosen, latest - Settles);
        return [.. chosen.OrderBy(f => f.Timestamp)];
    }

    /// <summary>Returns the silence that fills the sound up to the end of the file.</summary>
    public List<MediaFrame> Rest()
    {
        List<MediaFrame> silence = [];
        Fill(silence, joined.Pieces[^1].Until);
        return silence;
    }

    private bool IsShown(in MediaFrame frame)
    {
        if (frame.Track is not (MediaTracks.Camera or MediaTracks.Screen))
            return false;
        if (frame.IsKey && MediaWire.ReadConfig(frame).IsH264 != joined.IsH264)
        {
            if (_shown == frame.Track)
                _shown = null;
            return false;
        }
        if (frame.IsKey && (frame.Track == MediaTracks.Screen || frame.Timestamp - _screenAt > Still))
            _shown = frame.Track;
        if (frame.Track == MediaTracks.Screen)
            _screenAt = frame.Timestamp;
        return _shown == frame.Track;
    }

    private void AddPicture(List<MediaFrame> chosen, in MediaFrame frame, long at)
    {
        // WebM's clock counts milliseconds, so two pictures are at least 1 ms apart.
        _pictureAt = Math.Max(at, _pictureAt + 1_000);
        chosen.Add(frame with { Timestamp = _pictureAt });
        if (frame.IsKey)
            _held = frame;
    }

    private void AddSound(List<MediaFrame> chosen, in MediaFrame frame, long at)
    {
        // A frame that ends after its piece is left out, because its end would be heard in the next piece.
        if (frame.Timestamp + frame.Duration > _piece.To || at + (frame.Duration / 2) < _soundEnd)
            return;
        if (at - _soundEnd > Gap)
            Fill(chosen, at);
        chosen.Add(frame with { Timestamp = at });
        _soundEnd = at + Math.Max(frame.Duration, 1_000);
    }

    private void Fill(List<MediaFrame> chosen, long until)
    {
        if (!joined.HasSound)
            return;
        for (; _soundEnd + SilenceLength <= until; _soundEnd += SilenceLength)
            chosen.Add(MediaWire.Write(_piece.Head.Publication, MediaTracks.Microphone, 0, _soundEnd, (uint)SilenceLength, Opus, Silence));
    }
}
