using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Records;

/// <summary>The pure rules about records: which changes are refused, with which code, and at which field.</summary>
public sealed class RecordRulesTests
{
    private static readonly Hospital Known = NewHospital(North);
    private static readonly Consultant Doctor = NewConsultant(Kim);
    private static readonly Network Ours = new RosterWorld().Network;

    private static RecordOutcome<T> Decide<T>(T? profile, params ImmutableArray<RecordEdit> edits)
        where T : class, IProfile<T> => RecordRules.Decide(profile, new(Guid.NewGuid(), edits));

    private static RecordOutcome<T> Put<T>(T? profile, params ReadOnlySpan<IRecord> records)
        where T : class, IProfile<T> => Decide(profile, [.. records.ToArray().Select(r => RecordEdit.Put(r))]);

    /// <summary>The code and the field of the only fault.</summary>
    private static (string Code, string? Field) Fault<T>(T? profile, params ReadOnlySpan<IRecord> records)
        where T : class, IProfile<T>
    {
        var fault = Assert.Single(Put(profile, records).Faults);
        Assert.NotEmpty(fault.Message);
        return (fault.Code, fault.Field);
    }

    private static RecordEdit Remove(IRecord record, string? expected = null) => new(record.Record, null, expected);

    private static string Long(int length) => new('x', length);

    [Fact]
    public void A_name_needs_an_English_form_of_at_most_120_characters_that_can_be_shown()
    {
        (string, string?) Named(LocalName name) => Fault(Known, new Room(One, name, 1));
        Assert.Equal(("record.required", "name.en"), Named(new("")));
        Assert.Equal(("record.required", "name.en"), Named(new("  ", "غرفة", "방")));
        Assert.Equal(("record.too-long", "name.en"), Named(new(Long(121))));
        Assert.Equal(("record.too-long", "name.ar"), Named(new("x", Long(121))));
        Assert.Equal(("record.too-long", "name.ko"), Named(new("x", null, Long(121))));
        Assert.Equal(("record.bad-value", "name.en"), Named(new("Line\nbreak")));
        Assert.Empty(Put(Known, new Room(One, new(Long(120)), 1)).Faults);
    }

    [Theory, InlineData(0, false), InlineData(1, true), InlineData(10_000, true), InlineData(10_001, false), InlineData(-3, false)]
    public void A_room_has_1_to_10000_places(int capacity, bool allowed)
    {
        if (allowed)
            Assert.Empty(Put(Known, new Room(One, new("One"), capacity)).Faults);
        else
            Assert.Equal(("record.out-of-range", "capacity"), Fault(Known, new Room(One, new("One"), capacity)));
    }

    [Fact]
    public void A_room_has_at_most_20_different_things_with_short_names()
    {
        Room With(params ImmutableArray<string> equipment) => new Room(One, new("One"), 1) with { Equipment = equipment };
        Assert.Empty(Put(Known, With([.. Enumerable.Range(0, 19).Select(i => $"{i}"), Long(60)])).Faults);
        Assert.Empty(Put(Known, With(default(ImmutableArray<string>))).Faults); // as an earlier release stored it
        Assert.Equal(("record.too-many", "equipment"), Fault(Known, With([.. Enumerable.Range(0, 21).Select(i => $"{i}")])));
        Assert.Equal(("record.too-long", "equipment"), Fault(Known, With(Long(61))));
        Assert.Equal(("record.required", "equipment"), Fault(Known, With(" ")));
        Assert.Equal(("record.twice", "equipment"), Fault(Known, With("Projector", "projector ")));
        Assert.Equal(("record.bad-value", "equipment"), Fault(Known, With("Projector; screen")));
        Assert.Equal(("record.bad-value", "equipment"), Fault(Known, With("Line\nbreak")));
    }

