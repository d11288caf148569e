using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace ConsultHub.Records;

/// <summary>What people enter as one thing, such as a room, a visit or the policy of a network. Its owner keeps it with others.</summary>
public interface IRecord
{
    /// <summary>Where the record is among the records of its owner. It never changes.</summary>
    RecordId Record { get; }
}

/// <summary>Names one record of an owner.</summary>
/// <param name="Part">The kind of record, such as <c>room</c>.</param>
/// <param name="Id">The id of the record among the records of its kind. Empty if the owner has only one of this kind.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordId")]
public readonly record struct RecordId([property: Id(0)] string Part, [property: Id(1)] string Id = "")
{
    /// <summary>The name under which the record has its history in the owner's journal.</summary>
    public string Subject => Id.Length == 0 ? Part : $"{Part}/{Id}";

    public override string ToString() => Subject;
}

/// <summary>
/// The tag of a record: a short hash of its content. A person who changes a record names the tag of what the person saw. So a change is
/// refused if somebody else has changed the record meanwhile.
/// </summary>
public static class RecordTag
{
    /// <summary>What a command expects if the record must not exist yet.</summary>
    public const string None = "-";

    /// <summary>What a command expects if it may replace whatever is there. Something must be there.</summary>
    public const string Any = "*";

    private const int Bytes = 12;

    /// <summary>Whether a record has what a command expects of it.</summary>
    /// <param name="tag">The tag of the record, or <see cref="None"/> if there is no record.</param>
    public static bool Meets(string expected, string tag) => expected == Any ? tag != None : expected == tag;

    public static string Of(object record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, record.GetType(), RecordText.Options);
        return Base64Url.EncodeToString(SHA256.HashData(json).AsSpan(0, Bytes));
    }

    /// <summary>
    /// A short id that is made from the content of a record. It is for records that earlier releases stored without an id.
    /// </summary>
    public static string IdOf(params ReadOnlySpan<string> content) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('|', content))).AsSpan(0, 6));
}
