using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>A file that can be made of a publication: one picture and one sound, either of which may be missing.</summary>
/// <param name="From">Microseconds of the publication's clock at which the file's time is zero.</param>
/// <param name="To">Where it ends.</param>
internal sealed record RecordedFile(byte? Picture, byte? Sound, bool IsH264, long From, long To)
{
    public string Extension => IsH264 ? ".mp4" : ".webm";

    public string Type => IsH264 ? "video/mp4" : Picture is null ? "audio/webm" : "video/webm";

    /// <summary>What is seen in it: <c>screen</c>, <c>camera</c>, or <c>sound</c> alone.</summary>
    public string Shows => Picture is null ? "sound" : Picture == MediaTracks.Screen ? "screen" : "camera";

    /// <summary>As it is called where it is downloaded, without the extension.</summary>
    /// <param name="part">Which of the lecture's publications it is of, from 1: the names sort as they were sent.</param>
    public string Name(SessionId session, int part) => $"{session}-{part:00}-{Shows}";
}

/// <summary>Makes standard files of recorded publications and keeps them beside what they are made of.</summary>
internal sealed class RecordingFiles(IRecordings recordings) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>One for each picture; one of the sound where there is none.</summary>
    public async Task<List<RecordedFile>> ListAsync(SessionId session, uint publication)
    {
        var tracks = (await recordings.SegmentsAsync(session, publication)).SelectMany(s => s.Tracks).ToHashSet();
        List<RecordedFile> files = [];
        foreach (var track in (byte[])[MediaTracks.Screen, MediaTracks.Camera])
            if (tracks.Contains(track) && await FindAsync(session, publication, track) is { } file) files.Add(file);
        if (files.Count == 0 && await FindAsync(session, publication, null) is { } sound) files.Add(sound);
        return files;
    }

    /// <param name="track">Null: the screen where there is one, else the camera.</param>
    /// <returns>The file's full path and what it is; null where there is nothing to make it of.</returns>
    public async Task<(string Path, RecordedFile File)?> MakeAsync(SessionId session, uint publication, byte? track)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            if (await FindAsync(session, publication, track) is not { } made) return null;
            var path = Path.GetFullPath(recordings.MadeFile(session, publication, $"track-{made.Picture ?? made.Sound}{made.Extension}"));
            if (File.Exists(path)) return (path, made);
            await using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 18))
            {
                IMediaFileWriter writer = made.IsH264 ? new Mp4Writer(file, made.Picture, made.Sound) : new WebmWriter(file, made.Picture, made.Sound);
                foreach (var segment in await recordings.SegmentsAsync(session, publication)) writer.Add(await FramesAsync(session, publication, segment.Number, made.Picture, made.Sound));
                writer.Finish();
            }
            File.Move(path + ".new", path, overwrite: true);
            return (path, made);
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
        byte? picture = track is { } asked ? (tracks.Contains(asked) && !MediaTracks.IsAudio(asked) ? asked : null)
            : tracks.Contains(MediaTracks.Screen) ? MediaTracks.Screen : tracks.Contains(MediaTracks.Camera) ? MediaTracks.Camera : null;
        byte? sound = tracks.Contains(MediaTracks.Microphone) ? MediaTracks.Microphone : tracks.Contains(MediaTracks.ScreenSound) ? MediaTracks.ScreenSound : null;
        if (segments.Count == 0 || (track is not null && picture is null) || (picture is null && sound is null)) return null;
        var own = segments.Where(s => (picture is { } p && s.Tracks.Contains(p)) || (sound is { } a && s.Tracks.Contains(a))).ToList();
        var first = await FramesAsync(session, publication, own[0].Number, picture, sound);
        if (first.Count == 0) return null; // it was torn before its first frame
        var key = picture is null ? default : (await FramesAsync(session, publication, own.First(s => s.Tracks.Contains(picture.Value)).Number, picture, null)).FirstOrDefault(f => f.IsKey);
        return new(picture, sound, key.IsKey && MediaWire.ReadConfig(key).IsH264, first[0].Timestamp, own.Max(s => s.To));
    }

    /// <summary>They came in the order of their arrival; players want the order of their time.</summary>
    private async Task<List<MediaFrame>> FramesAsync(SessionId session, uint publication, int segment, byte? picture, byte? sound)
    {
        await using var stream = recordings.Open(session, publication, segment) ?? Stream.Null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return [.. SegmentReader.Read(bytes.ToArray()).Where(f => f.Track == picture || f.Track == sound).OrderBy(f => f.Timestamp)];
    }
}

/// <summary>Writes frames of one picture and one sound as a file.</summary>
internal interface IMediaFileWriter
{
    /// <summary>Some seconds of frames, by time; each call's are later than those of the one before, but for a few at the edge.</summary>
    void Add(List<MediaFrame> frames);

    void Finish();
}
