using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>Reads segments. The last frame may be incomplete if a writer was killed or still writes.</summary>
internal static class SegmentReader
{
    /// <summary>The complete frames of a segment.</summary>
    public static IEnumerable<MediaFrame> Read(ReadOnlyMemory<byte> segment)
    {
        if (segment.Length < 1 || segment.Span[0] != MediaWire.Version)
            yield break;
        for (var rest = segment[1..]; Whole(rest) is { } frame; rest = rest[frame.Wire.Length..])
            yield return frame;
    }

    /// <returns>Null when there is no complete frame.</returns>
    public static RecordedSegment? Summarize(int number, ReadOnlyMemory<byte> segment)
    {
        var summary = new SegmentSummary();
        foreach (var frame in Read(segment))
            summary.Add(frame);
        return summary.Bytes == 0 ? null : summary.ToSegment(number);
    }

    private static MediaFrame? Whole(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return MediaWire.ReadFrame(bytes);
        }
        catch (MediaException)
        {
            return null; // the frame is not complete, because its writer was killed or still writes
        }
    }
}

/// <summary>Summarizes a segment's frames.</summary>
internal sealed class SegmentSummary
{
    private readonly SortedSet<byte> _tracks = [];

    public long From { get; private set; } = long.MaxValue;

    public long To { get; private set; }

    /// <summary>The size of the segment's frames in bytes. 0 before the first frame.</summary>
    public long Bytes { get; private set; }

    public void Add(in MediaFrame frame)
    {
        _tracks.Add(frame.Track);
        From = Math.Min(From, frame.Timestamp);
        To = Math.Max(To, frame.Timestamp + frame.Duration);
        Bytes += frame.Wire.Length;
    }

    /// <summary>The size includes the version byte.</summary>
    public RecordedSegment ToSegment(int number) => new(number, From, To, Bytes + 1, [.. _tracks]);
}
