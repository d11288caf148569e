using System.Collections.Concurrent;
using ConsultHub.Journal;
using ConsultHub.Live;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace ConsultHub.Tests.Storage;

/// <summary>
/// Stored rows are identified by state name and key, without the grain class. A key that looks like a number is stored as a number and can
/// then be the same as another key.
/// </summary>
public sealed class StateNameTests
{
    /// <summary>For each grain class at least one of these keys is valid.</summary>
    private static readonly string[] Keys = ["ehs/2026-W48", "ehs", "ehs/consultants", "demo-congress/p-attendee"];

    [Fact]
    public async Task Each_grain_class_has_separate_state_names_and_keys_that_are_not_numbers()
    {
        var seen = new ConcurrentBag<(string StateName, GrainId Row)>();
        await using var hub = await TestHub.StartAsync(configure: services => Record(services, seen));
        var classes = AppDomain
            .CurrentDomain.GetAssemblies()
            .SelectMany(a => a.GetTypes())
            .Where(IsAuthority)
            .Select(GrainTypeOf)
            .ToHashSet();
        Assert.NotEmpty(classes);

        foreach (var type in classes)
        {
            foreach (var key in Keys)
                await TryActivateAsync(hub, GrainId.Create(type, key));
            Assert.Contains(seen, s => s.Row.Type == type);
        }

        Assert.All(seen.GroupBy(s => s.StateName), name => Assert.Single(name.Select(s => s.Row.Type).Distinct()));
        // The verify command finds the types of a journal by this name.
        Assert.All(seen, s => Assert.Equal(s.Row.Type.ToString(), s.StateName[..s.StateName.LastIndexOf('.')]));
        Assert.All(
            seen,
            s =>
                Assert.False(
                    s.Row.TryGetIntegerKey(out _, out _) || s.Row.TryGetGuidKey(out _, out _),
                    $"The key of {s.Row} looks like a number."
                )
        );
    }

    private static bool IsAuthority(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null && !type.IsAbstract; ancestor = ancestor.BaseType)
            if (ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(AuthorityGrain<,>))
                return true;
        return false;
    }

    private static GrainType GrainTypeOf(Type grainClass)
    {
        var named = Assert.IsType<GrainTypeAttribute>(Attribute.GetCustomAttribute(grainClass, typeof(GrainTypeAttribute)));
        return named.GetGrainType(null!, grainClass);
    }

    private static async Task TryActivateAsync(TestHub hub, GrainId grain)
    {
        try
        {
            await hub.Grains.GetGrain<ILiveAuthority>(grain).ReadSinceAsync(null);
        }
        catch (Exception e) when (e is not TimeoutException)
        {
            // The key is not valid for this class.
        }
    }

    private static void Record(IServiceCollection services, ConcurrentBag<(string, GrainId)> seen)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, AuthorityServices.StorageName));
        services.AddKeyedSingleton<IGrainStorage>(
            AuthorityServices.StorageName,
            (provider, key) => new RecordingStorage((IGrainStorage)inner.KeyedImplementationFactory!(provider, key), seen)
        );
    }

    private sealed class RecordingStorage(IGrainStorage inner, ConcurrentBag<(string, GrainId)> seen) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            seen.Add((stateName, grainId));
            return inner.ReadStateAsync(stateName, grainId, grainState);
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            inner.WriteStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
