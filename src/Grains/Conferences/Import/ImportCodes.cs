namespace ConsultHub.Conferences.Import;

/// <summary>The codes of refusals of a file.</summary>
[CodesOf<Refusal>]
public static class ImportCodes
{
    public static readonly Code Dtd = Code.BadInput("import.dtd");
    public static readonly Code Invalid = Code.Unreadable("import.invalid");
    public static readonly Code Malformed = Code.BadInput("import.malformed");
    public static readonly Code NoSessions = Code.Unreadable("import.no-sessions");
    public static readonly Code TooDeep = Code.BadInput("import.too-deep");
    public static readonly Code TooLarge = Code.TooLarge("import.too-large");
    public static readonly Code TooManyLines = Code.Unreadable("import.too-many-lines");
    public static readonly Code TooManyRecurrences = Code.Unreadable("import.too-many-recurrences");
    public static readonly Code TooManyRooms = Code.Unreadable("import.too-many-rooms");
    public static readonly Code TooManySessions = Code.Unreadable("import.too-many-sessions");
    public static readonly Code TooManyTracks = Code.Unreadable("import.too-many-tracks");
    public static readonly Code TooManyZones = Code.Unreadable("import.too-many-zones");
    public static readonly Code UnknownFormat = Code.Unreadable("import.unknown-format");
    public static readonly Code UnknownType = Code.UnsupportedType("import.unknown-type");
}
