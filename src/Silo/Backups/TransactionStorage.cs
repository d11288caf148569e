using System.Data;
using System.Globalization;
using ConsultHub.Anchors;
using ConsultHub.Journal;
using ConsultHub.Silo;
using ConsultHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Backups;

/// <summary>
/// Grain storage within one transaction. It uses the same queries as a silo. What a journal writes through it is stored together with the
/// rest of the transaction or not at all.
/// </summary>
internal sealed class TransactionStorage(DatabaseSession session, HubSchema schema, Serializer serializer) : IGrainStorage
{
    /// <summary>
    /// Returns the services with which a journal reads and writes inside the transaction, in the same way as in its grain.
    /// </summary>
    /// <param name="anchors">Collects the anchors of what the journal writes.</param>
    public static AuthorityServices Over(DatabaseSession session, HubDatabase database, Serializer serializer, NotedAnchors? anchors = null)
    {
        var services = new ServiceCollection()
            .AddKeyedSingleton<IGrainStorage>(
                AuthorityServices.StorageName,
                new TransactionStorage(session, HubDatabase.SchemaOf(database.Kind)!, serializer)
            )
            .AddSingleton(serializer)
            .AddLogging();
        if (anchors is not null)
            services.AddSingleton<IJournalAnchors>(anchors);
        return new(services.BuildServiceProvider());
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        using var command = session.Command(schema.Queries["ReadFromStorageKey"], Key(stateName, grainId));
        using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync() || reader.IsDBNull(0))
            return;
        grainState.State = serializer.Deserialize<T>(reader.GetFieldValue<byte[]>(0))!;
        grainState.ETag = reader.GetInt32(1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        object version = grainState.ETag is { } tag ? int.Parse(tag, CultureInfo.InvariantCulture) : DBNull.Value;
        using var command = session.Command(
            schema.Queries["WriteToStorageKey"],
            [.. Key(stateName, grainId), ("@GrainStateVersion", version), ("@PayloadBinary", serializer.SerializeToArray(grainState.State))]
        );
        command.Parameters["@GrainStateVersion"].DbType = DbType.Int32; // PostgreSQL needs the type of a null
        grainState.ETag = Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) is { Length: > 0 } stored
            ? stored
            : throw new InconsistentStateException($"{stateName} {grainId} was written by somebody else.");
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("A journal never clears a state.");

    private static (string, object)[] Key(string stateName, GrainId grain) =>
        [
            ("@ServiceId", SiloHosting.ServiceId),
            ("@GrainTypeString", stateName),
            ("@GrainIdExtensionString", grain.Key.ToString()!),
            ("@GrainIdN0", 0L),
            ("@GrainIdN1", 0L),
        ];
}
