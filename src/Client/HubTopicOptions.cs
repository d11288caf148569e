using Microsoft.AspNetCore.Http.Connections.Client;

namespace ConsultHub.Client;

/// <summary>How <see cref="HubTopicClient"/> connects.</summary>
public sealed record HubTopicOptions
{
    /// <summary>Whether MessagePack is used on the wire instead of JSON. The content is the same.</summary>
    public bool MessagePack { get; init; }

    /// <summary>Whether long frames are sent compressed. The content is the same.</summary>
    public bool Packed { get; init; } = true;

    /// <summary>
    /// A token of the hub, which begins with <c>hub_</c>. A person makes it with <c>POST /api/tokens</c>. It must name the actions that the
    /// topics need, such as <c>roster.read</c> for a board. Null if the program signs in with a cookie.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>Sets the sign-in cookie, headers or a proxy.</summary>
    public Action<HttpConnectionOptions>? Http { get; init; }

    /// <summary>
    /// How long the server may send nothing before the client closes the connection. The server sends something at least every 5 seconds.
    /// </summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The longest wait before the first new attempt. It doubles with each failure up to <see cref="LongestPause"/>. The real wait is
    /// random between zero and this time, so that clients do not all return at once.
    /// </summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
