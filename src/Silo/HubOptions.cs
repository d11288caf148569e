using Microsoft.Extensions.Options;

namespace ConsultHub.Silo;

/// <summary>The section <c>Hub</c> of the configuration as far as it concerns storage and cluster; read once, at start-up.</summary>
public sealed record HubOptions
{
    /// <summary>Folder that holds everything the hub stores; made where it is missing. Relative to the current directory.</summary>
    public string DataPath { get; init; } = "data";

    /// <summary>Where this node's grains are reached.</summary>
    public SiloPortOptions Silo { get; init; } = new();

    /// <summary>Whether this process is the whole hub or one node of several.</summary>
    public ClusterOptions Cluster { get; init; } = new();
}

/// <summary>TCP ports; 0 picks a free one.</summary>
public sealed record SiloPortOptions
{
    /// <summary>Where other nodes reach this one.</summary>
    public int SiloPort { get; init; }

    /// <summary>Where web nodes reach this one.</summary>
    public int GatewayPort { get; init; }
}

/// <summary>How nodes find each other and where they store.</summary>
public sealed record ClusterOptions
{
    /// <summary>One process, loopback only, SQLite in the data path.</summary>
    public const string Embedded = "embedded";

    /// <summary><see cref="Embedded"/>.</summary>
    public string Provider { get; init; } = Embedded;
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
        CheckPort("Hub:Silo:SiloPort", options.Silo.SiloPort, faults);
        CheckPort("Hub:Silo:GatewayPort", options.Silo.GatewayPort, faults);
        if (options.Silo.SiloPort != 0 && options.Silo.SiloPort == options.Silo.GatewayPort)
            faults.Add($"Hub:Silo:SiloPort and Hub:Silo:GatewayPort are both {options.Silo.SiloPort}; each needs a port of its own.");
        if (options.Cluster.Provider != ClusterOptions.Embedded)
            faults.Add($"Hub:Cluster:Provider is \"{options.Cluster.Provider}\"; this version knows \"{ClusterOptions.Embedded}\".");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckPort(string setting, int port, List<string> faults)
    {
        if (port is < 0 or > 65535) faults.Add($"{setting} is {port}; it lies between 1 and 65535, or is 0 for any free port.");
    }
}
