using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Inboxes;
using ConsultHub.Programmes;
using ConsultHub.Records;

namespace ConsultHub.Tests.Programmes;

/// <summary>The rules of a rotation plan, without a silo.</summary>
public sealed class RotationRulesTests
{
    private static readonly PersonId Supervisor = new("p-supervisor");

    internal static EducationProgramme Programme { get; } =
        Sample.Programme with
        {
            Cohorts = [Sample.Cohort with { Places = 5 }],
            Departments = [new("unit", new("Liver unit"), null, 1), new("icu", new("Intensive care"), null, 2)],
            Activities = [new("biopsy", new("Liver biopsy"), 3, EntrustmentLevel.IndirectSupervision)],
            Applications = Enumerable
                .Range(1, 3)
                .Select(n => new Application
                {
                    Cohort = "2027",
                    Person = Sample.Person(n),
                    Name = new($"Trainee {n}"),
                    Status = ApplicationStatus.Accepted,
                    SubmittedAt = Sample.ApplyBy,
                    ChangedAt = Sample.ApplyBy,
                })
                .Aggregate(Sample.Programme.Applications, (all, a) => all.Add(a.Key, a)),
        };

    internal static Rotation Stay(string id, int person, string department, string from, string to) =>
        new(id, "2027", Sample.Person(person), department, DateOnly.Parse(from, null), DateOnly.Parse(to, null), Supervisor);

    [Fact]
    public void People_follow_each_other_in_a_department_and_nobody_is_in_two()
    {
        var plan = With(
            Stay("a", 1, "unit", "2027-03-01", "2027-03-31"),
            Stay("b", 2, "unit", "2027-04-01", "2027-04-30"),
            Stay("c", 1, "icu", "2027-04-01", "2027-04-30"),
            Stay("d", 3, "icu", "2027-04-01", "2027-04-30")
        );
        Assert.Empty(Faults(plan));
    }

    [Theory]
    [InlineData(2, "unit", "2027-03-31", "2027-04-10", "programme.department-full", "department")]
    [InlineData(1, "icu", "2027-03-31", "2027-04-10", "programme.rotation-overlap", "from")]
    [InlineData(2, "icu", "2027-02-28", "2027-03-10", "programme.outside-cohort", "from")]
    [InlineData(2, "icu", "2028-02-20", "2028-03-01", "programme.outside-cohort", "to")]
    [InlineData(9, "icu", "2027-03-01", "2027-03-10", "programme.no-place", "person")]
    [InlineData(2, "ward", "2027-03-01", "2027-03-10", "record.unknown-reference", "department")]
    public void A_rotation_that_does_not_fit_is_refused_with_a_code_at_its_field(
        int person,
        string department,
        string from,
        string to,
        string code,
        string field
    )
    {
        var plan = With(Stay("a", 1, "unit", "2027-03-01", "2027-03-31"), Stay("b", person, department, from, to));
        Assert.Contains(Faults(plan), f => f.Record == new RecordId("rotation", "b") && f.Code == code && f.Field == field);
    }

    [Fact]
    public void A_department_is_full_on_the_days_that_three_people_share_and_not_before()
    {
        // Two at any time: the third comes on the day after the first has left.
        var fits = With(
            Stay("a", 1, "icu", "2027-03-01", "2027-03-31"),
            Stay("b", 2, "icu", "2027-03-15", "2027-04-15"),
            Stay("c", 3, "icu", "2027-04-01", "2027-04-30")
        );
        Assert.Empty(Faults(fits));
        var oneDay = fits with { Rotations = fits.Rotations.SetItem(2, Stay("c", 3, "icu", "2027-03-31", "2027-04-30")) };
        Assert.Equal(4, Faults(oneDay).Count(f => f.Code == ProgrammeCodes.DepartmentFull.Name)); // three people and the department
    }

    [Fact]
    public void A_department_with_people_stays_at_its_host_and_gets_no_smaller_than_they_are()
    {
        var plan = With(Stay("a", 1, "icu", "2027-03-01", "2027-03-31"), Stay("b", 2, "icu", "2027-03-01", "2027-03-31"));
        var icu = plan.Departments[1];
        Assert.Equal(RecordCodes.InUse.Name, Forbidden(plan, new(((IRecord)icu).Record, null)));
        Assert.Equal(RecordCodes.InUse.Name, Forbidden(plan, RecordEdit.Put(icu with { Hospital = new("h1") })));
        Assert.Null(Forbidden(plan, RecordEdit.Put(icu with { Name = new("ICU") })));
        var smaller = plan with { Departments = [plan.Departments[0], icu with { Capacity = 1 }] };
        Assert.Contains(Faults(smaller), f => f.Record == ((IRecord)icu).Record && f.Field == "capacity");
    }

    [Fact]
    public void A_department_is_at_a_host_of_the_programme()
    {
        var elsewhere = Programme with { Departments = [new("ward", new("Ward"), new("h1"), 1)] };
        Assert.Contains(Faults(elsewhere), f => f.Code == RecordCodes.UnknownReference.Name && f.Field == "hospital");
    }

