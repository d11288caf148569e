using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Records;
using CsCheck;

namespace ConsultHub.Tests.Programmes;

/// <summary>The rules about applications, reviews, offers and waiting lists. They are pure functions.</summary>
public sealed class ApplicationRulesTests
{
    private static readonly DateTimeOffset Before = Sample.ApplyBy.AddDays(-1),
        After = Sample.ApplyBy.AddDays(1);

    private EducationProgramme _programme = Sample.Programme;
    private long _version;

    [Fact]
    public void Nobody_applies_after_the_deadline_or_twice()
    {
        Refused(ProgrammeCodes.TooLate, Sample.Person(1), Sample.Applying, Sample.ApplyBy);
        Done(Sample.Person(1), Sample.Applying, Before);
        Refused(ProgrammeCodes.Applied, Sample.Person(1), Sample.Applying, Before);
        Refused(ProgrammeCodes.UnknownCohort, Sample.Person(2), Sample.Applying with { Cohort = "2030" }, Before);
    }

    [Fact]
    public void A_person_who_has_withdrawn_may_apply_again_and_declared_conflicts_stay()
    {
        Done(Sample.Person(1), Sample.Applying, Before);
        Done(Sample.Reviewer, Conflict(1), Before);
        Done(Sample.Person(1), Sample.Withdrawing, Before);
        Done(Sample.Person(1), Sample.Applying, Before);
        Refused(ProgrammeCodes.Conflict, Sample.Reviewer, Sample.Reviewing(Sample.Person(1), ReviewSide.Network), Before);
    }

    [Fact]
    public void A_reviewer_with_a_conflict_of_interest_neither_judges_nor_ranks_nor_offers()
    {
        Reviewed(1);
        Done(Sample.Director, Conflict(1), Before);
        Refused(ProgrammeCodes.Conflict, Sample.Director, Sample.Reviewing(Sample.Person(1), ReviewSide.Network), Before);
        Refused(ProgrammeCodes.Conflict, Sample.Director, Sample.Ranking(Sample.Person(1)), After);
        Done(Sample.Reviewer, Sample.Ranking(Sample.Person(1)), After);
        Refused(ProgrammeCodes.Conflict, Sample.Director, Sample.Offering, After);
        Refused(ProgrammeCodes.Conflict, Sample.Director, Rejecting(1), After);
        Refused(ProgrammeCodes.Conflict, Sample.Director, WithdrawingFor(1), After);
        // Whoever leaves the application out would take its rank away.
        Refused(ProgrammeCodes.Conflict, Sample.Director, Sample.Ranking(), After);
    }

    [Fact]
    public void Who_has_applied_decides_about_nobody_in_the_same_cohort()
    {
        Reviewed(1);
        Done(Sample.Director, Sample.Applying, Before);
        Refused(ProgrammeCodes.OwnApplication, Sample.Director, Sample.Ranking(Sample.Person(1)), After);
        Refused(ProgrammeCodes.OwnApplication, Sample.Director, Rejecting(1), After);
        Refused(ProgrammeCodes.OwnApplication, Sample.Director, WithdrawingFor(1), After);
        Done(Sample.Director, Sample.Withdrawing, Before);
        Done(Sample.Director, WithdrawingFor(1), After);
    }

    [Fact]
    public void An_offer_ends_when_the_cohort_begins_also_if_it_begins_earlier_than_planned()
    {
        Ranked(1, 2);
        Done(Sample.Director, Sample.Offering, After);
        _programme = _programme with { Cohorts = [Sample.Cohort with { From = new(2027, 2, 3) }] };
        var begins = _programme.Cohorts[0].Begins;
        Refused(ProgrammeCodes.OfferLapsed, Sample.Person(1), Sample.Answer(true), begins);
        Assert.Equal(begins, ApplicationRules.NextEnd(_programme));
        Advance(begins);
        Statuses(ApplicationStatus.Lapsed, ApplicationStatus.Waiting);
        Refused(ProgrammeCodes.Begun, Sample.Director, Sample.Ranking(Sample.Person(2)), begins);
    }

    [Fact]
    public void A_programme_asks_for_each_kind_of_paper_once()
    {
        ProgrammeRequirement Asking(string id) => new(id, DocumentKind.Immunisation, new(id), Lasts: false, Responsible.Trainee);
        var (_, _, faults) = RecordRules.Decide(
            _programme,
            new(Guid.NewGuid(), [RecordEdit.Put(Asking("hepatitis")), RecordEdit.Put(Asking("measles"))])
        );
        Assert.Equal((RecordCodes.Twice.Name, "kind"), (Assert.Single(faults).Code, faults[0].Field));
    }

