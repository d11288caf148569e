using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Journal;
using ConsultHub.Silo;

namespace ConsultHub.Anchors;

/// <summary>All anchor files of one hub.</summary>
internal sealed class AnchorFolder(string path)
{
    public const string Extension = ".anchors";

    /// <summary>Parts of file names. They distinguish the files of a hub's nodes from the files of an operator's commands.</summary>
    public const string Hub = "hub",
        Commands = "keeping";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The folder that the configuration names, or <c>anchors</c> in the data path if it names none.</summary>
    public static AnchorFolder Of(HubOptions options) =>
        new(options.AnchorPath is { Length: > 0 } named ? named : System.IO.Path.Combine(options.DataPath, "anchors"));

    /// <summary>Reads the anchors of all files and groups them by journal.</summary>
    /// <exception cref="AnchorException">A file cannot be read or is damaged.</exception>
    public ImmutableDictionary<string, NewestAnchors> Read()
    {
        List<AnchorLine> all = [];
        foreach (var file in Files())
        {
            var number = 0;
            foreach (var text in Try(file, () => AnchorFile.Lines(file).ToList()))
            {
                number++;
                all.Add(
                    AnchorLine.Parse(text)
                        ?? throw new AnchorException(
                            string.Create(CultureInfo.InvariantCulture, $"{file} is damaged at line {number}: the line is not an anchor.")
                        )
                );
            }
        }
        return all.GroupBy(line => line.Journal)
            .ToImmutableDictionary(of => of.Key, of => new NewestAnchors(Of(of, l => l.Row), Of(of, l => l.Snapshot)));
    }

    /// <summary>
    /// Replaces all anchors after a restore. The old files may describe rows that are lost, so they are moved to a folder <c>before-…</c>.
    /// </summary>
    public void Renew(IEnumerable<AnchorLine> lines) =>
        Try(
            Path,
            () =>
            {
                AnchorFile.MakeFolder(Path);
                var aside = System.IO.Path.Combine(
                    Path,
                    "before-" + DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture)
                );
                foreach (var file in Files())
                {
                    AnchorFile.MakeFolder(aside);
                    File.Move(file, System.IO.Path.Combine(aside, System.IO.Path.GetFileName(file)));
                }
                return Append(lines);
            }
        );

    /// <summary>Appends the anchors of rows that a command has stored.</summary>
    /// <returns>The journals whose new anchor contradicts an earlier one.</returns>
    public List<string> Append(IEnumerable<AnchorLine> lines) =>
        Try(
            Path,
            () =>
            {
                using var file = AnchorFile.Open(Path, Commands);
                return file.Append(lines);
            }
        );

    private static ILookup<long, byte[]> Of(IEnumerable<AnchorLine> lines, Func<AnchorLine, long?> number) =>
        lines
            .Where(l => number(l) is not null)
            .DistinctBy(l => (number(l), l.Hash))
            .ToLookup(l => number(l)!.Value, l => Convert.FromHexString(l.Hash));

    private List<string> Files() =>
        Directory.Exists(Path) ? [.. Directory.EnumerateFiles(Path, "*" + Extension).Order(StringComparer.Ordinal)] : [];

    private static T Try<T>(string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AnchorException($"The anchors in {path} cannot be read or written: {e.Message}", e);
        }
    }
}

/// <summary>The anchors cannot be used. The message tells an operator why.</summary>
internal sealed class AnchorException(string message, Exception? inner = null) : Exception(message, inner);
