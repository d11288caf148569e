using System.Collections.Immutable;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>
/// Storage for recordings, such as a folder that the web nodes share. A lecture's recording consists of its publications. Each publication
/// is a sequence of segments. A segment grows until it is sealed. After that it never changes.
/// </summary>
internal interface IRecordings
{
    IEnumerable<SessionId> Sessions();

    /// <summary>The publications in the order in which they began.</summary>
    Task<List<RecordingHead>> ListAsync(SessionId session);

    /// <summary>The segments in order. The last one may still grow.</summary>
    Task<List<RecordedSegment>> SegmentsAsync(SessionId session, uint publication);

    /// <returns>Null when there is none. The last frame may be incomplete if the segment grows or its writer was killed.</returns>
    Stream? Open(SessionId session, uint publication, int segment);

    Task<IRecordingWriter> BeginAsync(SessionId session, RecordingHead head);

    /// <summary>
    /// The path for a file that is made from a publication, such as a download. It is deleted together with the publication.
    /// </summary>
    string MadeFile(SessionId session, uint publication, string name);

    Task DeleteAsync(SessionId session);

    /// <summary>Deletes one publication, and the files that were made from the whole lecture.</summary>
    Task DeleteAsync(SessionId session, uint publication);
}

/// <summary>Writes one publication in order.</summary>
internal interface IRecordingWriter : IAsyncDisposable
{
    ValueTask AppendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Completes when everything that was appended is on the disk.</summary>
    ValueTask FlushAsync();

    /// <summary>Completes a segment. Later frames belong to the next one.</summary>
    ValueTask SealAsync(RecordedSegment segment);
}

/// <param name="StartedAt">When the publication's clock was 0, UTC.</param>
public sealed record RecordingHead(uint Publication, PersonId Person, DateTimeOffset StartedAt);

/// <summary>A few seconds of a publication, in the wire's format: a version byte and frames.</summary>
/// <param name="Number">Counted from 0.</param>
/// <param name="From">Microseconds of the publication's clock, like <paramref name="To"/>.</param>
/// <param name="Tracks">The tracks with frames in this segment.</param>
public sealed record RecordedSegment(int Number, long From, long To, long Bytes, ImmutableArray<byte> Tracks);
