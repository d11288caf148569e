using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Records;

/// <summary>All records of one owner, and the facts that others read.</summary>
public interface IProfile
{
    /// <summary>The records, in their order.</summary>
    IEnumerable<IRecord> Records { get; }
}

/// <summary>A profile that is made from its records. Every method is pure.</summary>
public interface IProfile<TSelf> : IProfile
    where TSelf : class, IProfile<TSelf>
{
    /// <summary>
    /// Returns the profile with another value of one record. A null value removes the record. Null if the owner does not exist, or if the
    /// record without which it does not exist is removed.
    /// </summary>
    static abstract TSelf? With(TSelf? profile, RecordId record, IRecord? value);

    /// <summary>
    /// The reason why an edit is never possible, because the owner also has data that are no records. Null if nothing forbids it.
    /// </summary>
    static virtual RecordFault? Forbids(TSelf profile, RecordEdit edit) => null;

    /// <summary>The faults of the whole: what one record alone does not show, such as two visits at the same time.</summary>
    static abstract IEnumerable<RecordFault> FaultsOf(TSelf profile);
}

/// <summary>A profile that browsers can watch.</summary>
public interface ILiveProfile
{
    /// <summary>The items whose version is higher than a version. Items never leave.</summary>
    /// <param name="last">The version of the last change of the profile.</param>
    /// <param name="recorded">The version of the last change of its records.</param>
    IEnumerable<TopicItem> ItemsSince(long version, long last, long recorded);
}

/// <summary>Keeps records of one kind in their order.</summary>
internal static class RecordList
{
    /// <summary>
    /// Replaces the record with the same id, or adds the new one at the end. A null value removes the record. If there are several records
    /// with this id, only the first can stay.
    /// </summary>
    public static ImmutableArray<T> With<T>(this ImmutableArray<T> records, RecordId id, IRecord? value)
        where T : IRecord
    {
        var at = 0;
        while (at < records.Length && records[at].Record != id)
            at++;
        var others = records.RemoveAll(r => r.Record == id);
        return value is T put ? others.Insert(at, put) : others;
    }
}
