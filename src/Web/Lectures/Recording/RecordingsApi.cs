using ConsultHub.Lectures;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>What was recorded of a lecture: its parts, their bytes, and files to take away.</summary>
internal static class RecordingsApi
{
    /// <summary>A lecture's recording. Every instant of it is a publication's start and a position in it.</summary>
    /// <param name="From">The instant at which the recording's time is zero, UTC; null before anything is recorded.</param>
    public sealed record LectureRecording(SessionId Session, DateTimeOffset? From, IReadOnlyList<RecordedPublication> Publications);

    /// <param name="StartedAt">When its clock was at 0, UTC.</param>
    /// <param name="OnAir">Whether it is still growing.</param>
    public sealed record RecordedPublication(uint Publication, PersonId Person, DateTimeOffset StartedAt, bool OnAir, IReadOnlyList<RecordedSegment> Segments);

    public static void MapRecordings(this IEndpointRouteBuilder app)
    {
        var recording = app.MapGroup("/api/lectures/{session}/recording").WithTags("Lectures");
        recording.MapGet("/", GetAsync).Requires(Access.SignedIn);
        recording.MapGet("/{publication}/{segment}", ReadAsync).Requires(Access.SignedIn).Produces<Stream>(200, "application/octet-stream");
        recording.MapGet("/{publication}/file", FileAsync).Requires(Access.SignedIn).Produces<Stream>(200, "video/webm", "video/mp4");
    }

    private static async Task<Results<Ok<LectureRecording>, ProblemHttpResult>> GetAsync(SessionId session, HttpContext http, IGrainFactory grains, IRecordings recordings)
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null) return problem!;
        List<RecordedPublication> publications = [];
        foreach (var head in await recordings.ListAsync(session))
            publications.Add(new(head.Publication, head.Person, head.StartedAt, IsOnAir(lecture, head.Publication), await recordings.SegmentsAsync(session, head.Publication)));
        return TypedResults.Ok(new LectureRecording(session, lecture.RecordedFrom, publications));
    }

    /// <summary>A segment's bytes in the wire's format, also in ranges; the last frame of one that is being written may be torn.</summary>
    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(SessionId session, uint publication, int segment, HttpContext http, IGrainFactory grains, IRecordings recordings)
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null) return problem!;
        return recordings.Open(session, publication, segment) is { } stream
            ? TypedResults.Stream(stream, "application/octet-stream", enableRangeProcessing: true) : Problems.Of(404, "recording.unknown", "There is no such part of the recording.");
    }

    /// <summary>A publication as a file that players open and seek in: WebM for VP8, MP4 for H.264. Made when it is first asked for.</summary>
    /// <param name="track">Which picture: 0 the camera, 2 the screen; the screen where there is one, if you do not say.</param>
    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> FileAsync(SessionId session, uint publication, HttpContext http, IGrainFactory grains, RecordingFiles files, byte? track = null)
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null) return problem!;
        if (IsOnAir(lecture, publication)) return Problems.Of(409, "recording.growing", "It is still on air; ask for the file when it has ended.");
        return await files.MakeAsync(session, publication, track) is var (path, type)
            ? TypedResults.PhysicalFile(path, type, $"{session}-{publication}{Path.GetExtension(path)}", enableRangeProcessing: true)
            : Problems.Of(404, "recording.unknown", "There is no such part of the recording.");
    }

    private static bool IsOnAir(Lecture lecture, uint publication) => lecture.OnAir.Any(o => o.Stream == publication.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<(Lecture? Lecture, ProblemHttpResult? Problem)> FindAsync(SessionId session, HttpContext http, IGrainFactory grains)
    {
        if (await grains.GetGrain<ILectureGrain>(session.Value).GetAsync() is not { } lecture) return (null, Problems.Of(404, "lecture.unknown", $"There is no lecture {session}."));
        if (!Access.MayWatchAgain(Viewer.Of(http), lecture)) return (null, Problems.Of(403, "lecture.not-allowed", "The lecture has not begun."));
        // What may no longer be kept is not shown either, until it is deleted.
        return lecture.Recording is null ? (null, Problems.Of(404, "recording.none", "Nothing of this lecture is kept.")) : (lecture, null);
    }
}
