using Microsoft.AspNetCore.Http.Connections.Client;

namespace ConsultHub.Client;

/// <summary>How <see cref="HubTopicClient"/> connects.</summary>
public sealed record HubTopicOptions
{
    /// <summary>MessagePack instead of JSON on the wire; what arrives is the same.</summary>
    public bool MessagePack { get; init; }

    /// <summary>Long frames come compressed; what arrives is the same.</summary>
    public bool Packed { get; init; } = true;

    /// <summary>Sets the session's cookie, headers or a proxy.</summary>
    public Action<HttpConnectionOptions>? Http { get; init; }

    /// <summary>A connection on which nothing is heard for this long is given up; the server says something every 5 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most to wait before the first try again; doubles with each failure. The wait is drawn at random, so that clients do not
    /// return all at once.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
