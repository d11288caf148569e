using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Lectures;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>A lecture's recording: its parts, their bytes, and files to download.</summary>
internal static class RecordingsApi
{
    /// <summary>A lecture's recording. To get an instant, add a position in a publication to the start of that publication.</summary>
    /// <param name="From">The instant at which the recording's time is zero, UTC. Null before anything is recorded.</param>
    public sealed record LectureRecording(SessionId Session, DateTimeOffset? From, IReadOnlyList<RecordedPublication> Publications);

    /// <param name="StartedAt">When the publication's clock was 0, UTC.</param>
    /// <param name="OnAir">Whether the publication is still on air and growing.</param>
    public sealed record RecordedPublication(
        uint Publication,
        PersonId Person,
        LocalName Who,
        DateTimeOffset StartedAt,
        bool OnAir,
        IReadOnlyList<RecordedSegment> Segments
    );

    /// <summary>
    /// A lecture's files, in the order in which the publications began. Publications on air have none yet. Each other publication has one
    /// file for each of its pictures, or one with the sound if it has no picture.
    /// </summary>
    /// <param name="Joined">The whole lecture as one file. Null when there is nothing to join or to leave out, or when the file cannot be
    /// made.</param>
    /// <param name="NotJoined">Why the joined file cannot be made: <c>recording.growing</c> while somebody is on air,
    /// <c>recording.mixed-codecs</c> when pictures are VP8 and H.264.</param>
    public sealed record LectureFiles(
        SessionId Session,
        ImmutableArray<LectureFile> Files,
        JoinedFile? Joined = null,
        string? NotJoined = null
    );

    /// <summary>
    /// The lecture on one timeline from the start of the first publication to the end of the last one. If nothing was on air for more than
    /// a second, this time is left out.
    /// </summary>
    /// <param name="Name">The name of the download.</param>
    /// <param name="From">UTC, like <paramref name="To"/>.</param>
    /// <param name="Seconds">The length of the file.</param>
    /// <param name="Captions">Captions in the file's own time.</param>
    public sealed record JoinedFile(
        string Name,
        DateTimeOffset From,
        DateTimeOffset To,
        double Seconds,
        string Url,
        ImmutableArray<CaptionFile> Captions
    );

    /// <param name="Name">The name of the download.</param>
    /// <param name="Shows"><c>screen</c>, <c>camera</c>, or <c>sound</c> without a picture.</param>
    /// <param name="From">The instant at which the file's time is zero, UTC.</param>
    /// <param name="Captions">Only languages with captions in this span.</param>
    public sealed record LectureFile(
        uint Publication,
        LocalName Who,
        string Name,
        string Shows,
        DateTimeOffset From,
        DateTimeOffset To,
        string Url,
        ImmutableArray<CaptionFile> Captions
    );

    /// <summary>
    /// Captions as WebVTT. Their times count from the start of the media file. The name begins like the name of the media file, so that
    /// players find the captions.
    /// </summary>
    public sealed record CaptionFile(string Language, string Name, string Url);

    public static void MapRecordings(this IEndpointRouteBuilder app)
    {
        var recording = app.MapGroup("/api/lectures/{session}/recording").WithTags("Lectures");
        recording.MapGet("/", GetAsync).Requires(Access.InRoom(LectureActions.Watch));
        recording.MapGet("/files", FilesAsync).Requires(Access.InRoom(LectureActions.Watch));
        recording
            .MapGet("/joined", JoinedAsync)
            .Requires(Access.InRoom(LectureActions.Watch))
            .Produces<Stream>(200, "video/webm", "video/mp4");
        recording
            .MapGet("/joined/captions/{language}", JoinedCaptionsAsync)
            .Requires(Access.InRoom(LectureActions.Watch))
            .Produces<string>(200, "text/vtt");
        recording
            .MapGet("/{publication}/{segment}", ReadAsync)
            .Requires(Access.InRoom(LectureActions.Watch))
            .Produces<Stream>(200, "application/octet-stream");
        recording
            .MapGet("/{publication}/file", FileAsync)
            .Requires(Access.InRoom(LectureActions.Watch))
            .Produces<Stream>(200, "video/webm", "video/mp4");
    }