    [Theory]
    [InlineData(null, "record.required"), InlineData(" ", "record.required"), InlineData("Mars/Base", "record.unknown-zone")]
    [InlineData("Arabian Standard Time", "record.unknown-zone"), InlineData("+04:00", "record.unknown-zone")]
    [InlineData("Asia/Dubai", null), InlineData("Asia/Seoul", null), InlineData("UTC", null)]
    public void A_time_zone_is_the_name_of_an_IANA_zone(string? zone, string? code)
    {
        if (code is null)
            Assert.Empty(Put(Ours, new Partner(new("p"), new("P"), zone!)).Faults);
        else
        {
            Assert.Equal((code, "timeZone"), Fault(Ours, new Partner(new("p"), new("P"), zone!)));
            Assert.Equal((code, "timeZone"), Fault(Ours, Ours.Profile with { TimeZone = zone! }));
            Assert.Equal((code, "timeZone"), Fault(Known, Known.Profile with { TimeZone = zone! }));
            Assert.Equal((code, "homeTimeZone"), Fault(Doctor, Doctor.Profile with { HomeTimeZone = zone! }));
        }
    }

    [Fact]
    public void Every_period_ends_after_it_starts()
    {
        Assert.Equal(("record.end-before-start", "to"), Fault(Known, new Closure(null, Eight, Eight, "c")));
        Assert.Equal(("record.end-before-start", "to"), Fault(Doctor, new Absence(Eight, Eight.AddDays(-1), "a")));
        Assert.Equal(("record.end-before-start", "to"), Fault(Doctor, new Credential(North, "cardiology", Eight, Eight.AddDays(-1), "c")));
        Assert.Equal(
            ("record.end-before-start", "departure"),
            Fault(Doctor, new Visit(new("v"), Ehs, Eight.AddDays(90), Eight.AddDays(80)))
        );
        Assert.Equal(("record.end-before-start", "to"), Fault(Ours, new OnCallPeriod(new("p-duty"), Eight, Eight)));
        Assert.Equal(("record.end-before-start", "closes"), Fault(Known, new WorkingHours(DayOfWeek.Monday, new(9, 0), new(9, 0))));
        Assert.Equal(
            ("record.end-before-start", "until"),
            Fault(Known, new WorkingHours(DayOfWeek.Monday, new(9, 0), new(10, 0), new(2027, 2, 2), new(2027, 2, 1)))
        );
        Assert.Equal(("record.end-before-start", "until"), Fault(Known, new Holiday(new(2027, 2, 2), new(2027, 2, 1), "Day")));
    }

    [Fact]
    public void Numbers_and_times_have_limits()
    {
        Assert.Equal(("record.out-of-range", "minutes"), Fault(Ours, new TravelTime(North, South, -1)));
        Assert.Equal(("record.out-of-range", "minutes"), Fault(Ours, new TravelTime(North, South, 1441)));
        Assert.Equal(("record.out-of-range", "latitude"), Fault(Known, Known.Profile with { Latitude = 91, Longitude = 0 }));
        Assert.Equal(("record.out-of-range", "longitude"), Fault(Known, Known.Profile with { Latitude = 1, Longitude = -181 }));
        Assert.Equal(("record.out-of-range", "latitude"), Fault(Known, Known.Profile with { Latitude = double.NaN, Longitude = 0 }));
        Assert.Equal(("record.out-of-range", "until"), Fault(Known, Known.Profile with { Until = DateTimeOffset.MaxValue }));
        Assert.Equal(("record.out-of-range", "from"), Fault(Doctor, new Absence(DateTimeOffset.MinValue, Eight, "a")));
        Assert.Equal(("record.out-of-range", "until"), Fault(Known, new Holiday(new(2027, 1, 1), new(2027, 3, 2), "Long")));
        Assert.Equal(("record.out-of-range", "travelMargin"), Fault(Ours, new RosterPolicy { TravelMargin = TimeSpan.FromHours(-1) }));
        Assert.Equal(("record.out-of-range", "minimumRest"), Fault(Ours, new RosterPolicy { MinimumRest = TimeSpan.FromHours(25) }));
        Assert.Equal(("record.out-of-range", "answerMargin"), Fault(Ours, new RosterPolicy { AnswerMargin = TimeSpan.FromDays(8) }));
        Assert.Equal(("record.out-of-range", "arrivalFrom"), Fault(Ours, new RosterPolicy { ArrivalFrom = TimeSpan.FromDays(2) }));
        Assert.Equal(("record.out-of-range", "hospitalsPerConsultant"), Fault(Ours, new RosterPolicy { HospitalsPerConsultant = 0 }));
    }

