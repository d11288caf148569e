namespace ConsultHub.Silo.Demo;

/// <summary>The section <c>Hub:Demo</c> of the configuration.</summary>
public sealed record DemoOptions
{
    /// <summary>Fills an empty hub with the demo network and its people. Off, nothing of it loads.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether the hub starts with the demo where others than this machine may reach it, who then may sign in with the demo's
    /// password.</summary>
    public bool AnyAddress { get; init; }

    /// <summary>The same number gives the same network, relative to today.</summary>
    public int Seed { get; init; } = 2024;

    /// <summary>Of the demo accounts; a random one, printed at the start, where it is empty.</summary>
    public string? Password { get; init; }
}
