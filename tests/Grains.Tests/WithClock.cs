using ConsultHub.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests;

/// <summary>Services with another clock than the host's. The authorities use this clock, while the silo's timers keep real time.</summary>
internal sealed class WithClock(IServiceProvider inner, TimeProvider clock) : IServiceProvider, IKeyedServiceProvider
{
    public static AuthorityServices Authorities(IServiceProvider provider, TimeProvider clock) => new(new WithClock(provider, clock));

    public object? GetService(Type type) => type == typeof(TimeProvider) ? clock : inner.GetService(type);

    public object? GetKeyedService(Type type, object? key) => ((IKeyedServiceProvider)inner).GetKeyedService(type, key);

    public object GetRequiredKeyedService(Type type, object? key) => ((IKeyedServiceProvider)inner).GetRequiredKeyedService(type, key);
}
