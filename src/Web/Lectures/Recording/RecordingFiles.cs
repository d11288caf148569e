using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>Makes standard files of recorded publications, one picture and one sound each, and keeps them beside what they are made of.</summary>
internal sealed class RecordingFiles(IRecordings recordings) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public void Dispose() => _oneAtATime.Dispose();

    /// <param name="track">Null: the screen where there is one, else the camera.</param>
    /// <returns>The file's full path and type of content; null where there is nothing to make it of.</returns>
    public async Task<(string Path, string Type)?> MakeAsync(SessionId session, uint publication, byte? track)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            var segments = await recordings.SegmentsAsync(session, publication);
            var tracks = segments.SelectMany(s => s.Tracks).ToHashSet();
            byte? picture = track is { } asked ? (tracks.Contains(asked) && !MediaTracks.IsAudio(asked) ? asked : null)
                : tracks.Contains(MediaTracks.Screen) ? MediaTracks.Screen : tracks.Contains(MediaTracks.Camera) ? MediaTracks.Camera : null;
            byte? sound = tracks.Contains(MediaTracks.Microphone) ? MediaTracks.Microphone : tracks.Contains(MediaTracks.ScreenSound) ? MediaTracks.ScreenSound : null;
            if (segments.Count == 0 || (track is not null && picture is null) || (picture is null && sound is null)) return null;
            var isH264 = picture is not null && await IsH264Async(session, publication, segments, picture.Value);
            var (extension, type) = isH264 ? (".mp4", "video/mp4") : (".webm", picture is null ? "audio/webm" : "video/webm");
            var path = Path.GetFullPath(recordings.MadeFile(session, publication, $"track-{picture ?? sound}{extension}"));
            if (File.Exists(path)) return (path, type);
            await using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 18))
            {
                IMediaFileWriter writer = isH264 ? new Mp4Writer(file, picture, sound) : new WebmWriter(file, picture, sound);
                foreach (var segment in segments)
                {
                    var frames = SegmentReader.Read(await BytesAsync(session, publication, segment.Number)).Where(f => f.Track == picture || f.Track == sound);
                    // They came in the order of their arrival; players want the order of their time.
                    writer.Add([.. frames.OrderBy(f => f.Timestamp)]);
                }
                writer.Finish();
            }
            File.Move(path + ".new", path, overwrite: true);
            return (path, type);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<bool> IsH264Async(SessionId session, uint publication, List<RecordedSegment> segments, byte track)
    {
        var first = segments.First(s => s.Tracks.Contains(track));
        return SegmentReader.Read(await BytesAsync(session, publication, first.Number)).Where(f => f.Track == track && f.IsKey).Select(f => MediaWire.ReadConfig(f).IsH264).FirstOrDefault();
    }

    private async Task<byte[]> BytesAsync(SessionId session, uint publication, int segment)
    {
        await using var stream = recordings.Open(session, publication, segment) ?? Stream.Null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}

/// <summary>Writes frames of one picture and one sound as a file.</summary>
internal interface IMediaFileWriter
{
    /// <summary>Some seconds of frames, by time; each call's are later than those of the one before, but for a few at the edge.</summary>
    void Add(List<MediaFrame> frames);

    void Finish();
}
