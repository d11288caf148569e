using System.Collections.Immutable;

namespace ConsultHub.Web.Records;

/// <summary>A file that somebody sends to a table.</summary>
/// <param name="Network">The network in which the viewer imports.</param>
/// <param name="Hospitals">The hospitals that the request names, for files that name none themselves.</param>
/// <param name="Partners">The partners that the request names, for the same purpose.</param>
/// <param name="Answers">What the person has answered to questions about the file.</param>
internal sealed record TableUpload(
    byte[] Bytes,
    Viewer Viewer,
    NetworkId? Network,
    ImmutableArray<string> Hospitals,
    ImmutableArray<string> Partners,
    ImportAnswers Answers,
    IServiceProvider Services
);

/// <summary>
/// Files other than CSV that a table takes. They become the same rows as those of a CSV file, so previews, refusals and imports are the
/// same.
/// </summary>
/// <param name="Types">The media types.</param>
/// <param name="ReadAsync">Reads a file. Its result is the rows, or the reason why the file cannot be read.</param>
internal sealed record TableFormat(ImmutableArray<string> Types, Func<TableUpload, ValueTask<(CsvFile? File, Refusal? Refusal)>> ReadAsync);
