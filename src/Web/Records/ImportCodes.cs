namespace ConsultHub.Web.Records;

/// <summary>The codes of refusals about imported tables.</summary>
[CodesOf<Refusal>]
public static class ImportCodes
{
    public static readonly Code BadCalendar = Code.Unreadable("table.bad-calendar");
    public static readonly Code BadCodes = Code.Unreadable("table.bad-codes");
    public static readonly Code BadQuote = Code.Unreadable("table.bad-quote");
    public static readonly Code BadSeparator = Code.BadInput("table.bad-separator");
    public static readonly Code CellsMissing = Code.BadInput("table.cells-missing");
    public static readonly Code ColumnMissing = Code.Unreadable("table.column-missing");
    public static readonly Code ColumnTwice = Code.Unreadable("table.column-twice");
    public static readonly Code Empty = Code.Unreadable("table.empty", "The file has no rows.");
    public static readonly Code OtherTable = Code.Unreadable("table.other-table");
    public static readonly Code RecurringEvent = Code.Unreadable("table.recurring-event");
    public static readonly Code Refused = Code.Unreadable("table.refused", "Rows of the file are refused, so nothing was stored.");
    public static readonly Code SameName = Code.Conflict("table.same-name");
    public static readonly Code SamePerson = Code.Conflict("table.same-person");
    public static readonly Code TimedEvent = Code.Unreadable("table.timed-event");
    public static readonly Code TooLarge = Code.TooLarge("table.too-large", "A file has at most 16 MB.");
    public static readonly Code TooManyRows = Code.Unreadable("table.too-many-rows");
    public static readonly Code UnknownEncoding = Code.BadInput("table.unknown-encoding");
    public static readonly Code UnknownImport = Code.Unknown("table.unknown-import", "There is no such import.");
}
