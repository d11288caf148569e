using System.Globalization;
using System.Runtime.InteropServices;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// This program, started a second time to check one PDF. A malicious file can overflow the stack or fill the memory of its reader. Then
/// this process dies, and the hub that started it learns that the file cannot be used.
/// </summary>
internal static class SlideReader
{
    /// <summary>The subcommand. The path of a file follows it.</summary>
    public const string Command = "read-slides";

    /// <summary>
    /// The first word of the reader's answer. The number of pages follows it. If the file cannot be used, the answer is a code instead.
    /// </summary>
    public const string Pages = "pages";

    public const int MostPages = 2_000;

    /// <returns>The exit code. 0 when it has printed an answer.</returns>
    public static int Run(string path, TimeSpan patience)
    {
        // If the hub is killed, nobody ends this process, so it ends itself.
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
        catch (Exception e) // a PDF reader can fail in many ways; each means that the file cannot be used
        {
            return IsOutOfMemory(e) ? SlideCodes.TooComplex : SlideCodes.Broken;
        }
    }

    private static bool IsOutOfMemory(Exception? e) => e is not null && (e is OutOfMemoryException || IsOutOfMemory(e.InnerException));

    /// <summary>Switches core dumps off. A stack overflow is expected here, and a dump would help nobody.</summary>
    private static void LeaveNoCore()
    {
        const int setDumpable = 4;
        if (OperatingSystem.IsLinux())
            _ = Control(setDumpable, 0, 0, 0, 0);
    }

    [DllImport("libc", EntryPoint = "prctl"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint two, nuint three, nuint four, nuint five);
}
