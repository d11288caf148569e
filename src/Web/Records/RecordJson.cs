using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>Reads records from JSON, and takes the values of columns from them.</summary>
internal static class RecordJson
{
    /// <summary>A misspelt member is refused, so that it is never ignored.</summary>
    private static readonly JsonSerializerOptions Strict = new(RecordText.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static JsonObject Write(IRecord record) =>
        JsonSerializer.SerializeToNode(record, record.GetType(), RecordText.Options)!.AsObject();

    /// <summary>Reads a record of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="json">The members of the record. Members that the table only shows are left out.</param>
    /// <returns>The record, or the fault that the JSON has.</returns>
    public static (IRecord? Record, RecordFault? Fault) Read(RecordTable table, JsonObject json)
    {
        foreach (var shown in table.ReadOnly)
            json.Remove(shown);
        foreach (var column in table.Columns.Where(c => c.Many && (!table.HasOwnerColumn || c.Name != table.OwnerColumn)))
            json.TryAdd(column.Name, new JsonArray());
        foreach (var column in table.Columns)
            if (column.Required && column.Name != (table.HasOwnerColumn ? table.OwnerColumn : null) && At(json, column.Name) is null)
                return (null, new(default, RecordCodes.Required, RecordCodes.Required.Message!, column.Name));
        try
        {
            return ((IRecord)json.Deserialize(table.Record, Strict)!, null);
        }
        catch (MissingOffsetException bad)
        {
            return (null, new(default, RecordCodes.NoOffset, bad.Message, bad.Path?.TrimStart('$').TrimStart('.')));
        }
        catch (JsonException bad)
        {
            var field = bad.Path?.TrimStart('$').TrimStart('.');
            var column = table.Columns.FirstOrDefault(c =>
                field == c.Name || field?.StartsWith(c.Name + "[", StringComparison.Ordinal) == true
            );
            var code = bad.Message.StartsWith("The JSON property", StringComparison.Ordinal) ? RecordCodes.UnknownField : CodeFor(column);
            var message = code.Message ?? $"One of these is needed: {string.Join(", ", column!.Choices!)}.";
            return (null, new(default, code, message, string.IsNullOrEmpty(field) ? null : field));
        }
    }

    /// <summary>Whether all texts in JSON are valid: half of a character, such as <c>\\ud800</c>, is not.</summary>
    public static bool IsText(JsonNode? json) =>
        json switch
        {
            JsonObject of => of.All(m => IsText(m.Value)),
            JsonArray of => of.All(IsText),
            JsonValue one when one.GetValueKind() == JsonValueKind.String => one.GetValue<string>() is not null,
            _ => true,
        };

    /// <summary>The code for a value that a column cannot hold.</summary>
    public static Code CodeFor(Column? column) =>
        column?.Kind == ColumnKind.Choice ? RecordCodes.UnknownChoice
        : column?.Kind is ColumnKind.Id or ColumnKind.Reference ? RecordCodes.BadId
        : RecordCodes.BadValue;

    /// <summary>The value of a column, such as <c>name.en</c>. Null if there is none.</summary>
    public static JsonNode? At(JsonObject json, string column)
    {
        JsonNode? node = json;
        foreach (var part in column.Split('.'))
            node = (node as JsonObject)?[part];
        return node;
    }

    /// <summary>Sets the value of a column. Null removes it.</summary>
    public static void Put(JsonObject json, string column, JsonNode? value)
    {
        var parts = column.Split('.');
        foreach (var part in parts[..^1])
        {
            if (json[part] is not JsonObject inner)
                json[part] = inner = [];
            json = inner;
        }
        if (value is null)
            json.Remove(parts[^1]);
        else
            json[parts[^1]] = value;
    }

    /// <summary>The cells of a record: the values of its columns, without those that are empty.</summary>
    public static JsonObject Cells(RecordTable table, string owner, IRecord record)
    {
        var (json, cells) = (Write(record), new JsonObject());
        if (table.HasOwnerColumn)
            cells[table.OwnerColumn!] = owner;
        foreach (var column in table.Columns)
            if (At(json, column.Name) is { } value && value is not JsonArray { Count: 0 })
                cells[column.Name] = value.DeepClone();
        if (!table.One && !table.Natural && table.Columns.Any(c => c is { Key: true, Name: "id" }))
            cells["id"] ??= record.Record.Id; // a record of an earlier release has no id of its own
        return cells;
    }
}
