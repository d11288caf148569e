using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ConsultHub.Tests.Cluster;

/// <summary>A silo or a web node as a separate process. A test can kill it, ask it to stop, and start it again.</summary>
internal sealed class ClusterNode : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _said = [];
    private Process? _process;

    /// <param name="program">The assembly to start. It lies beside this one.</param>
    public ClusterNode(string program, IReadOnlyDictionary<string, string> settings)
    {
        (_program, _settings) = (Path.Combine(AppContext.BaseDirectory, program), settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    public bool IsUp => _process is { HasExited: false };

    /// <summary>When the process was last started, in UTC.</summary>
    public DateTime Since { get; private set; }

    /// <summary>Everything that the process has printed.</summary>
    public string Said => string.Join('\n', _said);

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [_program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        Since = DateTime.UtcNow;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Kills the process as kill -9 does, and waits until it has ended.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Asks the process to stop, as a service manager does, and returns at once.</summary>
    public void AskToStop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the process has ended by itself, and returns its exit code.</summary>
    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    public void Dispose() => Kill();
}
