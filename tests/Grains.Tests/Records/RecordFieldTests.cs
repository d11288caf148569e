using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Records;

/// <summary>
/// What people enter makes a difference: for each field, one answer of the hub that changes with the field. Dates, rooms and times of an
/// engagement are the same in both answers.
/// </summary>
public sealed class RecordFieldTests
{
    private readonly RosterWorld _world = new();

    private Hospital Hospital
    {
        get => _world.Hospitals[North];
        set => _world.Hospitals[North] = value;
    }

    private Consultant Doctor
    {
        get => _world.Consultants[Kim];
        set => _world.Consultants[Kim] = value;
    }

    private RosterPolicy Policy
    {
        set => _world.Network = _world.Network with { Policy = value };
    }

    /// <summary>The codes of all findings against the plan, with an exclamation mark at those that no reason overcomes.</summary>
    private string[] Against(Plan plan) =>
        [
            .. RosterRules
                .Decide(_world.Roster, Coordinator, plan, _world.Facts(), _world.Now)
                .Findings.Select(f => f.Code + (f.Overridable ? "" : "!"))
                .Distinct(),
        ];

    private static Plan Clinic(double at = 0) => Plan("a", Kim, at, room: One);

    /// <summary>With the change, the plan gets this finding. Without it, the plan gets none.</summary>
    private void Matters(string finding, Action change, Plan? plan = null)
    {
        Assert.Empty(Against(plan ?? Clinic()));
        change();
        Assert.Equal([finding], Against(plan ?? Clinic()));
    }

    [Fact]
    public void Until_of_a_hospital() =>
        Matters("roster.hospital-closed!", () => Hospital = Hospital with { Until = Eight.AddMinutes(59) });

    [Fact]
    public void Time_zone_of_a_hospital() => Matters("roster.working-hours", () => Hospital = Hospital with { TimeZone = "Europe/London" });

    [Fact]
    public void Network_of_a_hospital_and_id_of_a_hospital() => Matters("roster.unknown-hospital!", () => _world.Hospitals.Remove(North));

    [Fact]
    public void Latitude_and_longitude_of_a_hospital()
    {
        _world.Network = _world.Network with { Travel = [] };
        _world.Done(Plan("south", Kim, at: 3, room: One, hospital: South));
        _world.Hospitals[South] = _world.Hospitals[South] with { Latitude = 25, Longitude = 55 };
        Hospital = Hospital with { Latitude = 25, Longitude = 55 };
        Matters("roster.travel", () => Hospital = Hospital with { Latitude = 27 });
        Hospital = Hospital with { Latitude = 25, Longitude = 55 };
        Matters("roster.travel", () => Hospital = Hospital with { Longitude = 57 });
    }

    [Fact]
    public void Name_of_a_hospital_and_of_a_room_and_of_a_consultant()
    {
        string Said(Plan plan) => RosterRules.Decide(_world.Roster, Coordinator, plan, _world.Facts(), _world.Now).Findings[0].Message;
        Hospital = Hospital with { Name = new("Al Qassimi"), Closures = [new(null, Eight, Eight.AddHours(1))] };
        Assert.StartsWith("Al Qassimi is closed", Said(Clinic()));
        Hospital = NewHospital(North) with { Rooms = [new(One, new("Clinic 1"), 1)] };
        Assert.StartsWith("Clinic 1 has room for 1", Said(Clinic() with { Attendees = 2 }));
        Doctor = Doctor with { Name = new("Kim Min-jun"), Visits = [] };
        Assert.StartsWith("Kim Min-jun is not on a visit", Said(Clinic()));
    }

    [Fact]
    public void Until_of_a_room() =>
        Matters(
            "roster.room-unknown!",
            () => Hospital = Hospital with { Rooms = [Hospital.Rooms[0] with { Until = Eight.AddMinutes(59) }, Hospital.Rooms[1]] }
        );

    [Fact]
    public void Id_of_a_room() => Matters("roster.room-unknown!", () => Hospital = Hospital with { Rooms = [Hospital.Rooms[1]] });

    [Fact]
    public void Capacity_of_a_room() =>
        Matters(
            "roster.room-capacity",
            () => Hospital = Hospital with { Rooms = [Hospital.Rooms[0] with { Capacity = 7 }] },
            Clinic() with
            {
                Attendees = 8,
            }
        );

