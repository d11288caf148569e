namespace ConsultHub.Conferences;

/// <summary>The codes of overlaps between sessions. An overlap never prevents a change.</summary>
[CodesOf<SessionOverlap>]
public static class OverlapCodes
{
    public static readonly Code Room = Code.Remark("session.room-overlap");
    public static readonly Code Speaker = Code.Remark("session.speaker-overlap");
}
