using System.Data.Common;
using System.Globalization;
using ConsultHub.Silo;

namespace ConsultHub.Backups;

/// <summary>
/// One transaction on the hub's database. The SQL is the same for SQLite and PostgreSQL. Without a commit nothing is stored.
/// </summary>
internal sealed class DatabaseSession(DbConnection connection, DbTransaction transaction, IDisposable? held) : IAsyncDisposable
{
    /// <summary>The condition for keys that begin with a prefix. It compares bytes, so the database can use an index.</summary>
    private const string BeginsWith = "GrainTypeString = @state AND GrainIdExtensionString >= @from AND GrainIdExtensionString < @to";

    private DbCommand? _insertRow,
        _insertReminder;

    public async Task<int> SchemaVersionAsync() =>
        Convert.ToInt32(await ScalarAsync("SELECT coalesce(max(Version), 0) FROM HubSchema"), CultureInfo.InvariantCulture);

    public async Task<bool> IsEmptyAsync() =>
        await ScalarAsync(
            "SELECT count(*) FROM (SELECT 1 FROM OrleansStorage UNION ALL SELECT 1 FROM OrleansRemindersTable LIMIT 1) AS found"
        )
            is 0L;

    /// <summary>
    /// Reads all rows. If a state is given, reads only the rows of this state whose keys begin with the prefix, which must not be empty.
    /// The rows of each journal come in ascending order. The journal's head comes before its rows.
    /// </summary>
    public async IAsyncEnumerable<StoredRow> RowsAsync(string? state = null, string? prefix = null)
    {
        // Shorter keys come first, so that 9 comes before 10.
        using var command = Command(
            "SELECT GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1, Version, ModifiedOn, PayloadBinary "
                + "FROM OrleansStorage WHERE ServiceId = @service "
                + (state is null ? "" : $"AND {BeginsWith} ")
                + "ORDER BY GrainTypeString, length(GrainIdExtensionString), GrainIdExtensionString, GrainIdN0, GrainIdN1",
            [("@service", SiloHosting.ServiceId), .. state is null ? [] : KeysOf(state, prefix!)]
        );
        using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return new(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetInt32(4),
                Utc(reader.GetDateTime(5)),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<byte[]>(6)
            );
    }

    /// <summary>Reads the states and keys of all rows.</summary>
    public async IAsyncEnumerable<(string State, string Key)> KeysAsync()
    {
        using var command = Command(
            "SELECT GrainTypeString, GrainIdExtensionString FROM OrleansStorage WHERE ServiceId = @service",
            [("@service", SiloHosting.ServiceId)]
        );
        using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return (reader.GetString(0), reader.IsDBNull(1) ? "" : reader.GetString(1));
    }

    /// <summary>
    /// Deletes the rows of a state whose keys begin with a prefix, except for the row with the key <paramref name="kept"/>.
    /// </summary>
    public Task<int> DeleteAsync(string state, string prefix, string kept) =>
        ExecuteAsync(
            $"DELETE FROM OrleansStorage WHERE ServiceId = @service AND {BeginsWith} AND GrainIdExtensionString <> @kept",
            [("@service", SiloHosting.ServiceId), .. KeysOf(state, prefix), ("@kept", kept)]
        );

    public async IAsyncEnumerable<StoredReminder> RemindersAsync()
    {
        using var command = Command(
            "SELECT GrainId, ReminderName, StartTime, Period, GrainHash, Version "
                + "FROM OrleansRemindersTable WHERE ServiceId = @service ORDER BY GrainId, ReminderName",
            [("@service", SiloHosting.ServiceId)]
        );
        using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return new(
                reader.GetString(0),
                reader.GetString(1),
                Utc(reader.GetDateTime(2)),
                reader.GetInt64(3),
                reader.GetInt32(4),
                reader.GetInt32(5)
            );
    }

    public Task InsertAsync(StoredRow row) =>
        InsertAsync(
            ref _insertRow,
            "INSERT INTO OrleansStorage "
                + "(ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1, Version, ModifiedOn, PayloadBinary) "
                + "VALUES (@service, @state, @key, @n0, @n1, @version, @at, @data)",
            [
                ("@service", SiloHosting.ServiceId),
                ("@state", row.State),
                ("@key", row.Key),
                ("@n0", row.N0),
                ("@n1", row.N1),
                ("@version", row.Version),
                ("@at", Utc(row.At)),
                ("@data", (object?)row.Data ?? DBNull.Value),
            ]
        );

    public Task InsertAsync(StoredReminder reminder) =>
        InsertAsync(
            ref _insertReminder,
            "INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version) "
                + "VALUES (@service, @grain, @name, @start, @period, @hash, @version)",
            [
                ("@service", SiloHosting.ServiceId),
                ("@grain", reminder.Grain),
                ("@name", reminder.Reminder),
                ("@start", Utc(reminder.Start)),
                ("@period", reminder.Period),
                ("@hash", reminder.Hash),
                ("@version", reminder.Version),
            ]
        );

    public async Task<object?> ScalarAsync(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync();
    }

    public async Task<int> ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public DbCommand Command(string sql, IEnumerable<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    public Task CommitAsync() => transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        _insertRow?.Dispose();
        _insertReminder?.Dispose();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        held?.Dispose();
    }

    /// <summary>Uses one command for all rows, so that the database parses its text only once.</summary>
    private Task<int> InsertAsync(ref DbCommand? command, string sql, (string Name, object Value)[] values)
    {
        command ??= Command(sql, values);
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i].Value;
        return command.ExecuteNonQueryAsync();
    }

    private static (string Name, object Value)[] KeysOf(string state, string prefix) =>
        [("@state", state), ("@from", prefix), ("@to", prefix[..^1] + (char)(prefix[^1] + 1))];

    private static DateTime Utc(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);
}
