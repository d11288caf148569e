namespace ConsultHub.Rostering;

/// <summary>The codes of refusals and findings about engagements.</summary>
[CodesOf<Refusal>, CodesOf<Finding>]
public static class RosterCodes
{
    public static readonly Code Absent = Code.Conflict("roster.absent");
    public static readonly Code AnswerTooLate = Code.Conflict("roster.answer-too-late");
    public static readonly Code Archived = Code.Conflict("roster.archived");
    public static readonly Code BadCount = Code.Conflict("roster.bad-count");
    public static readonly Code BadTime = Code.Conflict("roster.bad-time");
    public static readonly Code ConsultantOverlap = Code.Conflict("roster.consultant-overlap");
    public static readonly Code HospitalClosed = Code.Conflict("roster.hospital-closed");
    public static readonly Code IdTaken = Code.Conflict("roster.id-taken");
    public static readonly Code InPast = Code.Conflict("roster.in-past");
    public static readonly Code Moving = Code.Conflict("roster.moving");
    public static readonly Code NoCredential = Code.Conflict("roster.no-credential");
    public static readonly Code NotAllowed = Code.NotAllowed("roster.not-allowed");
    public static readonly Code NotCandidate = Code.NotAllowed("roster.not-candidate");
    public static readonly Code NothingToUndo = Code.Conflict("roster.nothing-to-undo");
    public static readonly Code OutsideVisit = Code.Conflict("roster.outside-visit");
    public static readonly Code ProposalGone = Code.Conflict("roster.proposal-gone");
    public static readonly Code ReasonRequired = Code.Conflict("roster.reason-required");
    public static readonly Code Rest = Code.Conflict("roster.rest");
    public static readonly Code RoomCapacity = Code.Conflict("roster.room-capacity");
    public static readonly Code RoomEquipment = Code.Conflict("roster.room-equipment");
    public static readonly Code RoomOverlap = Code.Conflict("roster.room-overlap");
    public static readonly Code RoomUnknown = Code.Conflict("roster.room-unknown");
    public static readonly Code Stale = Code.Conflict("roster.stale");
    public static readonly Code TextTooLong = Code.Conflict("roster.text-too-long");
    public static readonly Code TooEarly = Code.Conflict("roster.too-early");
    public static readonly Code TooMany = Code.Conflict("roster.too-many");
    public static readonly Code TooManyHospitals = Code.Conflict("roster.too-many-hospitals");
    public static readonly Code TouchedSince = Code.Conflict("roster.touched-since");
    public static readonly Code Travel = Code.Conflict("roster.travel");
    public static readonly Code UnknownCommand = Code.Conflict("roster.unknown-command");
    public static readonly Code UnknownConsultant = Code.Conflict("roster.unknown-consultant");
    public static readonly Code UnknownEngagement = Code.Unknown("roster.unknown-engagement");
    public static readonly Code UnknownHospital = Code.Conflict("roster.unknown-hospital");
    public static readonly Code UnknownNetwork = Code.Unknown("roster.unknown-network");
    public static readonly Code UnknownProcedure = Code.Conflict("roster.unknown-procedure");
    public static readonly Code UnknownPurpose = Code.Conflict("roster.unknown-purpose");
    public static readonly Code UnknownSpecialty = Code.Conflict("roster.unknown-specialty");
    public static readonly Code WorkingHours = Code.Conflict("roster.working-hours");
    public static readonly Code WrongStatus = Code.Conflict("roster.wrong-status");
    public static readonly Code WrongWeek = Code.Conflict("roster.wrong-week");
}
