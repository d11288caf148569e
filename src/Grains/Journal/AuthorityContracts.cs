using System.Collections.Immutable;
using ConsultHub.Live;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>The state an authority keeps: immutable, changed only by applying stored entries in order, so that replaying the journal gives
/// it again.</summary>
public interface IAuthorityState<TSelf, TEvent>
    where TSelf : IAuthorityState<TSelf, TEvent>
{
    /// <summary>Pure: no clock, no randomness. What changes takes <see cref="JournalEntry{TEvent}.Version"/> as its version.</summary>
    TSelf Apply(JournalEntry<TEvent> entry);

    /// <summary>Live items whose version is above the one given.</summary>
    IEnumerable<TopicItem> ItemsSince(long version);

    /// <summary>What has left; <see cref="Live.Tombstones.None"/> where items never leave.</summary>
    Tombstones Tombstones { get; }
}

/// <summary>One decision as it is stored: who, when, why, what happened, and whom to tell.</summary>
/// <param name="Version">The authority's version after it; rises by one an entry.</param>
/// <param name="Reason">Where the free text lies, if any was given: a row of its own, so that erasing it leaves the chain whole.</param>
/// <param name="Subjects">Whose histories it belongs to, such as <c>engagement/e-0042</c>, <c>person/c-kim</c>, <c>room/…</c>,
/// <c>hospital/…</c>.</param>
/// <param name="Received">The message it answers, where it answers one.</param>
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

/// <summary>How far messages of one authority to another have come.</summary>
/// <param name="Other">The sender where the mark is a receiver's, the destination where it is a sender's.</param>
/// <param name="Number">The highest number received or delivered.</param>
[GenerateSerializer, Immutable, Alias("hub.MessageMark")]
public sealed record MessageMark([property: Id(0)] GrainId Other, [property: Id(1)] long Number);

/// <param name="Row">Key of the text row.</param>
/// <param name="Index">Place within the row.</param>
/// <param name="Hash">SHA-256 of salt and text; the salt lies with the text.</param>
[GenerateSerializer, Immutable, Alias("hub.TextReference")]
public sealed record TextReference([property: Id(0)] Guid Row, [property: Id(1)] int Index, [property: Id(2)] ImmutableArray<byte> Hash);

/// <summary>What a decision asks to be stored: made by pure rules.</summary>
public sealed record Decision<TEvent>(Actor By, Guid CommandId, ImmutableArray<TEvent> Events)
{
    /// <summary>Messages to other authorities, sent after the decision is stored; numbered by the mechanism.</summary>
    public ImmutableArray<OutboxMessage> Outbox { get; init; } = [];

    /// <summary>The person's own words.</summary>
    public string? Reason { get; init; }

    /// <summary>Subjects whose histories it belongs to.</summary>
    public ImmutableArray<string> Subjects { get; init; } = [];
}

/// <summary>A message from one authority to another: sent after the sender's write, in order for each destination, until received; the
/// receiver drops what it has seen, by sender and number.</summary>
/// <param name="Number">Set by the mechanism; rising within the sender.</param>
/// <param name="To">The receiving grain; made with <c>GrainId.Create("inbox", key)</c>, the kind being the grain class's
/// <see cref="GrainTypeAttribute"/>.</param>
/// <param name="Replaces">While undelivered, a newer message to the same destination with the same key takes this one's place. Null never
/// gives way.</param>
/// <param name="At">Set by the mechanism: when it was decided. Messages stored before there was such a mark carry none.</param>
[GenerateSerializer, Immutable, Alias("hub.OutboxMessage")]
public sealed record OutboxMessage(
    [property: Id(0)] long Number,
    [property: Id(1)] GrainId To,
    [property: Id(2)] OutboxPayload Payload,
    [property: Id(3)] string? Replaces = null,
    [property: Id(4)] DateTimeOffset At = default
);

/// <summary>The content of an outbox message. One sealed record a message, in the feature folder of its receiver.</summary>
[GenerateSerializer, Immutable, Alias("hub.OutboxPayload")]
public abstract record OutboxPayload;

/// <summary>A grain that takes outbox messages. Answers once what it received is stored.</summary>
[Alias("hub.IOutboxReceiver")]
public interface IOutboxReceiver : IGrain
{
    [Alias("Receive")]
    Task ReceiveAsync(GrainId sender, ImmutableArray<OutboxMessage> messages);
}
