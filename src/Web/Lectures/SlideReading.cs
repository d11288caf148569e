using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// Starts <see cref="SlideReader"/> to check a file, and returns its answer. If that process dies or takes too long, returns a code.
/// </summary>
internal static class SlideReading
{
    /// <summary>The longest time for reading a file.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The limit of the reader's heap. A deck of 2,000 pages needs a tenth of it.</summary>
    private const long MostBytes = 256 << 20;

    private const int LongestAnswer = 100;

    /// <returns>The code of what is wrong with the file, or the number of its pages.</returns>
    public static async Task<(Code? Code, int Pages)> ReadAsync(string path, CancellationToken cancel)
    {
        using var reader = Process.Start(Ask(path)) ?? throw new InvalidOperationException("The reader of slides does not start.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            // A stack overflow prints a long trace, which nobody needs.
            var noise = reader.StandardError.BaseStream.CopyToAsync(Stream.Null, patience.Token);
            var answer = new char[LongestAnswer];
            var length = await reader.StandardOutput.ReadBlockAsync(answer, patience.Token);
            await noise;
            await reader.WaitForExitAsync(patience.Token);
            return reader.ExitCode == 0 ? Understand(new string(answer, 0, length).Trim()) : (SlideCodes.TooComplex, 0);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (SlideCodes.TooComplex, 0);
        }
        finally
        {
            if (!reader.HasExited)
                reader.Kill();
        }
    }

    private static (Code? Code, int Pages) Understand(string answer) =>
        answer.Split(' ') is [SlideReader.Pages, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var pages)
            ? (null, pages)
            : (SlideCodes.Of(answer) ?? SlideCodes.Broken, 0);

    private static ProcessStartInfo Ask(string path)
    {
        var (program, first) = Program();
        var start = new ProcessStartInfo(program, [.. first, SlideReader.Command, path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // The hub's secrets are in the environment. The reader does not need them.
        foreach (
            var name in start
                .Environment.Keys.Where(n =>
                    n is not ("PATH" or "DOTNET_ROOT" or "LD_LIBRARY_PATH" or "HOME" or "TMPDIR" or "SystemRoot" or "TEMP")
                )
                .ToList()
        )
            start.Environment.Remove(name);
        start.Environment["DOTNET_GCHeapHardLimit"] = MostBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return start;
    }

    /// <summary>
    /// Returns the command that starts this program again. It is the shared runtime's dotnet with this program's assembly if both files
    /// exist. Otherwise it is the program itself.
    /// </summary>
    private static (string Program, string[] First) Program()
    {
        var starter = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")
        );
        var assembly = Path.Combine(AppContext.BaseDirectory, "ConsultHub.Web.dll");
        return File.Exists(starter) && File.Exists(assembly) ? (starter, [assembly]) : (Environment.ProcessPath!, []);
    }
}
