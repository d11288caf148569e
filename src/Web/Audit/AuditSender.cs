using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Lectures;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Audit;

/// <summary>
/// Sends the rows of <see cref="AuditTrail"/> each second to the grains that store them. Repetitions within a minute share one row. If the
/// grains can be reached, a crash loses at most the rows of the last second and the counts of repetitions in the last minute.
/// </summary>
internal sealed partial class AuditSender(
    AuditTrail trail,
    IGrainFactory grains,
    AccessBook book,
    WebNode node,
    IOptions<AuditOptions> options,
    TimeProvider clock,
    ILogger<AuditSender> log
) : BackgroundService
{
    private const int MostWaiting = AuditTrail.MostWaiting,
        MostSent = 200,
        MostAtOnce = 64,
        MostOfPerson = AuditRules.MostRows / 5,
        MostCounted = 50_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1),
        EraseEvery = TimeSpan.FromHours(1),
        NetworksHold = TimeSpan.FromSeconds(10);

    private readonly string _node = AuditRules.NodeOf(Guid.Parse(node.Name));
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Dictionary<ShareKey, Shared> _shared = [];

    /// <summary>How many rows each person has on the day <see cref="_countedOn"/>, as far as this node has noted them.</summary>
    private readonly Dictionary<string, int> _rowsOf = [];
    private DateOnly _countedOn;

    /// <summary>Rows that no silo has taken yet, at most as many as wait in the trail.</summary>
    private readonly Queue<Batch> _unsent = new();
    private ImmutableHashSet<string> _networks = [];
    private DateTimeOffset _networksAt;

    /// <summary>Rows with the same key share one row.</summary>
    private readonly record struct ShareKey(string Kind, string Who, string What, string? Route, string? Thing, string? Why, long Minute);

    private sealed class Shared(AuditRow row, ImmutableArray<string> networks)
    {
        public AuditRow Row { get; set; } = row;

        public ImmutableArray<string> Networks => networks;

        /// <summary>The count that was sent last. 0 if the row was not sent yet.</summary>
        public int Sent { get; set; }
    }

    /// <summary>Rows for one grain. The id stays the same when the batch is sent again.</summary>
    private sealed record Batch(Guid Id, string Key, ImmutableArray<AuditRow> Rows);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var eraseAt = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await SendAsync(all: false);
            if (stoppingToken.IsCancellationRequested || clock.GetUtcNow() < eraseAt)
                continue;
            eraseAt = clock.GetUtcNow() + EraseEvery;
            _ = EraseOldAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SendAsync(all: true);
    }

    /// <summary>Sends everything that was noted so far.</summary>
    /// <param name="all">Whether the counts of the current minute are sent too.</param>
    public async Task SendAsync(bool all)
    {
        await _sending.WaitAsync();
        try
        {
            await CollectAsync(all);
            string? failed = null;
            while (failed is null && _unsent.Count > 0)
            {
                List<Batch> some = [];
                while (some.Count < MostAtOnce && _unsent.TryDequeue(out var batch))
                    some.Add(batch);
                var failures = await Task.WhenAll(some.Select(WriteAsync));
                // A batch that fails goes to the end, so that a grain that always fails does not keep the rows of others waiting.
                for (var i = 0; i < some.Count; i++)
                    if (failures[i] is { } why)
                    {
                        _unsent.Enqueue(some[i]);
                        failed = why;
                    }
            }
            if (failed is not null)
                LogNotSent(_unsent.Sum(b => b.Rows.Length), failed);
        }
        catch (Exception failure) // whatever fails, the node goes on with the trace
        {
            LogNotSent(_unsent.Sum(b => b.Rows.Length), failure.Message);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <returns>Why the batch could not be stored. Null if it is stored.</returns>
    private async Task<string?> WriteAsync(Batch batch)
    {
        try
        {
            await grains.GetGrain<IAuditGrain>(batch.Key).WriteAsync(batch.Id, batch.Rows);
            return null;
        }
        catch (Exception failure)
        {
            return failure.Message;
        }
    }

    private async Task CollectAsync(bool all)
    {
        List<(AuditRow Row, ImmutableArray<string> Networks)> rows = [];
        for (var i = 0; i < MostWaiting && trail.TryTake(out var note); i++)
        {
            var networks = await NetworksOfAsync(note);
            if (_shared.TryGetValue(KeyOf(note.Row), out var shared))
                shared.Row = shared.Row with { Count = shared.Row.Count + 1, LastAt = note.Row.At };
            else if (_shared.Count >= MostWaiting || !Fits(note.Row))
                trail.Drop(1);
            else
                _shared.Add(KeyOf(note.Row), new(note.Row, networks));
        }
        var minute = MinuteOf(clock.GetUtcNow());
        foreach (var (key, shared) in _shared)
        {
            var isOver = key.Minute < minute;
            if (shared.Sent == 0 || ((isOver || all) && shared.Sent < shared.Row.Count))
            {
                rows.Add((shared.Row, shared.Networks));
                shared.Sent = shared.Row.Count;
            }
            if (isOver)
                _shared.Remove(key);
        }
        Queue(rows);
        if (trail.TakeDropped() is var dropped and > 0)
            Queue([
                (
                    new AuditRow(Guid.CreateVersion7(), clock.GetUtcNow(), AuditKinds.Dropped, "node.full") { Count = dropped },
                    [AuditRules.NoNetwork]
                ),
            ]);
    }

    private void Queue(List<(AuditRow Row, ImmutableArray<string> Networks)> rows)
    {
        foreach (
            var grain in rows.SelectMany(r => r.Networks, (r, network) => (r.Row, network))
                .GroupBy(r => AuditRules.KeyOf(r.network, AuditRules.DayOf(r.Row.At), _node), r => r.Row)
        )
        foreach (var some in grain.Chunk(MostSent))
            _unsent.Enqueue(new(Guid.NewGuid(), grain.Key, [.. some]));
        for (var waiting = _unsent.Sum(b => b.Rows.Length); waiting > MostWaiting && _unsent.TryDequeue(out var oldest); )
        {
            waiting -= oldest.Rows.Length;
            trail.Drop(oldest.Rows.Length);
        }
    }

    /// <summary>
    /// Refusals, and changes of the own account, share a row even if they are about different things. Sign-ins share one only if they come
    /// from the same address, and other rows only if they are about the same thing.
    /// </summary>
    private static ShareKey KeyOf(AuditRow row) =>
        new(
            row.Kind,
            row.Person?.Value ?? $"@{row.Address}",
            row.What,
            row.Route,
            row.Kind is AuditKinds.Refused or AuditKinds.SignInRefused || row.Route?.Contains(" /api/me/", StringComparison.Ordinal) == true
                    ? null
                : row.Kind == AuditKinds.SignedIn ? row.Address
                : row.Thing,
            row.Why,
            MinuteOf(row.At)
        );

    /// <summary>
    /// Whether a person, or an address without a person, may have a further row on this day. So nobody can fill the trace of a day alone.
    /// </summary>
    private bool Fits(AuditRow row)
    {
        var day = AuditRules.DayOf(row.At);
        if (_countedOn != day)
        {
            _rowsOf.Clear();
            _countedOn = day;
        }
        var who = KeyOf(row).Who;
        var rows = _rowsOf.GetValueOrDefault(who);
        if (rows > 0 || _rowsOf.Count < MostCounted)
            _rowsOf[who] = rows + 1;
        return rows < MostOfPerson;
    }

    private static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>
    /// The networks in whose traces a row is: where it happened, otherwise the networks of the people whom it concerns. What concerns no
    /// network is in the hub's own trace.
    /// </summary>
    private async ValueTask<ImmutableArray<string>> NetworksOfAsync(AuditTrail.Note note)
    {
        if (note.Network is { } network && await IsKnownAsync(network))
            return [network.Value];
        ImmutableArray<string> of = [.. NetworksOf(note.Row.Person).Concat(NetworksOf(note.About)).Select(n => n.Value).Distinct().Take(8)];
        return of.IsEmpty ? [AuditRules.NoNetwork] : of;
    }

    private IEnumerable<NetworkId> NetworksOf(PersonId? person) =>
        person is { } known && book.Find(known) is { } account ? account.Grants.Select(g => g.Scope.Network).OfType<NetworkId>() : [];

    /// <summary>
    /// Whether a network exists. A request can name any network in its address, and a network that does not exist must not create grains.
    /// </summary>
    private async ValueTask<bool> IsKnownAsync(NetworkId network)
    {
        if (!_networks.Contains(network.Value) && clock.GetUtcNow() - _networksAt > NetworksHold)
        {
            _networksAt = clock.GetUtcNow();
            try
            {
                _networks = [.. (await grains.ListAsync("hub/networks")).Select(n => n.Id)];
            }
            catch (Exception failure) when (failure is TimeoutException or Orleans.Runtime.OrleansException)
            {
                _networksAt = default;
            }
        }
        return _networks.Contains(network.Value);
    }

    /// <summary>Erases the days that are older than <see cref="AuditOptions.KeepDays"/>.</summary>
    public async Task EraseOldAsync(CancellationToken cancel)
    {
        try
        {
            var first = AuditRules.DayOf(clock.GetUtcNow()).AddDays(-options.Value.KeepDays);
            foreach (var network in (await grains.ListAsync("hub/networks")).Select(n => n.Id).Append(AuditRules.NoNetwork))
                while (
                    !cancel.IsCancellationRequested && !await grains.GetGrain<IAuditDaysGrain>($"{network}/days").EraseBeforeAsync(first)
                )
                    await Task.Yield();
        }
        catch (Exception failure)
        {
            LogNotErased(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} rows of the trace could not be stored yet. They are sent again: {Why}")]
    private partial void LogNotSent(int count, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old days of the trace could not be erased yet: {Why}")]
    private partial void LogNotErased(string why);
}
