using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ConsultHub.Journal;

/// <summary>One stored commit. The body is kept as the bytes that were hashed, so that the chain verifies whatever later releases
/// serialize.</summary>
/// <param name="Number">From 1, without gaps. Inserting a number twice fails: that is the fence against a second writer.</param>
/// <param name="Epoch">Renewed only by a restore.</param>
/// <param name="PreviousHash">Hash of the row before; zeros for the first.</param>
/// <param name="Body">A <see cref="JournalBody{TEvent}"/> in Orleans' versioned format; empty where the row says nothing but that a restore
/// renewed the epoch.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalRow")]
public sealed record JournalRow(
    [property: Id(0)] long Number,
    [property: Id(1)] Guid Epoch,
    [property: Id(2)] byte[] PreviousHash,
    [property: Id(3)] byte[] Body
)
{
    /// <summary>What a restore adds to every journal, so that positions of the time it undid are known to be foreign.</summary>
    /// <param name="previousHash">Of the last row that was restored.</param>
    public static JournalRow Renewal(long number, Guid epoch, byte[] previousHash) => new(number, epoch, previousHash, []);

    /// <summary>SHA-256 over number, epoch, the hash before and the body.</summary>
    public byte[] Hash()
    {
        Span<byte> fixedPart = stackalloc byte[8 + 16 + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart, Number);
        Epoch.TryWriteBytes(fixedPart[8..]);
        PreviousHash.CopyTo(fixedPart[24..]);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(fixedPart);
        sha.AppendData(Body);
        return sha.GetHashAndReset();
    }
}

/// <param name="Links">For each subject of the row, the row before it that has entries on it; histories follow these.</param>
/// <param name="Delivered">Outbox messages known to have arrived.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalBody`1")]
internal sealed record JournalBody<TEvent>(
    [property: Id(0)] ImmutableArray<JournalEntry<TEvent>> Entries,
    [property: Id(1)] ImmutableArray<SubjectLink> Links,
    [property: Id(2)] ImmutableArray<MessageMark> Delivered
);

/// <param name="Row">A row with entries on the subject.</param>
[GenerateSerializer, Immutable, Alias("hub.SubjectLink")]
public readonly record struct SubjectLink([property: Id(0)] string Subject, [property: Id(1)] long Row);

/// <summary>Where reading starts: rewritten with each snapshot.</summary>
/// <param name="FirstRow">Rows below lie in an archive; 0 where none do.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalHead")]
internal sealed record JournalHead([property: Id(0)] Guid Epoch, [property: Id(1)] long SnapshotRow, [property: Id(2)] long FirstRow = 0);

/// <param name="Body">A <see cref="JournalSnapshot{TState}"/> in Orleans' versioned format.</param>
[GenerateSerializer, Immutable, Alias("hub.SnapshotRow")]
internal sealed record SnapshotRow([property: Id(0)] byte[] Body);

/// <summary>All that replaying the rows up to <paramref name="Row"/> would give.</summary>
/// <param name="Marks">Hashes of every 32nd row, by which rows below are proven as they are read. Snapshots of earlier releases have
/// none.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalSnapshot`1")]
internal sealed record JournalSnapshot<TState>(
    [property: Id(0)] Guid Epoch,
    [property: Id(1)] long Row,
    [property: Id(2)] byte[] Hash,
    [property: Id(3)] long Version,
    [property: Id(4)] TState State,
    [property: Id(5)] long LastMessage,
    [property: Id(6)] ImmutableArray<OutboxMessage> Outbox,
    [property: Id(7)] ImmutableArray<MessageMark> Received,
    [property: Id(8)] ImmutableArray<RememberedCommand> Commands,
    [property: Id(9)] ImmutableArray<SubjectLink> Trail,
    [property: Id(10)] ImmutableArray<RowMark> Marks = default
);

[GenerateSerializer, Immutable, Alias("hub.RememberedCommand")]
internal readonly record struct RememberedCommand([property: Id(0)] Guid Id, [property: Id(1)] long Version);

/// <summary>Free text of one commit, written before the row that refers to it. Erasing a text leaves its hash in the chain.</summary>
[GenerateSerializer, Immutable, Alias("hub.TextRow")]
internal sealed record TextRow([property: Id(0)] ImmutableArray<SaltedText> Texts)
{
    /// <summary>What became of the text that a row refers to.</summary>
    public static TextStanding StandingOf(TextRow? found, TextReference reference) =>
        found is null || reference.Index >= found.Texts.Length ? TextStanding.Missing
        : found.Texts[reference.Index] is var text && text.IsErased ? TextStanding.Erased
        : text.Hash().AsSpan().SequenceEqual(reference.Hash.AsSpan()) ? TextStanding.Whole
        : TextStanding.Altered;
}

internal enum TextStanding
{
    Whole,
    Erased,
    Altered,
    Missing,
}

[GenerateSerializer, Immutable, Alias("hub.SaltedText")]
internal sealed record SaltedText([property: Id(0)] byte[] Salt, [property: Id(1)] string Text)
{
    /// <summary>What stands in the place of a text that was erased. A text that was given is not empty and has a salt.</summary>
    public static SaltedText Erased { get; } = new([], "");

    public bool IsErased => Salt.Length == 0 && Text.Length == 0;

    public static SaltedText Of(string text) => new(RandomNumberGenerator.GetBytes(16), text);

    public ImmutableArray<byte> Hash() => [.. SHA256.HashData([.. Salt, .. System.Text.Encoding.UTF8.GetBytes(Text)])];
}

/// <summary>A write failed: nothing of the group was acknowledged, and what was decided meanwhile is void. Repeat it with the same command
/// id.</summary>
[GenerateSerializer, Alias("hub.JournalWriteException")]
public sealed class JournalWriteException : Exception
{
    public JournalWriteException() { }

    public JournalWriteException(string message)
        : base(message) { }

    public JournalWriteException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>What is stored is not what was written. It is not shown; the command <c>verify</c> says more.</summary>
[GenerateSerializer, Alias("hub.JournalAlteredException")]
public sealed class JournalAlteredException : Exception
{
    public JournalAlteredException() { }

    public JournalAlteredException(string message)
        : base(message) { }

    public JournalAlteredException(string message, Exception inner)
        : base(message, inner) { }

    /// <param name="journal">Such as <c>roster ehs/2026-W48</c>.</param>
    /// <param name="what">What is wrong with the row, such as "is missing".</param>
    public JournalAlteredException(string journal, long row, string what)
        : base(FormattableString.Invariant($"{journal}: row {row} {what}.")) { }
}

/// <summary>What is stored cannot be read just now, so nothing can be decided or shown. Ask again.</summary>
[GenerateSerializer, Alias("hub.JournalReadException")]
public sealed class JournalReadException : Exception
{
    public JournalReadException() { }

    public JournalReadException(string message)
        : base(message) { }

    public JournalReadException(string message, Exception inner)
        : base(message, inner) { }
}
