using Npgsql;

namespace ConsultHub.Tests.Storage;

/// <summary>
/// The server that <c>tests/run.sh</c> starts and names in <c>HUB_TEST_POSTGRESQL</c>. Each test has a database of its own.
/// </summary>
public static class PostgresqlServer
{
    public const string HowToHave = "HUB_TEST_POSTGRESQL names no server; tests/run.sh starts one.";

    private static readonly string? Server = Environment.GetEnvironmentVariable("HUB_TEST_POSTGRESQL");

    public static bool IsMissing => string.IsNullOrEmpty(Server);

    /// <summary>The command that restarts the server, or null if there is none.</summary>
    public static string? Restart { get; } = Environment.GetEnvironmentVariable("HUB_TEST_POSTGRESQL_RESTART");

    /// <returns>The connection string of an empty database.</returns>
    public static async Task<string> NewDatabaseAsync()
    {
        var name = "hub_" + Guid.NewGuid().ToString("N");
        await using var server = NpgsqlDataSource.Create(Server!);
        await using var command = server.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Server) { Database = name, Pooling = true }.ConnectionString;
    }

    public static void Drop(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        using var server = NpgsqlDataSource.Create(Server!);
        using var command = server.CreateCommand($"DROP DATABASE {name} WITH (FORCE)");
        command.ExecuteNonQuery();
    }
}
