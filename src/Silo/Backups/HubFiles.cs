namespace ConsultHub.Backups;

/// <summary>A part of a file. The parts of one file follow each other in order.</summary>
/// <param name="Path">The path within the data path, such as <c>lectures/s01/slides/….pdf</c>.</param>
/// <param name="From">The position of the part in the file, in bytes. It is 0 for the first part of a file.</param>
internal sealed record BackupPart(string Path, long From, byte[] Data);

/// <summary>
/// The files that the hub keeps in the data path and that belong in a backup: slides and recordings. The web nodes of a cluster share this
/// folder. The keys of cookies are left out, because they must not be copied. hub.db is left out, because it is the database.
/// </summary>
internal sealed class HubFiles(string dataPath)
{
    private const string Slides = "lectures",
        Recordings = "recordings";

    /// <summary>
    /// The length of the longest part in bytes. Each part is one line of a backup. A line of this length is small enough that .NET does not
    /// treat it as a large object.
    /// </summary>
    private const int PartLength = 24 * 1024;

    public string Folder { get; } = Path.GetFullPath(dataPath);

    /// <exception cref="BackupException">The folder is missing.</exception>
    public void MustExist()
    {
        if (!Directory.Exists(Folder))
            throw new BackupException(
                $"There is no folder {Folder} for slides and recordings. "
                    + "Set Hub:DataPath to the folder that the web nodes share, or create an empty one."
            );
    }

    /// <summary>
    /// Reads all files, but leaves out unfinished files and files that were made from a recording for a download. A recording that is still
    /// growing is read up to its present end. Everything that its index names is complete, and players read its last segment up to the last
    /// complete frame.
    /// </summary>
    /// <param name="recordings">Whether recordings are included. They are by far the largest part.</param>
    /// <exception cref="BackupException">The folder is missing, or a file in it cannot be read.</exception>
    public IEnumerable<BackupPart> Read(bool recordings)
    {
        MustExist();
        return ReadFolder(Slides).Concat(recordings ? ReadFolder(Recordings) : []);
    }

    private IEnumerable<BackupPart> ReadFolder(string folder)
    {
        // The index is read before the segments. So every segment that the index names is complete when it is read.
        foreach (var name in List(folder, Directory.EnumerateFiles).OrderBy(n => n != "index").ThenBy(n => n, StringComparer.Ordinal))
            if (Path.GetExtension(name) is not (".new" or ".part") && !IsMade(name))
                foreach (var part in ReadFile($"{folder}/{name}"))
                    yield return part;
        foreach (var name in List(folder, Directory.EnumerateDirectories).Order(StringComparer.Ordinal))
        foreach (var part in ReadFolder($"{folder}/{name}"))
            yield return part;
    }

    /// <summary>Whether a file was made from the segments of a recording for a download.</summary>
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

    /// <returns>Null if the file or folder does not exist or has just been deleted.</returns>
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
            throw new BackupException($"{path} in the data path cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Checks that parts come in order, and counts files and bytes.</summary>
    /// <param name="source">The backup file from which the parts come.</param>
    public sealed class Count(string source)
    {
        private BackupPart? _last;

        public long Files { get; private set; }

        public long Bytes { get; private set; }

        /// <exception cref="BackupException">The path leads out of the folders of slides and recordings, or the part does not follow the
        /// one before it.</exception>
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

    /// <summary>
    /// Restores files. They are first written to a temporary folder. When all of them are written, they are moved to their places. They are
    /// deleted again unless <see cref="Keep"/> is called.
    /// </summary>
    /// <param name="source">The backup file from which the parts come.</param>
    public sealed class Returning(HubFiles files, string source) : IDisposable
    {
        private readonly string _unfinished = Path.Combine(files.Folder, "restored.unfinished");
        private readonly List<string> _placed = [];
        private FileStream? _file;
        private bool _stay;

        public Count Count { get; } = new(source);

        /// <exception cref="BackupException">The part is damaged, its folder already contains files, or it cannot be written.</exception>
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

        /// <summary>Moves the files to their places. They stay there only if <see cref="Keep"/> is called.</summary>
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
                    Directory.Delete(_unfinished, recursive: true); // left by a restore that was killed
            }
            var folder = Path.Combine(files.Folder, path[..path.IndexOf('/', StringComparison.Ordinal)]);
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw new BackupException(
                    $"The folder {folder} is not empty. A restore needs an empty one. "
                        + "Set Hub:DataPath to another folder, or move this one away."
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
