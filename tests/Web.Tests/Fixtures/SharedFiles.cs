namespace ConsultHub.Tests.Fixtures;

/// <summary>Published files that lie beside the project on some machines. Tests that need them are skipped elsewhere.</summary>
internal static class SharedFiles
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent;
        return Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(folder?.FullName ?? ".", "..", "shared", "data");
    }
}
