using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Limits;

/// <summary>Limits that keep one person or one address from using up a web node. Each node counts for itself.</summary>
internal sealed class HubLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _topics,
        _watches,
        _refusals;

    public HubLimits(IOptions<LimitOptions> options)
    {
        var limits = options.Value;
        _topics = PartitionedRateLimiter.Create<string, string>(person => AtOnce(person, limits.TopicsPerPerson * limits.Times));
        _watches = PartitionedRateLimiter.Create<string, string>(person => PerMinute(person, limits.WatchesPerMinute * limits.Times));
        _refusals = PartitionedRateLimiter.Create<string, string>(person => PerMinute(person, limits.RefusalsPerMinute * limits.Times));
    }

    /// <summary>
    /// Takes a place for one more topic that a person watches, if the person's limit allows it. The caller disposes the place when watching
    /// ends.
    /// </summary>
    public RateLimitLease Topic(PersonId person) => _topics.AttemptAcquire(person.Value);

    /// <summary>
    /// Whether a person may now begin to watch a topic or read one. Each call of this method counts towards the person's limit.
    /// </summary>
    public bool MayWatch(PersonId person) => Passes(_watches, person.Value);

    /// <summary>Counts a refused call of a person. False if the person has had too many refused calls.</summary>
    public bool MayBeRefused(string person) => Passes(_refusals, person);

    public void Dispose()
    {
        _topics.Dispose();
        _watches.Dispose();
        _refusals.Dispose();
    }

    /// <summary>
    /// Limits for requests. Connections to hubs are counted while they are open. New connections and requests that change something are
    /// counted by the minute.
    /// </summary>
    public static PartitionedRateLimiter<HttpContext> OfRequests(LimitOptions limits) =>
        PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http =>
                IsConnection(http) && Person(http) is { } person ? AtOnce(person, limits.ConnectionsPerPerson * limits.Times) : None
            ),
            PartitionedRateLimiter.Create<HttpContext, string>(http =>
                IsConnection(http) ? AtOnce(Source(http), limits.ConnectionsPerAddress * limits.Times) : None
            ),
            PartitionedRateLimiter.Create<HttpContext, string>(http =>
                Counts(http) && Person(http) is { } person ? PerMinute(person, limits.WritesPerMinute * limits.Times) : None
            ),
            PartitionedRateLimiter.Create<HttpContext, string>(http =>
                Counts(http) ? PerMinute(Source(http), limits.WritesPerMinuteAndAddress * limits.Times) : None
            )
        );

    public static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>
    /// The part of an address that limits count: the whole address for IPv4, and the network of 64 bits for IPv6. One customer of IPv6 has
    /// at least such a network, and could use any of its addresses.
    /// </summary>
    public static string Source(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address)
            return Address(http);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private static RateLimitPartition<string> None { get; } = RateLimitPartition.GetNoLimiter("/");

    private static string? Person(HttpContext http) => SignInTicket.From(http.User)?.Person.Value;

    private static bool IsConnection(HttpContext http) => http.Request.Path.StartsWithSegments("/hubs");

    private static bool Counts(HttpContext http) =>
        IsConnection(http)
        || !(
            HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method)
        );

    private static bool Passes(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    private static RateLimitPartition<string> AtOnce(string key, int most) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = most });

    /// <summary>Allows about this number of calls in a minute on average, and at most half of it at once.</summary>
    private static RateLimitPartition<string> PerMinute(string key, int most) =>
        RateLimitPartition.GetTokenBucketLimiter(
            key,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, most / 2),
                TokensPerPeriod = Math.Max(1, most / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                AutoReplenishment = true,
            }
        );
}
