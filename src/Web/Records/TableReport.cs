using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ConsultHub.Rostering;

namespace ConsultHub.Web.Records;

public enum RowOutcome
{
    Added,
    Changed,
    Same,
    Refused,
}

/// <summary>A changed cell.</summary>
public sealed record CellChange(string Column, JsonNode? Before, JsonNode? After);

/// <summary>A record that is probably the same person, spelt differently.</summary>
/// <param name="Line">The line of the file, if the other one is in the file too.</param>
public sealed record LikeRecord(string Id, LocalName Name, int? Line = null);

/// <summary>What happens to one row of a file.</summary>
/// <param name="Line">The line of the file in which the row begins, from 1.</param>
/// <param name="Key">The ids of the owner and of the record. Empty if the row cannot be read.</param>
/// <param name="Code">Why the row is refused.</param>
/// <param name="Column">The column at fault.</param>
/// <param name="Overridable">Whether the row is stored if the import has a reason.</param>
public sealed record RowReport(
    int Line,
    ImmutableArray<string> Key,
    RowOutcome Outcome,
    ImmutableArray<CellChange> Changes,
    [property: CodesOf<Refusal>] string? Code = null,
    string? Message = null,
    string? Column = null,
    LikeRecord? Like = null,
    bool Overridable = false
);

/// <summary>A record of the hub that a newer file no longer has.</summary>
/// <param name="Key">The ids of the owner and of the record.</param>
public sealed record MissingRecord(ImmutableArray<string> Key, JsonObject Cells);

/// <summary>What an import would do, or has done.</summary>
/// <param name="Encoding">The encoding in which the file was read.</param>
/// <param name="Ignored">Columns of the file that the table does not have.</param>
/// <param name="Rows">At most 1,000 rows that are not the same as before, those that are refused first.</param>
/// <param name="Affects">Planned engagements that become illegal, at most 200.</param>
/// <param name="Affected">The number of these engagements.</param>
/// <param name="Import">The id of the import, if it was begun.</param>
/// <param name="Impossible">Rows that became impossible after the import had begun.</param>
/// <param name="Missing">Records that the hub has and the file has not, although it has others of the same time. They stay.</param>
public sealed record TableReport(
    string Encoding,
    string Separator,
    ImmutableArray<string> Columns,
    ImmutableArray<string> Ignored,
    int Added,
    int Changed,
    int Same,
    int Refused,
    ImmutableArray<RowReport> Rows,
    ImmutableArray<AffectedEngagement> Affects,
    int Affected,
    string? Import = null,
    ImmutableArray<RowReport>? Impossible = null,
    ImmutableArray<MissingRecord>? Missing = null
);

/// <summary>How many rows of a file are checked.</summary>
public sealed record ImportChecked(int Checked, int Of);
