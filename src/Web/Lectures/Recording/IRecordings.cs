using System.Collections.Immutable;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>Where recordings lie: a folder that the web nodes share, or an object store. A recording is a lecture's publications, each a
/// row of segments that are appended to and then never change.</summary>
internal interface IRecordings
{
    IEnumerable<SessionId> Sessions();

    /// <summary>In the order in which they began.</summary>
    Task<List<RecordingHead>> ListAsync(SessionId session);

    /// <summary>In order; the last may be growing.</summary>
    Task<List<RecordedSegment>> SegmentsAsync(SessionId session, uint publication);

    /// <returns>Null where there is none. The last frame of one that grows, or whose writer was killed, may be torn.</returns>
    Stream? Open(SessionId session, uint publication, int segment);

    Task<IRecordingWriter> BeginAsync(SessionId session, RecordingHead head);

    /// <summary>Where what is made of a publication, such as a file to download, may be kept as long as it is.</summary>
    string MadeFile(SessionId session, uint publication, string name);

    Task DeleteAsync(SessionId session);

    /// <summary>Deletes one part, and what was made of the whole.</summary>
    Task DeleteAsync(SessionId session, uint publication);
}

/// <summary>Writes one publication, in order. Disposing seals what is open.</summary>
internal interface IRecordingWriter : IAsyncDisposable
{
    ValueTask AppendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>What was appended is on the disk once this completes.</summary>
    ValueTask FlushAsync();

    /// <summary>The segment is complete; what is appended from now on belongs to the next.</summary>
    ValueTask SealAsync(RecordedSegment segment);
}

/// <param name="StartedAt">When the publication's clock was at 0, UTC.</param>
public sealed record RecordingHead(uint Publication, PersonId Person, DateTimeOffset StartedAt);

/// <summary>A few seconds of a publication, in the wire's format: a version byte and frames.</summary>
/// <param name="Number">From 0.</param>
/// <param name="From">Microseconds of the publication's clock; so is <paramref name="To"/>.</param>
/// <param name="Tracks">Those of which it has frames.</param>
public sealed record RecordedSegment(int Number, long From, long To, long Bytes, ImmutableArray<byte> Tracks);
