using System.Collections.Concurrent;
using Orleans.Runtime;

namespace ConsultHub.Benchmarks.Accounts;

/// <summary>Counts the calls of each type of grain.</summary>
internal sealed class GrainCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public int Of(string grainType) => _counts.GetValueOrDefault(grainType);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _counts.AddOrUpdate(context.TargetId.Type.ToString()!, 1, (_, count) => count + 1);
        return context.Invoke();
    }
}
