using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using Orleans.Serialization;

namespace ConsultHub.Backups;

/// <summary>
/// One week's journal in a file of the form <see cref="SealedFile"/>. The head is followed by the free texts and then by the rows. Each row
/// has the values from which its hash is made: SHA-256 of the number (8 bytes, little-endian), the epoch (16 bytes, as .NET writes a GUID),
/// the previous hash and the body. For human readers each row also has its events as plain JSON.
/// </summary>
internal static class WeekFile
{
    public const string Format = "consult-hub-week";
    private const int Version = 1;

    /// <param name="Key">The key of the roster, which is the network and the week, such as <c>ehs/2026-W10</c>.</param>
    public sealed record Head(string Format, int Version, string Key, DateTimeOffset WrittenAt) : SealedFile.Head(Format, Version);

    /// <summary>A line of the file. One of the two values is set.</summary>
    private sealed record Line(RowLine? Row, TextsLine? Texts);

    /// <param name="Hash">The hash of this row in hexadecimal, in the same form as <paramref name="Previous"/>.</param>
    /// <param name="Body">The stored bytes, unchanged.</param>
    /// <param name="Entries">The same content for human readers. The program does not read it back.</param>
    private sealed record RowLine(long Number, Guid Epoch, string Previous, string Hash, byte[] Body, JsonArray? Entries);

    /// <param name="Id">The id of the stored row of texts.</param>
    private sealed record TextsLine(Guid Id, ImmutableArray<TextItem> Items);

    /// <param name="Text">If the text was erased, it does not match the hash in the chain.</param>
    private sealed record TextItem(byte[] Salt, string Text);

    /// <summary>The content of a week's file.</summary>
    public sealed record Content(string Key, ImmutableArray<JournalRow> Rows, ImmutableDictionary<Guid, TextRow> Texts)
    {
        public byte[] LastHash => Rows[^1].Hash();
    }

    public static void Write(string path, Content content, Serializer serializer)
    {
        using var file = new SealedFile.Writer(path);
        file.Write(new Head(Format, Version, content.Key, DateTimeOffset.UtcNow));
        foreach (var (id, texts) in content.Texts.OrderBy(t => t.Key))
            file.Write(new Line(null, new TextsLine(id, [.. texts.Texts.Select(t => new TextItem(t.Salt, t.Text))])));
        foreach (var row in content.Rows)
            file.Write(
                new Line(
                    new RowLine(
                        row.Number,
                        row.Epoch,
                        Hex(row.PreviousHash),
                        Hex(row.Hash()),
                        row.Body,
                        ForPeople(row, content.Texts, serializer)
                    ),
                    null
                )
            );
        file.Complete();
    }

    /// <exception cref="BackupException">The file is damaged, or its chain is broken.</exception>
    public static Content Read(string path)
    {
        Head? head = null;
        var rows = ImmutableArray.CreateBuilder<JournalRow>();
        var texts = ImmutableDictionary.CreateBuilder<Guid, TextRow>();
        foreach (var line in SealedFile.Read(path, Format, Version))
        {
            if (head is null)
                head = SealedFile.Parse<Head>(line, path);
            else if (SealedFile.Parse<Line>(line, path) is { Row: { } row })
                rows.Add(Checked(row, path, rows.LastOrDefault()));
            else if (SealedFile.Parse<Line>(line, path) is { Texts: { } found })
                texts[found.Id] = new TextRow([.. found.Items.Select(i => new SaltedText(i.Salt, i.Text))]);
        }
        return head is { Key: not null } && rows.Count > 0
            ? new(head.Key, rows.ToImmutable(), texts.ToImmutable())
            : throw SealedFile.Damaged(path);
    }

    private static JournalRow Checked(RowLine found, string path, JournalRow? before)
    {
        if (found is not { Previous: not null, Body: not null })
            throw SealedFile.Damaged(path);
        var row = new JournalRow(found.Number, found.Epoch, Convert.FromHexString(found.Previous), found.Body);
        return Follows(row, before) && Hex(row.Hash()) == found.Hash
            ? row
            : throw new BackupException($"The chain in {path} is broken at row {found.Number}: it or a row before it was changed.");
    }

    /// <summary>Whether a row is the next one in its chain.</summary>
    public static bool Follows(JournalRow row, JournalRow? before) =>
        before is null ? row.Number == 1 : row.Number == before.Number + 1 && row.PreviousHash.AsSpan().SequenceEqual(before.Hash());

    private static JsonArray ForPeople(JournalRow row, ImmutableDictionary<Guid, TextRow> texts, Serializer serializer)
    {
        if (row.Body.Length == 0)
            return [];
        return
        [
            .. serializer
                .Deserialize<JournalBody<RosterEvent>>(row.Body)!
                .Entries.Select(entry =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["version"] = entry.Version,
                            ["at"] = entry.At,
                            ["by"] = entry.By.Person.Value,
                            ["role"] = JsonNamingPolicy.CamelCase.ConvertName(entry.By.Role.ToString()),
                            ["reason"] =
                                entry.Reason is { } reason && texts.TryGetValue(reason.Row, out var found)
                                    ? found.Texts[reason.Index].Text
                                    : null,
                            ["events"] = new JsonArray([
                                .. entry.Events.Select(e =>
                                    (JsonNode)
                                        new JsonObject
                                        {
                                            [JsonNamingPolicy.CamelCase.ConvertName(e.GetType().Name)] = JsonSerializer.SerializeToNode(
                                                e,
                                                e.GetType(),
                                                HubJson.Options
                                            ),
                                        }
                                ),
                            ]),
                        }
                ),
        ];
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