    [Fact]
    public void Nobody_judges_or_ranks_the_own_application()
    {
        Reviewed(1);
        Refused(ProgrammeCodes.OwnApplication, Sample.Person(1), Sample.Reviewing(Sample.Person(1), ReviewSide.Network), Before);
        Refused(ProgrammeCodes.OwnApplication, Sample.Person(1), Sample.Ranking(Sample.Person(1)), After);
        Refused(ProgrammeCodes.OwnApplication, Sample.Person(1), Rejecting(1), After);
    }

    [Fact]
    public void Both_sides_review_before_an_application_is_ranked()
    {
        Done(Sample.Person(1), Sample.Applying, Before);
        Done(Sample.Reviewer, Sample.Reviewing(Sample.Person(1), ReviewSide.Network), Before);
        Refused(ProgrammeCodes.ReviewMissing, Sample.Director, Sample.Ranking(Sample.Person(1)), After);
        Done(Sample.PartnerReviewer, Conflict(1, ReviewSide.Partner), Before);
        Refused(ProgrammeCodes.ReviewMissing, Sample.Director, Sample.Ranking(Sample.Person(1)), After);
        Done(new("p-other"), Sample.Reviewing(Sample.Person(1), ReviewSide.Partner), Before);
        Done(Sample.Director, Sample.Ranking(Sample.Person(1)), After);
    }

    [Fact]
    public void Two_reviewers_at_once_are_both_kept_and_a_second_verdict_replaces_the_first()
    {
        Reviewed(1);
        Done(Sample.Reviewer, Sample.Reviewing(Sample.Person(1), ReviewSide.Network, score: 2), Before);
        Assert.Equal([4, 2], Of(1).Reviews.Select(r => r.Score));
        Assert.Equal([null, null], Of(1).WithoutVerdicts().Reviews.Select(r => r.Score));
    }

    [Fact]
    public void Offers_follow_the_ranks_and_the_waiting_list_moves_up_by_itself()
    {
        Ranked(1, 2, 3);
        Refused(ProgrammeCodes.StillOpen, Sample.Director, Sample.Offering, Before);
        Done(Sample.Director, Sample.Offering, After);
        Refused(ProgrammeCodes.Offering, Sample.Director, Sample.Offering, After);
        Statuses(ApplicationStatus.Offered, ApplicationStatus.Waiting, ApplicationStatus.Waiting);
        Refused(ProgrammeCodes.NoOffer, Sample.Person(2), Sample.Answer(true), After);
        Done(Sample.Person(1), Sample.Answer(false), After);
        Statuses(ApplicationStatus.Declined, ApplicationStatus.Offered, ApplicationStatus.Waiting);
        Refused(ProgrammeCodes.OfferLapsed, Sample.Person(2), Sample.Answer(true), After.AddDays(7));
        Advance(After.AddDays(7));
        Statuses(ApplicationStatus.Declined, ApplicationStatus.Lapsed, ApplicationStatus.Offered);
        Done(Sample.Person(3), Sample.Answer(true), After.AddDays(8));
        Statuses(ApplicationStatus.Declined, ApplicationStatus.Lapsed, ApplicationStatus.Accepted);
        Refused(ProgrammeCodes.HasPlace, Sample.Director, Rejecting(3), After.AddDays(8));
    }

    [Fact]
    public void Nobody_is_offered_a_place_after_the_cohort_has_begun_and_no_offer_lasts_longer()
    {
        Ranked(1, 2);
        var late = Sample.Cohort.Begins.AddDays(-2);
        Done(Sample.Director, Sample.Offering, late);
        Assert.Equal(Sample.Cohort.Begins, Of(1).OfferedUntil);
        Advance(Sample.Cohort.Begins);
        Statuses(ApplicationStatus.Lapsed, ApplicationStatus.Waiting);
    }

