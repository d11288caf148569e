using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Records.Place;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Records;

/// <summary>
/// Changes of records that make planned engagements illegal. Before such a change is stored, the roster says which engagements it would
/// affect. Afterwards, the roster marks the same engagements.
/// </summary>
public sealed class AffectedTests(RecordHub hub) : IClassFixture<RecordHub>
{
    private Place _place = null!;

    /// <summary>
    /// Plans an engagement with 50 guests in the large room, and one that stays legal. Then it makes the change, and compares what was said
    /// before with what is marked afterwards.
    /// </summary>
    private async Task MarksAsync(AttentionReason reason, Func<Place, IRecordOwner> owner, Func<Place, RecordEdit> change)
    {
        var place = _place;
        await place.DoneAsync(place.Plan("affected", room: Two) with { Attendees = 50 });
        await place.DoneAsync(place.Plan("untouched", place.Lee, at: 48, room: One, hospital: place.South));
        await SaysAndMarksAsync(owner(place), change(place), ["affected"], reason);
    }

    private async Task SaysAndMarksAsync(IRecordOwner owner, RecordEdit change, string[] marked, AttentionReason reason)
    {
        var check = await owner.CheckAsync(new(Guid.NewGuid(), [change]));
        Assert.Empty(check.Faults);
        var said = await _place.Roster.AffectedByAsync(check.After!);
        Assert.Equal(marked, said.Select(a => a.Engagement.Value));
        Assert.All(said, a => Assert.Equal([reason], a.Reasons));
        Assert.All(said, a => Assert.Equal((_place.Id, RosterWorld.Week, a.Engagement.Value), (a.Network, a.Week, a.Title)));
        Assert.Empty((await _place.Roster.GetAsync(new(marked[0])))!.Attention); // nothing is stored yet
        await EditAsync(owner, change);
        await RosterHub.UntilAsync(
            async () => (await _place.Roster.GetAsync(new(marked[0])))!.Attention.SequenceEqual([reason]),
            $"{marked[0]} is marked with {reason}"
        );
        var all = (await _place.Roster.OfPersonAsync(_place.Kim)).AddRange(await _place.Roster.OfPersonAsync(_place.Lee));
        Assert.Equal(marked.Order(), all.Where(e => !e.Attention.IsEmpty).Select(e => e.Id.Value).Order());
        // Once it is marked, the same change affects nothing more.
        Assert.Empty(await _place.Roster.AffectedByAsync(check.After!));
    }

    private async Task ReadyAsync() => _place = await hub.PlaceAsync();

    private async Task PolicyAsync(RosterPolicy policy) => await PutAsync(_place.Network, policy);

    private static RecordEdit Put(IRecord record) => RecordEdit.Put(record);

    private static RecordEdit Remove(IRecord record) => new(record.Record, null);

    [Fact]
    public async Task A_room_that_ends_before_the_engagement_does()
    {
        await ReadyAsync();
        await MarksAsync(AttentionReason.RoomGone, p => p.NorthGrain, _ => Put(new Room(Two, new("Two"), 100, Eight.AddMinutes(30))));
    }

    [Fact]
    public async Task A_room_that_is_removed()
    {
        await ReadyAsync();
        await MarksAsync(AttentionReason.RoomGone, p => p.NorthGrain, _ => Remove(new Room(Two, new("Two"), 100)));
    }

    [Fact]
    public async Task A_room_that_becomes_too_small_if_the_policy_refuses_this()
    {
        await ReadyAsync();
        await PolicyAsync(new() { RoomCapacity = Strictness.Refuse });
        await MarksAsync(AttentionReason.RoomTooSmall, p => p.NorthGrain, _ => Put(new Room(Two, new("Two"), 49)));
    }

    [Fact]
    public async Task A_room_that_becomes_too_small_affects_nothing_if_the_policy_only_warns()
    {
        await ReadyAsync();
        await _place.DoneAsync(_place.Plan("a", room: Two) with { Attendees = 50 });
        var check = await _place.NorthGrain.CheckAsync(new(Guid.NewGuid(), [Put(new Room(Two, new("Two"), 49))]));
        Assert.Empty(await _place.Roster.AffectedByAsync(check.After!));
    }

