using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Journal;
using ConsultHub.Records;

namespace ConsultHub.Accounts;

/// <summary>Decides about the rows of a file with people. Pure. Each row goes through the same rules as a single command.</summary>
internal static class PersonRoleRules
{
    /// <summary>Decides all rows on a copy of the state, one after the other.</summary>
    /// <returns>What is stored if there are no faults. Rows that are stored already lead to nothing.</returns>
    public static (ImmutableArray<AccountSet> Sets, ImmutableArray<RecordFault> Faults) Decide(
        AccessState state,
        Actor actor,
        EditRecords command,
        DateTimeOffset now
    )
    {
        var (sets, faults) = (ImmutableArray.CreateBuilder<AccountSet>(), ImmutableArray.CreateBuilder<RecordFault>());
        var (before, earlier) = (state, new Dictionary<string, PersonRole>());
        foreach (var edit in command.Edits)
        {
            if (edit.Value is not PersonRole row)
                faults.Add(new(edit.Record, RecordCodes.InUse, "A file takes no role away."));
            else if (((IRecord)row).Record != edit.Record)
                faults.Add(new(edit.Record, RecordCodes.OtherId, RecordCodes.OtherId.Message!));
            else if (Unlike(earlier, row) is { } field)
                faults.Add(new(edit.Record, RecordCodes.Twice, "An earlier row has another value for the same account.", field));
            else if (Unmet(before, edit, row) is { } changed)
                faults.Add(changed);
            else
                foreach (var step in StepsOf(state, command.CommandId, row, actor.Person, now))
                {
                    var (set, refused) = AccessRules.Decide(state, actor, step, now);
                    if (set is not null)
                    {
                        sets.Add(set);
                        state = state.Apply(new JournalEntry<AccessEvent>(0, now, actor, step.CommandId, [set], [], null, [], null));
                    }
                    else if (refused!.Refusal is { } refusal)
                    {
                        faults.Add(
                            new(
                                edit.Record,
                                refusal.Code.Name,
                                refusal.Message,
                                refusal.Code == AccountCodes.BadPeriod ? "until" : FieldOf(refusal.Place)
                            )
                        );
                        break;
                    }
                }
        }
        return (sets.DrainToImmutable(), faults.DrainToImmutable());
    }

    /// <summary>The first field of the account in which a row differs from an earlier row of the same account.</summary>
    private static string? Unlike(Dictionary<string, PersonRole> earlier, PersonRole row) =>
        earlier.TryAdd(row.UserName, row) ? null
        : earlier[row.UserName].Name != row.Name ? "name.en"
        : earlier[row.UserName].Email != row.Email ? "email"
        : row.Person is not null && earlier[row.UserName].Person != row.Person ? "person"
        : null;

    /// <summary>The fault of a row whose record somebody else has changed meanwhile.</summary>
    private static RecordFault? Unmet(AccessState before, RecordEdit edit, PersonRole row)
    {
        var now = Known(before, row) is { } account ? PersonRole.AllOf(account).FirstOrDefault(r => r.Key == row.Key) : null;
        return edit.Expected is not { } expected || expected == (now is null ? RecordTag.None : RecordTag.Of(now)) || IsStored(row, now)
            ? null
            : new(edit.Record, RecordCodes.Changed, RecordCodes.Changed.Message!, Current: now);
    }

    /// <summary>Whether an account has all that a row says. A row need not say the person and the beginning of the role.</summary>
    private static bool IsStored(PersonRole row, PersonRole? now) =>
        now is not null && RecordTag.Of(row with { Person = row.Person ?? now.Person, From = row.From ?? now.From }) == RecordTag.Of(now);

    private static Account? Known(AccessState state, PersonRole row) =>
        state.UserNames.TryGetValue(row.UserName, out var person) ? state.Accounts[person] : null;

    /// <summary>The commands that make an account what a row says. The same row of the same command always gives the same ids.</summary>
    private static IEnumerable<AccessCommand> StepsOf(AccessState state, Guid command, PersonRole row, PersonId by, DateTimeOffset now)
    {
        var id = IdOf(command, row.Key);
        var given = row.Role is { } role ? new Grant(id, role, row.Scope, row.From ?? now, row.Until, by) : null;
        if (Known(state, row) is not { } known)
        {
            yield return new OpenAccount
            {
                CommandId = id,
                Person = row.Person ?? new($"p-{id:n}"),
                UserName = row.UserName,
                Name = row.Name,
                Email = row.Email,
                Grants = given is null ? [] : [given],
                Basis = row.Basis,
            };
            yield break;
        }
        if (known.Name != row.Name || known.Email != row.Email)
            yield return new ChangeAccount
            {
                CommandId = IdOf(command, row.UserName),
                Person = known.Person,
                UserName = known.UserName,
                Name = row.Name,
                Email = row.Email,
                Basis = row.ChangeBasis,
            };
        if (given is null)
            yield break;
        var same = known.Grants.Where(g => PersonRole.Of(known, g).Key == row.Key).MaxBy(g => g.Until ?? DateTimeOffset.MaxValue);
        if (same is null)
            yield return new GiveRole
            {
                CommandId = id,
                Person = known.Person,
                Grant = given,
                Basis = row.Basis,
            };
        else if (same.Until != row.Until || (row.From is { } from && same.From != from))
            yield return new ChangePeriod
            {
                CommandId = id,
                Person = known.Person,
                Grant = same.Id,
                From = row.From ?? same.From,
                Until = row.Until,
                Basis = row.Basis,
            };
    }

    private static Guid IdOf(Guid command, string part) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{command}/{part}")).AsSpan(0, 16));

    private static string? FieldOf(string? place) =>
        place switch
        {
            "$.userName" => "userName",
            "$.name" => "name.en",
            "$.email" => "email",
            "$.person" => "person",
            null => null,
            _ => "role",
        };
}
