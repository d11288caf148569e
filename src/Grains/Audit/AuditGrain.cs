using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsultHub.Journal;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Audit;

[Reentrant, GrainType("audit")]
internal sealed class AuditGrain(AuthorityServices services)
    : AuthorityGrain<AuditState, AuditEvent>("audit", services),
        IAuditGrain,
        IDisposable
{
    /// <summary>How many rows of the journal one call of <see cref="EraseAsync"/> reads.</summary>
    private const int ErasedAtOnce = 1_000;

    private readonly SemaphoreSlim _reading = new(1, 1);

    /// <summary>The rows that a search has read so far, and the version up to which they were read.</summary>
    private readonly Dictionary<Guid, AuditRow> _rows = [];

    private long _read,
        _erased;
    private bool _erasing;

    public void Dispose() => _reading.Dispose();

    public async Task WriteAsync(Guid batch, ImmutableArray<AuditRow> rows)
    {
        if (rows.IsDefaultOrEmpty || rows.Length > AuditRules.MostTaken)
            throw new ArgumentException($"A batch has 1 to {AuditRules.MostTaken} rows.", nameof(rows));
        var (network, day, node) = Parts;
        if (Head.Rows == 0 && Head.Dropped == 0)
            await GrainFactory.GetGrain<IAuditDaysGrain>($"{network}/days").NoteAsync(day, node); // so that the rows are found and erased
        if (IsRepeat(batch, out var version))
        {
            await WhenStoredAsync(version);
            return;
        }
        if (_erasing || Head.Erased)
            return;
        var (kept, noted) = AuditRules.Fit(Head, rows);
        await CommitAsync(
            new(Actor.System, batch, [noted]) { Reason = kept.IsEmpty ? null : JsonSerializer.Serialize(kept, HubJson.Options) }
        );
    }

    public async Task<ImmutableArray<AuditRow>> SearchAsync(AuditQuery query)
    {
        await _reading.WaitAsync();
        try
        {
            await ReadAsync();
            return
            [
                .. (_erasing || Stored.Erased ? [] : _rows.Values.Concat(Missing()))
                    .Where(row => AuditRules.Matches(row, query))
                    .OrderByDescending(row => new AuditMark(row.At, row.Id))
                    .Take(Math.Min(query.Take, AuditRules.MostTaken)),
            ];
        }
        finally
        {
            _reading.Release();
        }
    }

    public async Task<bool> EraseAsync()
    {
        if (Stored.Erased)
            return true;
        _erasing = true;
        await WhenAllStoredAsync();
        if (await EraseReasonsAsync(_erased, ErasedAtOnce) is { } next)
        {
            _erased = next;
            return false;
        }
        _rows.Clear();
        if (!Head.Erased)
            await CommitAsync(new(Actor.System, Guid.Empty, [new AuditErased()]));
        else
            await WhenAllStoredAsync();
        return true;
    }

    private (string Network, DateOnly Day, string Node) Parts =>
        this.GetPrimaryKeyString().Split('/') is [var network, var day, var node]
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (network, date, node)
            : throw new ArgumentException($"'{this.GetPrimaryKeyString()}' is not a network, a day and a node.");

    /// <summary>Reads the rows that were stored since the last search.</summary>
    private async Task ReadAsync()
    {
        if (_read == StoredVersion || _erasing)
            return;
        var (newest, texts) = (StoredVersion, new List<string>());
        await foreach (var (entry, text) in HistoryAsync(null, null))
        {
            if (entry.Version <= _read)
                break;
            if (text is not null && entry.Version <= newest)
                texts.Add(text);
        }
        for (var i = texts.Count - 1; i >= 0; i--) // the oldest first, so that the newest row with an id stays
            foreach (var row in JsonSerializer.Deserialize<ImmutableArray<AuditRow>>(texts[i], HubJson.Options))
                _rows[row.Id] = row;
        _read = newest;
    }

    private IEnumerable<AuditRow> Missing() =>
        Stored.Dropped == 0
            ? []
            :
            [
                new AuditRow(
                    new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(this.GetPrimaryKeyString())).AsSpan(0, 16)),
                    new DateTimeOffset(Parts.Day, TimeOnly.MinValue, TimeSpan.Zero),
                    AuditKinds.Dropped,
                    "day.full"
                )
                {
                    Count = (int)Math.Min(int.MaxValue, Stored.Dropped),
                },
            ];
}

[Reentrant, GrainType("audit-days")]
internal sealed class AuditDaysGrain(AuthorityServices services)
    : AuthorityGrain<AuditDaysState, AuditDaysEvent>("audit-days", services),
        IAuditDaysGrain
{
    public async Task NoteAsync(DateOnly day, string node)
    {
        if (Head.Has(day, node))
            await WhenAllStoredAsync();
        else
            await CommitAsync(new(Actor.System, Guid.Empty, [new AuditDayNoted(day, node)]));
    }

    public Task<ImmutableArray<AuditDay>> ListAsync(DateOnly first, DateOnly last) =>
        Task.FromResult<ImmutableArray<AuditDay>>([
            .. Stored.Days.Where(d => d.Key >= first && d.Key <= last).Select(d => new AuditDay(d.Key, d.Value)),
        ]);

    public async Task<bool> EraseBeforeAsync(DateOnly day)
    {
        if (Stored.Days.Where(d => d.Key < day).Select(d => (AuditDay?)new(d.Key, d.Value)).FirstOrDefault() is not { } old)
            return true;
        var network = this.GetPrimaryKeyString().Split('/')[0];
        foreach (var node in old.Nodes)
            if (!await GrainFactory.GetGrain<IAuditGrain>(AuditRules.KeyOf(network, old.Day, node)).EraseAsync())
                return false;
        if (Head.Days.ContainsKey(old.Day))
            await CommitAsync(new(Actor.System, Guid.Empty, [new AuditDayErased(old.Day)]));
        return false;
    }
}
