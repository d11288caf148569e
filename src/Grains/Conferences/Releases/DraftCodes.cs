namespace ConsultHub.Conferences.Releases;

/// <summary>The codes of refusals about the draft of a release.</summary>
[CodesOf<Refusal>]
public static class DraftCodes
{
    public static readonly Code BadNote = Code.BadInput("draft.bad-note");
    public static readonly Code Exists = Code.Conflict("draft.exists");
    public static readonly Code None = Code.Unknown("draft.none", "There is no draft.");
    public static readonly Code Settling = Code.Conflict("draft.settling");
    public static readonly Code TooMany = Code.Conflict("draft.too-many");
}
