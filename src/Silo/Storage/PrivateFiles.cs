using System.Runtime.InteropServices;

namespace ConsultHub.Storage;

/// <summary>
/// Keeps the hub's data private to the system user that runs it: folders have mode 0700 and files 0600. On Windows, nothing is set.
/// </summary>
public static class PrivateFiles
{
    public const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const uint NobodyElse = 0b000_111_111;

    /// <summary>From this call on, the process creates no file that another user may read. Call it before anything else.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(NobodyElse);
    }

    /// <summary>Creates the data path if it does not exist. If an earlier release let other users read it, removes their access.</summary>
    public static void MakeDataPath(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        // The setting may name a folder that also contains other things. The mode of such a folder is not changed.
        var isOurs =
            !Directory.Exists(path)
            || System.IO.File.Exists(Path.Combine(path, "hub.lock"))
            || !Directory.EnumerateFileSystemEntries(path).Any();
        Directory.CreateDirectory(path, Folder);
        if (!isOurs)
            return;
        Close(path, Folder);
        foreach (var file in Directory.EnumerateFiles(path))
            Close(file, File);
        foreach (var folder in Directory.EnumerateDirectories(path))
            Close(folder, Folder);
    }

    /// <summary>Creates an empty file with mode 0600 if it does not exist.</summary>
    public static void MakeFile(string path)
    {
        if (System.IO.File.Exists(path))
            return;
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File;
        new FileStream(path, options).Dispose();
    }

    private static void Close(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            if ((System.IO.File.GetUnixFileMode(path) & ~mode) != 0)
                System.IO.File.SetUnixFileMode(path, mode);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException)
        {
            // The file belongs to another user who has given access, or it no longer exists.
        }
    }

    [DllImport("libc", EntryPoint = "umask"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
