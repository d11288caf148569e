using ConsultHub.Live;

namespace ConsultHub.Client;

/// <summary>
/// A watched topic and its present state. The topic is watched until this object is disposed. Any thread may read this object. Events come
/// one at a time, and their handlers must not block.
/// </summary>
public sealed class WatchedTopic : IAsyncDisposable
{
    private readonly HubTopicClient _client;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<Frame> _parts = [];
    private object? _connection;
    private DateTimeOffset? _currentUntil;
    private TaskCompletionSource _next = NewSignal();
    private volatile TopicPicture _picture;
    private volatile TopicLink _link;

    internal WatchedTopic(HubTopicClient client, string name, TopicPicture from, TimeProvider clock)
    {
        (_client, Name, _picture, _clock) = (client, name, from, clock);
        (_link, _currentUntil) = (new(LinkState.Connecting, clock.GetUtcNow()), from.At);
    }

    public string Name { get; }

    public TopicPicture Picture => _picture;

    public TopicLink Link => _link;

    /// <summary>
    /// The time since the picture was last known to be current. Zero while the topic is live. Null if there is no picture yet.
    /// </summary>
    public TimeSpan? Age =>
        _link.State == LinkState.Live ? TimeSpan.Zero
        : _currentUntil is { } until ? _clock.GetUtcNow() - until
        : null;

    public event Action<TopicChange>? Changed;

    public event Action<TopicLink>? LinkChanged;

    /// <summary>
    /// Waits until the condition is true, and returns the picture of that moment. The condition is checked now and after every change.
    /// </summary>
    public async Task<TopicPicture> WhenAsync(Func<WatchedTopic, bool> condition, CancellationToken cancel = default)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next);
            if (condition(this))
                return _picture;
            await next.Task.WaitAsync(cancel);
        }
    }

    /// <summary>Stops watching.</summary>
    public ValueTask DisposeAsync() => _client.UnwatchAsync(this);

    /// <summary>From now on only frames of this connection are applied. The parts of an unfinished frame are dropped.</summary>
    /// <returns>False if this connection is already expected.</returns>
    internal bool Expect(object connection)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_connection, connection))
                return false;
            _connection = connection;
            _parts.Clear();
            return true;
        }
    }

    internal void Receive(object connection, Frame part)
    {
        Frame? whole;
        lock (_lock)
        {
            if (!ReferenceEquals(connection, _connection))
                return;
            if (_parts.Count > 0 && _parts[0].Position != part.Position)
                _parts.Clear();
            _parts.Add(part);
            if (!part.Last)
                return;
            whole =
                _parts.Count == 1
                    ? part
                    : part with
                    {
                        Items = [.. _parts.SelectMany(p => p.Items)],
                        Removed = [.. _parts.SelectMany(p => p.Removed)],
                    };
            _parts.Clear();
            if (whole.Kind == FrameKind.Delta && _picture.Position is null)
                return; // this delta belongs to an earlier watch of the topic
            _picture = _picture.With(whole);
        }
        Changed?.Invoke(new(whole, _picture));
        SetLink(LinkState.Live);
    }

    /// <param name="heard">The time when the client last heard from the server.</param>
    internal void Lose(DateTimeOffset heard)
    {
        lock (_lock)
            _connection = null;
        if (_link.State == LinkState.Live)
        {
            _currentUntil = heard;
            SetLink(LinkState.Offline, heard);
        }
        else if (_link.State == LinkState.Connecting)
        {
            SetLink(LinkState.Offline, _link.Since);
        }
    }

    internal void Refuse(string code)
    {
        if (_link.State == LinkState.Live)
            _currentUntil = _clock.GetUtcNow();
        SetLink(LinkState.Refused, refusal: code);
    }

    private void SetLink(LinkState state, DateTimeOffset? since = null, string? refusal = null)
    {
        if (_link.State != state || _link.Refusal != refusal)
        {
            _link = new(state, since ?? _clock.GetUtcNow(), refusal);
            LinkChanged?.Invoke(_link);
        }
        Interlocked.Exchange(ref _next, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
