using System.Globalization;
using System.Text.RegularExpressions;

namespace ConsultHub.Load.Hosting;

/// <summary>The metrics of a node, if it offers <c>/metrics</c> in Prometheus' text format.</summary>
internal sealed partial class Metrics
{
    private readonly List<(string Name, double Value)> _values = [];

    /// <returns>Null if the node offers no metrics.</returns>
    public static async Task<Metrics?> ReadAsync(Node node)
    {
        try
        {
            using var answer = await node.Http.GetAsync("metrics");
            if (
                !answer.IsSuccessStatusCode
                || answer.Content.Headers.ContentType?.MediaType is not ("text/plain" or "application/openmetrics-text")
            )
                return null;
            var metrics = new Metrics();
            foreach (var line in (await answer.Content.ReadAsStringAsync()).Split('\n'))
                if (
                    Line().Match(line) is { Success: true } match
                    && double.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var value)
                )
                    metrics._values.Add((match.Groups[1].Value, value));
            return metrics;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>How many messages Orleans has received from other nodes.</summary>
    public double? MessagesReceived => Sum("orleans_messaging_received_messages_size", "_count");

    /// <summary>How many rows the grains have read from storage.</summary>
    public double? StorageReads => Sum("orleans_storage_read_latency", "_count");

    private double? Sum(string start, string end)
    {
        var found = _values
            .Where(v => v.Name.StartsWith(start, StringComparison.Ordinal) && v.Name.EndsWith(end, StringComparison.Ordinal))
            .ToList();
        return found.Count == 0 ? null : found.Sum(v => v.Value);
    }

    [GeneratedRegex(@"^([A-Za-z_:][A-Za-z0-9_:]*)(?:\{.*\})? ([^ ]+)")]
    private static partial Regex Line();
}
