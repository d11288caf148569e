using System.Collections.Immutable;

namespace ConsultHub.Programmes;

/// <summary>What a command leads to: changed applications, or a refusal.</summary>
internal sealed record ApplicationOutcome(ApplicationsChanged? Event, Refusal? Refusal = null)
{
    public static implicit operator ApplicationOutcome(Code code) => new(null, new Refusal(code, code.Message!));

    public static implicit operator ApplicationOutcome(Refusal refusal) => new(null, refusal);
}

/// <summary>
/// Decides about applications, reviews, offers and waiting lists. Pure. Never are more places offered and accepted than a cohort has.
/// </summary>
internal static class ApplicationRules
{
    public const int MostApplications = 5_000,
        MostReviews = 20,
        MostReason = 1_000;

    /// <param name="version">The version that the programme will have after the command.</param>
    public static ApplicationOutcome Decide(
        EducationProgramme programme,
        PersonId by,
        ProgrammeCommand command,
        DateTimeOffset now,
        long version
    )
    {
        if (command.Reason?.Length > MostReason)
            return new Refusal(ProgrammeCodes.BadCommand, $"A text has at most {MostReason} characters.") { Place = "$.reason" };
        if (programme.Find(command.Cohort) is not { } cohort)
            return ProgrammeCodes.UnknownCohort;
        var draft = new ApplicationDraft(programme, cohort, now, version);
        var refusal = command switch
        {
            Apply apply => Apply(draft, by, apply),
            Withdraw withdraw => Withdraw(draft, by, withdraw),
            ReviewApplication review => Review(
                draft,
                by,
                review.Person,
                new(by, review.Side, false, review.Score, review.Recommendation, now)
            ),
            DeclareConflict conflict => Review(draft, by, conflict.Person, new(by, conflict.Side, true, null, null, now)),
            RankApplications rank => Rank(draft, by, rank),
            OfferPlaces offer => Offer(draft, by, offer),
            RejectApplications reject => Reject(draft, by, reject),
            AnswerOffer answer => Answer(draft, by, answer),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
        if (refusal is not null)
            return refusal;
        draft.Promote();
        return new(draft.Event);
    }

    /// <summary>
    /// Ends the offers that were not answered in time, and offers free places to those who wait. Null if nothing changes.
    /// </summary>
    public static ApplicationsChanged? Advance(EducationProgramme programme, DateTimeOffset now, long version)
    {
        var all = new ApplicationsChanged([], ImmutableSortedDictionary<string, CohortSelection>.Empty);
        foreach (var cohort in programme.Cohorts)
        {
            var draft = new ApplicationDraft(programme, cohort, now, version);
            foreach (var late in draft.All.Where(a => a.OfferedUntil is not null && draft.EndOf(a) <= now).ToList())
                draft.Set(late, ApplicationStatus.Lapsed);
            draft.Promote();
            all = all with { Applications = [.. all.Applications, .. draft.Event.Applications] };
        }
        return all.Applications.IsEmpty ? null : all;
    }

    /// <summary>The next instant at which an offer ends. Null if no offer is open.</summary>
    public static DateTimeOffset? NextEnd(EducationProgramme programme) =>
        programme.Applications.Values.Where(a => a.OfferedUntil is not null).Min(a => EndOf(a, programme.Find(a.Cohort)));

    /// <summary>When an open offer ends: at the latest when the cohort begins, also if its dates have changed meanwhile.</summary>
    internal static DateTimeOffset? EndOf(Application application, Cohort? cohort) =>
        cohort?.Begins < application.OfferedUntil ? cohort.Begins : application.OfferedUntil;

    private static Refusal? Apply(ApplicationDraft draft, PersonId by, Apply apply)
    {
        var (programme, cohort, now) = (draft.Programme, draft.Cohort, draft.Now);
        if (now >= cohort.ApplyBy || now >= programme.Profile.Until)
            return Refused(ProgrammeCodes.TooLate);
        var known = draft.Find(by);
        if (known?.IsOpen == true)
            return Refused(ProgrammeCodes.Applied);
        if (known?.Status == ApplicationStatus.Rejected)
            return Refused(ProgrammeCodes.Decided);
        if (known is null && programme.Applications.Count >= MostApplications)
            return Refused(ProgrammeCodes.Full);
        var application = new Application
        {
            Cohort = cohort.Id,
            Person = by,
            Name = apply.Name ?? new(by.Value),
            SubmittedAt = now,
            ChangedAt = now,
            Reviews = known is null ? [] : known.Reviews.RemoveAll(r => !r.Conflict),
        };
        if (programme.Profile.Admission == Admission.FirstCome)
            application = application with { Status = ApplicationStatus.Waiting, Rank = draft.LastRank + 1 };
        draft.Set(application);
        return null;
    }

    private static Refusal? Withdraw(ApplicationDraft draft, PersonId by, Withdraw withdraw)
    {
        if (draft.Find(withdraw.Person ?? by) is not { } known)
            return Refused(ProgrammeCodes.UnknownApplication);
        if (!known.IsOpen)
            return Refused(ProgrammeCodes.Decided);
        if (known.Person != by && Interest(draft, known, by) is { } interest)
            return Refused(interest);
        if (known.Person != by && string.IsNullOrWhiteSpace(withdraw.Reason))
            return Refused(ProgrammeCodes.ReasonMissing) with { Place = "$.reason" };
        draft.Set(known, ApplicationStatus.Withdrawn);
        return null;
    }

    private static Refusal? Review(ApplicationDraft draft, PersonId by, PersonId person, Review review)
    {
        if (draft.Programme.Profile.Admission != Admission.Selection)
            return Refused(ProgrammeCodes.NoReview);
        if (!review.Conflict && (review.Score is not (>= 1 and <= 5) || !Enum.IsDefined(review.Recommendation!.Value)))
            return new Refusal(ProgrammeCodes.BadCommand, "A score is 1 to 5.") { Place = "$.score" };
        if (draft.Find(person) is not { } known)
            return Refused(ProgrammeCodes.UnknownApplication);
        if (person == by)
            return Refused(ProgrammeCodes.OwnApplication);
        if (known.Status is not (ApplicationStatus.Submitted or ApplicationStatus.Waiting))
            return Refused(ProgrammeCodes.Decided);
        if (HasConflict(known, by))
            return Refused(ProgrammeCodes.Conflict);
        var others = known.Reviews.RemoveAll(r => r.By == by);
        if (others.Length >= MostReviews)
            return new Refusal(ProgrammeCodes.BadCommand, $"An application has at most {MostReviews} reviews.");
        draft.Set(known with { Reviews = others.Add(review) });
        return null;
    }

    private static Refusal? Rank(ApplicationDraft draft, PersonId by, RankApplications rank)
    {
        var programme = draft.Programme;
        if (programme.Profile.Admission != Admission.Selection)
            return Refused(ProgrammeCodes.NoReview);
        if (rank.ExpectedVersion is { } seen && seen != draft.Selection.RankedAt)
            return Refused(ProgrammeCodes.Stale);
        if (rank.People.IsDefault || rank.People.Distinct().Count() < rank.People.Length)
            return new Refusal(ProgrammeCodes.BadCommand, "The list names each person once.") { Place = "$.people" };
        var ranked = rank.People.ToHashSet();
        for (var i = 0; i < rank.People.Length; i++)
        {
            if (RankFault(draft, by, rank.People[i]) is { } fault)
                return fault with { Place = $"$.people[{i}]" };
        }
        if (draft.Now >= draft.Cohort.Begins)
            return Refused(ProgrammeCodes.Begun);
        if (draft.All.Any(a => a.Status == ApplicationStatus.Waiting && !ranked.Contains(a.Person)))
            return Refused(ProgrammeCodes.LeftOut);
        var unranked = draft
            .All.Where(a => a is { Status: ApplicationStatus.Submitted, Rank: not null } && !ranked.Contains(a.Person))
            .ToList();
        if (unranked.Select(a => Interest(draft, a, by)).FirstOrDefault(i => i is not null) is { } interest)
            return Refused(interest);
        // Those who were offered places before keep the lower ranks.
        var next = draft
            .All.Where(a => a.Rank is not null && a.Status is not (ApplicationStatus.Submitted or ApplicationStatus.Waiting))
            .Max(a => a.Rank);
        foreach (var person in rank.People)
        {
            next = (next ?? 0) + 1;
            var status = draft.Selection.Offering ? ApplicationStatus.Waiting : ApplicationStatus.Submitted;
            draft.Set(draft.Find(person)! with { Rank = next }, status);
        }
        foreach (var other in unranked)
            draft.Set(other with { Rank = null });
        draft.Selection = draft.Selection with { RankedAt = draft.Version };
        return null;
    }

    private static Refusal? RankFault(ApplicationDraft draft, PersonId by, PersonId person)
    {
        if (draft.Find(person) is not { } known)
            return Refused(ProgrammeCodes.UnknownApplication);
        if (known.TakesPlace)
            return Refused(ProgrammeCodes.HasPlace);
        if (!known.IsOpen)
            return Refused(ProgrammeCodes.Decided);
        if (Interest(draft, known, by) is { } interest)
            return Refused(interest);
        foreach (var side in draft.Programme.Sides)
            if (known.ReviewsOf(side) is var there && there < draft.Programme.Profile.ReviewsPerSide)
                return new(
                    ProgrammeCodes.ReviewMissing,
                    $"{known.Name.En} has {there} of {draft.Programme.Profile.ReviewsPerSide} reviews of the "
                        + $"{side.ToString().ToLowerInvariant()}."
                );
        return null;
    }

    private static Refusal? Offer(ApplicationDraft draft, PersonId by, OfferPlaces offer)
    {
        if (draft.Programme.Profile.Admission != Admission.Selection)
            return Refused(ProgrammeCodes.NoReview);
        if (draft.Selection.Offering)
            return Refused(ProgrammeCodes.Offering);
        if (offer.ExpectedVersion is { } seen && seen != draft.Selection.RankedAt)
            return Refused(ProgrammeCodes.Stale);
        if (draft.Now < draft.Cohort.ApplyBy)
            return Refused(ProgrammeCodes.StillOpen);
        if (draft.Now >= draft.Cohort.Begins)
            return Refused(ProgrammeCodes.Begun);
        var ranked = draft.All.Where(a => a is { Status: ApplicationStatus.Submitted, Rank: not null }).ToList();
        if (ranked.Count == 0)
            return Refused(ProgrammeCodes.NotRanked);
        if (ranked.Select(a => Interest(draft, a, by)).FirstOrDefault(i => i is not null) is { } interest)
            return Refused(interest);
        foreach (var application in ranked)
            draft.Set(application, ApplicationStatus.Waiting);
        draft.Selection = draft.Selection with { Offering = true };
        return null;
    }

    private static Refusal? Reject(ApplicationDraft draft, PersonId by, RejectApplications reject)
    {
        if (reject.People.IsDefaultOrEmpty)
            return new Refusal(ProgrammeCodes.BadCommand, "The list names at least one person.") { Place = "$.people" };
        foreach (var person in reject.People)
        {
            if (draft.Find(person) is not { } known)
                return Refused(ProgrammeCodes.UnknownApplication);
            if (known.TakesPlace)
                return Refused(ProgrammeCodes.HasPlace);
            if (!known.IsOpen)
                return Refused(ProgrammeCodes.Decided);
            if (Interest(draft, known, by) is { } interest)
                return Refused(interest);
            draft.Set(known, ApplicationStatus.Rejected);
        }
        return null;
    }

    private static Refusal? Answer(ApplicationDraft draft, PersonId by, AnswerOffer answer)
    {
        if (draft.Find(by) is not { } known)
            return Refused(ProgrammeCodes.UnknownApplication);
        if (known.Status == ApplicationStatus.Lapsed || draft.EndOf(known) <= draft.Now)
            return Refused(ProgrammeCodes.OfferLapsed);
        if (known.Status != ApplicationStatus.Offered)
            return Refused(ProgrammeCodes.NoOffer);
        draft.Set(known, answer.Accept ? ApplicationStatus.Accepted : ApplicationStatus.Declined);
        return null;
    }

    /// <summary>
    /// Why a person must not decide about an application. Null if nothing forbids it. Who has applied for the same cohort would gain by the
    /// decision.
    /// </summary>
    private static Code? Interest(ApplicationDraft draft, Application application, PersonId by) =>
        application.Person == by || draft.Find(by)?.IsOpen == true ? ProgrammeCodes.OwnApplication
        : HasConflict(application, by) ? ProgrammeCodes.Conflict
        : null;

    private static bool HasConflict(Application application, PersonId by) => application.Reviews.Any(r => r.By == by && r.Conflict);

    private static Refusal Refused(Code code) => new(code, code.Message!);
}
