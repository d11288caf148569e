using Orleans.Runtime;
using Orleans.Storage;

namespace ConsultHub.Storage;

/// <summary>
/// Grain storage whose writes wait for their turn in <see cref="SqliteWriter"/>. Reads do not wait: in SQLite's WAL mode, they see the
/// state before the write.
/// </summary>
internal sealed class GatedGrainStorage(IGrainStorage inner, SqliteWriter writer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        // The read does not run on the grain's thread, because the driver blocks on the disk.
        Task.Run(() => inner.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ChangeAsync(grainState, state => inner.WriteStateAsync(stateName, grainId, state));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ChangeAsync(grainState, state => inner.ClearStateAsync(stateName, grainId, state));

    /// <summary>
    /// The caller's state and its ETag change only after the change is on the disk. If the write fails, they stay as they are.
    /// </summary>
    private async Task ChangeAsync<T>(IGrainState<T> state, Func<IGrainState<T>, Task> change)
    {
        var changed = await writer.RunAsync(async () =>
        {
            var copy = new GrainState<T>(state.State, state.ETag) { RecordExists = state.RecordExists };
            await change(copy);
            return copy;
        });
        (state.State, state.ETag, state.RecordExists) = (changed.State, changed.ETag, changed.RecordExists);
    }
}
