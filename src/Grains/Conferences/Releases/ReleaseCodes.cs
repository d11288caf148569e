namespace ConsultHub.Conferences.Releases;

/// <summary>The codes of refusals about releases.</summary>
[CodesOf<Refusal>]
public static class ReleaseCodes
{
    public static readonly Code Settling = Code.Unknown("release.settling", "Rosters still decide about sessions of this release.");
    public static readonly Code Unknown = Code.Unknown("release.unknown", "There is no such release.");
}
