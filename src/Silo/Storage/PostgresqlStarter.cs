using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ConsultHub.Storage;

/// <summary>
/// Before Orleans starts, waits until the database answers. Then applies this program's schema. The first node applies the schema. The
/// other nodes find it already applied.
/// </summary>
internal sealed class PostgresqlStarter(NpgsqlDataSource database) : IHostedLifecycleService
{
    /// <summary>How long to wait for a database that is still starting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromSeconds(1))
        {
            try
            {
                await Task.Run(() => HubSchema.Postgresql.Apply(database), cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (!e.IsTransient || waited >= Patience)
            {
                var where = new NpgsqlConnectionStringBuilder(database.ConnectionString);
                throw new StorageStartException(
                    $"Hub:Cluster:ConnectionString leads to the database {where.Database} at {where.Host}:{where.Port}, "
                        + $"where the hub cannot keep its data: {e.Message}",
                    e
                );
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
