using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ConsultHub.Silo;
using ConsultHub.Web;

namespace ConsultHub.Tests.Fixtures;

/// <summary>The hub as a separate process with a new data folder. A test can kill the process and start it again.</summary>
public sealed class HubHost : IAsyncDisposable
{
    public const string Password = "a demo password";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly (int First, int Last) Ports = ReadPorts();
    private static readonly ConcurrentDictionary<int, byte> Chosen = new();

    private readonly int _port = FreePort();
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-web-").FullName;
    private readonly bool _demo;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly HttpClient _http = new();
    private Process? _process;

    private HubHost(bool demo, IReadOnlyDictionary<string, string>? environment)
    {
        (_demo, _environment) = (demo, environment ?? new Dictionary<string, string>());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    /// <summary>The data folder, which the hub itself creates.</summary>
    public string DataPath => Path.Combine(_folder, "data");

    /// <summary>Everything that the process has printed.</summary>
    public string Said => string.Join('\n', _output);

    public int ProcessId => _process!.Id;

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>Starts the hub and waits until it is ready.</summary>
    /// <param name="environment">Further settings.</param>
    public static async Task<HubHost> StartAsync(bool demo = true, IReadOnlyDictionary<string, string>? environment = null)
    {
        var host = new HubHost(demo, environment);
        await host.RestartAsync();
        return host;
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

    /// <summary>Runs an operator's command on the hub's data, and returns what the command prints. The command must succeed.</summary>
    public async Task<string> KeepAsync(params string[] args)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(SiloHosting).Assembly.Location, .. args])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["Hub__DataPath"] = DataPath, ["DOTNET_gcServer"] = "0" },
            }
        )!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(await errors);
    }

    /// <summary>Starts the hub with the same data and waits until it is ready.</summary>
    public async Task RestartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
                ["Hub__DataPath"] = DataPath,
                ["Hub__Demo__Enabled"] = _demo.ToString(),
                ["Hub__Demo__Password"] = Password,
                ["Hub__Limits__Times"] = "1000", // all tests share one address and a few people
                ["DOTNET_gcServer"] = "0",
            },
        };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        var process = _process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var since = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (process.HasExited || since.Elapsed > Patience)
                throw new InvalidOperationException("The hub did not start:\n" + string.Join('\n', _output));
            await Task.Delay(20);
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await _http.GetAsync(new Uri(Address, "health/ready"))).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException) // a connection may break as soon as it is made
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Chooses a port below the range for outgoing connections, so that it is still free when the hub starts again. No port is chosen
    /// twice. The variable <c>HUB_TEST_PORTS</c>, such as <c>20000-23999</c>, sets the range, so that test projects that run at the same
    /// time use different ports.
    /// </summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(Ports.First, Ports.Last + 1);
            if (!Chosen.TryAdd(port, 0))
                continue;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is taken, so try another one.
            }
        }
    }

    private static (int First, int Last) ReadPorts() =>
        Environment.GetEnvironmentVariable("HUB_TEST_PORTS")?.Split('-') is [var first, var last]
            ? (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture))
            : (20_000, 31_999);
}
