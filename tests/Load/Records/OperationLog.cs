using System.Text.Json;

namespace ConsultHub.Load.Records;

/// <summary>The first line of a file of operations, which describes the run.</summary>
/// <param name="From">The roster's version before the first operation.</param>
internal sealed record RunHeader(Uri[] Hubs, NetworkId Network, Week Week, long From, DateTimeOffset Started);

/// <summary>
/// Writes each command of a run to a file as soon as the command ends, so that a run that is cut short can be checked too. The file has one
/// JSON value on each line, and the first is the header.
/// </summary>
internal sealed class OperationLog : IAsyncDisposable
{
    private readonly StreamWriter _file;
    private readonly Lock _turn = new();
    private readonly List<Operation> _all = [];

    public OperationLog(string path, RunHeader header)
    {
        Header = header;
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        _file = new StreamWriter(Path) { AutoFlush = true };
        _file.WriteLine(JsonSerializer.Serialize(header, HubJson.Options));
    }

    public string Path { get; }

    public RunHeader Header { get; }

    public IReadOnlyCollection<Operation> All
    {
        get
        {
            lock (_turn)
                return [.. _all];
        }
    }

    public void Add(Operation operation)
    {
        lock (_turn)
        {
            _all.Add(operation);
            _file.WriteLine(JsonSerializer.Serialize(operation, HubJson.Options));
        }
    }

    /// <summary>The first accepted command that was sent after an instant, or null.</summary>
    public Operation? FirstAccepted(DateTimeOffset since)
    {
        Operation? first = null;
        lock (_turn)
        {
            for (var i = _all.Count - 1; i >= 0 && _all[i].Answered > since; i--)
                if (_all[i] is { Outcome: Outcome.Accepted } operation && operation.Sent > since)
                    first = operation;
        }
        return first;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    public static (RunHeader Header, List<Operation> Operations) Read(string path)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        if (!lines.MoveNext())
            throw new LoadException($"{path} is empty.");
        var header = JsonSerializer.Deserialize<RunHeader>(lines.Current, HubJson.Options)!;
        List<Operation> operations = [];
        while (lines.MoveNext())
            operations.Add(JsonSerializer.Deserialize<Operation>(lines.Current, HubJson.Options)!);
        return (header, operations);
    }
}
