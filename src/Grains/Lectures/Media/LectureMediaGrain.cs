using System.Collections.Immutable;
using ConsultHub.Journal;

namespace ConsultHub.Lectures.Media;

/// <summary>See <see cref="ILectureMediaGrain"/>. A publisher that sends nothing for <see cref="Patience"/> counts as gone.</summary>
internal sealed class LectureMediaGrain(AuthorityServices services) : Grain, ILectureMediaGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10),
        Expiry = TimeSpan.FromMinutes(1);

    private readonly MediaLog _log = new(services.Clock);
    private readonly Dictionary<uint, Publisher> _publishers = [];
    private readonly Dictionary<ILectureMediaObserver, DateTimeOffset> _observers = [];
    private uint _last;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(EndSilentAsync, new GrainTimerCreationOptions(Patience / 4, Patience / 4) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task<MediaSource> BeginAsync(PersonId person, ImmutableArray<byte> tracks)
    {
        foreach (var before in _publishers.Values.Where(p => p.Source.Person == person).ToList())
            Remove(before.Source.Publication);
        var now = services.Clock.GetUtcNow();
        // Numbers come from the clock, so that they rise after a restart without being stored.
        _last = Math.Max(_last + 1, (uint)now.ToUnixTimeSeconds());
        var source = new MediaSource(_last, person, now, tracks);
        _publishers[_last] = new(source) { HeardAt = now };
        TellSources();
        return Task.FromResult(source);
    }

    public Task SwitchAsync(uint publication, ImmutableArray<byte> tracks)
    {
        if (!_publishers.TryGetValue(publication, out var publisher))
            return Task.CompletedTask;
        publisher.Source = publisher.Source with { Tracks = tracks };
        TellSources();
        return Task.CompletedTask;
    }

    public Task<bool> PushAsync(uint publication, MediaPacket packet)
    {
        if (!_publishers.TryGetValue(publication, out var publisher))
            return Task.FromResult(false);
        publisher.HeardAt = services.Clock.GetUtcNow();
        foreach (var frame in MediaWire.Read(packet.Bytes))
            _log.Add(frame);
        foreach (var observer in Listening())
            observer.MediaAsync(packet).Ignore();
        return Task.FromResult(true);
    }

    public Task EndAsync(uint publication)
    {
        if (Remove(publication))
            TellSources();
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<MediaSource>> SourcesAsync() => Task.FromResult(Sources);

    public Task<MediaPicture?> ObserveAsync(ILectureMediaObserver observer)
    {
        var known = _observers.ContainsKey(observer);
        _observers[observer] = services.Clock.GetUtcNow();
        if (known)
            return Task.FromResult<MediaPicture?>(null);
        // The packets contain the tracks of every quality. The web node chooses the tracks for each viewer.
        var packets = MediaWire.Packets(_log.Newest()).Select(packet => new MediaPacket(packet));
        return Task.FromResult<MediaPicture?>(new(Sources, [.. packets]));
    }

    public Task UnobserveAsync(ILectureMediaObserver observer)
    {
        _observers.Remove(observer);
        return Task.CompletedTask;
    }

    private ImmutableArray<MediaSource> Sources => [.. _publishers.Values.Select(p => p.Source).OrderBy(s => s.Publication)];

    private bool Remove(uint publication)
    {
        _log.Forget(publication);
        return _publishers.Remove(publication);
    }

    private void TellSources()
    {
        foreach (var observer in Listening())
            observer.SourcesAsync(Sources).Ignore();
    }

    private List<ILectureMediaObserver> Listening()
    {
        var oldest = services.Clock.GetUtcNow() - Expiry;
        foreach (var (observer, at) in _observers)
            if (at < oldest)
                _observers.Remove(observer);
        return [.. _observers.Keys];
    }

    private Task EndSilentAsync(CancellationToken cancel)
    {
        var oldest = services.Clock.GetUtcNow() - Patience;
        var gone = _publishers.Values.Where(p => p.HeardAt < oldest).ToList();
        foreach (var publisher in gone)
            Remove(publisher.Source.Publication);
        if (gone.Count > 0)
            TellSources();
        return Task.CompletedTask;
    }

    private sealed class Publisher(MediaSource source)
    {
        public MediaSource Source = source;
        public DateTimeOffset HeardAt;
    }
}
