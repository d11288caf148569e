using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Accounts;
using ConsultHub.Grave;
using ConsultHub.Records;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// The table of people with an account: one row for each role. It is entered from files only. Single accounts have endpoints of their own.
/// </summary>
internal static class PeopleTable
{
    public static RecordTable Table { get; } =
        new("people", typeof(PersonRole))
        {
            Owner = OwnerKind.Accounts,
            OwnerColumn = null,
            Part = PersonRole.Part,
            Route = "/api/people/{id}",
            IdInPath = role => ((PersonRole)role).Person?.Value,
            Natural = true,
            ByFileOnly = true,
            Columns =
            [
                Column.Text("userName", 64) with
                {
                    Key = true,
                    Required = true,
                },
                .. Column.Names(),
                Column.Text("email", 254),
                Column.Choice<Role>("role") with
                {
                    Key = true,
                    Required = false,
                    Choices =
                    [
                        .. Enum.GetValues<Role>().Where(r => r != Role.System).Select(r => JsonNamingPolicy.CamelCase.ConvertName($"{r}")),
                    ],
                },
                Column.Reference("network", "networks") with
                {
                    Key = true,
                },
                Column.Reference("hospitals", "hospitals") with
                {
                    Key = true,
                    Many = true,
                },
                Column.Reference("partner", "partners") with
                {
                    Key = true,
                },
                Column.Reference("conference", "conferences") with
                {
                    Key = true,
                },
                Column.Text("session", 80) with
                {
                    Key = true,
                },
                new("person", ColumnKind.Reference) { Table = "people" },
                new("from", ColumnKind.Instant),
                Column.Until,
            ],
            CompletingRow = Complete,
            Entering = (services, viewer) => new PeopleEntry(services, viewer).EnterAsync,
            Beginning = TellAsync,
            TakesNetwork = row => row["role"]?.GetValue<string>() is { } role && role != "administrator",
            MostInStep = 100,
            Grave = GraveAct.PeopleImported,
            Traced = "people.read",
            Read = AccountActions.Read,
            Change = AccountActions.Change,
        };

    /// <summary>
    /// A new role of a known account takes the name, the address and the person from the account if the file does not have these columns. A
    /// role that is known keeps its beginning.
    /// </summary>
    private static void Complete(JsonObject row, JsonObject cells, IReadOnlyCollection<IRecord> records)
    {
        if (row["userName"]?.GetValue<string>() is not { } typed)
            return;
        var name = typed.Trim().ToLowerInvariant();
        row["userName"] = name;
        if (row["hospitals"] is JsonArray hospitals)
            row["hospitals"] = new JsonArray([
                .. hospitals.Select(h => h!.GetValue<string>()).Order(StringComparer.Ordinal).Select(h => JsonValue.Create(h)),
            ]);
        var roles = records.OfType<PersonRole>().Where(r => r.UserName == name).ToList();
        if (roles is not [var known, ..])
            return;
        if (!cells.ContainsKey("name.en") && row["name"] is null)
            row["name"] = JsonSerializer.SerializeToNode(known.Name, HubJson.Options);
        if (!cells.ContainsKey("email") && known.Email is { } email)
            row["email"] = email;
        row["person"] ??= known.Person?.Value;
        if (row["from"] is null && SameRole(row, roles) is { From: { } from })
            row["from"] = JsonSerializer.SerializeToNode(from, RecordText.Options);
    }

    private static PersonRole? SameRole(JsonObject row, IReadOnlyCollection<PersonRole> roles)
    {
        var (read, _) = RecordJson.Read(Table, row.DeepClone().AsObject());
        return read is PersonRole role ? roles.FirstOrDefault(r => r.Key == role.Key) : null;
    }

    /// <summary>The old address of an account is told that it is no longer the address, whichever row of the account changes it.</summary>
    private static async Task TellAsync(IServiceProvider services, IReadOnlyList<(IRecord? Before, IRecord After)> changes)
    {
        var (book, mails) = (services.GetRequiredService<AccessBook>(), services.GetRequiredService<OwnerMails>());
        var rows = changes.Select(c => (PersonRole)c.After).GroupBy(r => r.UserName).ToDictionary(g => g.Key, g => g.First());
        foreach (var account in book.Accounts)
            if (account.Email is not null && rows.TryGetValue(account.UserName, out var row) && row.Email != account.Email)
                await mails.AddressChangedAsync(account);
    }
}

/// <summary>Checks the rows of one file with people: the same rights and references as the endpoints for single accounts.</summary>
internal sealed class PeopleEntry(IServiceProvider services, Viewer viewer)
{
    private readonly AccessBook _book = services.GetRequiredService<AccessBook>();
    private readonly IGrainFactory _grains = services.GetRequiredService<IGrainFactory>();
    private readonly Dictionary<GrantScope, string?> _unknown = [];

    public async ValueTask<(IRecord? Record, RecordFault? Fault)> EnterAsync(IRecord? before, IRecord after)
    {
        var row = (PersonRole)after;
        (IRecord?, RecordFault?) Refused(Code code, string message, string? field) => (row, new(after.Record, code, message, field));

        var stored = await _grains.GetGrain<IAccessGrain>("hub").FindAsync(row.UserName);
        if (stored is not null && _book.Find(stored.Person) is null)
            await _book.CatchUpAsync();
        var account = stored is null ? null : _book.Find(stored.Person);
        if (stored is not null && (account is not { Kind: AccountKind.Person } || !Access.MayRead(viewer, account)))
            return Refused(AccountCodes.NameTaken, AccountCodes.NameTaken.Message!, "userName");
        if (account is not null && row.Person != account.Person)
            return Refused(RecordCodes.OtherId, "The account belongs to another person.", "person");
        if (account is not null && (account.Name != row.Name || account.Email != row.Email))
        {
            if (Access.GrantToChange(viewer, account) is not { } changes)
                return Refused(AccessCodes.Denied, "You may not change this account.", account.Name != row.Name ? "name.en" : "email");
            row = row with { ChangeBasis = changes.Id };
        }
        if (account is not null && row is { Role: null, ChangeBasis: null })
            return (null, null);
        if (account is null && row.Role is null)
            return Refused(RecordCodes.Required, "A new account needs a role.", "role");
        if (account is null && row.Person is { } person && !await PeopleApi.MayOpenForAsync(viewer, person, services))
            return Refused(AccountCodes.Unknown, "You may not open an account for this person.", "person");
        if (row.Role is not { } role || (before is PersonRole known && known.From == row.From && known.Until == row.Until))
            return (row, null);
        if (Access.GrantToGive(viewer, role, row.Scope) is not { } gives)
            return Refused(AccessCodes.Denied, "You may not give this role.", "role");
        if (before is null && await UnknownInAsync(row.Scope) is { } unknown)
            return Refused(AccountCodes.BadScope, unknown, "role");
        return (row with { Basis = gives.Id }, null);
    }

    /// <summary>Many rows have the same scope, so it is looked for once.</summary>
    private async ValueTask<string?> UnknownInAsync(GrantScope scope) =>
        _unknown.TryGetValue(scope, out var known) ? known : _unknown[scope] = await RolesApi.UnknownInAsync(scope, _grains);
}
