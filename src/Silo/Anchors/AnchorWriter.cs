using System.Collections.Concurrent;
using ConsultHub.Journal;
using ConsultHub.Silo;
using ConsultHub.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsultHub.Anchors;

/// <summary>
/// Writes the anchors of this process's journals once a second. A commit only notes its newest row in memory and does not wait. An anchor
/// may therefore be older than the newest row, but never newer.
/// </summary>
internal sealed partial class AnchorWriter(IOptions<HubOptions> options, ILogger<AnchorWriter> log)
    : IJournalAnchors,
        IHostedLifecycleService,
        IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="Read">The row that was the newest when the journal's grain last read its journal. Null if the grain has not read it
    /// since the anchors were last written.</param>
    private readonly record struct Note((long Row, byte[] Hash)? Read, (long Row, byte[] Hash) Newest);

    private readonly ConcurrentDictionary<string, Note> _rows = [];
    private readonly ConcurrentDictionary<string, (long Row, byte[] Hash)> _snapshots = [];
    private readonly CancellationTokenSource _stopping = new();
    private AnchorFile? _file;
    private Task _writing = Task.CompletedTask;
    private bool _failing;

    public void RowRead(string journal, long row, byte[] hash) =>
        _rows.AddOrUpdate(
            journal,
            static (_, now) => new(now, now),
            static (_, noted, now) => new(now, now.row >= noted.Newest.Row ? now : noted.Newest),
            (row, hash)
        );

    public void RowStored(string journal, long row, byte[] hash) =>
        _rows.AddOrUpdate(
            journal,
            static (_, now) => new(null, now),
            static (_, noted, now) => now.row >= noted.Newest.Row ? noted with { Newest = now } : noted,
            (row, hash)
        );

    public void SnapshotStored(string journal, long row, byte[] hash) => _snapshots[journal] = (row, hash);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var folder = AnchorFolder.Of(options.Value).Path;
        try
        {
            _file = AnchorFile.Open(folder, AnchorFolder.Hub);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException($"Hub:AnchorPath is \"{folder}\", where the hub cannot keep its anchors: {e.Message}", e);
        }
        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Runs after the grains have stopped, so that the rows that they stored while stopping get anchors too.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_file is null)
            return; // never started, or already stopped
        await _stopping.CancelAsync();
        await _writing;
        Dispose();
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _file, null)?.Dispose();
        _stopping.Dispose();
    }

    private async Task WriteAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                Write();
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
        Write();
    }

    private void Write()
    {
        var (rows, snapshots) = (Take(_rows), Take(_snapshots));
        if (rows.Count + snapshots.Count == 0 || _file is not { } file)
            return;
        try
        {
            foreach (
                var journal in file.Append([
                    .. rows.SelectMany(Lines),
                    .. snapshots.Select(s => AnchorLine.OfSnapshot(s.Journal, s.Noted.Row, s.Noted.Hash)),
                ])
            )
                LogContradiction(journal);
            _failing = false;
        }
        catch (Exception e) // after any failure, the next write follows a second later
        {
            if (!_failing)
                LogNotWritten(file.Path, e);
            _failing = true;
            // Keeps the notes for the next attempt.
            foreach (var (journal, note) in rows)
                _rows.AddOrUpdate(
                    journal,
                    static (_, before) => before,
                    static (_, now, before) =>
                        new(before.Read ?? now.Read, now.Newest.Row >= before.Newest.Row ? now.Newest : before.Newest),
                    note
                );
            foreach (var (journal, newest) in snapshots)
                _snapshots.TryAdd(journal, newest);
        }
    }

    private static IEnumerable<AnchorLine> Lines((string Journal, Note Noted) of)
    {
        if (of.Noted.Read is { } read)
            yield return AnchorLine.OfRow(of.Journal, read.Row, read.Hash);
        if (of.Noted.Newest.Row != of.Noted.Read?.Row)
            yield return AnchorLine.OfRow(of.Journal, of.Noted.Newest.Row, of.Noted.Newest.Hash);
    }

    private static List<(string Journal, T Noted)> Take<T>(ConcurrentDictionary<string, T> noted)
    {
        List<(string, T)> taken = [];
        foreach (var (journal, _) in noted)
            if (noted.TryRemove(journal, out var note))
                taken.Add((journal, note));
        return taken;
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The journal {Journal} contradicts its anchor. Stored rows were altered or removed. Run the command verify."
    )]
    private partial void LogContradiction(string journal);

    [LoggerMessage(Level = LogLevel.Error, Message = "Anchors cannot be written to {Path}. The hub keeps trying.")]
    private partial void LogNotWritten(string path, Exception reason);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
