using ConsultHub.Live;

namespace ConsultHub.Journal;

/// <summary>Web nodes that watch one authority. Each renews within <see cref="Expiry"/> or is forgotten.</summary>
internal sealed class LiveObservers(TimeProvider clock)
{
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(20);

    private readonly Dictionary<ILiveObserver, DateTimeOffset> _renewed = [];

    public void Renew(ILiveObserver observer) => _renewed[observer] = clock.GetUtcNow();

    public void Remove(ILiveObserver observer) => _renewed.Remove(observer);

    /// <summary>Tells everybody, one way; the change is built only where somebody watches.</summary>
    public void Tell(Func<LiveChange> change)
    {
        if (_renewed.Count == 0)
            return;
        var oldest = clock.GetUtcNow() - Expiry;
        foreach (var (observer, at) in _renewed)
            if (at < oldest)
                _renewed.Remove(observer);
        if (_renewed.Count == 0)
            return;
        var told = change();
        foreach (var observer in _renewed.Keys)
            observer.ChangedAsync(told).Ignore();
    }
}
