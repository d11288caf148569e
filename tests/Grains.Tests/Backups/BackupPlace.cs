using ConsultHub.Backups;
using ConsultHub.Silo;
using ConsultHub.Tests.Rostering;
using ConsultHub.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace ConsultHub.Tests.Backups;

/// <summary>A database of either kind on which a hub can run while an operator's commands work beside it.</summary>
internal sealed class BackupPlace(string folder, string? connectionString) : IAsyncDisposable
{
    /// <summary>The folder for the operator's files.</summary>
    public string Files { get; } = TestHub.NewFolder();

    public static async Task<BackupPlace> NewAsync(string kind) =>
        new(TestHub.NewFolder(), kind == "PostgreSQL" ? await PostgresqlServer.NewDatabaseAsync() : null);

    /// <summary>Both kinds of database. Tests on PostgreSQL are skipped if there is no server.</summary>
    public static IEnumerable<TheoryDataRow<string>> Kinds => [new("SQLite"), new("PostgreSQL") { Skip = SkipOf("PostgreSQL") }];

    /// <summary>Every combination of source and target.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> Pairs =>
        from source in (string[])["SQLite", "PostgreSQL"]
        from target in (string[])["SQLite", "PostgreSQL"]
        select new TheoryDataRow<string, string>(source, target) { Skip = SkipOf(source + target) };

    private static string? SkipOf(string kinds) =>
        kinds.Contains("PostgreSQL", StringComparison.Ordinal) && PostgresqlServer.IsMissing ? PostgresqlServer.HowToHave : null;

    public Task<RosterHub> StartAsync(DateTimeOffset? now = null, bool seed = true) =>
        RosterHub.StartAsync(folder, now, seed, connectionString);

    public string File(string name) => Path.Combine(Files, name);

    /// <summary>A path in the data folder.</summary>
    public string Data(string name) => Path.Combine(folder, name);

    public void Put(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Data(name))!);
        System.IO.File.WriteAllBytes(Data(name), content);
    }

    /// <summary>Slides, recordings and all other files except the database and the anchors.</summary>
    public Dictionary<string, byte[]> DataFiles() =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Where(name => !name.StartsWith("hub.", StringComparison.Ordinal) && !name.StartsWith("anchors/", StringComparison.Ordinal))
            .ToDictionary(name => name, name => System.IO.File.ReadAllBytes(Data(name)));

    /// <summary>Changes rows in the database directly, without the hub's knowledge.</summary>
    public async Task ChangeAsync(Func<DatabaseSession, Serializer, Task> change)
    {
        using var host = BuildHost();
        await using var session = await HubDatabase.Of(host.Services).ChangeAsync();
        await change(session, host.Services.GetRequiredService<Serializer>());
        await session.CommitAsync();
    }

    /// <summary>Runs a command and returns its output, and whether it succeeded.</summary>
    public async Task<(bool Done, string Text)> KeepAsync(params string[] args)
    {
        using var host = BuildHost();
        Assert.True(BackupCommands.Knows(args));
        using StringWriter output = new(),
            errors = new();
        var code = await host.KeepAsync(args, output, errors);
        Assert.Equal(code == 0, errors.ToString().Length == 0);
        return (code == 0, code == 0 ? output.ToString() : errors.ToString());
    }

    private IHost BuildHost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Hub:DataPath", folder)]);
        if (connectionString is not null)
            builder.Configuration.AddInMemoryCollection([
                new("Hub:Cluster:Provider", "postgresql"),
                new("Hub:Cluster:ConnectionString", connectionString),
            ]);
        builder.Logging.ClearProviders();
        builder.AddHubSilo();
        return builder.Build();
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<string> DoneAsync(params string[] args)
    {
        var (done, text) = await KeepAsync(args);
        Assert.True(done, text);
        return text;
    }

    /// <summary>Runs a command that must be refused, and returns the sentence of the refusal.</summary>
    public async Task<string> RefusedAsync(params string[] args)
    {
        var (done, text) = await KeepAsync(args);
        Assert.False(done, text);
        return text;
    }

    public ValueTask DisposeAsync()
    {
        if (connectionString is not null)
            PostgresqlServer.Drop(connectionString);
        Directory.Delete(folder, recursive: true);
        Directory.Delete(Files, recursive: true);
        return ValueTask.CompletedTask;
    }
}
