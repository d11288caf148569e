using ConsultHub.Live;

namespace ConsultHub.Journal;

/// <summary>
/// The web nodes that observe one authority. An observer that does not renew its registration within <see cref="Expiry"/> is removed.
/// </summary>
internal sealed class LiveObservers(TimeProvider clock)
{
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(20);

    private readonly Dictionary<ILiveObserver, DateTimeOffset> _renewed = [];

    public void Renew(ILiveObserver observer) => _renewed[observer] = clock.GetUtcNow();

    public void Remove(ILiveObserver observer) => _renewed.Remove(observer);

    /// <summary>Sends a change to all observers and does not wait for answers. The change is built only if there is an observer.</summary>
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
