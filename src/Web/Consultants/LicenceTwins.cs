using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Records;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Consultants;

/// <summary>
/// Finds rows of a file that give one licence at a hospital to two consultants, who are probably the same person. Licences that are stored
/// already are found before.
/// </summary>
internal static class LicenceTwins
{
    private sealed record Row(int Line, string Owner, RecordEdit Edit, Credential Credential);

    /// <summary>Refuses the rows of all these consultants but the first. A reason says that they are different people.</summary>
    public static ImportPlan Ask(ImportPlan plan)
    {
        var twins = plan
            .Steps.SelectMany(step =>
                step.Command.Edits.Select((edit, i) => (Line: step.Rows[i], Owner: step.Owner.Key.ToString()!, Edit: edit))
            )
            .Where(row => row.Edit.Value is Credential { Licence: not null } credential && !string.IsNullOrWhiteSpace(credential.Licence))
            .Select(row => new Row(row.Line, row.Owner, row.Edit, (Credential)row.Edit.Value!))
            .OrderBy(row => row.Line)
            .GroupBy(row => (row.Credential.Hospital, row.Credential.Licence!.Trim().ToUpperInvariant()))
            .SelectMany(same => same.Where(row => row.Owner != same.First().Owner).Select(row => (Row: row, First: same.First().Line)))
            .OrderBy(twin => twin.Row.Line)
            .ToList();
        if (twins.Count == 0)
            return plan;
        var lines = twins.Select(t => t.Row.Line).ToHashSet();
        var added = twins.Count(t => t.Row.Edit.Expected == RecordTag.None);
        return plan with
        {
            Report = plan.Report with
            {
                Added = plan.Report.Added - added,
                Changed = plan.Report.Changed - (twins.Count - added),
                Refused = plan.Report.Refused + twins.Count,
                Rows =
                [
                    .. twins.Take(TableImport.MostReported).Select(twin => Refused(twin.Row, twin.First)),
                    .. plan.Report.Rows.Where(r => !lines.Contains(r.Line)).Take(Math.Max(0, TableImport.MostReported - twins.Count)),
                ],
            },
        };
    }

    private static RowReport Refused(Row row, int first) =>
        new(
            row.Line,
            [row.Owner, row.Edit.Record.Id],
            RowOutcome.Refused,
            [],
            ConsultantCodes.SameLicence.Name,
            $"Line {first} gives this licence at the hospital to another consultant. If they are different people, give a reason.",
            "licence",
            Overridable: true
        );
}