    [Fact]
    public void Equipment_of_a_room()
    {
        void Has(params ImmutableArray<string> equipment) =>
            Hospital = Hospital with { Rooms = [Hospital.Rooms[0] with { Equipment = equipment }] };
        var plan = Clinic() with { Needs = ["Projector", "Video link"] };
        Has(" projector", "VIDEO LINK ", "Ultrasound");
        Matters("roster.room-equipment", () => Has("Projector", "Ultrasound"), plan);
        Assert.Equal(
            "One does not have what is needed: Video link.",
            RosterRules.Decide(_world.Roster, Coordinator, plan, _world.Facts(), _world.Now).Findings[0].Message
        );
        // A remote engagement has no room.
        Assert.Empty(Against(Plan("remote", Kim) with { Needs = ["Projector"] }));
    }

    [Fact]
    public void Day_and_times_of_working_hours()
    {
        var all = Hospital.Hours;
        ImmutableArray<WorkingHours> With(WorkingHours tuesday) => [.. all.Where(h => h.Day != DayOfWeek.Tuesday), tuesday];
        foreach (
            var hours in new WorkingHours[]
            {
                new(DayOfWeek.Monday, new(7, 0), new(19, 0)),
                new(DayOfWeek.Tuesday, new(8, 1), new(19, 0)),
                new(DayOfWeek.Tuesday, new(7, 0), new(8, 59)),
                new(DayOfWeek.Tuesday, new(7, 0), new(19, 0), From: new(2026, 11, 25)),
                new(DayOfWeek.Tuesday, new(7, 0), new(19, 0), Until: new(2026, 11, 23)),
            }
        )
        {
            Hospital = Hospital with { Hours = all };
            Matters("roster.working-hours", () => Hospital = Hospital with { Hours = With(hours) });
        }
    }

    [Fact]
    public void First_and_last_day_of_a_holiday()
    {
        var day = new DateOnly(2026, 11, 24);
        Matters("roster.working-hours", () => Hospital = Hospital with { Holidays = [new(day, day, "Holiday")] });
        foreach (var (from, until) in new[] { (day.AddDays(1), day.AddDays(2)), (day.AddDays(-2), day.AddDays(-1)) })
        {
            Hospital = Hospital with { Holidays = [new(from, until, "Holiday")] };
            Assert.Empty(Against(Clinic()));
        }
    }

    [Fact]
    public void Room_and_times_of_a_closure()
    {
        Matters("roster.hospital-closed!", () => Hospital = Hospital with { Closures = [new(One, Eight, Eight.AddHours(1), "c")] });
        foreach (
            var other in new Closure[]
            {
                new(Two, Eight, Eight.AddHours(1), "c"),
                new(One, Eight.AddHours(1), Eight.AddHours(2), "c"),
                new(One, Eight.AddHours(-1), Eight, "c"),
            }
        )
        {
            Hospital = Hospital with { Closures = [other] };
            Assert.Empty(Against(Clinic()));
        }
    }

    [Fact]
    public void Hospital_and_specialty_and_times_of_a_credential()
    {
        var credential = Doctor.Credentials[0];
        foreach (
            var other in (Credential[])
                [
                    credential with
                    {
                        Hospital = South,
                    },
                    credential with
                    {
                        Specialty = "urology",
                    },
                    credential with
                    {
                        From = Eight.AddMinutes(1),
                    },
                    credential with
                    {
                        To = Eight.AddMinutes(59),
                    },
                ]
        )
        {
            Doctor = NewConsultant(Kim);
            Matters("roster.no-credential!", () => Doctor = Doctor with { Credentials = [other] });
        }
    }

    [Fact]
    public void Network_and_times_of_a_visit_and_whether_it_is_remote()
    {
        var visit = Doctor.Visits[0];
        foreach (
            var other in (Visit[])
                [
                    visit with
                    {
                        Network = new("other"),
                    },
                    visit with
                    {
                        Arrival = Eight.AddMinutes(1),
                    },
                    visit with
                    {
                        Departure = Eight.AddMinutes(59),
                    },
                    visit with
                    {
                        Remote = true,
                    },
                ]
        )
        {
            Doctor = NewConsultant(Kim);
            Matters("roster.outside-visit!", () => Doctor = Doctor with { Visits = [other] });
        }
        Doctor = Doctor with { Visits = [visit with { Remote = true }] };
        Assert.Empty(Against(Plan("remote", Kim)));
    }

    [Fact]
    public void Times_of_an_absence()
    {
        Matters("roster.absent!", () => Doctor = Doctor with { Absences = [new(Eight.AddMinutes(59), Eight.AddHours(2), "a")] });
        foreach (var (from, to) in new[] { (Eight.AddHours(1), Eight.AddHours(2)), (Eight.AddHours(-1), Eight) })
        {
            Doctor = Doctor with { Absences = [new(from, to, "a")] };
            Assert.Empty(Against(Clinic()));
        }
    }

    [Fact]
    public void Until_of_a_consultant() => Matters("roster.outside-visit!", () => Doctor = Doctor with { Until = Eight.AddMinutes(59) });