    [Theory, InlineData(Strictness.Refuse), InlineData(Strictness.Warn)]
    public async Task A_room_that_loses_what_is_needed_if_the_policy_refuses_this(Strictness policy)
    {
        await ReadyAsync();
        await PolicyAsync(new() { RoomEquipment = policy });
        var (room, without) = (new Room(Two, new("Two"), 100) { Equipment = ["projector"] }, new Room(Two, new("Two"), 100));
        await EditAsync(_place.NorthGrain, Put(room));
        await _place.DoneAsync(_place.Plan("needing", room: Two) with { Needs = ["Projector", " projector "] });
        Assert.Equal(["Projector"], (await _place.Roster.GetAsync(new("needing")))!.Needs);
        if (policy == Strictness.Refuse)
            await SaysAndMarksAsync(_place.NorthGrain, Put(without), ["needing"], AttentionReason.RoomLacksEquipment);
        else
            Assert.Empty(
                await _place.Roster.AffectedByAsync((await _place.NorthGrain.CheckAsync(new(Guid.NewGuid(), [Put(without)]))).After!)
            );
    }

    [Fact]
    public async Task Working_hours_that_no_longer_cover_the_engagement_if_the_policy_refuses_this()
    {
        await ReadyAsync();
        await PolicyAsync(new() { WorkingHours = Strictness.Refuse });
        await MarksAsync(
            AttentionReason.OutsideHours,
            p => p.NorthGrain,
            _ => Put(new WorkingHours(DayOfWeek.Tuesday, new(8, 30), new(19, 0)))
        );
    }

    [Fact]
    public async Task A_day_that_becomes_a_holiday_if_the_policy_refuses_this()
    {
        await ReadyAsync();
        await PolicyAsync(new() { WorkingHours = Strictness.Refuse });
        await MarksAsync(
            AttentionReason.OutsideHours,
            p => p.NorthGrain,
            _ => Put(new Holiday(new(2026, 11, 23), new(2026, 11, 24), "Holiday"))
        );
    }

    [Fact]
    public async Task A_closure_of_the_room()
    {
        await ReadyAsync();
        await MarksAsync(
            AttentionReason.HospitalClosed,
            p => p.NorthGrain,
            _ => Put(new Closure(Two, Eight.AddMinutes(59), Eight.AddHours(3), "c"))
        );
    }

    [Fact]
    public async Task A_hospital_that_ends()
    {
        await ReadyAsync();
        await MarksAsync(
            AttentionReason.HospitalClosed,
            p => p.NorthGrain,
            p => Put(p.NewHospital(p.North).Profile with { Until = Eight })
        );
    }

    [Fact]
    public async Task A_time_zone_of_the_hospital_in_which_it_is_closed_at_that_time_if_the_policy_refuses_this()
    {
        await ReadyAsync();
        await PolicyAsync(new() { WorkingHours = Strictness.Refuse });
        await MarksAsync(
            AttentionReason.OutsideHours,
            p => p.NorthGrain,
            p => Put(p.NewHospital(p.North).Profile with { TimeZone = "Europe/London" })
        );
    }

    [Fact]
    public async Task A_consultant_who_ends()
    {
        await ReadyAsync();
        await MarksAsync(
            AttentionReason.OutsideVisit,
            p => p.KimGrain,
            p => Put(p.NewConsultant(p.Kim).Profile with { Until = Eight.AddMinutes(59) })
        );
    }

    [Fact]
    public async Task A_partner_that_ends()
    {
        await ReadyAsync();
        var partner = new Partner(new("asan"), new("Asan"), "Asia/Seoul");
        await PutAsync(_place.Network, partner);
        await PutAsync(_place.KimGrain, _place.NewConsultant(_place.Kim).Profile with { Home = partner.Id });
        await MarksAsync(AttentionReason.OutsideVisit, p => p.Network, _ => Put(partner with { Until = Eight }));
    }

    [Fact]
    public async Task A_credential_that_is_removed_or_shortened()
    {
        await ReadyAsync();
        await MarksAsync(AttentionReason.CredentialLapsed, p => p.KimGrain, p => Remove(p.NewConsultant(p.Kim).Credentials[0]));
        await ReadyAsync();
        await MarksAsync(
            AttentionReason.CredentialLapsed,
            p => p.KimGrain,
            p => Put(p.NewConsultant(p.Kim).Credentials[0] with { To = Eight.AddMinutes(30) })
        );
    }