    [Fact]
    public void Who_gives_up_a_place_leaves_the_rotations_that_come_and_ends_the_one_that_goes_on()
    {
        var plan = With(
            Stay("past", 1, "unit", "2027-03-01", "2027-03-31"),
            Stay("now", 1, "icu", "2027-04-01", "2027-04-30"),
            Stay("next", 1, "unit", "2027-05-01", "2027-05-31"),
            Stay("other", 2, "unit", "2027-06-01", "2027-06-30")
        );
        var withdrawn = plan.Find("2027", Sample.Person(1))! with { Status = ApplicationStatus.Withdrawn };
        var change = new ApplicationsChanged([withdrawn], ImmutableSortedDictionary<string, CohortSelection>.Empty);
        var changes = RotationRules.AfterWithdrawals(plan, change, new(2027, 4, 10));
        var after = new RecordsChanged<EducationProgramme>(changes).After(plan)!;
        Assert.Equal(["past", "now", "other"], after.Rotations.Select(r => r.Id));
        Assert.Equal(new(2027, 4, 10), after.Rotations[1].To);
    }

    [Fact]
    public void A_stay_conflicts_with_stays_and_with_visits_to_other_networks_only()
    {
        Stay At(string id, string? network, int from, int to) =>
            new(new("f-1"), id, network is null ? null : new NetworkId(network), Day(from), Day(to));
        var consultant = Consultant.NotEntered with
        {
            Stays = [At("a", null, 1, 10)],
            Visits = [new(new("v"), new("ehs"), Day(20), Day(30))],
        };
        ImmutableArray<StayConflict> Against(params ImmutableArray<Stay> asked) => StayRules.Against(consultant, asked, []);
        Assert.Empty(Against(At("b", "ehs", 10, 20)));
        Assert.Empty(Against(At("b", "ehs", 20, 30))); // on a visit to the host itself
        Assert.Null(Assert.Single(Against(At("b", "ehs", 9, 12))).Network);
        Assert.Equal("ehs", Assert.Single(Against(At("b", null, 29, 40))).Network?.Value);
        Assert.Empty(Against(At("a", null, 5, 15))); // the same rotation at another time
        Assert.Equal(2, Against(At("b", "ehs", 40, 50), At("c", "ehs", 45, 55)).Length);
        // A rotation that the person leaves in the same command does not count, but one of another programme does.
        Assert.Empty(StayRules.Against(consultant, [At("b", "ehs", 5, 12)], ["a"]));
        Assert.Single(StayRules.Against(consultant, [At("b", "ehs", 5, 12) with { Programme = new("f-2") }], ["a"]));
    }

    [Fact]
    public void A_late_confirmation_leaves_the_hold_of_a_newer_change_and_a_second_hold_leaves_the_first()
    {
        Stay At(int from, int to, bool held) => new(new("f-1"), "r", null, Day(from), Day(to), held ? Day(100) : null);
        var consultant = new StaysChanged([At(1, 10, held: true)], []).After(null);
        consultant = new StaysChanged([At(20, 30, held: true)], []).After(consultant); // another editor
        Assert.Equal(2, consultant!.Stays.Length);
        // The first change is confirmed: its own hold ends, and the other stays until it is confirmed or lapses.
        consultant = new StaysChanged([At(1, 10, held: false)], []).After(consultant);
        Assert.Equal([At(20, 30, held: true), At(1, 10, held: false)], consultant!.Stays);
        consultant = new StaysChanged([At(20, 30, held: false)], [At(1, 10, held: false)]).After(consultant);
        Assert.Equal([At(20, 30, held: false)], consultant!.Stays);
    }

    [Fact]
    public void The_trainee_and_the_supervisor_are_told_in_every_language_and_nobody_is_told_of_the_past()
    {
        var (before, after) = (Stay("a", 1, "unit", "2027-03-01", "2027-03-31"), Stay("a", 1, "icu", "2027-04-01", "2027-04-30"));
        foreach (var (was, now) in ((Rotation?, Rotation?)[])[(null, after), (before, after), (before, null)])
        {
            var told = RotationNotices.Of(Programme, was, now, Sample.Director, new(2027, 1, 1)).ToList();
            Assert.Equal([Sample.Person(1).Value, Supervisor.Value], told.Select(m => m.To.Key.ToString()));
            foreach (var alert in told.Select(m => ((IAlertMessage)m.Payload).ToAlert("m", Sample.ApplyBy)))
                Assert.All(
                    (string[])["en", "ar", "ko"],
                    language => Assert.Contains(Sample.Profile.Name.En, alert.Text[language], StringComparison.Ordinal)
                );
        }
        Assert.Empty(RotationNotices.Of(Programme, before, null, Sample.Director, new(2027, 5, 1)));
        Assert.Equal(
            Supervisor.Value,
            Assert.Single(RotationNotices.Of(Programme, null, after, Sample.Person(1), new(2027, 1, 1))).To.Key.ToString()
        );
    }

    private static EducationProgramme With(params ImmutableArray<Rotation> rotations) => Programme with { Rotations = rotations };

    private static List<RecordFault> Faults(EducationProgramme programme) => [.. RotationRules.FaultsOf(programme)];

    private static string? Forbidden(EducationProgramme programme, RecordEdit edit) => RotationRules.Forbids(programme, edit)?.Code;

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}