    [Fact]
    public void Home_of_a_consultant_and_until_of_a_partner()
    {
        _world.Network = _world.Network with { Partners = [new(new("asan"), new("Asan"), "Asia/Seoul", Eight)] };
        Matters("roster.outside-visit!", () => Doctor = Doctor with { Home = new("asan") });
        _world.Network = _world.Network with { Partners = [new(new("asan"), new("Asan"), "Asia/Seoul", Eight.AddHours(1))] };
        Assert.Empty(Against(Clinic()));
    }

    [Fact]
    public void Affiliation_of_a_consultant()
    {
        Doctor = Doctor with { Affiliation = Ehs, Visits = [] };
        Matters("roster.outside-visit!", () => Doctor = Doctor with { Affiliation = new("other") });
    }

    [Fact]
    public void Specialties_and_languages_of_a_consultant_and_languages_of_the_patients()
    {
        _world.Done(Clinic());
        ImmutableArray<Candidate> Rank() => Candidates.Rank(_world.Roster, _world["a"], _world.Consultants.Values, _world.Facts());
        Assert.Equal([Lee, Park], Rank().Select(c => c.Person));
        _world.Consultants[Park] = NewConsultant(Park) with { Languages = ["ar"] };
        Assert.Equal([Park, Lee], Rank().Select(c => c.Person));
        Policy = new() { PatientLanguages = ["en"] };
        Assert.Equal([Lee, Park], Rank().Select(c => c.Person));
        _world.Consultants[Lee] = NewConsultant(Lee) with { Specialties = ["urology"] };
        Assert.Equal([Park], Rank().Select(c => c.Person));
    }

    [Fact]
    public void Code_and_until_of_a_specialty()
    {
        RosterFacts Knowing(params ImmutableArray<Specialty> specialties) => _world.Facts().With(_world.Network, specialties);
        var heart = Specialties.All[0];
        Assert.True(Knowing(heart).KnowsSpecialty("cardiology", Eight));
        Assert.False(Knowing().KnowsSpecialty("cardiology", Eight));
        Assert.False(Knowing(heart with { Until = Eight.AddMinutes(-1) }).KnowsSpecialty("cardiology", Eight));
        Assert.True(Knowing(heart with { Until = Eight }).KnowsSpecialty("cardiology", Eight));
    }

    [Fact]
    public void Snomed_code_of_a_specialty_says_that_two_specialties_are_the_same()
    {
        var heart = new Specialty("heart", Specialties.All[0].Snomed, new("Heart medicine"));
        RecordOutcome<SpecialtyList> Entered(Specialty specialty) =>
            RecordRules.Decide(new SpecialtyList(), new EditRecords(Guid.NewGuid(), [RecordEdit.Put(specialty)]));
        Assert.Equal(
            [(new RecordId("specialty", "cardiology"), "snomed"), (new RecordId("specialty", "heart"), "snomed")],
            Entered(heart).Faults.Select(f => (f.Record, f.Field!))
        );
        Assert.All(Entered(heart).Faults, f => Assert.Equal("specialty.same-snomed", f.Code));
        Assert.Empty(Entered(heart with { Snomed = "1" }).Faults);
        Assert.Empty(Entered(heart with { Snomed = null }).Faults);
    }

    [Fact]
    public void Time_zone_of_a_network_says_when_a_week_begins()
    {
        var monday = new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
        Assert.Equal(monday, _world.Facts().Bounds.Start);
        _world.Network = _world.Network with { TimeZone = "Asia/Seoul" };
        Assert.Equal(monday.AddHours(-5), _world.Facts().Bounds.Start);
    }

    [Fact]
    public void Minutes_of_travel_and_the_margin_of_the_policy()
    {
        _world.Done(Plan("south", Kim, at: 2.5, room: One, hospital: South));
        Matters("roster.travel", () => _world.Network = _world.Network with { Travel = [new(South, North, 76)] });
        _world.Network = _world.Network with { Travel = [new(North, South, 75)] };
        Matters("roster.travel", () => Policy = new() { TravelMargin = TimeSpan.FromMinutes(16) });
    }

    [Fact]
    public void Coordinator_and_times_of_the_rota()
    {
        _world.Network = _world.Network with
        {
            // The order of the list does not matter. The period that began last counts.
            Rota = [new(new("p-b"), Eight.AddHours(1), Eight.AddHours(2)), new(new("p-a"), Eight, Eight.AddHours(3))],
        };
        var facts = _world.Facts();
        Assert.Equal(
            [null, new PersonId("p-a"), new PersonId("p-b"), new PersonId("p-a"), null],
            new[] { -1.0, 0, 1, 2, 3 }.Select(hour => facts.OnCall(Eight.AddHours(hour)))
        );
    }