    [Fact]
    public void A_procedure_is_signed_by_both_sides_or_by_nobody()
    {
        var fusion = new Procedure(new("fusion"), "spine", new("Fusion"), 3, 5);
        var signed = fusion with { SignedOn = new(2026, 12, 1), SignedBy = new("c-kim"), CountersignedBy = new("c-noor") };
        Assert.Equal(("record.out-of-range", "assisted"), Fault(Known, fusion with { Assisted = -1 }));
        Assert.Equal(("record.out-of-range", "supervised"), Fault(Known, fusion with { Supervised = 1_000 }));
        Assert.Equal(("record.bad-id", "specialty"), Fault(Known, fusion with { Specialty = "" }));
        Assert.Equal(("record.required", "signedOn"), Fault(Known, signed with { SignedOn = null }));
        Assert.Equal(("record.required", "signedBy"), Fault(Known, signed with { SignedBy = null }));
        Assert.Equal(("record.required", "countersignedBy"), Fault(Known, signed with { CountersignedBy = null }));
        Assert.Equal(("record.bad-value", "countersignedBy"), Fault(Known, signed with { CountersignedBy = new("c-kim") }));
        Assert.Empty(
            RecordRules.Decide(Known, new(Guid.NewGuid(), [RecordEdit.Put(fusion), RecordEdit.Put(signed with { Id = new("b") })])).Faults
        );
    }

    [Fact]
    public void A_choice_is_one_of_its_values()
    {
        Assert.Equal(("record.unknown-choice", "closure"), Fault(Ours, new RosterPolicy { Closure = (Strictness)7 }));
        Assert.Equal(("record.unknown-choice", "day"), Fault(Known, new WorkingHours((DayOfWeek)9, new(8, 0), new(9, 0))));
    }

    [Fact]
    public void A_place_has_both_a_latitude_and_a_longitude_and_the_way_to_itself_is_no_way()
    {
        Assert.Equal(("record.required", "longitude"), Fault(Known, Known.Profile with { Latitude = 25 }));
        Assert.Equal(("record.required", "latitude"), Fault(Known, Known.Profile with { Longitude = 55 }));
        Assert.Equal(("record.bad-value", "to"), Fault(Ours, new TravelTime(North, North, 5)));
    }

    [Theory, InlineData(null), InlineData(""), InlineData("Room One"), InlineData("غرفة"), InlineData("-x"), InlineData("a/b")]
    public void An_id_has_only_small_letters_and_digits_and_a_few_signs(string? id)
    {
        Assert.Equal(("record.bad-id", "id"), Fault(Known, new Room(new(id!), new("One"), 1)));
        Assert.Equal(("record.bad-id", "hospital"), Fault(Doctor, new Credential(new(id!), "cardiology", Eight, Eight.AddDays(1), "c")));
    }

    [Fact]
    public void A_list_has_each_value_once_and_not_too_many()
    {
        Assert.Equal(("record.twice", "specialties"), Fault(Doctor, Doctor.Profile with { Specialties = ["cardiology", "cardiology"] }));
        Assert.Equal(("record.bad-id", "languages"), Fault(Doctor, Doctor.Profile with { Languages = ["English please"] }));
        Assert.Equal(
            ("record.too-many", "languages"),
            Fault(Doctor, Doctor.Profile with { Languages = [.. Enumerable.Range(0, 21).Select(i => $"l{i}")] })
        );
        Assert.Equal(("record.required", "networks"), Fault(Doctor, Doctor.Profile with { Networks = default }));
        Assert.Equal(("record.required", "specialties"), Fault(Doctor, Doctor.Profile with { Specialties = default }));
    }

