namespace ConsultHub.Web.Limits;

/// <summary>
/// The section <c>Hub:Limits</c> of the configuration: what one person, and one address, may take of one web node. Many people share the
/// address of a
/// hospital, so its limits are higher.
/// </summary>
public sealed record LimitOptions
{
    /// <summary>Live connections and connections to lectures, together.</summary>
    public int ConnectionsPerPerson { get; init; } = 64;

    public int ConnectionsPerAddress { get; init; } = 4_000;

    /// <summary>Topics watched on all connections together.</summary>
    public int TopicsPerPerson { get; init; } = 256;

    /// <summary>Times in a minute that a person begins to watch a topic or reads one.</summary>
    public int WatchesPerMinute { get; init; } = 600;

    /// <summary>Requests of a person in a minute that are not for reading, and new connections.</summary>
    public int WritesPerMinute { get; init; } = 600;

    public int WritesPerMinuteAndAddress { get; init; } = 12_000;

    /// <summary>Calls of a person in a minute that are refused on live connections. One more ends the connection.</summary>
    public int RefusalsPerMinute { get; init; } = 120;

    /// <summary>Tries of an address in a minute to sign in. Wrong ones are slowed down long before.</summary>
    public int SignInsPerMinute { get; init; } = 120;

    /// <summary>Multiplies all of these, for trials in which one person does the work of thousands.</summary>
    public int Times { get; init; } = 1;
}