    private static async Task<Results<Ok<LectureRecording>, ProblemHttpResult>> GetAsync(
        SessionId session,
        HttpContext http,
        IGrainFactory grains,
        IRecordings recordings
    )
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null)
            return problem!;
        List<RecordedPublication> publications = [];
        foreach (var head in (await recordings.ListAsync(session)).Where(h => RecordingKeeper.IsKept(lecture, h)))
            publications.Add(
                new(
                    head.Publication,
                    head.Person,
                    await WhoAsync(head, grains),
                    head.StartedAt,
                    IsOnAir(lecture, head.Publication),
                    await recordings.SegmentsAsync(session, head.Publication)
                )
            );
        return TypedResults.Ok(new LectureRecording(session, lecture.RecordedFrom, publications));
    }

    /// <summary>
    /// Returns a segment's bytes in the wire's format, whole or in ranges. The last frame of a growing segment may be incomplete. A request
    /// for the whole segment gets a receipt in the header Hub-Receipt.
    /// </summary>
    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        SessionId session,
        uint publication,
        int segment,
        HttpContext http,
        IGrainFactory grains,
        IRecordings recordings,
        MediaReceipts receipts
    )
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null)
            return problem!;
        var head = (await recordings.ListAsync(session)).Find(h => h.Publication == publication);
        if (head is null || !RecordingKeeper.IsKept(lecture, head) || recordings.Open(session, publication, segment) is not { } stream)
            return Problems.Of(RecordingCodes.Unknown);
        if (
            http.Request.Headers.Range.Count == 0
            && (await recordings.SegmentsAsync(session, publication)).Find(s => s.Number == segment) is { } part
        )
        {
            var begins = head.StartedAt.ToUnixTimeMilliseconds();
            http.Response.Headers[MediaReceipts.Header] = receipts.Issue(
                session,
                Viewer.Of(http).Person,
                PlayedAs.Recorded,
                [new(begins + (part.From / 1_000), begins + (part.To / 1_000))]
            );
        }
        return TypedResults.Stream(stream, "application/octet-stream", enableRangeProcessing: true);
    }

    /// <summary>A publication as a file in which players can seek: WebM for VP8, MP4 for H.264. It is made on the first request.</summary>
    /// <param name="track">Which picture: 0 is the camera, 2 the screen. The default is the screen if there is one, otherwise the camera. A
    /// publication without a picture gives its sound.</param>
    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> FileAsync(
        SessionId session,
        uint publication,
        HttpContext http,
        IGrainFactory grains,
        IRecordings recordings,
        RecordingFiles files,
        byte? track = null
    )
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null)
            return problem!;
        if (IsOnAir(lecture, publication))
            return Problems.Of(RecordingCodes.Growing, "This part is still on air. Ask for the file when the part has ended.");
        if (
            (await recordings.ListAsync(session)).Find(h => h.Publication == publication) is not { } head
            || !RecordingKeeper.IsKept(lecture, head)
        )
            return Problems.Of(RecordingCodes.Unknown);
        return await files.MakeAsync(session, publication, track) is var (path, made)
            ? TypedResults.PhysicalFile(
                path,
                made.Type,
                made.Name(session, 1 + (await recordings.ListAsync(session)).FindIndex(h => h.Publication == publication)) + made.Extension,
                enableRangeProcessing: true
            )
            : Problems.Of(RecordingCodes.Unknown);
    }

    /// <summary>The files that may be downloaded, without parts that are still on air.</summary>
    private static async Task<Results<Ok<LectureFiles>, ProblemHttpResult>> FilesAsync(
        SessionId session,
        HttpContext http,
        IGrainFactory grains,
        IRecordings recordings,
        RecordingFiles files
    )
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null)
            return problem!;
        Dictionary<string, ImmutableArray<Caption>> captions = [];
        foreach (var language in lecture.CaptionLanguages)
            captions[language] = await grains.Lecture(session).CaptionsAsync(language);
        var listed = ImmutableArray.CreateBuilder<LectureFile>();
        foreach (var (index, head) in (await recordings.ListAsync(session)).Index())
        {
            if (IsOnAir(lecture, head.Publication) || !RecordingKeeper.IsKept(lecture, head))
                continue;
            var who = await WhoAsync(head, grains);
            foreach (var file in await files.ListAsync(session, head.Publication))
            {
                var (name, from, to) = (
                    file.Name(session, index + 1),
                    head.StartedAt.AddMicroseconds(file.From),
                    head.StartedAt.AddMicroseconds(file.To)
                );
                listed.Add(
                    new(
                        head.Publication,
                        who,
                        name + file.Extension,
                        file.Shows,
                        from,
                        to,
                        $"/api/lectures/{session}/recording/{head.Publication}/file{(file.Picture is { } track ? $"?track={track}" : "")}",
                        [
                            .. captions
                                .Where(c => c.Value.Any(l => l.Text.Length > 0 && l.At >= from && l.At < to))
                                .Select(c => c.Key)
                                .Order(StringComparer.Ordinal)
                                .Select(c => new CaptionFile(
                                    c,
                                    $"{name}.{c}.vtt",
                                    $"/api/lectures/{session}/captions/{c}?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}"
                                )),
                        ]
                    )
                );
            }
        }
        var (joined, notJoined) = await JoinedOf(lecture, captions, files);
        return TypedResults.Ok(new LectureFiles(session, listed.ToImmutable(), joined, notJoined));
    }

    private static async Task<(JoinedFile? File, Code? NotJoined)> JoinedOf(
        Lecture lecture,
        Dictionary<string, ImmutableArray<Caption>> captions,
        RecordingFiles files
    )
    {
        var (joined, code) = await files.PlanAsync(lecture.Session, h => RecordingKeeper.IsKept(lecture, h));
        if (joined is null)
            return (null, code);
        if (!lecture.OnAir.IsEmpty)
            return (null, RecordingCodes.Growing);
        var (name, at) = (JoinedRecording.Name(lecture.Session), $"/api/lectures/{lecture.Session}/recording/joined");
        return (
            new(
                name + joined.Extension,
                joined.From,
                joined.To,
                joined.Length.TotalSeconds,
                at,
                [
                    .. captions
                        .Where(c => c.Value.Any(l => l.Text.Length > 0 && joined.Shows(l.At)))
                        .Select(c => c.Key)
                        .Order(StringComparer.Ordinal)
                        .Select(c => new CaptionFile(c, $"{name}.{c}.vtt", $"{at}/captions/{c}")),
                ]
            ),
            null
        );
    }

    /// <summary>The whole lecture as a file in which players can seek. It is made on the first request.</summary>
    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> JoinedAsync(
        SessionId session,
        HttpContext http,
        IGrainFactory grains,
        RecordingFiles files
    )
    {
        var (lecture, joined, problem) = await FindJoinedAsync(session, http, grains, files);
        if (joined is null)
            return problem!;
        if (!lecture!.OnAir.IsEmpty)
            return Problems.Of(RecordingCodes.Growing, "Somebody is still on air. Ask for the file when nobody is on air.");
        return await files.MakeAsync(session, joined) is { } path
            ? TypedResults.PhysicalFile(path, joined.Type, JoinedRecording.Name(session) + joined.Extension, enableRangeProcessing: true)
            : NotJoined();
    }

    /// <summary>Captions as WebVTT. Their times count from the start of the joined file.</summary>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> JoinedCaptionsAsync(
        SessionId session,
        string language,
        HttpContext http,
        IGrainFactory grains,
        RecordingFiles files
    )
    {
        var (_, joined, problem) = await FindJoinedAsync(session, http, grains, files);
        if (joined is null)
            return problem!;
        var lines = (await grains.Lecture(session).CaptionsAsync(language)).RemoveAll(l => l.Backstage);
        return lines.IsEmpty
            ? Problems.Of(LectureCodes.NoCaptions, $"There are no captions in {language}.", "language")
            : TypedResults.Text(WebVtt.Of(lines, joined.Place), "text/vtt", System.Text.Encoding.UTF8);
    }

    private static async Task<(Lecture? Lecture, JoinedRecording? Joined, ProblemHttpResult? Problem)> FindJoinedAsync(
        SessionId session,
        HttpContext http,
        IGrainFactory grains,
        RecordingFiles files
    )
    {
        var (lecture, problem) = await FindAsync(session, http, grains);
        if (lecture is null)
            return (null, null, problem);
        var (joined, code) = await files.PlanAsync(session, h => RecordingKeeper.IsKept(lecture, h));
        return (
            lecture,
            joined,
            joined is not null ? null
            : code is null ? NotJoined()
            : Problems.Of(code)
        );
    }

    private static ProblemHttpResult NotJoined() => Problems.Of(RecordingCodes.NotJoined);

    private static async Task<LocalName> WhoAsync(RecordingHead head, IGrainFactory grains) =>
        await grains.NameOfAsync(head.Person) ?? new LocalName(head.Person.Value);

    private static bool IsOnAir(Lecture lecture, uint publication) =>
        lecture.OnAir.Any(o => o.Stream == publication.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<(Lecture? Lecture, ProblemHttpResult? Problem)> FindAsync(
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await grains.GetGrain<ILectureGrain>(session.Value).GetAsync() is not { } lecture)
            return (null, Problems.Of(LectureCodes.Unknown, $"There is no lecture {session}."));
        if (!Access.MayWatchAgain(Viewer.Of(http), lecture))
            return (null, Problems.Of(LectureCodes.NotAllowed, "The lecture has not begun."));
        // A recording that has expired is not shown, even if it has not been deleted yet.
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return RecordingKeeper.IsKept(lecture, now) ? (lecture, null) : (null, Problems.Of(RecordingCodes.None));
    }
}
