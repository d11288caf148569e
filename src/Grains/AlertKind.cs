namespace ConsultHub;

/// <summary>
/// The subject of an alert. <c>NobodyAnswered</c>: no candidate took an engagement. <c>NotAcknowledged</c>: a person has not acknowledged
/// an urgent alert. <c>Reinstated</c>: a cancelled engagement takes place after all. <c>ChangeUndone</c>: a change of the engagement's
/// status was undone. <c>FactorReset</c>: somebody else resets the person's second factor. <c>GraveChange</c>: somebody else has changed
/// accounts, roles, keys or rules, or has exported people. <c>PlaceOffered</c> and <c>OfferLapsed</c>: a place in an education programme.
/// <c>ApplicationReceived</c>, <c>OfferAnswered</c>: told to its director. <c>ApplicationDecided</c>: the application has another state.
/// <c>MilestoneLate</c>: the due day of a research milestone is over and the milestone
/// is not done. <c>TaskGiven</c>: the person owns a research task. <c>ProposalDecided</c>: a proposal to an innovation call was decided.
/// <c>RotationChanged</c>: the plan of rotations in an education programme has changed. <c>CasesReturned</c>: a supervisor has returned
/// cases of the person's logbook. <c>Assessed</c>: the person was assessed in an education programme.
/// <c>CourseChanged</c>: sessions of the person's cohort are new, have moved or do not take place. <c>MeetingChanged</c>: the same for a
/// meeting of an initiative that the person leads. <c>PaperLapses</c>: a paper that an education programme asks for ends too early.
/// </summary>
public enum AlertKind
{
    Assigned,
    Released,
    TimeChanged,
    RoomChanged,
    Proposed,
    ProposalWithdrawn,
    EmergencyMoved,
    Cancelled,
    ProposalAccepted,
    ProposalDeclined,
    NobodyAnswered,
    NeedsAttention,
    SessionMoved,
    NotAcknowledged,
    ProgrammeChanged,
    PlaceFree,
    Reinstated,
    ChangeUndone,
    ProposalExpired,
    FactorReset,
    GraveChange,
    PlaceOffered,
    OfferLapsed,
    ApplicationReceived,
    OfferAnswered,
    ApplicationDecided,
    MilestoneLate,
    TaskGiven,
    ProposalDecided,
    RotationChanged,
    CasesReturned,
    Assessed,
    CourseChanged,
    MeetingChanged,
    PaperLapses,
}