    [Fact]
    public void The_order_of_those_who_wait_can_change_and_leaves_nobody_out()
    {
        Ranked(1, 2, 3);
        Done(Sample.Director, Sample.Offering, After);
        Refused(ProgrammeCodes.LeftOut, Sample.Director, Sample.Ranking(Sample.Person(3)), After);
        Refused(ProgrammeCodes.HasPlace, Sample.Director, Sample.Ranking(Sample.Person(1), Sample.Person(2)), After);
        var seen = _programme.Selections["2027"].RankedAt;
        Done(Sample.Director, Sample.Ranking(Sample.Person(3), Sample.Person(2)), After);
        Refused(
            ProgrammeCodes.Stale,
            Sample.Director,
            Sample.Ranking(Sample.Person(2), Sample.Person(3)) with
            {
                ExpectedVersion = seen,
            },
            After
        );
        Done(Sample.Person(1), Sample.Withdrawing, After);
        Statuses(ApplicationStatus.Withdrawn, ApplicationStatus.Waiting, ApplicationStatus.Offered);
    }

    [Fact]
    public void A_programme_without_selection_gives_places_at_once_in_the_order_of_the_applications()
    {
        _programme = _programme with { Profile = Sample.Profile with { Admission = Admission.FirstCome } };
        Done(Sample.Person(1), Sample.Applying, Before);
        Done(Sample.Person(2), Sample.Applying, Before);
        Done(Sample.Person(3), Sample.Applying, Before);
        Statuses(ApplicationStatus.Accepted, ApplicationStatus.Waiting, ApplicationStatus.Waiting);
        Refused(ProgrammeCodes.NoReview, Sample.Reviewer, Sample.Reviewing(Sample.Person(1), ReviewSide.Network), Before);
        Done(Sample.Person(1), Sample.Withdrawing, Before);
        Statuses(ApplicationStatus.Withdrawn, ApplicationStatus.Accepted, ApplicationStatus.Waiting);
    }

    [Fact]
    public void Fewer_places_than_are_taken_are_refused_and_more_places_are_offered_to_those_who_wait()
    {
        Ranked(1, 2);
        Done(Sample.Director, Sample.Offering, After);
        var (_, _, faults) = RecordRules.Decide(_programme, new(Guid.NewGuid(), [RecordEdit.Put(Sample.Cohort with { Places = 2 })]));
        Assert.Empty(faults);
        _programme = _programme with { Cohorts = [Sample.Cohort with { Places = 2 }] };
        Advance(After);
        Statuses(ApplicationStatus.Offered, ApplicationStatus.Offered);
        Assert.Equal(
            ProgrammeCodes.PlacesTaken.Name,
            Assert.Single(RecordRules.Decide(_programme, new(Guid.NewGuid(), [RecordEdit.Put(Sample.Cohort)])).Faults).Code
        );
        Assert.Equal(
            RecordCodes.InUse.Name,
            Assert.Single(RecordRules.Decide(_programme, new(Guid.NewGuid(), [new(new("profile"), null)])).Faults).Code
        );
        Assert.Contains(
            RecordRules.Decide(_programme, new(Guid.NewGuid(), [new(new("cohort", "2027"), null)])).Faults,
            f => f.Code == RecordCodes.InUse.Name
        );
    }

