using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ConsultHub.Lectures.Media;
using ConsultHub.Silo;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>
/// Recordings as files: <c>recordings/{session}/{publication}/000012.media</c>, with <c>about.json</c> and an index with one line for each
/// sealed segment. If a writer is killed, its last segment has no line. Such a segment is read up to its last complete frame, so nothing
/// has to be repaired.
/// </summary>
internal sealed class FileRecordings(IOptions<HubOptions> hub) : IRecordings
{
    private const string About = "about.json",
        Index = "index",
        Extension = ".media";

    private string Root => Path.Combine(hub.Value.DataPath, "recordings");

    public IEnumerable<SessionId> Sessions() =>
        Directory.Exists(Root)
            ? Directory
                .EnumerateDirectories(Root)
                .Select(Path.GetFileName)
                .Where(TextId.IsValid)
                .Select(name => new SessionId(name!))
                .ToList()
            : [];

    public async Task<List<RecordingHead>> ListAsync(SessionId session)
    {
        List<RecordingHead> heads = [];
        var folder = Path.Combine(Root, session.Value);
        if (!Directory.Exists(folder))
            return heads;
        foreach (var about in Directory.EnumerateDirectories(folder).Select(f => Path.Combine(f, About)).Where(File.Exists))
            heads.Add(JsonSerializer.Deserialize<RecordingHead>(await File.ReadAllTextAsync(about), HubJson.Options)!);
        return [.. heads.OrderBy(h => h.Publication)];
    }

    public async Task<List<RecordedSegment>> SegmentsAsync(SessionId session, uint publication)
    {
        var folder = Folder(session, publication);
        if (!Directory.Exists(folder))
            return [];
        var index = Path.Combine(folder, Index);
        var sealedOnes = (File.Exists(index) ? await File.ReadAllLinesAsync(index) : [])
            .Select(Parse)
            .OfType<RecordedSegment>()
            .ToDictionary(s => s.Number);
        List<RecordedSegment> segments = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal))
        {
            if (!int.TryParse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture, out var number))
                continue;
            if (!sealedOnes.TryGetValue(number, out var segment))
                segment = SegmentReader.Summarize(number, await ReadSharedAsync(file));
            if (segment is not null)
                segments.Add(segment);
        }
        return segments;
    }

    public Stream? Open(SessionId session, uint publication, int segment)
    {
        var path = Path.Combine(Folder(session, publication), FileName(segment));
        return File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true)
            : null;
    }

    public async Task<IRecordingWriter> BeginAsync(SessionId session, RecordingHead head)
    {
        var folder = Directory.CreateDirectory(Folder(session, head.Publication)).FullName;
        var about = Path.Combine(folder, About);
        await File.WriteAllTextAsync(about + ".new", JsonSerializer.Serialize(head, HubJson.Options));
        File.Move(about + ".new", about, overwrite: true);
        return new Writer(folder);
    }

    public string MadeFile(SessionId session, uint publication, string name) => Path.Combine(Folder(session, publication), name);

    public Task DeleteAsync(SessionId session)
    {
        Directory.Delete(Path.Combine(Root, session.Value), recursive: true);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(SessionId session, uint publication)
    {
        foreach (
            var joined in Directory
                .EnumerateFiles(Path.Combine(Root, session.Value), RecordingFiles.Joined + "-*", SearchOption.AllDirectories)
                .ToList()
        )
            File.Delete(joined);
        Directory.Delete(Folder(session, publication), recursive: true);
        return Task.CompletedTask;
    }

    private string Folder(SessionId session, uint publication) =>
        Path.Combine(Root, session.Value, publication.ToString(CultureInfo.InvariantCulture));

    private static string FileName(int segment) => segment.ToString("000000", CultureInfo.InvariantCulture) + Extension;

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            1 << 16,
            useAsync: true
        );
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <returns>Null for an incomplete line.</returns>
    private static RecordedSegment? Parse(string line) =>
        line.Split(' ') is [var number, var from, var to, var bytes, var tracks, "."]
            ? new(
                int.Parse(number, CultureInfo.InvariantCulture),
                long.Parse(from, CultureInfo.InvariantCulture),
                long.Parse(to, CultureInfo.InvariantCulture),
                long.Parse(bytes, CultureInfo.InvariantCulture),
                [.. tracks.Split(',').Select(t => byte.Parse(t, CultureInfo.InvariantCulture))]
            )
            : null;

    private sealed class Writer(string folder) : IRecordingWriter
    {
        private FileStream? _segment;
        private int _number;

        public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes)
        {
            if (_segment is null)
            {
                _segment = new FileStream(
                    Path.Combine(folder, FileName(_number)),
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.Read | FileShare.Delete,
                    1 << 16,
                    useAsync: true
                );
                _segment.WriteByte(MediaWire.Version);
            }
            await _segment.WriteAsync(bytes);
        }

        public async ValueTask FlushAsync()
        {
            if (_segment is null)
                return;
            await _segment.FlushAsync();
            _segment.Flush(flushToDisk: true);
        }

        public async ValueTask SealAsync(RecordedSegment segment)
        {
            if (_segment is null)
                return;
            await FlushAsync();
            await _segment.DisposeAsync();
            _segment = null;
            await File.AppendAllTextAsync(
                Path.Combine(folder, Index),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_number++} {segment.From} {segment.To} {segment.Bytes} {string.Join(',', segment.Tracks)} .\n"
                )
            );
        }

        public async ValueTask DisposeAsync()
        {
            if (_segment is not null)
                await _segment.DisposeAsync();
        }
    }
}