    [Fact]
    public void An_owner_has_a_largest_number_of_records_of_each_kind()
    {
        var full = Known with { Rooms = [.. Enumerable.Range(0, 500).Select(i => new Room(new($"r{i}"), new("R"), 1))] };
        Assert.Equal("record.too-many", Assert.Single(Put(full, new Room(new("r500"), new("R"), 1)).Faults).Code);
        Assert.Empty(Put(full, new Room(new("r499"), new("Other"), 1)).Faults);
        var edits = Enumerable.Range(0, EditRecords.MostEdits + 1).Select(i => Remove(new Room(new($"r{i}"), new("R"), 1)));
        Assert.Equal("record.too-many", Assert.Single(Decide(Known, [.. edits]).Faults).Code);
        Assert.Equal("record.too-many", Assert.Single(Decide(Known).Faults).Code);
    }

    [Fact]
    public void A_record_that_a_command_names_twice_is_refused()
    {
        var fault = Assert.Single(Put(Known, new Room(One, new("A"), 1), new Room(One, new("B"), 1)).Faults);
        Assert.Equal(("record.twice", "room/r-one"), (fault.Code, fault.Record.Subject));
    }

    [Fact]
    public void A_change_of_what_somebody_else_has_changed_is_refused_and_names_the_record_as_it_is()
    {
        var room = Known.Rooms[0];
        var seen = RecordTag.Of(room with { Capacity = 3 });
        foreach (var edit in (RecordEdit[])[RecordEdit.Put(room with { Capacity = 4 }, seen), Remove(room, seen)])
        {
            var fault = Assert.Single(Decide(Known, edit).Faults);
            Assert.Equal(("record.changed", room), (fault.Code, fault.Current));
        }
        var there = Assert.Single(Decide(Known, RecordEdit.Put(room with { Capacity = 4 }, RecordTag.None)).Faults);
        Assert.Equal(("record.changed", room), (there.Code, there.Current));
        var gone = Assert.Single(Decide(Known, RecordEdit.Put(new Room(new("r-gone"), new("Gone"), 1), seen)).Faults);
        Assert.Equal(("record.changed", null), (gone.Code, gone.Current));
        Assert.Empty(Decide(Known, RecordEdit.Put(room with { Capacity = 4 }, RecordTag.Of(room))).Faults);
    }

    [Fact]
    public void The_tag_depends_on_the_whole_content_and_on_nothing_else()
    {
        var room = Known.Rooms[0];
        Assert.Equal(RecordTag.Of(room), RecordTag.Of(new Room(room.Id, new(room.Name.En), room.Capacity)));
        Assert.NotEqual(RecordTag.Of(room), RecordTag.Of(room with { Until = Eight }));
        Assert.Equal(RecordTag.Of(room with { Until = Eight.ToOffset(TimeSpan.FromHours(4)) }), RecordTag.Of(room with { Until = Eight }));
        Assert.NotEqual(RecordTag.Of(room), RecordTag.Of(room with { Name = room.Name with { Ko = "방" } }));
    }

    [Fact]
    public void A_record_without_an_owner_and_a_record_that_is_not_there_are_unknown()
    {
        Assert.Equal("record.unknown", Assert.Single(Put<Hospital>(null, new Room(One, new("One"), 1)).Faults).Code);
        Assert.Equal(
            "record.unknown",
            Assert.Single(Decide(Known, Remove(new Room(new("r-none"), new("R"), 1), RecordTag.None)).Faults).Code
        );
        Assert.Empty(Decide(Known, Remove(new Room(new("r-none"), new("R"), 1))).Faults);
    }

    [Fact]
    public void The_id_in_the_record_is_the_id_of_the_edit()
    {
        var fault = Assert.Single(Decide(Known, new RecordEdit(new("room", "r-two"), new Room(One, new("One"), 1))).Faults);
        Assert.Equal(("record.other-id", "id"), (fault.Code, fault.Field));
    }

