using System.Text;

namespace ConsultHub.Anchors;

/// <summary>
/// The anchor file of one process. New lines are appended. When the file is opened, when it has grown too long, and after a failed write,
/// it is rewritten with the newest anchors of each journal. If a later anchor contradicts an earlier anchor, every rewrite also keeps the
/// earlier anchor, because it proves that rows were altered. Not thread-safe.
/// </summary>
internal sealed class AnchorFile : IDisposable
{
    private const int MostPlaces = 64,
        FewestLines = 4096;

    private readonly FileStream _lock;
    private readonly Dictionary<(string Journal, bool Snapshot), AnchorLine> _newest = [];
    private readonly Dictionary<string, AnchorLine> _contradicted = [];
    private readonly List<string> _unread = [];
    private StreamWriter _writer;
    private int _lines;
    private bool _isBroken;

    private AnchorFile(string path, FileStream held)
    {
        (Path, _lock) = (path, held);
        foreach (var text in Lines(path))
            if (AnchorLine.Parse(text) is { } line)
                Keep(line);
            else
                _unread.Add(text);
        _writer = WriteAnew();
    }

    public string Path { get; }

    /// <summary>Opens the first file that no other process uses.</summary>
    /// <param name="who">A part of the file name: it says whether a node or an operator's command writes the file. So a command that
    /// another user runs does not take the file of a node.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public static AnchorFile Open(string folder, string who)
    {
        MakeFolder(folder);
        var machine = string.Concat(Environment.MachineName.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));
        for (var place = 1; ; place++)
        {
            var path = System.IO.Path.Combine(folder, FormattableString.Invariant($"{machine}-{who}-{place}{AnchorFolder.Extension}"));
            FileStream held;
            try
            {
                held = new FileStream(path + ".lock", Private(FileMode.OpenOrCreate));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && place < MostPlaces && File.Exists(path + ".lock"))
            {
                continue; // another process uses it, or it belongs to another user
            }
            try
            {
                return new AnchorFile(path, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
    }

    /// <summary>Appends new anchors and waits until they are on the disk.</summary>
    /// <returns>The journals whose new anchor contradicts an earlier one.</returns>
    public List<string> Append(IEnumerable<AnchorLine> lines)
    {
        List<string> contradicting = [];
        var fresh = new StringBuilder();
        foreach (var line in lines)
        {
            if (_newest.TryGetValue((line.Journal, line.Row is null), out var known) && known == line)
                continue;
            if (!Keep(line))
                contradicting.Add(line.Journal);
            fresh.Append(line).Append('\n');
            _lines++;
        }
        try
        {
            if (_isBroken || _lines > FewestLines + (4 * _newest.Count))
                Replace();
            else
            {
                _writer.Write(fresh);
                Flush(_writer);
            }
        }
        catch
        {
            // It is unknown how much of the text was written. The next call rewrites the whole file.
            _isBroken = true;
            throw;
        }
        return contradicting;
    }

    private void Replace()
    {
        var (before, anew) = (_writer, WriteAnew());
        (_writer, _isBroken) = (anew, false);
        try
        {
            before.Dispose();
        }
        catch (IOException)
        {
            // The new file contains what the old writer had not written yet.
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _lock.Dispose();
    }

    /// <summary>The complete lines of the file. A last line without a line end was cut short and is left out.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path))
            return [];
        using var reader = new StreamReader(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
            Encoding.UTF8
        );
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <returns>False if the line contradicts an earlier line about the same journal.</returns>
    private bool Keep(AnchorLine line)
    {
        var key = (line.Journal, line.Row is null);
        var contradicts =
            line.Row is not null
            && _newest.TryGetValue(key, out var before)
            && (line.Number < before.Number || (line.Number == before.Number && line.Hash != before.Hash));
        if (contradicts)
            _contradicted.TryAdd(line.Journal, _newest[key]);
        _newest[key] = line;
        return !contradicts;
    }

    private StreamWriter WriteAnew()
    {
        using (var anew = new StreamWriter(new FileStream(Path + ".new", Private(FileMode.Create)), new UTF8Encoding(false)))
        {
            foreach (var text in _unread.Concat(_contradicted.Values.Concat(_newest.Values).Select(line => line.ToString())))
                anew.Write(text + "\n");
            Flush(anew);
        }
        File.Move(Path + ".new", Path, overwrite: true);
        _lines = 0;
        return new StreamWriter(
            new FileStream(
                Path,
                new FileStreamOptions
                {
                    Mode = FileMode.Append,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                }
            ),
            new UTF8Encoding(false)
        );
    }

    private static void Flush(StreamWriter writer)
    {
        writer.Flush();
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
