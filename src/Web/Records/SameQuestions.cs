using System.Text.Json.Nodes;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>
/// Finds rows that probably mean a record that is there, or that an earlier row enters. They are refused until the person says whether they
/// mean the same or something new.
/// </summary>
internal sealed class SameQuestions(RecordRows rows)
{
    /// <param name="parsed">The rows. A row that is asked about gets a report. A row without an id gets the id that it means.</param>
    public async Task AskAsync(Viewer viewer, RecordTable table, NetworkId? network, List<ImportRow> parsed, ImportAnswers answers)
    {
        var asks = parsed.Exists(row => row is { Report: null, IsUnnamed: true });
        if (table.NameColumn is null || !(asks || table.NamesOf is not null))
            return;
        var known = await KnownAsync(viewer, table, network);
        if (asks)
            AskForNames(table, known, parsed, answers);
        if (table.NamesOf is { } namesOf)
            AskForPeople(known, parsed, namesOf, answers);
    }

    /// <summary>The records of the network. Without a network, those of all networks in which the viewer may change some.</summary>
    private async Task<List<RecordRow>> KnownAsync(Viewer viewer, RecordTable table, NetworkId? network)
    {
        if (network is not null || table.Owner == OwnerKind.Hub)
            return [.. (await rows.AllAsync(table, network)).Rows];
        var known = new List<RecordRow>();
        foreach (var each in viewer.Networks.Where(n => Access.MayInPart(viewer, table.Change, n)))
            known.AddRange((await rows.AllAsync(table, each)).Rows);
        return [.. known.DistinctBy(row => (row.Owner.Id, row.Stored.Record))];
    }

    /// <summary>
    /// Decides which record a row without an id means. A row that changes nothing means the record with its name. Other rows with a known
    /// name are asked about. A row that is new gets an id that nothing else has.
    /// </summary>
    private static void AskForNames(RecordTable table, List<RecordRow> known, List<ImportRow> parsed, ImportAnswers answers)
    {
        var name = table.NameColumn!;
        string PlaceOf(string owner) => table.IsOwner ? "" : owner;
        string IdOf(RecordRow row) => table.IsOwner ? row.Owner.Id : row.Stored.Record.Id;
        var ids = known.Select(row => (PlaceOf(row.Owner.Id), IdOf(row))).ToHashSet();
        // A record is found by the id that its name would give it, and by its id.
        var named = known
            .SelectMany(row =>
                new[] { IdOf(row), ImportRow.SlugOf(table, row.Cells) }
                    .OfType<string>()
                    .Distinct()
                    .Select(slug => (Key: (PlaceOf(row.Owner.Id), slug), Row: row))
            )
            .ToLookup(r => r.Key, r => r.Row);
        var meant = parsed
            .Where(row => row is { Report: null, IsUnnamed: false })
            .Select(row => (PlaceOf(row.Owner), row.IdIn(table)))
            .ToHashSet();
        var lines = new Dictionary<(string, string), ImportRow>();
        for (var i = 0; i < parsed.Count; i++)
        {
            var row = parsed[i];
            if (row is not { Report: null, IsUnnamed: true } || row.Cells[name] is null)
                continue;
            var (place, slug) = (PlaceOf(row.Owner), row.IdIn(table));
            if (!answers.New.Contains(row.Line))
            {
                var free = named[(place, slug)].Where(r => !meant.Contains((place, IdOf(r)))).ToList();
                if (free.Find(r => row.IsSameAs(table, r.Stored, IdOf(r))) is { } same)
                {
                    parsed[i] = row.WithId(table, IdOf(same));
                    meant.Add((place, IdOf(same)));
                    continue;
                }
                if (free is [var like, ..])
                {
                    // The next row with the same name is asked about another record with this name, if there is one.
                    if (free.Count > 1)
                        meant.Add((place, IdOf(like)));
                    Ask(table, row, new(IdOf(like), NameIn(table, like.Cells)));
                    continue;
                }
                if (!table.RepeatsNames && lines.TryGetValue((place, slug), out var earlier))
                {
                    Ask(table, row, new(earlier.IdIn(table), NameIn(table, earlier.Cells), earlier.Line));
                    continue;
                }
            }
            var id = slug;
            for (var n = 2; ids.Contains((place, id)) || meant.Contains((place, id)); n++)
                id = $"{slug}-{n}";
            meant.Add((place, id));
            lines.TryAdd((place, slug), parsed[i] = row.WithId(table, id));
        }
    }

    private static void Ask(RecordTable table, ImportRow row, LikeRecord like) =>
        row.Report = row.Refused(
            (table.NamesOf is null ? ImportCodes.SameName : ImportCodes.SamePerson).Name,
            $"There is {like.Name.En} ({like.Id}) already. Say whether the row means the same.",
            table.NameColumn
        ) with
        {
            Like = like,
        };

    private static LocalName NameIn(RecordTable table, JsonObject cells)
    {
        var stem = table.NameColumn![..^3];
        return new((string)cells[$"{stem}.en"]!, (string?)cells[$"{stem}.ar"], (string?)cells[$"{stem}.ko"]);
    }

    /// <summary>Refuses rows with people who are probably known, until the person says whether they are.</summary>
    private static void AskForPeople(List<RecordRow> all, List<ImportRow> parsed, Func<IRecord, LocalName> namesOf, ImportAnswers answers)
    {
        var known = new Dictionary<string, LikeRecord>();
        var ids = new HashSet<string>();
        foreach (var row in all)
        {
            ids.Add(row.Owner.Id);
            foreach (var key in Likeness.KeysOf(namesOf(row.Stored)))
                known.TryAdd(key, new(row.Owner.Id, namesOf(row.Stored)));
        }
        foreach (var row in parsed.Where(p => p.Report is null))
        {
            if (row.Cells["name.en"]?.GetValue<string>() is not { } english || ids.Contains(row.Owner))
                continue;
            var name = new LocalName(english, row.Cells["name.ar"]?.GetValue<string>(), row.Cells["name.ko"]?.GetValue<string>());
            var keys = Likeness.KeysOf(name);
            if (
                !answers.New.Contains(row.Line)
                && keys.Select(known.GetValueOrDefault)
                    .FirstOrDefault(k => k is not null && k.Id != row.Owner && !Likeness.Differ(k.Name, name))
                    is { } like
            )
                row.Report = new(
                    row.Line,
                    [row.Owner, ""],
                    RowOutcome.Refused,
                    [],
                    ImportCodes.SamePerson.Name,
                    $"This is probably {like.Name.En} ({like.Id}), spelt differently. Say whether it is the same person.",
                    "name.en",
                    like
                );
            foreach (var key in keys)
                known.TryAdd(key, new(row.Owner, name, row.Line));
        }
    }
}