    [Fact]
    public async Task A_visit_that_is_shortened_or_becomes_remote()
    {
        await ReadyAsync();
        await MarksAsync(
            AttentionReason.OutsideVisit,
            p => p.KimGrain,
            p => Put(p.NewConsultant(p.Kim).Visits[0] with { Departure = Eight.AddMinutes(59) })
        );
        await ReadyAsync();
        await MarksAsync(AttentionReason.OutsideVisit, p => p.KimGrain, p => Put(p.NewConsultant(p.Kim).Visits[0] with { Remote = true }));
    }

    [Fact]
    public async Task An_absence()
    {
        await ReadyAsync();
        await MarksAsync(AttentionReason.ConsultantAbsent, p => p.KimGrain, _ => Put(new Absence(Eight, Eight.AddHours(2), "a")));
    }

    [Fact]
    public async Task A_policy_that_becomes_stricter()
    {
        await ReadyAsync();
        await _place.DoneAsync(_place.Plan("early", at: -2) with { Reason = "Early" });
        await _place.DoneAsync(_place.Plan("in-time", at: 3));
        await SaysAndMarksAsync(
            _place.Network,
            Put(new RosterPolicy { WorkingHours = Strictness.Refuse }),
            ["early"],
            AttentionReason.OutsideHours
        );
    }

    [Fact]
    public async Task An_engagement_is_no_longer_marked_when_the_change_is_taken_back()
    {
        await ReadyAsync();
        await MarksAsync(AttentionReason.ConsultantAbsent, p => p.KimGrain, _ => Put(new Absence(Eight, Eight.AddHours(2), "a")));
        await RemoveAsync(_place.KimGrain, new Absence(Eight, Eight.AddHours(2), "a"));
        await RosterHub.UntilAsync(async () => (await _place.Roster.GetAsync(new("affected")))!.Attention.IsEmpty, "it is legal again");
    }

    [Fact]
    public async Task An_engagement_that_is_over_or_cancelled_is_not_affected()
    {
        await ReadyAsync();
        await _place.DoneAsync(_place.Plan("a"));
        await _place.DoneAsync(
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Reason = "Off.",
            }
        );
        var check = await _place.NorthGrain.CheckAsync(new(Guid.NewGuid(), [Put(new Closure(null, Eight, Eight.AddDays(1), "c"))]));
        Assert.Empty(await _place.Roster.AffectedByAsync(check.After!));
    }

    [Fact]
    public async Task In_a_specialty_that_has_ended_nothing_new_is_planned_and_what_is_planned_stays()
    {
        await ReadyAsync();
        await _place.DoneAsync(_place.Plan("before"));
        var list = hub.Grains.GetGrain<ISpecialtiesGrain>("hub");
        var own = (await list.ListAsync()).Single(s => s.Code == "cardiology");
        await PutAsync(list, own with { Until = Eight.AddHours(5) });
        await RosterHub.UntilAsync(
            async () => !(await _place.Roster.CheckAsync(Coordinator, _place.Plan("after", at: 5))).Allowed,
            "the end of the specialty is known"
        );
        var refused = await _place.Roster.DecideAsync(Coordinator, _place.Plan("after", at: 5));
        Assert.Equal("roster.unknown-specialty", Assert.Single(Assert.IsType<Refused>(refused).Findings).Code);
        await _place.DoneAsync(_place.Plan("in-time", at: 4));
        Assert.Empty((await _place.Roster.GetAsync(new("before")))!.Attention);
        await PutAsync(list, own);
    }

    [Fact]
    public async Task A_roster_names_the_engagements_that_use_a_room_or_hospital_or_person_or_specialty()
    {
        await ReadyAsync();
        await _place.DoneAsync(_place.Plan("one"));
        await _place.DoneAsync(_place.Plan("two", _place.Lee, room: Two));
        await _place.DoneAsync(_place.Plan("south", _place.Lee, at: 4, hospital: _place.South));
        async Task<string[]> UsesAsync(
            HospitalId? hospital = null,
            RoomId? room = null,
            PersonId? person = null,
            string? specialty = null
        ) => [.. (await _place.Roster.UsesAsync(hospital, room, person, specialty)).Select(e => e.Id.Value).Order()];
        Assert.Equal(["one", "two"], await UsesAsync(_place.North));
        Assert.Equal(["two"], await UsesAsync(_place.North, Two));
        Assert.Equal(["one", "south"], await UsesAsync(room: One));
        Assert.Equal(["south", "two"], await UsesAsync(person: _place.Lee));
        Assert.Equal(["one", "south", "two"], await UsesAsync(specialty: "cardiology"));
        Assert.Empty(await UsesAsync(specialty: "urology"));
    }
}
