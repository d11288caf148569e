using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ConsultHub.Journal;

/// <summary>
/// One stored commit. The body is kept as the bytes that were hashed. The chain can therefore be verified even if later releases serialize
/// in another way.
/// </summary>
/// <param name="Number">Starts at 1 and has no gaps. Inserting a number twice fails, which keeps a second writer out.</param>
/// <param name="Epoch">Changes only when a backup is restored.</param>
/// <param name="PreviousHash">The hash of the row before, or zeros for the first row.</param>
/// <param name="Body">A <see cref="JournalBody{TEvent}"/> in Orleans' versioned format. It is empty if the row only says that a restore
/// changed the epoch.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalRow")]
public sealed record JournalRow(
    [property: Id(0)] long Number,
    [property: Id(1)] Guid Epoch,
    [property: Id(2)] byte[] PreviousHash,
    [property: Id(3)] byte[] Body
)
{
    /// <summary>The row that a restore adds to every journal. Its new epoch makes all positions from before the restore invalid.</summary>
    /// <param name="previousHash">The hash of the last restored row.</param>
    public static JournalRow Renewal(long number, Guid epoch, byte[] previousHash) => new(number, epoch, previousHash, []);

    /// <summary>SHA-256 of the number, the epoch, the previous hash and the body.</summary>
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

/// <param name="Links">For each subject of this row, the newest earlier row with entries about the same subject. Histories follow these
/// links.</param>
/// <param name="Delivered">Marks of the outbox messages that have arrived, if no earlier row records their arrival.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalBody`1")]
internal sealed record JournalBody<TEvent>(
    [property: Id(0)] ImmutableArray<JournalEntry<TEvent>> Entries,
    [property: Id(1)] ImmutableArray<SubjectLink> Links,
    [property: Id(2)] ImmutableArray<MessageMark> Delivered
);

/// <param name="Row">A row with entries about the subject.</param>
[GenerateSerializer, Immutable, Alias("hub.SubjectLink")]
public readonly record struct SubjectLink([property: Id(0)] string Subject, [property: Id(1)] long Row);

/// <summary>Names the snapshot with which a start begins. This head is rewritten with each new snapshot.</summary>
/// <param name="FirstRow">The first row that is not in an archive, or 0 if no row is in an archive.</param>
[GenerateSerializer, Immutable, Alias("hub.JournalHead")]
internal sealed record JournalHead([property: Id(0)] Guid Epoch, [property: Id(1)] long SnapshotRow, [property: Id(2)] long FirstRow = 0);

/// <param name="Body">A <see cref="JournalSnapshot{TState}"/> in Orleans' versioned format.</param>
[GenerateSerializer, Immutable, Alias("hub.SnapshotRow")]
internal sealed record SnapshotRow([property: Id(0)] byte[] Body);

/// <summary>Everything that replaying the rows up to <paramref name="Row"/> would give.</summary>
/// <param name="Marks">The hashes of every 32nd row. When an older row is read, they prove that the row was not altered. Snapshots of
/// earlier releases have none.</param>
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

/// <summary>
/// The free texts of one commit. They are written before the row that refers to them. When a text is erased, its hash stays in the chain.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.TextRow")]
internal sealed record TextRow([property: Id(0)] ImmutableArray<SaltedText> Texts)
{
    /// <summary>Compares a stored text with the reference that a row has to it.</summary>
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
    /// <summary>Replaces a text that was erased. A real text is never empty and always has a salt.</summary>
    public static SaltedText Erased { get; } = new([], "");

    public bool IsErased => Salt.Length == 0 && Text.Length == 0;

    public static SaltedText Of(string text) => new(RandomNumberGenerator.GetBytes(16), text);

    public ImmutableArray<byte> Hash() => [.. SHA256.HashData([.. Salt, .. System.Text.Encoding.UTF8.GetBytes(Text)])];
}

/// <summary>
/// A write failed. No decision of its group was acknowledged. Decisions that were made during the write have failed too. The caller may try
/// again with the same command id.
/// </summary>
[GenerateSerializer, Alias("hub.JournalWriteException")]
public sealed class JournalWriteException : Exception
{
    public JournalWriteException() { }

    public JournalWriteException(string message)
        : base(message) { }

    public JournalWriteException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>Stored data was altered or is missing, so it is not shown. The command <c>verify</c> reports the details.</summary>
[GenerateSerializer, Alias("hub.JournalAlteredException")]
public sealed class JournalAlteredException : Exception
{
    public JournalAlteredException() { }

    public JournalAlteredException(string message)
        : base(message) { }

    public JournalAlteredException(string message, Exception inner)
        : base(message, inner) { }

    /// <param name="journal">The journal's name, such as <c>roster ehs/2026-W48</c>.</param>
    /// <param name="what">What is wrong with the row, such as "is missing".</param>
    public JournalAlteredException(string journal, long row, string what)
        : base(FormattableString.Invariant($"{journal}: row {row} {what}.")) { }
}

/// <summary>The storage cannot be read at the moment, so the call cannot be answered. The caller may try again.</summary>
[GenerateSerializer, Alias("hub.JournalReadException")]
public sealed class JournalReadException : Exception
{
    public JournalReadException() { }

    public JournalReadException(string message)
        : base(message) { }

    public JournalReadException(string message, Exception inner)
        : base(message, inner) { }
}
