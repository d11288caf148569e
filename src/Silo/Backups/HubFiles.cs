namespace ConsultHub.Backups;

/// <summary>A part of a file, in order; a file's parts stand together.</summary>
/// <param name="Path">Within the data path, such as <c>lectures/s01/slides/….pdf</c>.</param>
/// <param name="From">Bytes of the file before it; 0 begins a file.</param>
internal sealed record BackupPart(string Path, long From, byte[] Data);

/// <summary>
/// What the hub keeps as files: decks of slides and recordings, in the data path, which the web nodes of a cluster share. The keys of
/// cookies lie there too and
/// are nobody's to copy; hub.db is the database itself.
/// </summary>
internal sealed class HubFiles(string dataPath)
{
    private const string Slides = "lectures",
        Recordings = "recordings";

    /// <summary>Bytes: so that a line of a backup is a small object.</summary>
    private const int PartLength = 24 * 1024;

    public string Folder { get; } = Path.GetFullPath(dataPath);

    /// <exception cref="BackupException">The folder is missing.</exception>
    public void MustExist()
    {
        if (!Directory.Exists(Folder))
            throw new BackupException(
                $"There is no folder {Folder} for slides and recordings: let Hub:DataPath name the one that the web nodes share, or make an empty one."
            );
    }

    /// <summary>
    /// All files, but for what is being put in its place at this moment and what is made of a recording whenever somebody asks for it. A
    /// recording that
    /// grows is taken as far as it is: what its index names is whole, and its last segment is read up to the last whole frame.
    /// </summary>
    /// <param name="recordings">Whether recordings, by far the most of it, are wanted.</param>
    /// <exception cref="BackupException">The folder is missing, or a file in it cannot be read.</exception>
    public IEnumerable<BackupPart> Read(bool recordings)
    {
        MustExist();
        return ReadFolder(Slides).Concat(recordings ? ReadFolder(Recordings) : []);
    }

    private IEnumerable<BackupPart> ReadFolder(string folder)
    {
        // The index before the segments: what it names is complete by then.
        foreach (var name in List(folder, Directory.EnumerateFiles).OrderBy(n => n != "index").ThenBy(n => n, StringComparer.Ordinal))
            if (Path.GetExtension(name) is not (".new" or ".part") && !IsMade(name))
                foreach (var part in ReadFile($"{folder}/{name}"))
                    yield return part;
        foreach (var name in List(folder, Directory.EnumerateDirectories).Order(StringComparer.Ordinal))
        foreach (var part in ReadFolder($"{folder}/{name}"))
            yield return part;
    }

    /// <summary>Of a recording's segments, for whoever takes it along.</summary>
    private static bool IsMade(string name) =>
        name.StartsWith("track-", StringComparison.Ordinal) || name.StartsWith("lecture-", StringComparison.Ordinal);

    private List<string> List(string folder, Func<string, IEnumerable<string>> list) =>
        Try(folder, () => (List<string>)[.. list(Path.Combine(Folder, folder)).Select(path => Path.GetFileName(path))]) ?? [];

    private IEnumerable<BackupPart> ReadFile(string path)
    {
        using var file = Try(
            path,
            () =>
                new FileStream(Path.Combine(Folder, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16)
        );
        if (file is null)
            yield break;
        var (from, length) = (0L, file.Length);
        do
        {
            var data = new byte[Math.Min(PartLength, length - from)];
            Try(
                path,
                () =>
                {
                    file.ReadExactly(data);
                    return data;
                }
            );
            yield return new(path, from, data);
            from += data.Length;
        } while (from < length);
    }

    /// <returns>Null where it is not there, or has just been deleted.</returns>
    private static T? Try<T>(string path, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} of the data path cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Follows parts, which come in order, and counts.</summary>
    /// <param name="source">The file they come from.</param>
    public sealed class Count(string source)
    {
        private BackupPart? _last;

        public long Files { get; private set; }

        public long Bytes { get; private set; }

        /// <exception cref="BackupException">It leads out of the folders of slides and recordings, or does not follow the part before
        /// it.</exception>
        public void Add(BackupPart part)
        {
            if (
                part is not { Path: not null, Data: not null }
                || !IsWithin(part.Path)
                || (part.From > 0 && (_last?.Path != part.Path || _last.From + _last.Data.Length != part.From))
            )
                throw SealedFile.Damaged(source);
            if (part.From == 0)
                Files++;
            Bytes += part.Data.Length;
            _last = part;
        }

        private static bool IsWithin(string path) =>
            path.Split('/') is [Slides or Recordings, _, ..] names
            && names.All(name => name.Length > 0 && name[0] != '.' && name.AsSpan().IndexOfAny('\\', ':', '\0') < 0);
    }

    /// <summary>Files that come back: beside their place until all of them are there, gone again unless they are to stay.</summary>
    /// <param name="source">The file they come from.</param>
    public sealed class Returning(HubFiles files, string source) : IDisposable
    {
        private readonly string _unfinished = Path.Combine(files.Folder, "restored.unfinished");
        private readonly List<string> _placed = [];
        private FileStream? _file;
        private bool _stay;

        public Count Count { get; } = new(source);

        /// <exception cref="BackupException">The part is damaged, there are files of its folder already, or it cannot be
        /// written.</exception>
        public void Add(BackupPart part)
        {
            Count.Add(part);
            Try(() =>
            {
                if (part.From == 0)
                    Begin(part.Path);
                _file!.Write(part.Data);
            });
        }

        /// <summary>Puts them in their place, where they stay if <see cref="Keep"/> is called.</summary>
        public void Place() =>
            Try(() =>
            {
                End();
                if (!Directory.Exists(_unfinished))
                    return;
                foreach (var from in Directory.EnumerateDirectories(_unfinished).ToList())
                {
                    var to = Path.Combine(files.Folder, Path.GetFileName(from));
                    if (Directory.Exists(to))
                        Directory.Delete(to);
                    Directory.Move(from, to);
                    _placed.Add(to);
                }
            });

        public void Keep() => _stay = true;

        public void Dispose()
        {
            _file?.Dispose();
            foreach (var folder in _stay ? [_unfinished] : (IEnumerable<string>)[.. _placed, _unfinished])
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
        }

        private void Begin(string path)
        {
            if (Count.Files == 1)
            {
                if (!OperatingSystem.IsWindows())
                    Directory.CreateDirectory(files.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                if (Directory.Exists(_unfinished))
                    Directory.Delete(_unfinished, recursive: true); // of a restore that was killed
            }
            var folder = Path.Combine(files.Folder, path[..path.IndexOf('/', StringComparison.Ordinal)]);
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw new BackupException(
                    $"The folder {folder} is not empty. A restore needs a new one: let Hub:DataPath name another, or move this one away."
                );
            End();
            var place = Path.Combine(_unfinished, path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            _file = new FileStream(place, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        }

        private void End()
        {
            _file?.Flush(flushToDisk: true);
            _file?.Dispose();
            _file = null;
        }

        private void Try(Action write)
        {
            try
            {
                write();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BackupException($"Slides and recordings cannot be written to {files.Folder}: {e.Message}", e);
            }
        }
    }
}
