using ConsultHub.Tests.Conferences;

namespace ConsultHub.Tests.Releases;

/// <summary>
/// One object as a release wrote it. It is one line in a file <c>{release}.payloads</c>: its name, its bytes in base64 and its
/// <see cref="Dump"/>, separated by tabs.
/// </summary>
/// <param name="Name">The type's name in payloads. The name of a call contains its interface and its method.</param>
internal sealed record Payload(string Name, string Bytes, string Dump)
{
    /// <summary>If nothing reads a type any more, a line of a later release has this word instead of the bytes.</summary>
    private const string Gone = "gone";

    private static readonly string Folder = Path.Combine(SharedSchedules.RepositoryRoot(), "tests", "Grains.Tests", "Releases");

    /// <summary>Returns the payloads of all releases, the oldest release first. Types that nothing reads any more are left out.</summary>
    public static List<Payload> ReadAll()
    {
        var all = Directory.GetFiles(Folder, "*.payloads").Order(StringComparer.Ordinal).SelectMany(Read).ToList();
        var gone = all.Where(p => p.Bytes == Gone).Select(p => p.Name).ToHashSet();
        all.RemoveAll(p => gone.Contains(p.Name));
        return all;
    }

    /// <summary>Adds lines to the file of a release and sorts its lines by name. The existing payloads stay the same.</summary>
    public static void Add(string release, IEnumerable<Payload> payloads)
    {
        var file = Path.Combine(Folder, release + ".payloads");
        var there = File.Exists(file) ? Read(file) : [];
        File.WriteAllLines(file, there.Concat(payloads).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => p.Line));
    }

    private string Line => Bytes == Gone ? $"{Name}\t{Gone}" : $"{Name}\t{Bytes}\t{Dump}";

    private static Payload[] Read(string file) =>
        [.. File.ReadAllLines(file).Select(line => line.Split('\t')).Select(parts => new Payload(parts[0], parts[1], parts[^1]))];
}
