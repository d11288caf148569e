using Microsoft.Extensions.Options;
using Npgsql;

namespace ConsultHub.Silo;

/// <summary>
/// The settings in the section <c>Hub</c> of the configuration that concern storage and the cluster. They are read once, at start-up.
/// </summary>
public sealed record HubOptions
{
    /// <summary>
    /// The folder that contains everything the hub stores, except for what a cluster stores in PostgreSQL and for anchors in a folder of
    /// their own. It is created if it does not exist. A relative path starts at the current directory.
    /// </summary>
    public string DataPath { get; init; } = "data";

    /// <summary>
    /// The folder of the anchors. An anchor records the newest row of a journal, so that the command <c>verify</c> notices altered or
    /// removed rows. If this setting is empty, the hub uses the folder <c>anchors</c> in the data path. The safest place is another disk,
    /// to which the people who can change the database cannot write. All silos of a cluster may share the folder.
    /// </summary>
    public string AnchorPath { get; init; } = "";

    /// <summary>The address and ports of this node's silo.</summary>
    public SiloPortOptions Silo { get; init; } = new();

    /// <summary>Whether this process is the whole hub or one node of several.</summary>
    public ClusterOptions Cluster { get; init; } = new();

    /// <summary>
    /// The address by which people reach the hub from outside, such as <c>https://hub.example</c>. Certificates, calendars, exports and QR
    /// codes contain it. If it is not set, they contain the address of the request. Behind a proxy, other people may be unable to open that
    /// address. Passkeys belong to the domain of this setting.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// How long a web node goes on serving after it was asked to stop. During this time the node reports that it is not ready, so that no
    /// new browsers come. Its browsers move to other nodes. If the value is zero, the node stops at once.
    /// </summary>
    public TimeSpan Drain { get; init; }
}

/// <summary>
/// The address and TCP ports on which a silo of a cluster listens. If <see cref="SiloPort"/> or <see cref="GatewayPort"/> is 0, a free port
/// is chosen. A hub of one process does not listen on these ports.
/// </summary>
public sealed record SiloPortOptions
{
    /// <summary>
    /// The IP address on which this node listens and by which other nodes reach it. The connections are neither encrypted nor
    /// authenticated. Use loopback or a network that only the cluster uses.
    /// </summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port on which other silos reach this one.</summary>
    public int SiloPort { get; init; }

    /// <summary>The port on which web nodes reach this silo.</summary>
    public int GatewayPort { get; init; }

    /// <summary>
    /// The port on the loopback address from which Prometheus reads the metrics of a node without a web part. If it is 0, the node serves
    /// no metrics. Web nodes have <c>/metrics</c>.
    /// </summary>
    public int MetricsPort { get; init; }
}

/// <summary>How nodes find each other and where they store data.</summary>
public sealed record ClusterOptions
{
    /// <summary>One process that stores its data with SQLite in the data path. Its silo has no network port.</summary>
    public const string Embedded = "embedded";

    /// <summary>
    /// Any number of silos and web nodes. They find each other through one PostgreSQL database and store everything in it, except for files
    /// such as slides, recordings and anchors.
    /// </summary>
    public const string Postgresql = "postgresql";

    /// <summary><see cref="Embedded"/> or <see cref="Postgresql"/>.</summary>
    public string Provider { get; init; } = Embedded;

    /// <summary>
    /// The connection string, with Npgsql's keywords, such as <c>Host=…;Database=…;Username=…;Password=…</c>. It is a secret: set it with
    /// an environment variable.
    /// </summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Nodes with the same id form one cluster. Two clusters must not share a database.</summary>
    public string Id { get; init; } = "consult-hub";

    public bool IsPostgresql => Provider == Postgresql;
}

/// <summary>Checks the settings. Each message names the wrong setting and says which values are allowed.</summary>
internal sealed class HubOptionsValidator : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.DataPath))
            faults.Add("Hub:DataPath is empty. Set it to the folder for the hub's data.");
        else if (File.Exists(options.DataPath))
            faults.Add($"Hub:DataPath is \"{options.DataPath}\", which is a file. Set it to a folder.");
        if (File.Exists(options.AnchorPath))
            faults.Add($"Hub:AnchorPath is \"{options.AnchorPath}\", which is a file. Set it to a folder.");
        if (!System.Net.IPAddress.TryParse(options.Silo.Address, out _))
            faults.Add($"Hub:Silo:Address is \"{options.Silo.Address}\". Set it to an IP address of this machine.");
        CheckPort("Hub:Silo:SiloPort", options.Silo.SiloPort, faults);
        CheckPort("Hub:Silo:GatewayPort", options.Silo.GatewayPort, faults);
        CheckPort("Hub:Silo:MetricsPort", options.Silo.MetricsPort, faults);
        if (options.Silo.SiloPort != 0 && options.Silo.SiloPort == options.Silo.GatewayPort)
            faults.Add($"Hub:Silo:SiloPort and Hub:Silo:GatewayPort are both {options.Silo.SiloPort}. Set them to different ports.");
        if (options.Cluster.Provider is not (ClusterOptions.Embedded or ClusterOptions.Postgresql))
            faults.Add(
                $"Hub:Cluster:Provider is \"{options.Cluster.Provider}\". "
                    + $"Set it to \"{ClusterOptions.Embedded}\" or \"{ClusterOptions.Postgresql}\"."
            );
        if (options.Cluster.IsPostgresql && !IsConnectionString(options.Cluster.ConnectionString))
            faults.Add(
                "Hub:Cluster:ConnectionString does not name both a host and a database. "
                    + "Set it with the environment variable Hub__Cluster__ConnectionString."
            );
        if (options.PublicUrl is { } address && !IsSite(address))
            faults.Add(
                $"Hub:PublicUrl is \"{address.OriginalString}\". "
                    + "Set it to the address of a site without a path, such as https://hub.example."
            );
        if (options.Drain < TimeSpan.Zero || options.Drain > TimeSpan.FromMinutes(5))
            faults.Add($"Hub:Drain is {options.Drain}. It must be between 0 and 5 minutes.");
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
            faults.Add($"{setting} is {port}. It must be between 1 and 65535, or 0 for any free port.");
    }
}
