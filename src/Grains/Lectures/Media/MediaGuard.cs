namespace ConsultHub.Lectures.Media;

/// <summary>
/// Checks what one publisher sends: only frames of its own publication, in order, not too many bytes, and with plausible timestamps. There
/// is one guard for each publication. A refusal ends this publication, and the other publications of the lecture continue.
/// </summary>
/// <param name="clock">The clock with which the publisher's timestamps are compared.</param>
public sealed class MediaGuard(uint publication, TimeProvider clock)
{
    /// <summary>
    /// How far a timestamp may be ahead of the time since the publication began: 5 seconds in microseconds. A capture clock can drift a
    /// little, but it does not jump.
    /// </summary>
    private const long MostAhead = 5_000_000;

    /// <summary>
    /// The longest time between two frames of a track (one hour) and between two keyframes of a track with pictures (15 seconds), in
    /// microseconds. The 15 seconds limit how long a viewer who joins waits for a picture.
    /// </summary>
    private const long MostGap = 3_600_000_000,
        MostWithoutKey = 15_000_000;

    /// <summary>
    /// How many bytes per second a publication may send at most, measured over ten seconds: 8 Mbit/s. This is enough for camera and screen
    /// in two qualities each.
    /// </summary>
    private const long MostRate = 1_000_000,
        RateSeconds = 10;

    private readonly Track?[] _tracks = new Track?[MediaTracks.Most];
    private readonly long _began = clock.GetTimestamp();
    private double _windowBegan;
    private long _windowBytes;

    /// <summary>Returns the frames of a packet if all of them may be passed on.</summary>
    /// <exception cref="MediaException">
    ///     The codes of <see cref="MediaWire.Read"/>, and media.wrong-publication, media.wrong-order, media.clock, media.no-keyframe,
    ///     media.too-fast and media.unsupported-codec.
    /// </exception>
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
            throw new MediaException(MediaCodes.WrongPublication, "The frame belongs to another publication.");
        if (frame.IsKey)
            _ = MediaWire.ReadConfig(frame);
        var before = _tracks[frame.Track];
        if (before is null && !frame.IsKey)
            throw new MediaException(MediaCodes.NoKeyframe, "A track must begin with a keyframe.");
        if (before is not null)
        {
            if (frame.Sequence <= before.Sequence || (frame.Sequence != before.Sequence + 1 && !frame.IsKey))
                throw new MediaException(
                    MediaCodes.WrongOrder,
                    $"Frame {frame.Sequence} follows frame {before.Sequence}. After a gap only a keyframe may follow."
                );
            if (frame.Timestamp <= before.Timestamp || frame.Timestamp - before.Timestamp > MostGap)
                throw new MediaException(MediaCodes.Clock, "The publication's clock went back or jumped forward.");
        }
        if (frame.Timestamp > latest)
            throw new MediaException(MediaCodes.Clock, "The publication's clock is too far ahead.");
        if (!frame.IsAudio && !frame.IsKey && frame.Timestamp - before!.Key > MostWithoutKey)
            throw new MediaException(MediaCodes.NoKeyframe, "The track has had no keyframe for too long.");
        _tracks[frame.Track] = new(frame.Sequence, frame.Timestamp, frame.IsKey ? frame.Timestamp : before!.Key);
    }

    private void CheckRate(int bytes, double now)
    {
        if (now - _windowBegan > RateSeconds)
            (_windowBegan, _windowBytes) = (now, 0);
        if ((_windowBytes += bytes) > MostRate * RateSeconds)
            throw new MediaException(MediaCodes.TooFast, "The publication sends too many bytes per second.");
    }

    private sealed record Track(uint Sequence, long Timestamp, long Key);
}