    [Fact]
    public void A_reason_has_at_most_500_characters()
    {
        RecordOutcome<Hospital> Because(int length) =>
            RecordRules.Decide(Known, new(Guid.NewGuid(), [RecordEdit.Put(Known.Rooms[0] with { Capacity = 9 })], Long(length)));
        Assert.Empty(Because(500).Faults);
        Assert.Equal("record.too-long", Assert.Single(Because(501).Faults).Code);
    }

    [Fact]
    public void If_one_of_several_changes_is_refused_none_of_them_is_made_and_every_fault_is_named()
    {
        var outcome = Put(
            Known,
            new Room(new("r-good"), new("Good"), 1),
            new Room(new("r-bad"), new(""), 0),
            new Closure(null, Eight, Eight, "c")
        );
        Assert.Null(outcome.After);
        Assert.Empty(outcome.Changes);
        Assert.Equal(
            [("r-bad", "record.required"), ("r-bad", "record.out-of-range"), ("c", "record.end-before-start")],
            outcome.Faults.Select(f => (f.Record.Id, f.Code))
        );
    }

    [Fact]
    public void Changes_that_change_nothing_are_left_out()
    {
        var outcome = Put(Known, Known.Rooms[0], Known.Rooms[1] with { Capacity = 99 }, Known.Profile);
        Assert.Equal("room/r-two", Assert.Single(outcome.Changes).Record.Subject);
        Assert.Empty(Put(Known, Known.Rooms[0]).Changes);
    }

    [Fact]
    public void A_command_can_move_a_visit_and_enter_another_one_in_its_place()
    {
        var visit = Doctor.Visits[0];
        var later = new Visit(new("v-2"), Ehs, visit.Arrival, visit.Departure);
        Assert.Equal(["visit.overlap"], Put(Doctor, later).Faults.Select(f => f.Code).Distinct());
        Assert.Empty(Put(Doctor, later, visit with { Arrival = visit.Departure, Departure = visit.Departure.AddDays(3) }).Faults);
    }

    [Fact]
    public void A_fault_that_was_there_before_does_not_stop_changes_of_other_records()
    {
        // An earlier release has stored both visits.
        var torn = Doctor with
        {
            Visits = [new(new("v-1"), Ehs, Eight, Eight.AddDays(2)), new(new("v-2"), Ehs, Eight, Eight.AddDays(1))],
        };
        Assert.Empty(Put(torn, new Absence(Eight, Eight.AddDays(1), "a")).Faults);
        Assert.Empty(Put(torn, new Visit(new("v-3"), Ehs, Eight.AddDays(5), Eight.AddDays(6))).Faults);
        Assert.NotEmpty(Put(torn, torn.Visits[0] with { Remote = true }).Faults);
        Assert.Empty(Put(torn, torn.Visits[0] with { Arrival = Eight.AddDays(1) }).Faults);
    }

    [Fact]
    public void A_change_that_makes_another_record_wrong_is_refused()
    {
        var closed = Known with { Closures = [new(One, Eight, Eight.AddHours(1), "c-one")] };
        var fault = Assert.Single(Decide(closed, Remove(Known.Rooms[0])).Faults);
        Assert.Equal(("record.unknown-reference", "closure/c-one"), (fault.Code, fault.Record.Subject));
        Assert.Empty(Decide(closed, Remove(Known.Rooms[0]), Remove(closed.Closures[0])).Faults);
        Assert.Empty(Decide(closed, Remove(Known.Rooms[1])).Faults);
    }

    [Fact]
    public void A_closure_is_about_a_room_of_the_hospital_or_about_all_of_it()
    {
        Assert.Equal(("record.unknown-reference", "room"), Fault(Known, new Closure(new("r-none"), Eight, Eight.AddHours(1), "c")));
        Assert.Empty(Put(Known, new Closure(null, Eight, Eight.AddHours(1), "c")).Faults);
    }

