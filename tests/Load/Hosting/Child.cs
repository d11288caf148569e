using System.Diagnostics;

namespace ConsultHub.Load.Hosting;

/// <summary>A process of this program's own that ends with it, however it ends: what it runs watches its input, which closes
/// then.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public StreamReader Output => _process.StandardOutput;

    public StreamWriter Input => _process.StandardInput;

    public int Id => _process.Id;

    /// <summary>Starts this program once more, with another subcommand.</summary>
    public static Child Again(string command, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("dotnet", [typeof(Child).Assembly.Location, command], environment);

    /// <summary>Starts a program that does not watch its input by way of a shell that does, and kills it then. The first line of the output
    /// is its process id.</summary>
    /// <param name="log">Where its output goes.</param>
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

    /// <summary>Closes its input and waits for its end.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
        _process.WaitForExit();
        _process.Dispose();
    }
}
