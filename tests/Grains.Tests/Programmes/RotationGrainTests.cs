using ConsultHub.Consultants;
using ConsultHub.Journal;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsultHub.Tests.Programmes;

/// <summary>Rotations of one person in two programmes, on a real silo: the person is at one place at a time.</summary>
public sealed class RotationGrainTests
{
    private readonly MovableClock _clock = new(Sample.ApplyBy.AddDays(-5));

    [Fact]
    public async Task A_rotation_takes_the_time_of_its_person_over_all_programmes_until_it_is_moved_or_removed()
    {
        await using var hub = await StartAsync();
        await PlacedAsync(hub, "f-1");
        await PlacedAsync(hub, "f-2");
        var march = RotationRulesTests.Stay("r", 1, "unit", "2027-03-01", "2027-03-31");
        Assert.Equal(ProgrammeCodes.PaperMissing.Name, Code(await EditAsync(hub, "f-1", null, RecordEdit.Put(march))));
        var own = march with { Supervisor = march.Person };
        Assert.Equal(ProgrammeCodes.OwnSupervisor.Name, Code(await EditAsync(hub, "f-1", "x", RecordEdit.Put(own))));
        Assert.Null(Code(await EditAsync(hub, "f-1", "The papers follow.", RecordEdit.Put(march))));
        var overlapping = march with { From = new(2027, 3, 31), To = new(2027, 4, 30) };
        Assert.Equal(ProgrammeCodes.RotationOverlap.Name, Code(await EditAsync(hub, "f-2", "x", RecordEdit.Put(overlapping))));
        // A preview says the same and holds nothing.
        var check = await Programme(hub, "f-2").CheckAsync(new(Guid.NewGuid(), [RecordEdit.Put(overlapping)], "x"));
        Assert.Equal(ProgrammeCodes.RotationOverlap.Name, Assert.Single(check.Faults).Code);
        Assert.Null(Code(await EditAsync(hub, "f-1", "x", RecordEdit.Put(march with { To = new(2027, 3, 30) }))));
        await UntilStaysAsync(hub, ("f-1", "2027-03-30T15:00:00Z"));
        Assert.Null(Code(await EditAsync(hub, "f-2", "x", RecordEdit.Put(overlapping))));
        await UntilStaysAsync(hub, ("f-1", "2027-03-30T15:00:00Z"), ("f-2", "2027-04-30T15:00:00Z"));
        Assert.Null(Code(await EditAsync(hub, "f-1", "x", new RecordEdit(((IRecord)march).Record, null))));
        await UntilStaysAsync(hub, ("f-2", "2027-04-30T15:00:00Z"));
        // The person is no consultant, so nobody finds one.
        Assert.Null(await Person(hub).GetAsync());
    }

