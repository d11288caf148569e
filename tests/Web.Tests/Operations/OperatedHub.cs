using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Operations;

/// <summary>A hub that only one test class uses, so that all metrics come from that class, and a collector for its telemetry.</summary>
public sealed class OperatedHub : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string Text)> _collected = [];
    private readonly HttpListener _collector = new();
    private Task _collecting = Task.CompletedTask;
    private HubHost? _host;

    public Uri Address => _host!.Address;

    public Task<Caller> SignInAsync(string person) => Caller.SignInAsync(Address, person);

    /// <summary>
    /// Whether the collector received data with a given text at a path, such as <c>/v1/traces</c>. Protobuf leaves texts readable.
    /// </summary>
    public bool Collected(string path, string text) =>
        _collected.Any(c => c.Path == path && c.Text.Contains(text, StringComparison.Ordinal));

    public async Task<Figures> ReadAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        return new Figures(await http.GetStringAsync("metrics"));
    }

    public async ValueTask InitializeAsync()
    {
        var address = $"http://127.0.0.1:{FreePort()}/";
        _collector.Prefixes.Add(address);
        _collector.Start();
        _collecting = CollectAsync();
        _host = await HubHost.StartAsync(
            environment: new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            }
        );
    }

    private async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                var context = await _collector.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1);
                _collected.Enqueue((context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync()));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The collector is closed.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        _collector.Close();
        await _collecting;
    }
}

/// <summary>The output of <c>/metrics</c> in the Prometheus text format.</summary>
public sealed partial class Figures(string text)
{
    private readonly ILookup<string, (string Labels, double Value)> _samples = Sample()
        .Matches(text)
        .ToLookup(m => m.Groups[1].Value, m => (m.Groups[2].Value, double.Parse(m.Groups[3].Value, CultureInfo.InvariantCulture)));

    /// <summary>The names of all samples. Those of histograms end in _bucket, _sum or _count.</summary>
    public IEnumerable<string> Names => _samples.Select(s => s.Key);

    /// <summary>The sum of the samples that have this name and whose labels contain the text. 0 if there are none.</summary>
    public double this[string name, string label = ""] =>
        _samples[name].Where(s => s.Labels.Contains(label, StringComparison.Ordinal)).Sum(s => s.Value);

    [GeneratedRegex(@"^([a-z_0-9]+)(\{[^\n]*\})? (\S+)( \d+)?$", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