    public static TheoryData<string> Rules =>
        [.. typeof(RosterPolicy).GetProperties().Where(p => p.PropertyType == typeof(Strictness)).Select(p => p.Name)];

    /// <summary>A plan that breaks only this rule.</summary>
    private Plan Breaks(string rule)
    {
        switch (rule)
        {
            case nameof(RosterPolicy.ConsultantOverlap):
                _world.Done(Plan("other", Kim, room: Two));
                return Clinic();
            case nameof(RosterPolicy.RoomOverlap):
                _world.Done(Plan("other", Lee, room: One));
                return Clinic();
            case nameof(RosterPolicy.Credential):
                Doctor = Doctor with { Credentials = [] };
                return Clinic();
            case nameof(RosterPolicy.Visit):
                Doctor = Doctor with { Visits = [] };
                return Clinic();
            case nameof(RosterPolicy.Closure):
                Hospital = Hospital with { Closures = [new(null, Eight, Eight.AddHours(1), "c")] };
                return Clinic();
            case nameof(RosterPolicy.Travel):
                _world.Done(Plan("south", Kim, at: 2, room: One, hospital: South));
                return Clinic();
            case nameof(RosterPolicy.Rest):
                _world.Done(Plan("late", Kim, at: 10));
                return Plan("a", Kim, at: 20) with { Start = Eight.AddHours(23).AddHours(-3), End = Eight.AddHours(21), Room = null };
            case nameof(RosterPolicy.WorkingHours):
                return Clinic(at: -2);
            case nameof(RosterPolicy.RoomCapacity):
                return Clinic() with { Attendees = 11 };
            case nameof(RosterPolicy.RoomEquipment):
                return Clinic() with { Needs = ["Projector"] };
            case nameof(RosterPolicy.HospitalLimit):
                _world.Done(Plan("south", Kim, at: 5, room: One, hospital: South));
                return Clinic();
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule, "A new rule needs a plan that breaks it.");
        }
    }

    [Theory, MemberData(nameof(Rules))]
    public void Each_rule_of_the_policy_is_ignored_or_warns_or_refuses(string rule)
    {
        var policy = new RosterPolicy
        {
            ConsultantOverlap = Strictness.Ignore,
            RoomOverlap = Strictness.Ignore,
            Credential = Strictness.Ignore,
            Visit = Strictness.Ignore,
            Closure = Strictness.Ignore,
            Travel = Strictness.Ignore,
            Rest = Strictness.Ignore,
            WorkingHours = Strictness.Ignore,
            RoomCapacity = Strictness.Ignore,
            RoomEquipment = Strictness.Ignore,
            HospitalLimit = Strictness.Ignore,
            HospitalsPerConsultant = 1,
        };
        Policy = policy;
        var plan = Breaks(rule);
        Assert.Empty(Against(plan));
        typeof(RosterPolicy).GetProperty(rule)!.SetValue(policy, Strictness.Warn);
        Assert.DoesNotContain("!", Assert.Single(Against(plan)));
        typeof(RosterPolicy).GetProperty(rule)!.SetValue(policy, Strictness.Refuse);
        Assert.EndsWith("!", Assert.Single(Against(plan)));
    }

    [Fact]
    public void Minimum_rest_and_hospitals_per_consultant()
    {
        _world.Done(Plan("late", Kim, at: 9, room: One)); // until 18:00
        var early = Plan("a", Kim, at: 24, room: One); // 14 hours later
        Matters("roster.rest", () => Policy = new() { MinimumRest = TimeSpan.FromHours(15) }, early);
        Policy = new();
        _world.Done(Plan("south", Kim, at: 5, room: One, hospital: South));
        Matters("roster.too-many-hospitals", () => Policy = new() { HospitalsPerConsultant = 1 }, early);
    }

    [Fact]
    public void Answer_margin_and_arrival_from()
    {
        _world.Done(Clinic());
        _world.Now = Eight.AddMinutes(-40);
        _world.Done(Propose("a", Lee, Kim));
        Assert.Equal(Eight.AddMinutes(-30), _world["a"].Proposal!.Deadline);
        Policy = new() { AnswerMargin = TimeSpan.FromMinutes(45) };
        Assert.NotNull(_world.Decide(Propose("a", Park, Kim)).Findings.FirstOrDefault());

        Arrive arrive = new() { CommandId = Guid.NewGuid(), Engagement = new("a") };
        Policy = new() { ArrivalFrom = TimeSpan.FromMinutes(39) };
        Assert.NotEmpty(_world.Decide(arrive).Findings);
        Policy = new() { ArrivalFrom = TimeSpan.FromMinutes(41) };
        Assert.Empty(_world.Decide(arrive).Findings);
    }
}
