using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using UtfUnknown;

namespace ConsultHub.Web.Records;

/// <summary>A CSV file whose encoding and separator were found.</summary>
/// <param name="Header">The names in the first row.</param>
/// <param name="Rows">The cells of each row, with the line of the file in which the row begins, from 1.</param>
internal sealed record CsvFile(string Encoding, string Separator, string[] Header, IReadOnlyList<(int Line, string[] Cells)> Rows)
{
    /// <summary>Records of the hub that the file should have and does not have. An import leaves them as they are.</summary>
    public ImmutableArray<MissingRecord> Missing { get; init; } = [];

    /// <summary>Makes rows from a file that is no CSV file.</summary>
    /// <returns>The rows, or the reason why there are too many or none.</returns>
    public static (CsvFile? File, Refusal? Refusal) Of(string[] header, IReadOnlyList<(int Line, string[] Cells)> rows) =>
        rows.Count == 0 ? (null, new(ImportCodes.Empty, ImportCodes.Empty.Message!))
        : rows.Count > TableCsv.MostRows
            ? (null, new(ImportCodes.TooManyRows, $"The file would make {rows.Count} rows. There can be at most {TableCsv.MostRows}."))
        : (new("utf-8", "", header, rows), null);
}

/// <summary>Writes tables as CSV, and reads CSV files as spreadsheets write them.</summary>
internal static partial class TableCsv
{
    /// <summary>The most rows of a file.</summary>
    public const int MostRows = 20_000;

    private const int MostColumns = 200;

    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    /// <summary>How tables are written. A text of several lines is quoted, whatever ends its lines.</summary>
    private static readonly CsvConfiguration Written = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = cell => cell.Field is { Length: > 0 } text && (text.IndexOfAny(Quoted) >= 0 || text[0] == ' ' || text[^1] == ' '),
    };

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    static TableCsv() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The whole table in UTF-8 with a byte order mark, which spreadsheets need to read Arabic and Korean.</summary>
    public static PushStreamHttpResult Write(RecordTable table, IReadOnlyList<RecordRow> rows) =>
        TypedResults.Stream(
            async body =>
            {
                await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
                await using var csv = new CsvWriter(text, Written);
                foreach (var column in table.Columns)
                    csv.WriteField(column.Name);
                await csv.NextRecordAsync();
                foreach (var row in rows)
                {
                    foreach (var column in table.Columns)
                        csv.WriteField(CellText.Write(column, row.Cells[column.Name]));
                    await csv.NextRecordAsync();
                }
            },
            "text/csv; charset=utf-8",
            $"{table.Name}.csv"
        );

    /// <summary>Reads a file.</summary>
    /// <param name="encoding">The encoding, or null to find it.</param>
    /// <param name="separator">The separator, or null to find it.</param>
    /// <returns>The file, or the reason why it cannot be read.</returns>
    public static (CsvFile? File, Refusal? Refusal) Read(byte[] bytes, string? encoding, string? separator)
    {
        if ((encoding is null ? Detect(bytes) : Named(encoding)) is not { } found)
            return (null, new(ImportCodes.UnknownEncoding, "The encoding is not known.") { Place = "encoding" });
        if (separator is not null && !(separator.Length == 1 && IsSeparator(separator[0])))
            return (
                null,
                new(ImportCodes.BadSeparator, "The separator is one character, and no quotation mark or space.") { Place = "separator" }
            );
        var text = found.GetString(bytes).TrimStart('\uFEFF');
        var skipped = 0; // the number of lines before the next row
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            // Excel understands this line, and some programs write it.
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            separator ??= text.Length > 4 && IsSeparator(text[4]) ? text[4].ToString() : null;
            (text, skipped) = (end < 0 ? "" : text[(end + 1)..], 1);
        }
        separator ??= SeparatorOf(text);
        var rows = new List<(int, string[])>();
        string[]? header = null;
        var isBad = false;
        using var csv = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = separator,
                IgnoreBlankLines = false, // so that lines are counted
                BadDataFound = _ => isBad = true, // is called when the cells are read
                MaxFieldSize = 50_000, // the longest text has 20,000 characters, and a quotation mark is written twice
            }
        );
        try
        {
            while (csv.Read())
            {
                var line = skipped + 1;
                skipped += csv.RawRecord.Count(c => c == (csv.RawRecord.Contains('\n', StringComparison.Ordinal) ? '\n' : '\r'));
                var cells = csv.Record!;
                if (isBad)
                    return (
                        null,
                        new(ImportCodes.BadQuote, "A quotation mark is not closed, or stands inside a cell.") { Place = $"line {line}" }
                    );
                if (cells.All(string.IsNullOrWhiteSpace))
                    continue;
                if (cells.Length > MostColumns)
                    return (null, new(ImportCodes.TooManyRows, $"A file has at most {MostColumns} columns.") { Place = $"line {line}" });
                if (header is null)
                    header = [.. cells.Select(c => c.Trim())];
                else
                    rows.Add((line, cells));
                if (rows.Count > MostRows)
                    return (null, new(ImportCodes.TooManyRows, $"A file has at most {MostRows} rows.") { Place = $"line {line}" });
            }
        }
        catch (CsvHelperException)
        {
            return (null, new(ImportCodes.BadQuote, "The row cannot be read.") { Place = $"line {csv.RawRow}" });
        }
        return header is null ? (null, new(ImportCodes.Empty, "The file is empty.")) : (new(found.WebName, separator, header, rows), null);
    }

    /// <summary>A name that people use for a code page of Windows, such as cp949.</summary>
    [GeneratedRegex(@"^(?:cp|ms|windows-)([0-9]{3,5})\z", RegexOptions.IgnoreCase)]
    private static partial Regex CodePage();

    private static bool IsSeparator(char c) => c is not ('"' or '\r' or '\n' or ' ');

    private static Encoding? Named(string name)
    {
        try
        {
            return CodePage().Match(name) is { Success: true } page
                ? Encoding.GetEncoding(int.Parse(page.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                : Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException) // .NET knows UTF-7 and refuses it
        {
            return null;
        }
    }

    /// <summary>
    /// A text with zero bytes is UTF-16, even without a mark. Valid UTF-8 is UTF-8. Anything else is what a detector thinks, or the code
    /// page of western Windows.
    /// </summary>
    private static Encoding Detect(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode;
        if (bytes is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode;
        if (Array.IndexOf(bytes, (byte)0) is >= 0 and var zero)
            return zero % 2 == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode;
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return CharsetDetector.DetectFromBytes(bytes).Detected?.Encoding ?? Encoding.GetEncoding(1252);
        }
    }

    /// <summary>The separator that is most often in the first row.</summary>
    private static string SeparatorOf(string text)
    {
        var first = text.Split('\n', 2)[0];
        return Separators.MaxBy(s => first.Count(c => c == s)).ToString();
    }
}
