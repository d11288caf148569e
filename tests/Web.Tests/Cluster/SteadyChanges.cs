using System.Collections.Concurrent;
using System.Net.Http.Json;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Storms;

namespace ConsultHub.Tests.Cluster;

/// <summary>Moves one engagement again and again. Each command is sent again while the hub is not available.</summary>
internal sealed class SteadyChanges : IAsyncDisposable
{
    private readonly Caller _caller;
    private readonly Week _week;
    private readonly string _id;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<(Guid Command, long Version)> _acknowledged = [];
    private readonly Task _running;
    private int _repeats;

    private SteadyChanges(Caller caller, Week week, string id)
    {
        (_caller, _week, _id) = (caller, week, id);
        _running = Task.Run(RunAsync);
    }

    /// <summary>How often a command was sent again.</summary>
    public int Repeats => _repeats;

    public static async Task<SteadyChanges> BeginAsync(Caller caller, Week week, string id)
    {
        await caller.DoAsync(week, Engagements.Plan(week, id));
        return new(caller, week, id);
    }

    /// <summary>Waits until this many more commands have succeeded.</summary>
    public async Task MoreAsync(int count)
    {
        var before = _acknowledged.Count;
        await Eventually.Async(() => _acknowledged.Count >= before + count || _running.IsCompleted);
        if (_running.IsCompleted)
            await _running; // If a fault ended the changes, this throws it.
    }

    /// <summary>Ends the changes, and asserts that each answered command is in the history once, with the version in its answer.</summary>
    public async Task AssertKeptAsync()
    {
        await _over.CancelAsync();
        await _running;
        var history = (await StormChecks.HistoryAsync(_caller, _week)).ToLookup(h => h.CommandId);
        Assert.All(_acknowledged, a => Assert.Equal(a.Version, Assert.Single(history[a.Command]).Version));
    }

    private async Task RunAsync()
    {
        for (var n = 0; !_over.IsCancellationRequested; n++)
        {
            var command = Engagements.Later(_week, _id, 6 + (n % 8));
            while (await TryAsync(command) is not { } version)
            {
                Interlocked.Increment(ref _repeats);
                await Task.Delay(50);
            }
            await Task.Delay(10);
        }
    }

    private async Task<long?> TryAsync(RosterCommand command)
    {
        try
        {
            using var answer = await _caller.SendAsync(_week, command);
            if (answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
                return null;
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            var version = (await answer.Content.ReadFromJsonAsync<Decided>(HubJson.Options))!.Version;
            _acknowledged.Enqueue((command.CommandId, version));
            return version;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }
}
