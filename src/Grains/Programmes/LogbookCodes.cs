namespace ConsultHub.Programmes;

/// <summary>The codes of refusals about logbooks and assessments.</summary>
[CodesOf<Refusal>]
public static class LogbookCodes
{
    public static readonly Code BadCommand = Code.BadInput("logbook.bad-command");
    public static readonly Code UnknownActivity = Code.BadInput("logbook.unknown-activity", "The programme has no such activity.");
    public static readonly Code UnknownEntry = Code.Unknown("logbook.unknown-entry", "There are no such cases in the logbook.");
    public static readonly Code NoRotation = Code.Conflict("logbook.no-rotation", "The person was in no rotation on that day.");
    public static readonly Code InFuture = Code.Conflict("logbook.in-future", "Cases are logged when they have been done.");
    public static readonly Code AlreadySigned = Code.Conflict("logbook.signed", "The cases are signed, so they can no longer change.");
    public static readonly Code Removed = Code.Conflict("logbook.removed", "The cases were removed from the logbook.");
    public static readonly Code Full = Code.Conflict("logbook.too-many", "The logbook takes no more entries.");
    public static readonly Code OwnLogbook = Code.NotAllowed("logbook.own", "Nobody signs or judges the own work.");
    public static readonly Code OthersLogbook = Code.NotAllowed("logbook.others", "Only the person logs cases here.");
    public static readonly Code OtherSupervisor = Code.NotAllowed(
        "logbook.other-supervisor",
        "Another person supervises this rotation, or none of this person's rotations has begun under your supervision."
    );
    public static readonly Code Stale = Code.Changed("logbook.stale", "Somebody has changed this meanwhile. Look at it and try again.");
    public static readonly Code ReasonMissing = Code.BadInput("logbook.reason-missing", "A comment is needed.");
}
