using ConsultHub.Load.Wire;

namespace ConsultHub.Load.Watching;

/// <summary>A web node and the session to use there.</summary>
/// <param name="Hub">Such as <c>http://127.0.0.1:5080/hubs/live</c>.</param>
internal sealed record WatchNode(Uri Hub, string? Cookie);

/// <summary>What a process of watchers is to do.</summary>
/// <param name="Nodes">Watchers take them in turn; one that reconnects goes on to the next.</param>
/// <param name="First">The number of the process's first watcher in the whole fleet.</param>
/// <param name="Reconnect">Whether a watcher whose connection ends comes back, as browsers do; else it counts as ended.</param>
/// <param name="Stalling">How many of them can be told to stop reading.</param>
internal sealed record WatchOrder(WatchNode[] Nodes, string Topic, int First, int Count, bool Reconnect, int Stalling);

/// <summary>When a version was decided, UTC ticks.</summary>
internal readonly record struct Commit(long Version, long At);

/// <summary>What the watchers received between being told to begin and the end of the window.</summary>
/// <param name="Delays">From each commit to the receipt of that version or a newer one, a watcher and commit each; a change that came
/// merged into a later state counts.</param>
/// <param name="DeliveredInWindow">How many of those came before the window ended.</param>
/// <param name="Missing">Watchers that never had the last commit.</param>
/// <param name="Frames">Frames with items, within the window; so are <paramref name="Items"/> and <paramref name="Bytes"/>.</param>
internal sealed record Receipts(Delays Delays, long DeliveredInWindow, int Missing, long Frames, long Items, long Bytes);

/// <summary>A frame as a watcher met it: from where it stood to where it came, with what.</summary>
/// <param name="Times">How many watchers took this very step.</param>
internal sealed record Step(long From, long To, bool Snapshot, ItemSeen[] Items, long Times);

/// <summary>What a screen must never see, as the watchers themselves notice it. What was left out shows only beside the history.</summary>
/// <param name="Repeated">Watchers that were sent a version which they had.</param>
/// <param name="Reordered">Watchers whose position or items went back, or items ran ahead of the position.</param>
/// <param name="Snapshots">Snapshots beyond a watcher's first: it had to begin anew.</param>
/// <param name="Reconnected">How many times a watcher came back.</param>
internal sealed record Conduct(int Repeated, int Reordered, int Snapshots, int Reconnected, Step[] Steps);

/// <summary>What became of the watchers that stopped reading.</summary>
/// <param name="EndedAfter">Seconds from when they stopped to when the server was found to have ended them.</param>
internal sealed record Stalled(int Count, double[] EndedAfter);
