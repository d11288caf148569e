namespace ConsultHub.Programmes;

/// <summary>The codes of refusals about education programmes and applications.</summary>
[CodesOf<Refusal>]
public static class ProgrammeCodes
{
    public static readonly Code Unknown = Code.Unknown("programme.unknown", "There is no such programme.");
    public static readonly Code UnknownCohort = Code.Unknown("programme.unknown-cohort", "The programme has no such cohort.");
    public static readonly Code UnknownApplication = Code.Unknown("programme.unknown-application", "There is no such application.");
    public static readonly Code TooLate = Code.Conflict("programme.too-late", "The time to apply is over.");
    public static readonly Code StillOpen = Code.Conflict(
        "programme.still-open",
        "People can still apply. Offers are made when the time to apply is over."
    );
    public static readonly Code Begun = Code.Conflict("programme.begun", "The cohort has begun. No more places are offered.");
    public static readonly Code Applied = Code.Conflict("programme.applied", "The person has applied already.");
    public static readonly Code Full = Code.Conflict("programme.too-many", "The programme takes no more applications.");
    public static readonly Code Decided = Code.Conflict("programme.decided", "The application is decided or withdrawn.");
    public static readonly Code OwnApplication = Code.NotAllowed(
        "programme.own-application",
        "Nobody reviews or decides about the own application."
    );
    public static readonly Code OwnDocument = Code.NotAllowed("dossier.own-document", "Nobody checks the own papers.");
    public static readonly Code Conflict = Code.NotAllowed(
        "programme.conflict",
        "You have declared a conflict of interest about this application."
    );
    public static readonly Code NoReview = Code.Conflict(
        "programme.no-review",
        "This programme gives its places in the order of the applications. Nobody reviews or ranks them."
    );
    public static readonly Code ReviewMissing = Code.Conflict("programme.review-missing");
    public static readonly Code LeftOut = Code.Conflict(
        "programme.left-out",
        "Somebody on the waiting list is left out. Rank everybody who waits, or reject the application."
    );
    public static readonly Code Stale = Code.Changed("programme.stale", "Somebody else has changed the order meanwhile.");
    public static readonly Code NotRanked = Code.Conflict("programme.not-ranked", "No application is ranked yet.");
    public static readonly Code Offering = Code.Conflict("programme.offering", "Places are offered already.");
    public static readonly Code HasPlace = Code.Conflict(
        "programme.has-place",
        "The person has a place or an offer. Withdraw the application instead."
    );
    public static readonly Code NoOffer = Code.Conflict("programme.no-offer", "There is no open offer.");
    public static readonly Code OfferLapsed = Code.Conflict("programme.offer-lapsed", "The time to answer the offer is over.");
    public static readonly Code ReasonMissing = Code.BadInput("programme.reason-missing", "A reason is needed.");
    public static readonly Code BadCommand = Code.BadInput("programme.bad-command");
    public static readonly Code PlacesTaken = Code.Conflict("programme.places-taken");
    public static readonly Code HasApplications = Code.Conflict(
        "programme.has-applications",
        "People have applied already, so this can no longer change."
    );
    public static readonly Code OwnSupervisor = Code.BadInput("programme.own-supervisor", "Nobody supervises the own work.");
    public static readonly Code OutsideCohort = Code.Conflict(
        "programme.outside-cohort",
        "A rotation lies between the first and the last day of its cohort."
    );
    public static readonly Code NoPlace = Code.Conflict("programme.no-place", "The person has no accepted place in this cohort.");
    public static readonly Code RotationOverlap = Code.Conflict("programme.rotation-overlap");
    public static readonly Code DepartmentFull = Code.Conflict("programme.department-full");
    public static readonly Code HasCases = Code.Conflict(
        "programme.has-cases",
        "Cases are logged in this rotation, so it keeps their days, its person and its department."
    );
    public static readonly Code HoldLapsed = Code.Conflict(
        "programme.hold-lapsed",
        "The time of these people could not be held long enough. Nothing was stored. Try again."
    );
    public static readonly Code PaperMissing = Code.Conflict("programme.paper-missing");
    public static readonly Code NoSupervisor = Code.Conflict("programme.no-supervisor");
}
