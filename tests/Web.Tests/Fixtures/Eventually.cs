using System.Diagnostics;

namespace ConsultHub.Tests.Fixtures;

/// <summary>Waits until a condition holds, by checking it again and again.</summary>
public static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static Task Async(Func<bool> condition) => Async(() => Task.FromResult(condition()));

    public static async Task Async(Func<Task<bool>> condition)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await Task.Delay(Between))
            Assert.True(since.Elapsed < Patience, "The condition did not become true in time.");
    }
}