    [Fact]
    public async Task Time_that_was_held_for_a_rotation_that_was_never_stored_becomes_free_and_other_time_stays()
    {
        var folder = TestHub.NewFolder();
        try
        {
            await using (var hub = await StartAsync(folder))
            {
                await PlacedAsync(hub, "f-1");
                await PlacedAsync(hub, "f-2");
                Assert.Null(
                    Code(
                        await EditAsync(
                            hub,
                            "f-1",
                            "x",
                            RecordEdit.Put(RotationRulesTests.Stay("stored", 1, "unit", "2027-03-01", "2027-03-31"))
                        )
                    )
                );
                await UntilStaysAsync(hub, ("f-1", "2027-03-31T15:00:00Z"));
                // The programme ends here as if its process had been killed: time is held, and no rotation follows.
                var held = new Stay(new("f-1"), "lost", null, At("2027-05-01T00:00:00Z"), At("2027-06-01T00:00:00Z"));
                Assert.Empty(await Person(hub).HoldAsync([held], []));
                var wanted = RotationRulesTests.Stay("wanted", 1, "unit", "2027-05-10", "2027-05-20");
                Assert.Equal(ProgrammeCodes.RotationOverlap.Name, Code(await EditAsync(hub, "f-2", "x", RecordEdit.Put(wanted))));
            }
            _clock.Advance(TimeSpan.FromMinutes(3));
            await using (var hub = await StartAsync(folder))
            {
                await UntilStaysAsync(hub, ("f-1", "2027-03-31T15:00:00Z"));
                var wanted = RotationRulesTests.Stay("wanted", 1, "unit", "2027-05-10", "2027-05-20");
                Assert.Null(Code(await EditAsync(hub, "f-2", "x", RecordEdit.Put(wanted))));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Time_whose_rotation_was_stored_stays_taken_even_if_the_confirmation_never_came()
    {
        await using var hub = await StartAsync();
        await PlacedAsync(hub, "f-1");
        var rotation = RotationRulesTests.Stay("r", 1, "unit", "2027-03-01", "2027-03-31");
        Assert.Null(Code(await EditAsync(hub, "f-1", "x", RecordEdit.Put(rotation))));
        await UntilStaysAsync(hub, ("f-1", "2027-03-31T15:00:00Z"));
        var stored = (await StaysAsync(hub))[0];
        Assert.True(await Programme(hub, "f-1").HasAsync(stored));
        Assert.False(await Programme(hub, "f-1").HasAsync(stored with { To = stored.To.AddDays(1) }));
        Assert.False(await Programme(hub, "f-1").HasAsync(stored with { Id = "other" }));
    }

    [Fact]
    public async Task Who_gives_up_the_place_is_free_again_and_a_logbook_needs_a_rotation()
    {
        await using var hub = await StartAsync();
        await PlacedAsync(hub, "f-1");
        var logbook = hub.Grains.GetGrain<ILogbookGrain>($"f-1/2027/{Sample.Person(1)}");
        var own = new Actor(Sample.Person(1), Role.Trainee);
        var log = new LogCases
        {
            CommandId = Guid.NewGuid(),
            Entry = "e",
            Activity = "biopsy",
            Day = new(2027, 3, 2),
            Cases = 2,
            Role = CaseRole.Assisted,
        };
        _clock.Advance(At("2027-03-05T00:00:00Z") - _clock.GetUtcNow());
        Assert.Equal(LogbookCodes.NoRotation.Name, (await logbook.DecideAsync(own, log)).Code);
        var rotation = RotationRulesTests.Stay("r", 1, "unit", "2027-03-01", "2027-03-31");
        Assert.Null(Code(await EditAsync(hub, "f-1", "x", RecordEdit.Put(rotation))));
        await UntilStaysAsync(hub, ("f-1", "2027-03-31T15:00:00Z"));
        Assert.Null((await logbook.DecideAsync(own, log)).Code);
        Assert.Null((await logbook.DecideAsync(own, log)).Code); // a repeat
        Assert.Equal((2, 0), (await logbook.GetAsync()).CasesOf("biopsy"));
        Assert.Null((await Programme(hub, "f-1").DecideAsync(own, Sample.Withdrawing)).Code);
        await UntilStaysAsync(hub, ("f-1", "2027-03-05T15:00:00Z"));
        Assert.Equal(new(2027, 3, 5), (await Programme(hub, "f-1").GetAsync())!.Rotations[0].To);
        Assert.Single((await logbook.ReadAsync(own.Person, false))!.History);
        // The rotation has cases, so it does not lose their day, and somebody who never had a place has no logbook.
        var ended = (await Programme(hub, "f-1").GetAsync())!.Rotations[0];
        Assert.Equal(ProgrammeCodes.HasCases.Name, Code(await EditAsync(hub, "f-1", "x", new RecordEdit(((IRecord)ended).Record, null))));
        var stranger = hub.Grains.GetGrain<ILogbookGrain>($"f-1/2027/{Sample.Person(9)}");
        Assert.Null(await stranger.ReadAsync(Sample.Director, true));
    }

    [Fact]
    public void A_clinician_of_the_host_who_is_in_a_rotation_abroad_is_not_present()
    {
        var consultant = Consultant.NotEntered with
        {
            OnlyStays = false,
            Affiliation = new NetworkId("ehs"),
            Stays = [new(new("f-1"), "r", null, At("2027-03-01T00:00:00Z"), At("2027-04-01T00:00:00Z"))],
        };
        var engagement = In("2027-03-31T22:00:00Z");
        Assert.False(PlacementRules.IsPresent(consultant, new("ehs"), engagement));
        var later = In("2027-04-01T00:00:00Z");
        Assert.True(PlacementRules.IsPresent(consultant, new("ehs"), later));
        var here = consultant with { Stays = [consultant.Stays[0] with { Network = new("ehs") }] };
        Assert.True(PlacementRules.IsPresent(here, new("ehs"), engagement));
    }

    private Task<TestHub> StartAsync(string? folder = null) =>
        TestHub.StartAsync(
            folder,
            services => services.Replace(ServiceDescriptor.Singleton(provider => WithClock.Authorities(provider, _clock)))
        );

    private static IProgrammeGrain Programme(TestHub hub, string id) => hub.Grains.GetGrain<IProgrammeGrain>(id);

    private static IConsultantGrain Person(TestHub hub) => hub.Grains.GetGrain<IConsultantGrain>(Sample.Person(1).Value);

    private static Task<RecordReply> EditAsync(TestHub hub, string id, string? reason, params RecordEdit[] edits) =>
        Programme(hub, id).EditAsync(new(Sample.Director, Role.ProgrammeDirector), new(Guid.NewGuid(), [.. edits], reason));

    private static string? Code(RecordReply reply) => (reply as RecordsRefused)?.Faults[0].Code;

    /// <summary>A programme in Seoul with a department, an activity and a paper, in which the first person has a place.</summary>
    private static async Task PlacedAsync(TestHub hub, string id)
    {
        var network = hub.Grains.GetGrain<ConsultHub.Networks.INetworkGrain>("ehs");
        if (await network.GetAsync() is null)
            Assert.IsType<RecordsEdited>(
                await network.EditAsync(
                    Actor.System,
                    new(
                        Guid.NewGuid(),
                        [
                            RecordEdit.Put(new ConsultHub.Networks.NetworkProfile(new("ehs"), new("EHS"), "Asia/Dubai")),
                            RecordEdit.Put(new ConsultHub.Networks.Partner(new("asan"), new("Asan"), "Asia/Seoul")),
                        ]
                    )
                )
            );
        Assert.Null(
            Code(
                await EditAsync(
                    hub,
                    id,
                    null,
                    RecordEdit.Put(Sample.Profile with { Id = new(id), Admission = Admission.FirstCome }),
                    RecordEdit.Put(Sample.Cohort),
                    RecordEdit.Put(RotationRulesTests.Programme.Departments[0]),
                    RecordEdit.Put(RotationRulesTests.Programme.Activities[0]),
                    RecordEdit.Put(new ProgrammeRequirement("visa", DocumentKind.Visa, new("Visa"), true, Responsible.Sender))
                )
            )
        );
        Assert.Null((await Programme(hub, id).DecideAsync(new(Sample.Person(1), Role.Trainee), Sample.Applying)).Code);
    }

    private static async Task<List<Stay>> StaysAsync(TestHub hub)
    {
        var state = await hub.Grains.GetGrain<IConsultantGrain>(Sample.Person(1).Value).StaysAsync();
        return [.. state.OrderBy(s => s.From)];
    }

    private static Task UntilStaysAsync(TestHub hub, params (string Programme, string To)[] wanted) =>
        RosterHub.UntilAsync(
            async () =>
                (await StaysAsync(hub))
                    .Select(s => (s.Programme.Value, s.To, s.HeldUntil))
                    .SequenceEqual(wanted.Select(w => (w.Programme, At(w.To), (DateTimeOffset?)null))),
            "the stays of the person are as the programmes say"
        );

    /// <summary>A clinic of one hour.</summary>
    private static Engagement In(string start) =>
        new()
        {
            Id = new("e"),
            Kind = EngagementKind.ClinicalVisit,
            Title = "Clinic",
            Hospital = new("h1"),
            Specialty = "cardiology",
            Start = At(start),
            End = At(start).AddHours(1),
        };

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, null);
}
