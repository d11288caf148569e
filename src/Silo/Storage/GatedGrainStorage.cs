using Orleans.Runtime;
using Orleans.Storage;

namespace ConsultHub.Storage;

/// <summary>Grain storage whose writes take turns on the <see cref="WriterThread"/>. Reads go on beside them: WAL gives each the state before the write.</summary>
internal sealed class GatedGrainStorage(IGrainStorage inner, WriterThread writer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        // Off the grain's thread: the driver blocks on the disk.
        Task.Run(() => inner.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        writer.RunAsync(() => inner.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        writer.RunAsync(() => inner.ClearStateAsync(stateName, grainId, grainState));
}
