namespace ConsultHub.Web.Limits;

/// <summary>
/// The section <c>Hub:Limits</c> of the configuration: how much one person and one address may use of one web node. Many people share a
/// hospital's address, so the limits of an address are higher.
/// </summary>
public sealed record LimitOptions
{
    /// <summary>Open connections to live topics and to lectures together.</summary>
    public int ConnectionsPerPerson { get; init; } = 64;

    public int ConnectionsPerAddress { get; init; } = 4_000;

    /// <summary>Watched topics on all connections together.</summary>
    public int TopicsPerPerson { get; init; } = 256;

    /// <summary>How often in a minute a person may begin to watch a topic or read one.</summary>
    public int WatchesPerMinute { get; init; } = 600;

    /// <summary>A person's requests in a minute that change something, and new connections.</summary>
    public int WritesPerMinute { get; init; } = 600;

    public int WritesPerMinuteAndAddress { get; init; } = 12_000;

    /// <summary>A person's calls on live connections that are refused in a minute. One more ends the connection.</summary>
    public int RefusalsPerMinute { get; init; } = 120;

    /// <summary>Sign-in tries of an address in a minute. Wrong tries are delayed long before.</summary>
    public int SignInsPerMinute { get; init; } = 120;

    /// <summary>A factor for all of these, for trials in which one person does the work of thousands.</summary>
    public int Times { get; init; } = 1;
}