    [Fact]
    public void A_calendar_has_an_open_hour()
    {
        var closed = Known with { Hours = [] };
        DateOnly monday = new(2027, 2, 8);
        WorkingHours Friday(DateOnly from, DateOnly? until) => new(DayOfWeek.Friday, new(8, 0), new(12, 0), from, until);
        // From Monday to Wednesday there is no Friday.
        Assert.Equal(("calendar.no-open-hour", null), Fault(closed, Friday(monday, monday.AddDays(2))));
        Assert.Empty(Put(closed, Friday(monday, monday.AddDays(4))).Faults);
        Assert.Empty(Put(closed, Friday(monday, null)).Faults);
        // The only Friday becomes a holiday.
        var once = closed with
        {
            Hours = [Friday(monday, monday.AddDays(4))],
        };
        Assert.Equal(("calendar.no-open-hour", null), Fault(once, new Holiday(monday, monday.AddDays(4), "Week off")));
        Assert.Empty(Put(Known, new Holiday(monday, monday.AddDays(4), "Week off")).Faults);
        Assert.Empty(Put(closed, new Holiday(monday, monday.AddDays(4), "Week off")).Faults);
        Assert.Empty(Decide(once, Remove(once.Hours[0])).Faults); // a hospital without hours is always open
    }

    [Fact]
    public void Records_that_an_earlier_release_stored_twice_can_be_changed_and_removed()
    {
        var (there, back) = (new TravelTime(North, South, 60), new TravelTime(South, North, 50));
        var both = Ours with { Travel = [there, back] };
        Assert.Equal([there with { Minutes = 40 }], Put(both, there with { Minutes = 40 }).After!.Travel);
        Assert.Empty(Decide(both, Remove(back, RecordTag.Of(there))).After!.Travel);
    }

    [Fact]
    public void Records_without_an_id_get_the_same_id_from_the_same_content()
    {
        static RecordId IdOf(IRecord record) => record.Record;
        var closure = new Closure(One, Eight, Eight.AddHours(1));
        Assert.Equal(IdOf(closure), IdOf(closure with { }));
        Assert.NotEqual(IdOf(closure), IdOf(closure with { To = Eight.AddHours(2) }));
        var stored = Known with { Closures = [closure] };
        var id = IdOf(closure).Id;
        var ended = Put(stored, closure with { Id = id, To = Eight.AddHours(3) }).After!;
        Assert.Equal([closure with { Id = id, To = Eight.AddHours(3) }], ended.Closures);
        Assert.Equal(IdOf(new Absence(Eight, Eight.AddDays(1))), IdOf(new Absence(Eight, Eight.AddDays(1))));
        var credential = new Credential(North, "cardiology", Eight, Eight.AddDays(1));
        Assert.Equal(IdOf(credential), IdOf(credential with { Licence = "L-1" }));
    }

    [Fact]
    public void The_way_between_two_hospitals_is_one_record_in_both_directions()
    {
        static RecordId IdOf(IRecord record) => record.Record;
        Assert.Equal(IdOf(new TravelTime(North, South, 1)), IdOf(new TravelTime(South, North, 2)));
        Assert.Equal([new TravelTime(South, North, 25)], Put(Ours, new TravelTime(South, North, 25)).After!.Travel);
    }

    [Fact]
    public void A_specialty_that_is_entered_replaces_the_hubs_own_and_removing_it_brings_that_back()
    {
        var own = Specialties.All[0];
        var list = Put(new SpecialtyList(), own with { Name = new("Heart") }, new Specialty("speech", null, new("Speech therapy"))).After!;
        Assert.Equal("Heart", list.All.Single(s => s.Code == own.Code).Name.En);
        Assert.Equal(Specialties.All.Length + 1, list.All.Length);
        var again = Decide(list, Remove(own), new RecordEdit(new("specialty", "speech"), null)).After!;
        Assert.Equal(Specialties.All, again.All);
    }
}