    /// <summary>
    /// Any sequence of commands: never more people have places or offers than there are places, nobody who waits is passed over, and
    /// whoever accepted keeps the place until the person withdraws.
    /// </summary>
    [Fact]
    public void Never_more_people_are_accepted_than_there_are_places() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 7], Gen.Int[1, 4], Gen.Int[0, 3])
            .Array[1, 80]
            .Sample(
                steps =>
                {
                    var (programme, now) = (Sample.Programme, Sample.ApplyBy.AddDays(-5));
                    for (var i = 0; i < steps.Length; i++)
                    {
                        var (what, who, places, days) = steps[i];
                        // The first half of the steps is before the deadline, so that there is something to decide about.
                        now = i == steps.Length / 2 ? Sample.ApplyBy : now.AddHours(days * (i < steps.Length / 2 ? 1 : 40));
                        var before = programme;
                        programme = Next(programme, Sample.Person(who), what, places, now, i + 1);
                        Check(before, programme, Sample.Person(who), what, now);
                    }
                },
                iter: 2_000
            );

    private static EducationProgramme Next(
        EducationProgramme programme,
        PersonId person,
        int what,
        int places,
        DateTimeOffset now,
        long version
    )
    {
        if (what == 6)
        {
            var (edited, _, faults) = RecordRules.Decide(
                programme,
                new(Guid.NewGuid(), [RecordEdit.Put(Sample.Cohort with { Places = places })])
            );
            programme = faults.IsEmpty ? edited! : programme;
        }
        ProgrammeCommand? command = what switch
        {
            0 or 1 => Sample.Applying,
            2 => Sample.Withdrawing,
            3 => Sample.Answer(places % 2 == 0),
            4 => Sample.Ranking([
                .. programme
                    .ApplicationsFor("2027")
                    .Where(a => a.Status is ApplicationStatus.Submitted or ApplicationStatus.Waiting)
                    .OrderBy(a => a.Person.Value.GetHashCode(StringComparison.Ordinal) ^ places)
                    .Select(a => a.Person),
            ]),
            5 => Sample.Offering,
            _ => null,
        };
        foreach (var side in what is 0 or 1 ? programme.Sides : [])
            if (ApplicationRules.Decide(programme, new($"p-{side}"), Sample.Reviewing(person, side), now, version).Event is { } reviewed)
                programme = reviewed.After(programme)!;
        if (command is not null)
            programme =
                ApplicationRules.Decide(programme, what is 4 or 5 ? Sample.Director : person, command, now, version).Event?.After(programme)
                ?? programme;
        return ApplicationRules.Advance(programme, now, version)?.After(programme) ?? programme;
    }

    private static void Check(EducationProgramme before, EducationProgramme after, PersonId person, int what, DateTimeOffset now)
    {
        var places = after.Cohorts[0].Places;
        var all = after.ApplicationsFor("2027").ToList();
        var taken = all.Count(a => a.TakesPlace);
        Assert.True(taken <= places, $"{taken} of {places}");
        Assert.All(all, a => Assert.Equal(a.Status == ApplicationStatus.Offered, a.OfferedUntil is not null));
        Assert.DoesNotContain(all, a => a.OfferedUntil <= now);
        var waiting = all.Where(a => a.Status == ApplicationStatus.Waiting).ToList();
        if (now < after.Cohorts[0].Begins)
            Assert.True(waiting.Count == 0 || taken == places, "Somebody waits although a place is free.");
        foreach (var was in before.ApplicationsFor("2027").Where(a => a.Status == ApplicationStatus.Accepted))
            Assert.True(after.Find("2027", was.Person)!.Status == ApplicationStatus.Accepted || (was.Person == person && what == 2));
        // Whoever was offered a place in this step had waited, and had a better rank than those who still wait.
        foreach (var offered in all.Where(a => a.Status == ApplicationStatus.Offered && before.Find("2027", a.Person)?.TakesPlace != true))
            Assert.All(waiting, w => Assert.True(w.Rank > offered.Rank));
    }

    private Application Of(int person) => _programme.Find("2027", Sample.Person(person))!;

    private void Statuses(params ApplicationStatus[] expected) =>
        Assert.Equal(expected, Enumerable.Range(1, expected.Length).Select(n => Of(n).Status));

    /// <summary>A person applies, and one reviewer of each side recommends the person.</summary>
    private void Reviewed(int person)
    {
        Done(Sample.Person(person), Sample.Applying, Before);
        Done(Sample.PartnerReviewer, Sample.Reviewing(Sample.Person(person), ReviewSide.Partner), Before);
        Done(Sample.Reviewer, Sample.Reviewing(Sample.Person(person), ReviewSide.Network), Before);
    }

    private void Ranked(params int[] people)
    {
        foreach (var person in people)
            Reviewed(person);
        Done(Sample.Director, Sample.Ranking([.. people.Select(Sample.Person)]), After);
    }

    private static DeclareConflict Conflict(int person, ReviewSide side = ReviewSide.Network) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Cohort = "2027",
            Person = Sample.Person(person),
            Side = side,
        };

    private static Withdraw WithdrawingFor(int person) => Sample.Withdrawing with { Person = Sample.Person(person), Reason = "Illness." };

    private static RejectApplications Rejecting(int person) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Cohort = "2027",
            People = [Sample.Person(person)],
        };

    private void Done(PersonId by, ProgrammeCommand command, DateTimeOffset now)
    {
        var outcome = ApplicationRules.Decide(_programme, by, command, now, ++_version);
        Assert.Null(outcome.Refusal);
        _programme = outcome.Event!.After(_programme)!;
    }

    private void Refused(Code code, PersonId by, ProgrammeCommand command, DateTimeOffset now) =>
        Assert.Equal(code.Name, ApplicationRules.Decide(_programme, by, command, now, _version + 1).Refusal?.Code.Name);

    private void Advance(DateTimeOffset now) => _programme = ApplicationRules.Advance(_programme, now, ++_version)!.After(_programme)!;
}
