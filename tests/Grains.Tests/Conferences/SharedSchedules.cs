using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Tests.Conferences;

/// <summary>
/// Real programme files, which lie beside the project and are never copied into it. Tests are skipped if the files are absent.
/// </summary>
internal static class SharedSchedules
{
    private static readonly string Data =
        Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(RepositoryRoot(), "..", "shared", "data");

    /// <param name="name">The name of a schedule, or of a calendar with its folder below <c>ics</c>.</param>
    public static string PathOf(string name)
    {
        var path = Path.Combine(Data, name.EndsWith(".ics", StringComparison.Ordinal) ? "ics" : "schedule", name);
        Assert.SkipUnless(File.Exists(path), "The shared data folder is absent.");
        return path;
    }

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static ProgrammeFormat FormatOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".json" => ProgrammeFormat.ScheduleJson,
            ".ics" => ProgrammeFormat.Calendar,
            _ => ProgrammeFormat.ScheduleXml,
        };

    public static Programme Read(string name) => Assert.IsType<ProgrammeRead>(Result(name)).Programme;

    public static ImportResult Result(string name)
    {
        using var file = File.OpenRead(PathOf(name));
        return ProgrammeReader.Read(file, FormatOf(name));
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
