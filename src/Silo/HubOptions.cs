using Microsoft.Extensions.Options;
using Npgsql;

namespace ConsultHub.Silo;

/// <summary>The section <c>Hub</c> of the configuration as far as it concerns storage and cluster; read once, at start-up.</summary>
public sealed record HubOptions
{
    /// <summary>Folder that holds everything the hub stores; made where it is missing. Relative to the current directory.</summary>
    public string DataPath { get; init; } = "data";

    /// <summary>
    /// Folder of the anchors, which say how far each journal has come, so that the command <c>verify</c> notices rows that were altered or
    /// removed. Empty: <c>anchors</c> in
    /// the data path. Safest on another disk, where whoever may change the database may change nothing. All silos of a cluster may share
    /// it.
    /// </summary>
    public string AnchorPath { get; init; } = "";

    /// <summary>Where this node's grains are reached.</summary>
    public SiloPortOptions Silo { get; init; } = new();

    /// <summary>Whether this process is the whole hub or one node of several.</summary>
    public ClusterOptions Cluster { get; init; } = new();

    /// <summary>
    /// The hub as people reach it from outside, such as <c>https://hub.example</c>: what certificates, calendars, exports and QR codes say.
    /// Without it each says the
    /// address by which it was asked for, which behind a proxy may be one that nobody else knows.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How long a web node that was asked to stop goes on serving, told to nobody new, while its browsers move to others. Zero
    /// stops at once.</summary>
    public TimeSpan Drain { get; init; }
}

/// <summary>Where a silo of a cluster listens. TCP ports; 0 picks a free one. A hub of one process has no such ports.</summary>
public sealed record SiloPortOptions
{
    /// <summary>IP address that this node listens on and that the others know it by. Its connections are neither encrypted nor
    /// authenticated: loopback, or a network of the cluster's own.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Where other nodes reach this one.</summary>
    public int SiloPort { get; init; }

    /// <summary>Where web nodes reach this one.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Where Prometheus reads a node that has no web part, on the loopback address; 0 for nowhere. Web nodes have
    /// <c>/metrics</c>.</summary>
    public int MetricsPort { get; init; }
}

/// <summary>How nodes find each other and where they store.</summary>
public sealed record ClusterOptions
{
    /// <summary>One process, loopback only, SQLite in the data path.</summary>
    public const string Embedded = "embedded";

    /// <summary>Any number of silos and web nodes that find each other, and store, in one PostgreSQL database.</summary>
    public const string Postgresql = "postgresql";

    /// <summary><see cref="Embedded"/> or <see cref="Postgresql"/>.</summary>
    public string Provider { get; init; } = Embedded;

    /// <summary>Npgsql's keywords, such as <c>Host=…;Database=…;Username=…;Password=…</c>. A secret: give it in the environment.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Nodes with the same id form one cluster; two clusters never share a database.</summary>
    public string Id { get; init; } = "consult-hub";

    public bool IsPostgresql => Provider == Postgresql;
}

/// <summary>Names the wrong setting and says what it may be.</summary>
internal sealed class HubOptionsValidator : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.DataPath))
            faults.Add("Hub:DataPath is empty; it names the folder that holds the hub's data.");
        else if (File.Exists(options.DataPath))
            faults.Add($"Hub:DataPath is \"{options.DataPath}\", which is a file; it names a folder.");
        if (File.Exists(options.AnchorPath))
            faults.Add($"Hub:AnchorPath is \"{options.AnchorPath}\", which is a file; it names a folder.");
        if (!System.Net.IPAddress.TryParse(options.Silo.Address, out _))
            faults.Add($"Hub:Silo:Address is \"{options.Silo.Address}\"; it is an IP address of this machine.");
        CheckPort("Hub:Silo:SiloPort", options.Silo.SiloPort, faults);
        CheckPort("Hub:Silo:GatewayPort", options.Silo.GatewayPort, faults);
        CheckPort("Hub:Silo:MetricsPort", options.Silo.MetricsPort, faults);
        if (options.Silo.SiloPort != 0 && options.Silo.SiloPort == options.Silo.GatewayPort)
            faults.Add($"Hub:Silo:SiloPort and Hub:Silo:GatewayPort are both {options.Silo.SiloPort}; each needs a port of its own.");
        if (options.Cluster.Provider is not (ClusterOptions.Embedded or ClusterOptions.Postgresql))
            faults.Add(
                $"Hub:Cluster:Provider is \"{options.Cluster.Provider}\"; it is \"{ClusterOptions.Embedded}\" or \"{ClusterOptions.Postgresql}\"."
            );
        if (options.Cluster.IsPostgresql && !IsConnectionString(options.Cluster.ConnectionString))
            faults.Add(
                "Hub:Cluster:ConnectionString names no host and database; give it in the environment as Hub__Cluster__ConnectionString."
            );
        if (options.PublicUrl is { } address && !IsSite(address))
            faults.Add(
                $"Hub:PublicUrl is \"{address.OriginalString}\"; it is the address of a site, such as https://hub.example, with no path."
            );
        if (options.Drain < TimeSpan.Zero || options.Drain > TimeSpan.FromMinutes(5))
            faults.Add($"Hub:Drain is {options.Drain}; it lies between 0 and 5 minutes.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsSite(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" };

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0, Database.Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void CheckPort(string setting, int port, List<string> faults)
    {
        if (port is < 0 or > 65535)
            faults.Add($"{setting} is {port}; it lies between 1 and 65535, or is 0 for any free port.");
    }
}
