using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>A file that can be made from a publication, with at most one picture and one sound.</summary>
/// <param name="From">The time on the publication's clock, in microseconds, at which the file's time is zero.</param>
/// <param name="To">The time on the publication's clock, in microseconds, at which the file ends.</param>
internal sealed record RecordedFile(byte? Picture, byte? Sound, bool IsH264, long From, long To)
{
    public string Extension => IsH264 ? ".mp4" : ".webm";

    public string Type =>
        IsH264 ? "video/mp4"
        : Picture is null ? "audio/webm"
        : "video/webm";

    /// <summary>What the file shows: <c>screen</c>, <c>camera</c>, or <c>sound</c> without a picture.</summary>
    public string Shows =>
        Picture is null ? "sound"
        : Picture == MediaTracks.Screen ? "screen"
        : "camera";

    /// <summary>The name of the download without its extension.</summary>
    /// <param name="part">The number of the publication in the lecture, from 1. So the names sort in the order in which the publications
    /// began.</param>
    public string Name(SessionId session, int part) => $"{session}-{part:00}-{Shows}";
}

/// <summary>Makes standard files of recorded publications and keeps them next to the recording.</summary>
internal sealed class RecordingFiles(IRecordings recordings) : IDisposable
{
    /// <summary>The names of files that contain the whole lecture start with this text.</summary>
    public const string Joined = "lecture";

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Returns one file for each picture. If there is no picture, returns one file with the sound.</summary>
    public async Task<List<RecordedFile>> ListAsync(SessionId session, uint publication)
    {
        var tracks = (await recordings.SegmentsAsync(session, publication)).SelectMany(s => s.Tracks).ToHashSet();
        List<RecordedFile> files = [];
        foreach (var track in (byte[])[MediaTracks.Screen, MediaTracks.Camera])
            if (tracks.Contains(track) && await FindAsync(session, publication, track) is { } file)
                files.Add(file);
        if (files.Count == 0 && await FindAsync(session, publication, null) is { } sound)
            files.Add(sound);
        return files;
    }

    /// <param name="track">Null for the screen if there is one, otherwise the camera. Without a picture, null gives the sound.</param>
    /// <returns>The full path and a description of the file. Null when the recording has nothing from which the file can be made.</returns>
    public async Task<(string Path, RecordedFile File)?> MakeAsync(SessionId session, uint publication, byte? track)
    {
        if (await FindAsync(session, publication, track) is not { } made)
            return null;
        var segments = await recordings.SegmentsAsync(session, publication);
        return
            await MakeAsync(
                session,
                [publication],
                $"track-{made.Picture ?? made.Sound}",
                segments.Sum(s => s.Bytes),
                made.Extension,
                async file =>
                {
                    IMediaFileWriter writer = made.IsH264
                        ? new Mp4Writer(file, made.Picture, made.Sound)
                        : new WebmWriter(file, made.Picture, made.Sound);
                    foreach (var segment in segments)
                        writer.Add([
                            .. (await FramesAsync(session, publication, segment.Number)).Where(f =>
                                f.Track == made.Picture || f.Track == made.Sound
                            ),
                        ]);
                    writer.Finish();
                }
            )
                is { } path
            ? (path, made)
            : null;
    }

    /// <summary>Plans one file of the whole lecture.</summary>
    /// <param name="isKept">Whether the file contains a publication. Null if it contains all.</param>
    /// <returns>The plan. If the pictures have different codecs, the plan is null and the code is <c>recording.mixed-codecs</c>. If the
    /// recording has no piece, or one piece with at most one picture, the plan and the code are null.</returns>
    public async Task<(JoinedRecording? Joined, Code? Code)> PlanAsync(SessionId session, Func<RecordingHead, bool>? isKept = null)
    {
        List<(RecordingHead, IReadOnlyList<RecordedSegment>)> recorded = [];
        var (pictures, hasSound, codecs) = (0, false, new HashSet<bool>());
        foreach (var head in (await recordings.ListAsync(session)).Where(h => isKept?.Invoke(h) != false))
        {
            var segments = await recordings.SegmentsAsync(session, head.Publication);
            recorded.Add((head, segments));
            hasSound |= SoundOf(segments) is not null;
            foreach (var track in (byte[])[MediaTracks.Screen, MediaTracks.Camera])
            {
                if (!segments.Any(s => s.Tracks.Contains(track)))
                    continue;
                pictures++;
                if (await IsH264Async(session, head.Publication, segments, track) is { } isH264)
                    codecs.Add(isH264);
            }
        }
        var pieces = JoinedRecording.Plan(recorded);
        if (pieces.Count == 0 || (pieces.Count == 1 && pictures < 2))
            return (null, null);
        return codecs.Count > 1
            ? (null, RecordingCodes.MixedCodecs)
            : (new(pieces, codecs.Count > 0, hasSound, codecs.Contains(true)), null);
    }

