using System.Diagnostics;

namespace ConsultHub.Load.Hosting;

/// <summary>
/// A child process that always ends with this process. The child reads its standard input and ends when that input closes.
/// </summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public StreamReader Output => _process.StandardOutput;

    public StreamWriter Input => _process.StandardInput;

    public int Id => _process.Id;

    /// <summary>Starts this program again with another subcommand.</summary>
    public static Child Again(string command, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("dotnet", [typeof(Child).Assembly.Location, command], environment);

    /// <summary>
    /// Starts a program that does not watch its input. A shell watches the input instead and kills the program when it closes. The first
    /// line of the output is the program's process id.
    /// </summary>
    /// <param name="log">The file for the program's output.</param>
    public static Child Leashed(string[] program, string log, IReadOnlyDictionary<string, string>? environment = null) =>
        Start(
            "sh",
            ["-c", "log=$1; shift; \"$@\" >>\"$log\" 2>&1 & echo $!; cat >/dev/null; kill -9 $! 2>/dev/null", "leash", log, .. program],
            environment
        );

    private static Child Start(string file, string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Closes the process's input and waits until it has ended.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has already ended.
        }
        _process.WaitForExit();
        _process.Dispose();
    }
}
