namespace ConsultHub.Lectures.Media;

/// <summary>
/// What one publisher may send: frames of its own publication, in order, at a bearable rate, on a clock that runs as clocks do. Made for
/// each
/// publication; what it refuses ends that publication, and the lecture of the others goes on.
/// </summary>
/// <param name="clock">Whose time the publisher's is held against.</param>
public sealed class MediaGuard(uint publication, TimeProvider clock)
{
    /// <summary>A frame may be this much ahead of the time since the publication began: capture clocks drift a little, and do not
    /// jump.</summary>
    private const long MostAhead = 5_000_000;

    /// <summary>Between two frames of a track, and between two keyframes of a picture: who joins waits no longer.</summary>
    private const long MostGap = 3_600_000_000,
        MostWithoutKey = 15_000_000;

    /// <summary>Bytes a second over any ten: 8 Mbit/s, for two qualities of camera and screen.</summary>
    private const long MostRate = 1_000_000,
        RateSeconds = 10;

    private readonly Track?[] _tracks = new Track?[MediaTracks.Most];
    private readonly long _began = clock.GetTimestamp();
    private double _windowBegan;
    private long _windowBytes;

    /// <summary>The frames of a packet, all of which may be passed on; or none.</summary>
    /// <exception cref="MediaException">As <see cref="MediaWire.Read"/>; and media.wrong-publication, media.wrong-order, media.clock,
    /// media.no-keyframe, media.too-fast, media.unsupported-codec.</exception>
    public List<MediaFrame> Check(ReadOnlyMemory<byte> packet)
    {
        var frames = MediaWire.Read(packet);
        var elapsed = clock.GetElapsedTime(_began);
        CheckRate(packet.Length, elapsed.TotalSeconds);
        var ahead = (elapsed.Ticks / TimeSpan.TicksPerMicrosecond) + MostAhead;
        foreach (var frame in frames)
            Check(frame, ahead);
        return frames;
    }

    private void Check(in MediaFrame frame, long latest)
    {
        if (frame.Publication != publication)
            throw new MediaException("media.wrong-publication", "The frame belongs to another publication.");
        if (frame.IsKey)
            _ = MediaWire.ReadConfig(frame);
        var before = _tracks[frame.Track];
        if (before is null && !frame.IsKey)
            throw new MediaException("media.no-keyframe", "A track begins with a keyframe.");
        if (before is not null)
        {
            if (frame.Sequence <= before.Sequence || (frame.Sequence != before.Sequence + 1 && !frame.IsKey))
                throw new MediaException(
                    "media.wrong-order",
                    $"Frame {frame.Sequence} after {before.Sequence}; after a gap a keyframe follows."
                );
            if (frame.Timestamp <= before.Timestamp || frame.Timestamp - before.Timestamp > MostGap)
                throw new MediaException("media.clock", "The publication's clock went back, or jumped.");
        }
        if (frame.Timestamp > latest)
            throw new MediaException("media.clock", "The publication's clock is ahead of time.");
        if (!frame.IsAudio && !frame.IsKey && frame.Timestamp - before!.Key > MostWithoutKey)
            throw new MediaException("media.no-keyframe", "Too long without a keyframe.");
        _tracks[frame.Track] = new(frame.Sequence, frame.Timestamp, frame.IsKey ? frame.Timestamp : before!.Key);
    }

    private void CheckRate(int bytes, double now)
    {
        if (now - _windowBegan > RateSeconds)
            (_windowBegan, _windowBytes) = (now, 0);
        if ((_windowBytes += bytes) > MostRate * RateSeconds)
            throw new MediaException("media.too-fast", "More bytes than a lecture needs.");
    }

    private sealed record Track(uint Sequence, long Timestamp, long Key);
}
