using System.Collections.Immutable;
using System.Threading.Channels;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Limits;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web;

/// <summary>
/// Notes what the trace tells of requests. A request only puts a row into a queue in memory, so it neither waits nor fails because of the
/// trace. Each second the rows are sent to the grains that store them. So a crash loses the rows of the last second at most, and the counts
/// of repetitions in the last minute.
/// </summary>
internal sealed partial class AuditTrail : BackgroundService
{
    /// <summary>How many rows wait at most in the queue, and as many again for a silo that does not answer.</summary>
    private const int MostWaiting = 8_192;

    private const int MostSent = 200,
        MostAtOnce = 64;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1),
        EraseEvery = TimeSpan.FromHours(1),
        NetworksHold = TimeSpan.FromSeconds(10);

    private readonly IGrainFactory _grains;
    private readonly AccessBook _book;
    private readonly TimeProvider _clock;
    private readonly AuditOptions _options;
    private readonly ILogger _log;
    private readonly string _node;
    private readonly Channel<Note> _notes;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Dictionary<ShareKey, Shared> _shared = [];
    private readonly Queue<Batch> _unsent = new();
    private ImmutableHashSet<string> _networks = [];
    private DateTimeOffset _networksAt;
    private long _dropped;

    public AuditTrail(
        IGrainFactory grains,
        AccessBook book,
        WebNode node,
        IOptions<AuditOptions> options,
        TimeProvider clock,
        ILogger<AuditTrail> log
    )
    {
        (_grains, _book, _clock, _options, _log) = (grains, book, clock, options.Value, log);
        _node = AuditRules.NodeOf(Guid.Parse(node.Name));
        _notes = Channel.CreateBounded<Note>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped)
        );
    }

    /// <param name="Network">Where it happened. Null if that is not known. Then the person's networks count.</param>
    /// <param name="About">The person whose data was read or changed, if that is somebody else.</param>
    private sealed record Note(AuditRow Row, NetworkId? Network, PersonId? About);

    /// <summary>Rows that agree in this share one row.</summary>
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

    /// <summary>Notes something that a person did in a request.</summary>
    /// <param name="person">The person. Null for the person of the request.</param>
    public void Add(HttpContext http, string kind, string what, PersonId? person = null, NetworkId? network = null, string? why = null)
    {
        var traced = http.Features.Get<Traced>();
        var endpoint = http.GetEndpoint() as RouteEndpoint;
        Add(
            new AuditRow(Guid.CreateVersion7(), _clock.GetUtcNow(), kind, what)
            {
                Person = person ?? traced?.Person ?? SignInTicket.From(http.User)?.Person,
                Address = HubLimits.Address(http),
                Device = SignIns.DeviceOf(http),
                Route = endpoint is null ? null : $"{http.Request.Method} /{endpoint.RoutePattern.RawText?.Trim('/')}",
                Thing = traced?.Thing ?? ThingOf(http, endpoint),
                Why = why,
            },
            traced?.Network ?? network,
            TextId.TryParse<PersonId>(http.Request.RouteValues["person"] as string, out var about) ? about : null
        );
    }

    /// <summary>Notes something that a person did through a live connection.</summary>
    public void Add(
        HttpContext? http,
        string kind,
        string what,
        PersonId? person,
        string method,
        string? thing,
        string? why = null,
        PersonId? about = null
    ) =>
        Add(
            new AuditRow(Guid.CreateVersion7(), _clock.GetUtcNow(), kind, what)
            {
                Person = person,
                Address = http is null ? null : HubLimits.Address(http),
                Device = http is null ? null : SignIns.DeviceOf(http),
                Route = method,
                Thing = thing,
                Why = why,
            },
            null,
            about
        );

    /// <summary>Notes the outcome of a request: a refusal, or what the endpoint says of a request that succeeds.</summary>
    public void AddOutcome(HttpContext http, RouteEndpoint endpoint, NetworkId? network)
    {
        var status = http.Response.StatusCode;
        if (status is >= 200 and < 300)
        {
            if (endpoint.Metadata.GetMetadata<TraceMark>() is { } mark && http.Features.Get<Traced>() is not { Skipped: true })
                Add(http, mark.Kind, mark.What, network: network);
            return;
        }
        var isSignIn = endpoint.Metadata.GetMetadata<SignInMark>() is not null;
        if (status is not (401 or 403) && !(isSignIn && status == 404))
            return;
        var code = http.Features.Get<Traced>()?.Code ?? (status == 401 ? AccessCodes.NotSignedIn : AccessCodes.Denied).Name;
        // Each page asks at first whether anybody is signed in. That is no attempt to do something.
        if (code == AccessCodes.NotSignedIn.Name && http.Request.Path.StartsWithSegments("/api/session"))
            return;
        var what = endpoint.Metadata.GetMetadata<AccessRule>() is { } rule && !isSignIn ? rule.Action?.Name ?? rule.Name : "sign-in";
        Add(http, isSignIn ? AuditKinds.SignInRefused : AuditKinds.Refused, what, network: network, why: code);
    }

    private void Add(AuditRow row, NetworkId? network, PersonId? about) => _notes.Writer.TryWrite(new(row, network, about));

    /// <summary>The values in the address. A secret of a link is not one of them.</summary>
    private static string? ThingOf(HttpContext http, RouteEndpoint? endpoint)
    {
        if (endpoint is null || endpoint.RoutePattern.Parameters.Count == 0)
            return null;
        var values = endpoint
            .RoutePattern.Parameters.Where(p => p.Name is not "token")
            .Select(p => http.Request.RouteValues[p.Name]?.ToString())
            .Where(value => !string.IsNullOrEmpty(value));
        return string.Join('/', values) is { Length: > 0 } thing ? thing : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var eraseAt = _clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await SendAsync(all: false);
            if (stoppingToken.IsCancellationRequested || _clock.GetUtcNow() < eraseAt)
                continue;
            eraseAt = _clock.GetUtcNow() + EraseEvery;
            _ = EraseOldAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SendAsync(all: true);
    }

    /// <summary>Sends everything that was noted so far.</summary>
    /// <param name="all">Whether also the counts of the minute that is not over are sent.</param>
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
        catch (Exception failure) // whatever it is, the trace goes on
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
            await _grains.GetGrain<IAuditGrain>(batch.Key).WriteAsync(batch.Id, batch.Rows);
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
        for (var i = 0; i < MostWaiting && _notes.Reader.TryRead(out var note); i++)
        {
            var networks = await NetworksOfAsync(note);
            if (!IsShared(note.Row))
                rows.Add((note.Row, networks));
            else if (_shared.TryGetValue(KeyOf(note.Row), out var shared))
                shared.Row = shared.Row with { Count = shared.Row.Count + 1, LastAt = note.Row.At };
            else if (_shared.Count >= MostWaiting)
                Interlocked.Increment(ref _dropped);
            else
                _shared.Add(KeyOf(note.Row), new(note.Row, networks));
        }
        var minute = MinuteOf(_clock.GetUtcNow());
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
        if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
            Queue([
                (
                    new AuditRow(Guid.CreateVersion7(), _clock.GetUtcNow(), AuditKinds.Dropped, "node.full")
                    {
                        Count = (int)Math.Min(int.MaxValue, dropped),
                    },
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
            Interlocked.Add(ref _dropped, oldest.Rows.Length);
        }
    }

    private static bool IsShared(AuditRow row) => row.Kind is AuditKinds.Refused or AuditKinds.SignInRefused or AuditKinds.ReadPrivate;

    /// <summary>Refusals share a row even if they are about different things. Readings share one only if they are about the same.</summary>
    private static ShareKey KeyOf(AuditRow row) =>
        new(
            row.Kind,
            row.Person?.Value ?? $"@{row.Address}",
            row.What,
            row.Route,
            row.Kind == AuditKinds.ReadPrivate ? row.Thing : null,
            row.Why,
            MinuteOf(row.At)
        );

    private static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>
    /// The networks in whose traces a row is: where it happened, otherwise the networks of the people whom it concerns. What concerns no
    /// network is in the hub's own trace.
    /// </summary>
    private async ValueTask<ImmutableArray<string>> NetworksOfAsync(Note note)
    {
        if (note.Network is { } network && await IsKnownAsync(network))
            return [network.Value];
        ImmutableArray<string> of = [.. NetworksOf(note.Row.Person).Concat(NetworksOf(note.About)).Select(n => n.Value).Distinct().Take(8)];
        return of.IsEmpty ? [AuditRules.NoNetwork] : of;
    }

    private IEnumerable<NetworkId> NetworksOf(PersonId? person) =>
        person is { } known && _book.Find(known) is { } account ? account.Grants.Select(g => g.Scope.Network).OfType<NetworkId>() : [];

    /// <summary>Whether a network exists. An address can name any network, and none of them may make grains.</summary>
    private async ValueTask<bool> IsKnownAsync(NetworkId network)
    {
        if (!_networks.Contains(network.Value) && _clock.GetUtcNow() - _networksAt > NetworksHold)
        {
            _networksAt = _clock.GetUtcNow();
            try
            {
                _networks = [.. (await _grains.ListAsync("hub/networks")).Select(n => n.Id)];
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
            var first = AuditRules.DayOf(_clock.GetUtcNow()).AddDays(-_options.KeepDays);
            foreach (var network in (await _grains.ListAsync("hub/networks")).Select(n => n.Id).Append(AuditRules.NoNetwork))
                while (
                    !cancel.IsCancellationRequested && !await _grains.GetGrain<IAuditDaysGrain>($"{network}/days").EraseBeforeAsync(first)
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
