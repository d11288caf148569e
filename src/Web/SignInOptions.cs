using System.Collections.Immutable;

namespace ConsultHub.Web;

/// <summary>The settings in the section <c>Hub:SignIn</c>: how long sign-ins last, and who needs a second factor.</summary>
public sealed record SignInOptions
{
    /// <summary>A sign-in ends when it was not used for this long.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A sign-in ends after this time even if it is used.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// The sign-in of a wall display or a kiosk ends after this time. It does not end when it is not used. Browsers keep no cookie for
    /// longer than 400 days.
    /// </summary>
    public TimeSpan DeviceLongest { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How many accounts people may open for themselves in an hour, on each web node.</summary>
    public int SelfRegistrationsPerHour { get; init; } = 500;

    /// <summary>How many of them may come from one address. Everybody in a hall may share one.</summary>
    public int SelfRegistrationsPerHourAndAddress { get; init; } = 200;

    /// <summary>How recent a second factor must be for grave changes, such as those of roles and keys.</summary>
    public TimeSpan FactorLasts { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The roles that need a second factor, separated by commas. The value <c>none</c> demands it of nobody.</summary>
    public string FactorFor { get; init; } = "administrator,coordinator";

    /// <summary>Whether a second factor that was given at this time still counts for grave changes.</summary>
    public bool IsRecent(DateTimeOffset? factorAt, DateTimeOffset now) => factorAt > now - FactorLasts;

    private ImmutableHashSet<Role> Demanding => field ??= [.. Split(FactorFor).Select(name => Enum.Parse<Role>(name, ignoreCase: true))];

    public bool DemandsFactor(Role role) => Demanding.Contains(role);

    internal bool IsValid =>
        Idle > TimeSpan.Zero
        && Longest >= Idle
        && Longest <= TimeSpan.FromDays(90)
        && FactorLasts > TimeSpan.Zero
        && DeviceLongest > TimeSpan.Zero
        && DeviceLongest <= TimeSpan.FromDays(400)
        && SelfRegistrationsPerHour is >= 0 and <= 1_000_000
        && SelfRegistrationsPerHourAndAddress is > 0 and <= 1_000_000
        && Split(FactorFor).All(name => Enum.TryParse<Role>(name, ignoreCase: true, out _));

    private static string[] Split(string roles) =>
        roles == "none" ? [] : roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
