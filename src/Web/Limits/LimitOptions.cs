namespace ConsultHub.Web.Limits;

/// <summary>
/// The section <c>Hub:Limits</c> of the configuration: how much one person and one address may use of one web node. Many people share a
/// hospital's address, so the limits of an address are higher.
/// </summary>
public sealed record LimitOptions
{
    /// <summary>How many connections one person may have open, to live topics and to lectures together.</summary>
    public int ConnectionsPerPerson { get; init; } = 64;

    public int ConnectionsPerAddress { get; init; } = 4_000;

    /// <summary>How many topics one person may watch at the same time, on all connections together.</summary>
    public int TopicsPerPerson { get; init; } = 256;

    /// <summary>How often in a minute a person may begin to watch a topic or read one.</summary>
    public int WatchesPerMinute { get; init; } = 600;

    /// <summary>How many requests that change something and how many new connections one person may make in a minute, added up.</summary>
    public int WritesPerMinute { get; init; } = 600;

    public int WritesPerMinuteAndAddress { get; init; } = 12_000;

    /// <summary>
    /// How many calls of one person on live connections may be refused in a minute. At most half of this number may be refused at once. A
    /// refused call above this limit ends its connection.
    /// </summary>
    public int RefusalsPerMinute { get; init; } = 120;

    /// <summary>
    /// How many times in a minute somebody may try to sign in from one address. Wrong tries are delayed long before this limit.
    /// </summary>
    public int SignInsPerMinute { get; init; } = 120;

    /// <summary>A factor for all these limits. It is for trials in which one person does the work of thousands.</summary>
    public int Times { get; init; } = 1;
}