    /// <returns>The full path. Null when the recording was deleted meanwhile.</returns>
    public async Task<string?> MakeAsync(SessionId session, JoinedRecording joined)
    {
        var publications = joined.Pieces.Select(p => p.Head.Publication).Distinct().Order().ToList();
        Dictionary<uint, List<RecordedSegment>> segments = [];
        foreach (var publication in publications)
            segments[publication] = await recordings.SegmentsAsync(session, publication);
        return await MakeAsync(
            session,
            publications,
            Joined,
            segments.Values.Sum(s => s.Sum(one => one.Bytes)),
            joined.Extension,
            async file =>
            {
                byte? picture = joined.HasPicture ? MediaTracks.Camera : null,
                    sound = joined.HasSound ? MediaTracks.Microphone : null;
                IMediaFileWriter writer = joined.IsH264
                    ? new Mp4Writer(file, picture, sound, isJoined: true)
                    : new WebmWriter(file, picture, sound, isJoined: true);
                var frames = new JoinedFrames(joined);
                foreach (var piece in joined.Pieces)
                {
                    var own = segments[piece.Head.Publication];
                    frames.Begin(piece, SoundOf(own));
                    foreach (var segment in own.Where(s => s.From < piece.To && s.To > piece.From))
                        writer.Add(frames.Of(await FramesAsync(session, piece.Head.Publication, segment.Number)));
                }
                writer.Add(frames.Rest());
                writer.Finish();
            }
        );
    }

    /// <summary>
    /// Makes a file and keeps it next to its last publication. The name of the file contains the size of its parts, so that the file is
    /// made again after its parts have grown.
    /// </summary>
    /// <param name="bytes">The size of all parts of the file.</param>
    private async Task<string?> MakeAsync(
        SessionId session,
        List<uint> publications,
        string name,
        long bytes,
        string extension,
        Func<Stream, Task> write
    )
    {
        var path = Path.GetFullPath(recordings.MadeFile(session, publications[^1], $"{name}-{bytes}{extension}"));
        if (File.Exists(path))
            return path;
        await _oneAtATime.WaitAsync();
        try
        {
            if (File.Exists(path))
                return path;
            foreach (var publication in publications)
            foreach (
                var old in Directory.EnumerateFiles(
                    Path.GetDirectoryName(recordings.MadeFile(session, publication, name))!,
                    $"{name}-*{extension}"
                )
            )
                File.Delete(old);
            // Another web node may make the same file at the same time. So each unfinished file has a name of its own.
            var unfinished = $"{path}.{Guid.NewGuid():N}.new";
            try
            {
                await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 18))
                    await write(file);
                File.Move(unfinished, path, overwrite: true);
            }
            finally
            {
                if (File.Exists(unfinished))
                    File.Delete(unfinished);
            }
            return path;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return null; // the recording was deleted meanwhile
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<RecordedFile?> FindAsync(SessionId session, uint publication, byte? track)
    {
        var segments = await recordings.SegmentsAsync(session, publication);
        var tracks = segments.SelectMany(s => s.Tracks).ToHashSet();
        byte? picture =
            track is { } asked ? (tracks.Contains(asked) && !MediaTracks.IsAudio(asked) ? asked : null)
            : tracks.Contains(MediaTracks.Screen) ? MediaTracks.Screen
            : tracks.Contains(MediaTracks.Camera) ? MediaTracks.Camera
            : null;
        var sound = SoundOf(segments);
        if (segments.Count == 0 || (track is not null && picture is null) || (picture is null && sound is null))
            return null;
        var own = segments.Where(s => (picture is { } p && s.Tracks.Contains(p)) || (sound is { } a && s.Tracks.Contains(a))).ToList();
        var first = (await FramesAsync(session, publication, own[0].Number)).FirstOrDefault(f => f.Track == picture || f.Track == sound);
        if (first.Wire.IsEmpty)
            return null; // the segment has no complete frame
        return new(
            picture,
            sound,
            picture is { } shown && await IsH264Async(session, publication, segments, shown) is true,
            first.Timestamp,
            own.Max(s => s.To)
        );
    }

    private static byte? SoundOf(List<RecordedSegment> segments) =>
        segments.Any(s => s.Tracks.Contains(MediaTracks.Microphone)) ? MediaTracks.Microphone
        : segments.Any(s => s.Tracks.Contains(MediaTracks.ScreenSound)) ? MediaTracks.ScreenSound
        : null;

    /// <returns>Null when the first segment with the picture has no complete keyframe of the picture.</returns>
    private async Task<bool?> IsH264Async(SessionId session, uint publication, List<RecordedSegment> segments, byte picture)
    {
        var key = (await FramesAsync(session, publication, segments.First(s => s.Tracks.Contains(picture)).Number)).FirstOrDefault(f =>
            f.Track == picture && f.IsKey
        );
        return key.IsKey ? MediaWire.ReadConfig(key).IsH264 : null;
    }

    /// <summary>Reads frames and sorts them by time, as players need. They are stored in the order of arrival.</summary>
    private async Task<List<MediaFrame>> FramesAsync(SessionId session, uint publication, int segment)
    {
        await using var stream = recordings.Open(session, publication, segment) ?? Stream.Null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return [.. SegmentReader.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length)).OrderBy(f => f.Timestamp)];
    }
}

/// <summary>Writes frames of one picture and one sound as a file.</summary>
internal interface IMediaFileWriter
{
    /// <summary>
    /// Adds some seconds of frames, in the order of time. These frames are later than the frames of the previous call, except for a few
    /// around the border between the two calls.
    /// </summary>
    void Add(List<MediaFrame> frames);

    void Finish();
}
