using System.Collections.Immutable;
using ConsultHub.Live;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>
/// The state of an authority. It is immutable: applying an entry returns a new state. Replaying the entries of the journal in order
/// therefore gives the same state again.
/// </summary>
public interface IAuthorityState<TSelf, TEvent>
    where TSelf : IAuthorityState<TSelf, TEvent>
{
    /// <summary>
    /// Returns the state after one more entry. The method must be pure: it uses neither a clock nor random numbers. An item that the entry
    /// changes gets <see cref="JournalEntry{TEvent}.Version"/> as its version.
    /// </summary>
    TSelf Apply(JournalEntry<TEvent> entry);

    /// <summary>Returns the items of the topic whose version is higher than the given version.</summary>
    IEnumerable<TopicItem> ItemsSince(long version);

    /// <summary>The items that have left the topic, or <see cref="Live.Tombstones.None"/> if items never leave.</summary>
    Tombstones Tombstones { get; }
}

/// <summary>One decision as it is stored: who decided, when and why, what happened, and which messages go to other authorities.</summary>
/// <param name="Version">The authority's version after this entry. It rises by one with each entry.</param>
/// <param name="Reason">A reference to the reason that the person gave as free text, or null if the person gave none. The text is in a
/// separate row. Erasing the text therefore does not break the chain of rows.</param>
/// <param name="Subjects">The subjects whose histories show the entry, such as <c>engagement/e-0042</c>, <c>person/c-kim</c>, <c>room/…</c>
/// or <c>hospital/…</c>.</param>
/// <param name="Received">The message that led to this decision, or null if no message did.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalEntry`1")]
public sealed record JournalEntry<TEvent>(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] Actor By,
    [property: Id(3)] Guid CommandId,
    [property: Id(4)] ImmutableArray<TEvent> Events,
    [property: Id(5)] ImmutableArray<OutboxMessage> Outbox,
    [property: Id(6)] TextReference? Reason,
    [property: Id(7)] ImmutableArray<string> Subjects,
    [property: Id(8)] MessageMark? Received
);

/// <summary>The number up to which messages from one authority to another have arrived.</summary>
/// <param name="Other">The other authority: the sender if the receiver of the messages stores the mark, and the destination if the sender
/// stores the mark.</param>
/// <param name="Number">The highest message number that was received or delivered.</param>
[GenerateSerializer, Immutable, Alias("hub.MessageMark")]
public sealed record MessageMark([property: Id(0)] GrainId Other, [property: Id(1)] long Number);

/// <param name="Row">The key of the text row.</param>
/// <param name="Index">The index of the text within the row.</param>
/// <param name="Hash">SHA-256 of the salt and the text. The salt is stored with the text.</param>
[GenerateSerializer, Immutable, Alias("hub.TextReference")]
public sealed record TextReference([property: Id(0)] Guid Row, [property: Id(1)] int Index, [property: Id(2)] ImmutableArray<byte> Hash);

/// <summary>A decision that an authority gives to its journal to store. The journal makes one entry of each decision.</summary>
public sealed record Decision<TEvent>(Actor By, Guid CommandId, ImmutableArray<TEvent> Events)
{
    /// <summary>Messages to other authorities. They get their numbers from the journal and are sent after the decision is stored.</summary>
    public ImmutableArray<OutboxMessage> Outbox { get; init; } = [];

    /// <summary>The reason that the person gave, as free text.</summary>
    public string? Reason { get; init; }

    /// <summary>The subjects whose histories show the decision.</summary>
    public ImmutableArray<string> Subjects { get; init; } = [];
}

/// <summary>
/// A message from one authority to another. The sender first stores the message and then sends it, again and again if necessary, until the
/// message is received. Messages to the same destination are sent in order. The receiver remembers the highest number that it has received
/// from each sender, and ignores a message that it has already received.
/// </summary>
/// <param name="Number">Set by the journal. Each message of a sender has a higher number than the one before.</param>
/// <param name="To">The id of the receiving grain, such as <c>GrainId.Create("inbox", key)</c>. The first argument is the name in the grain
/// class's <see cref="GrainTypeAttribute"/>.</param>
/// <param name="Replaces">A key. A newer message with the same key to the same destination replaces this message if this message is not
/// delivered yet. Null if no newer message may replace this message.</param>
/// <param name="At">The time of the decision, set by the journal. Messages that earlier releases stored have no time.</param>
[GenerateSerializer, Immutable, Alias("hub.OutboxMessage")]
public sealed record OutboxMessage(
    [property: Id(0)] long Number,
    [property: Id(1)] GrainId To,
    [property: Id(2)] OutboxPayload Payload,
    [property: Id(3)] string? Replaces = null,
    [property: Id(4)] DateTimeOffset At = default
);

/// <summary>The content of an outbox message. Each kind of message is a sealed record that derives from this one.</summary>
[GenerateSerializer, Immutable, Alias("hub.OutboxPayload")]
public abstract record OutboxPayload;

/// <summary>A grain that receives outbox messages. It answers after the decisions that the messages lead to are stored.</summary>
[Alias("hub.IOutboxReceiver")]
public interface IOutboxReceiver : IGrain
{
    [Alias("Receive")]
    Task ReceiveAsync(GrainId sender, ImmutableArray<OutboxMessage> messages);
}
