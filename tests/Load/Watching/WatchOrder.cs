using ConsultHub.Load.Wire;

namespace ConsultHub.Load.Watching;

/// <summary>A web node and the cookie of a sign-in there.</summary>
/// <param name="Hub">For example <c>http://127.0.0.1:5080/hubs/live</c>.</param>
internal sealed record WatchNode(Uri Hub, string? Cookie);

/// <summary>The order for a process of watchers.</summary>
/// <param name="Nodes">Watchers use them in turn. A watcher that reconnects goes on to the next node.</param>
/// <param name="First">The number of the process's first watcher in the whole fleet.</param>
/// <param name="Reconnect">Whether a watcher connects again when its connection ends, as browsers do. Otherwise it counts as ended.</param>
/// <param name="Stalling">How many of the watchers can be told to stop reading.</param>
internal sealed record WatchOrder(WatchNode[] Nodes, string Topic, int First, int Count, bool Reconnect, int Stalling);

/// <summary>When a version was decided, in UTC ticks.</summary>
internal readonly record struct Commit(long Version, long At);

/// <summary>What the watchers received between the order to begin and the end of the window.</summary>
/// <param name="Delays">One delay for each watcher and commit, from the commit to the receipt of that version or a newer one. So a change
/// that arrived only as part of a later state also counts.</param>
/// <param name="DeliveredInWindow">How many of these receipts came before the window ended.</param>
/// <param name="Missing">How many watchers never had the last commit.</param>
/// <param name="Frames">Frames with items within the window. <paramref name="Items"/> and <paramref name="Bytes"/> count the same
/// window.</param>
internal sealed record Receipts(Delays Delays, long DeliveredInWindow, int Missing, long Frames, long Items, long Bytes);

/// <summary>A frame as a watcher received it: the version before it, the version after it, and its items.</summary>
/// <param name="Times">How many watchers took exactly this step.</param>
internal sealed record Step(long From, long To, bool Snapshot, ItemSeen[] Items, long Times);

/// <summary>
/// The events that the watchers noticed by themselves, above all faults that a screen must never show. Watchers cannot notice that a change
/// was left out. Only a comparison of <paramref name="Steps"/> with the history finds such a change.
/// </summary>
/// <param name="Repeated">How many watchers were sent a version that they already had.</param>
/// <param name="Reordered">How many watchers saw their position go back or its epoch change, or saw items newer than the position.</param>
/// <param name="Snapshots">How many snapshots were sent after a watcher's first. Each means that a watcher had to start again.</param>
/// <param name="Reconnected">How many times a watcher connected again.</param>
internal sealed record Conduct(int Repeated, int Reordered, int Snapshots, int Reconnected, Step[] Steps);

/// <summary>The result for the watchers that stopped reading.</summary>
/// <param name="EndedAfter">Seconds from the time at which they stopped reading until the server was found to have ended the
/// connection.</param>
internal sealed record Stalled(int Count, double[] EndedAfter);
