using System.Globalization;
using System.Runtime.InteropServices;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// This program started a second time, to look into one PDF and end. A file may be made to overflow the stack or to fill the memory of
/// whoever
/// reads it: then this process dies, and the hub that started it learns that the file is no good.
/// </summary>
internal static class SlideReader
{
    /// <summary>The subcommand; the path of a file follows it.</summary>
    public const string Command = "read-slides";

    /// <summary>What it prints: this word and a number, or the code of what is wrong.</summary>
    public const string Pages = "pages";

    public const int MostPages = 2_000;

    /// <returns>The exit code; 0 where it has printed what it found.</returns>
    public static int Run(string path, TimeSpan patience)
    {
        // A hub that is killed meanwhile ends nobody, so this ends by itself.
        using var watchdog = new Timer(_ => Environment.Exit(2), null, patience, Timeout.InfiniteTimeSpan);
        LeaveNoCore();
        Console.WriteLine(Look(path));
        return 0;
    }

    private static string Look(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> head = stackalloc byte[5];
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.SequenceEqual("%PDF-"u8))
                return SlideCodes.NotPdf;
            file.Position = 0;
            using var document = PdfDocument.Open(file);
            return document.NumberOfPages switch
            {
                < 1 => SlideCodes.Broken,
                > MostPages => SlideCodes.TooManyPages,
                var pages => string.Create(CultureInfo.InvariantCulture, $"{Pages} {pages}"),
            };
        }
        catch (PdfDocumentEncryptedException)
        {
            return SlideCodes.Encrypted;
        }
        catch (Exception e) // a reader of files from outside fails in many ways; each means that the file is no good
        {
            return IsOutOfMemory(e) ? SlideCodes.TooComplex : SlideCodes.Broken;
        }
    }

    private static bool IsOutOfMemory(Exception? e) => e is not null && (e is OutOfMemoryException || IsOutOfMemory(e.InnerException));

    /// <summary>A stack overflow is expected here, and its memory worth nothing to anybody.</summary>
    private static void LeaveNoCore()
    {
        const int setDumpable = 4;
        if (OperatingSystem.IsLinux())
            _ = Control(setDumpable, 0, 0, 0, 0);
    }

    [DllImport("libc", EntryPoint = "prctl"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint two, nuint three, nuint four, nuint five);
}
