using System.Runtime.InteropServices;

namespace ConsultHub.Storage;

/// <summary>What the hub stores is for the system's user that runs it: folders are 0700 and files 0600.</summary>
public static class PrivateFiles
{
    public const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const uint NobodyElse = 0b000_111_111;

    /// <summary>From now on this process makes no file that another user may read. Call it before anything else.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(NobodyElse);
    }

    /// <summary>Makes the data path where it is missing, and closes one to others that an earlier release has left open.</summary>
    public static void MakeDataPath(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        // Somebody may have named a folder that holds other things too: its mode is theirs.
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

    /// <summary>Makes an empty file of mode 0600 where there is none.</summary>
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
            // It belongs to another user, who has let this one in, or it has gone.
        }
    }

    [DllImport("libc", EntryPoint = "umask"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
