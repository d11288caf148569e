using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ConsultHub.Tests.Fixtures;

/// <summary>
/// A simulated cable between a client and one or more web nodes. It can be unplugged, go silent, or hold back the data from the hub.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Link, byte> _links = new();
    private volatile Uri[] _hubs;
    private readonly Task _accepting;
    private volatile bool _pulled;
    private volatile TaskCompletionSource? _held;
    private int _turn;

    public Wire(params Uri[] hubs)
    {
        _hubs = hubs;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The address to which clients connect.</summary>
    public Uri End => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Sets where new connections lead: to one web node, or to several in turn.</summary>
    public void LeadTo(params Uri[] hubs) => _hubs = hubs;

    /// <summary>Closes all connections and refuses new ones.</summary>
    public void Pull()
    {
        _pulled = true;
        foreach (var link in _links.Keys)
            link.Dispose();
    }

    public void PlugIn() => _pulled = false;

    /// <summary>Existing connections stay open but pass no more data. New connections work.</summary>
    public void GoSilent()
    {
        foreach (var link in _links.Keys)
            link.Silent = true;
    }

    /// <summary>Stops passing on data from the hub until <see cref="Release"/>.</summary>
    public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _held, null)?.SetResult();

    public async ValueTask DisposeAsync()
    {
        Pull();
        Release();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                if (_pulled)
                    client.Dispose();
                else
                    _ = CarryAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The wire has been disposed.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        var hubs = _hubs;
        for (var tries = hubs.Length; tries > 0; tries--)
        {
            using var link = new Link(client, Upstream());
            _links[link] = 0;
            try
            {
                await link.Hub.ConnectAsync(IPAddress.Loopback, hubs[(uint)Interlocked.Increment(ref _turn) % hubs.Length].Port);
                tries = 1;
                await Task.WhenAny(PassAsync(link, link.Client, link.Hub, down: false), PassAsync(link, link.Hub, link.Client, down: true));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // This node is down. If there are others, the next one is tried.
                if (tries > 1)
                    link.Keep();
            }
            _links.TryRemove(link, out _);
        }
    }

    /// <summary>Uses small buffers and segments, as on a real network, so that the hub soon notices that nobody reads.</summary>
    private static Socket Upstream()
    {
        const int Tcp = 6,
            MaximumSegment = 2;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = 8192,
        };
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(Tcp, MaximumSegment, BitConverter.GetBytes(1400));
        return socket;
    }

    private async Task PassAsync(Link link, Socket from, Socket to, bool down)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                if (down && _held is { } held)
                    await held.Task;
                var count = await from.ReceiveAsync(buffer);
                if (count == 0 && !link.Silent)
                    return;
                if (link.Silent)
                    await link.Over.Task;
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side has closed the connection.
        }
    }

    private sealed class Link(Socket client, Socket hub) : IDisposable
    {
        public Socket Client => client;
        public Socket Hub => hub;
        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public volatile bool Silent;
        private bool _kept;

        /// <summary>Leaves the client's socket open for another link.</summary>
        public void Keep() => _kept = true;

        public void Dispose()
        {
            Over.TrySetResult();
            if (!_kept)
                client.Dispose();
            hub.Dispose();
        }
    }
}
