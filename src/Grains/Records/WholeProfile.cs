using System.Collections.Immutable;

namespace ConsultHub.Records;

/// <summary>A command was refused that the program itself has made.</summary>
public sealed class RecordsRefusedException(RecordsRefused refused)
    : InvalidOperationException($"{refused.Faults[0].Record}: {refused.Faults[0].Message}")
{
    public RecordsRefused Refused => refused;
}

/// <summary>
/// Enters all records of an owner with one command, for programs that have them all. The checks are those of every command.
/// </summary>
public static class WholeProfile
{
    /// <param name="after">The records that the owner will have. All other records of the owner are removed.</param>
    /// <exception cref="RecordsRefusedException">A record is refused, and nothing is stored.</exception>
    public static async Task PutAsync(this IRecordOwner owner, Actor actor, IProfile after)
    {
        var command = new EditRecords(Guid.NewGuid(), Between(await owner.RecordsAsync(), after.Records));
        if (await owner.EditAsync(actor, command) is RecordsRefused refused)
            throw new RecordsRefusedException(refused);
    }

    /// <summary>The edits that make the records of an owner from those that it has. A person would send the same edits.</summary>
    public static ImmutableArray<RecordEdit> Between(IEnumerable<IRecord> before, IEnumerable<IRecord> after)
    {
        var wanted = after.ToList();
        var kept = wanted.Select(r => r.Record).ToHashSet();
        return
        [
            .. before.Where(r => !kept.Contains(r.Record)).Select(r => new RecordEdit(r.Record, null)),
            .. wanted.Select(r => RecordEdit.Put(r)),
        ];
    }
}
