using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConsultHub.Load.Hosting;

/// <summary>
/// A whole hub in one process, started as <c>src/Web</c> starts without configuration, with the demo network and a folder of its own. It
/// can be killed and started again.
/// </summary>
internal sealed class OwnHub : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-load-").FullName;
    private readonly string _address;
    private Child? _leash;

    private OwnHub(int port) => _address = $"http://127.0.0.1:{(port == 0 ? FreePort() : port)}";

    public Uri Address => new(_address);

    public int Process { get; private set; }

    public static async Task<OwnHub> StartAsync(int port)
    {
        var hub = new OwnHub(port);
        try
        {
            await hub.RestartAsync();
            return hub;
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    /// <summary>Kills the hub as kill -9 does.</summary>
    public void Kill()
    {
        if (_leash is null)
            return;
        _leash.Dispose();
        _leash = null;
        SpinWait.SpinUntil(() => Memory.Of(Process) is null or 0);
    }

    /// <summary>Starts the hub on the same data and waits until it is ready.</summary>
    public async Task RestartAsync()
    {
        var log = Path.Combine(_folder, "hub.log");
        _leash = Child.Leashed(
            ["dotnet", typeof(ConsultHub.Web.Access).Assembly.Location],
            log,
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = _address,
                ["Hub__DataPath"] = Path.Combine(_folder, "data"),
                ["Hub__Demo__Enabled"] = "true",
                ["Hub__Limits__Times"] = "1000",
            }
        );
        Process = int.Parse((await _leash.Output.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var until = DateTime.UtcNow + Patience;
        using var http = new HttpClient { BaseAddress = Address };
        while (!await IsReadyAsync(http))
        {
            if (DateTime.UtcNow > until || Memory.Of(Process) is null or 0)
                throw new LoadException("The hub did not start:\n" + await File.ReadAllTextAsync(log));
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>
    /// Finds a port below the range of outgoing connections, so that it is still free when the hub starts again. It is also outside the
    /// ranges that <c>tests/run.sh</c> gives to Browser.Tests and Web.Tests.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(28_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is taken. Try another.
            }
        }
    }
}
