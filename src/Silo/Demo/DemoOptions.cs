namespace ConsultHub.Silo.Demo;

/// <summary>The section <c>Hub:Demo</c> of the configuration.</summary>
public sealed record DemoOptions
{
    /// <summary>Whether the demo network and its people are added at the start. If false, no part of the demo is loaded.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Whether the hub may start with the demo on an address that other machines can reach. People there can then sign in with the demo's
    /// password.
    /// </summary>
    public bool AnyAddress { get; init; }

    /// <summary>The same seed always gives the same network. Only the dates depend on today.</summary>
    public int Seed { get; init; } = 2024;

    /// <summary>The password of the demo accounts. If it is empty, a random one is made and printed at the start.</summary>
    public string? Password { get; init; }
}
