using System.Collections.Immutable;
using System.Net.Http.Json;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Scorecards;
using ConsultHub.Web.Scorecards;
using static ConsultHub.Tests.Scorecards.ScorecardHub;

namespace ConsultHub.Tests.Scorecards;

/// <summary>
/// The figures of education programmes and research, over HTTP. The cohorts of the tests are of 2025, so they are over. A place is accepted
/// before its cohort is moved there, because nobody can apply for a cohort that has begun.
/// </summary>
public sealed class EducationAndResearchTests
{
    private static readonly PersonId Park = new("p-park"),
        Lee = new("p-lee"),
        Choi = new("p-choi");

    private static readonly Figure[] New =
    [
        Figure.Electives,
        Figure.Trainings,
        Figure.LeadershipCohorts,
        Figure.TrainedPeople,
        Figure.JointInitiatives,
        Figure.Publications,
    ];

    private static string ThisYear =>
        $"from={DateTimeOffset.UtcNow.AddDays(-200):yyyy-MM-dd}&to={DateTimeOffset.UtcNow.AddDays(1):yyyy-MM-dd}";

    private static async Task EditAsync(IRecordOwner owner, params ImmutableArray<RecordEdit> edits) =>
        Assert.IsType<RecordsEdited>(await owner.EditAsync(Actor.System, new(Guid.NewGuid(), edits)));

    private static Cohort CohortOf(int year) =>
        new("c", new("Spring"), new(year, 3, 1), new(year, 3, 31), new DateTimeOffset(year, 2, 1, 0, 0, 0, TimeSpan.Zero), 10, 7);

    /// <summary>A programme with one cohort in March 2025, and people with a place.</summary>
    private static async Task<IProgrammeGrain> ProgrammeAsync(
        ScorecardHub hub,
        string id,
        ProgrammeKind kind,
        PartnerId? partner,
        ImmutableArray<HospitalId> hosts,
        params PersonId[] people
    )
    {
        var programme = hub.Grains.GetGrain<IProgrammeGrain>(id);
        var profile = new ProgrammeProfile(
            new(id),
            new("ehs"),
            kind,
            new($"Programme {id}"),
            new("Four weeks."),
            "s-0",
            partner,
            hosts,
            AtPartner: false,
            ["en"],
            new("p-director"),
            null,
            1,
            Admission.FirstCome,
            Public: false
        );
        await EditAsync(programme, RecordEdit.Put(profile), RecordEdit.Put(CohortOf(2199)));
        foreach (var person in people)
            await DecideAsync(programme, person, new Apply { CommandId = Guid.NewGuid(), Cohort = "c" });
        await EditAsync(programme, RecordEdit.Put(CohortOf(2025)));
        return programme;
    }

    private static async Task DecideAsync(IProgrammeGrain programme, PersonId person, ProgrammeCommand command) =>
        Assert.Null((await programme.DecideAsync(new(person, Role.Trainee), command)).Code);

    private static Task WithdrawAsync(IProgrammeGrain programme, PersonId person) =>
        DecideAsync(programme, person, new Withdraw { CommandId = Guid.NewGuid(), Cohort = "c" });

    private static InitiativeProfile InitiativeOf(string id, InitiativeStage stage, HospitalId site, PartnerId? partner) =>
        new(
            new(id),
            new("ehs"),
            InitiativeKind.JointResearch,
            new($"Initiative {id}", null, "연구"),
            null,
            "s-0",
            partner,
            [site],
            new("p-lead"),
            null,
            stage
        );

    private static ResearchOutput Paper(string id, string? doi, DateOnly? day) =>
        new(id, OutputKind.Publication, $"Paper {id}", Date: day) { Doi = doi };

    private static async Task<Dictionary<Figure, Score>> TotalsAsync(HttpClient http, string query = Period) =>
        (await ReadAsync(http, query)).Where(f => New.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value.Total);

    private static Dictionary<Figure, Score> Totals(params (Figure Figure, int Planned, int Done)[] some) =>
        New.ToDictionary(f => f, f => some.Where(s => s.Figure == f).Select(s => new Score(s.Planned, s.Done, 0)).SingleOrDefault());

    [Fact]
    public async Task Places_and_cohorts_are_counted_and_who_gives_a_place_up_is_not()
    {
        await using var hub = new ScorecardHub();
        await hub.SeedAsync([], ["s-0"]);
        var elective = await ProgrammeAsync(hub, "p-a", ProgrammeKind.Fellowship, Partners[0], [Places[0], Places[1]], Park, Lee);
        await ProgrammeAsync(hub, "p-b", ProgrammeKind.Leadership, Partners[1], [Places[2]], Park, Lee, Choi);
        await ProgrammeAsync(hub, "p-c", ProgrammeKind.SmartTechnology, null, [Places[2]]);
        using var coordinator = hub.As(Role.Coordinator);
        Assert.Equal(
            Totals((Figure.Electives, 2, 2), (Figure.LeadershipCohorts, 1, 1), (Figure.Trainings, 1, 0), (Figure.TrainedPeople, 3, 3)),
            await TotalsAsync(coordinator)
        );
        // Two hosts count twice as parts and once in all. The rows add up to the total and have the name of the programme.
        var electives = (await ReadAsync(coordinator))[Figure.Electives];
        Assert.Equal(["h-a", "h-b"], electives.Hospitals.Select(h => h.Id));
        Assert.Equal([new("s-0", new(2, 2, 0))], electives.Specialties);
        var line = Assert.Single((await RowsAsync(coordinator, $"figure=electives&{Period}")).Rows);
        Assert.Equal(("cohort", "p-a/c", "Programme p-a · Spring", 2), (line.Thing.Kind, line.Thing.Id, line.Thing.Title, line.Done));
        Assert.Contains("cohort,p-a/c", await TextAsync(coordinator, $"rows.csv?figure=electives&{Period}"), StringComparison.Ordinal);

        // Parts: a filter, a hospital and a partner.
        Assert.Equal(Totals((Figure.Electives, 2, 2)), await TotalsAsync(coordinator, $"{Period}&hospital=h-b"));
        using var registrar = hub.As(Role.Registrar, Places[2]);
        Assert.Equal(0, (await RowsAsync(registrar, $"figure=electives&{Period}")).Count);
        Assert.Equal(1, (await RowsAsync(registrar, $"figure=leadershipCohorts&{Period}")).Count);
        using var partner = hub.As(Role.Coordinator, partner: Partners[0]);
        Assert.Equal(Totals((Figure.Electives, 2, 2)), await TotalsAsync(partner));

        await WithdrawAsync(elective, Lee);
        Assert.Equal(new Score(1, 1, 0), (await ReadAsync(coordinator))[Figure.Electives].Total);
        // A cohort that is not over has planned places only, and counts in the year of its first day.
        await EditAsync(elective, RecordEdit.Put(CohortOf(2199)));
        Assert.Equal(new Score(0, 0, 0), (await ReadAsync(coordinator))[Figure.Electives].Total);
        Assert.Equal(new Score(1, 0, 0), (await ReadAsync(coordinator, "from=2199-01-01&to=2199-12-31"))[Figure.Electives].Total);
    }

    [Fact]
    public async Task Initiatives_count_on_the_day_of_their_entry_and_publications_on_their_own_day()
    {
        await using var hub = new ScorecardHub();
        await hub.SeedAsync([], ["s-0"]);
        var grain = hub.Grains.GetGrain<IInitiativeGrain>("i-a");
        await EditAsync(grain, RecordEdit.Put(InitiativeOf("i-a", InitiativeStage.Idea, Places[0], Partners[0])));
        await EditAsync(
            hub.Grains.GetGrain<IInitiativeGrain>("i-b"),
            RecordEdit.Put(InitiativeOf("i-b", InitiativeStage.Closed, Places[1], Partners[1])),
            RecordEdit.Put(Paper("one", "10.1000/1", new(2025, 5, 1))),
            RecordEdit.Put(Paper("no-doi", null, new(2025, 5, 1))),
            RecordEdit.Put(Paper("no-day", "10.1000/2", null))
        );
        using var coordinator = hub.As(Role.Coordinator);
        Assert.Equal(Totals((Figure.Publications, 1, 1)), await TotalsAsync(coordinator));
        Assert.Equal(Totals((Figure.JointInitiatives, 2, 1)), await TotalsAsync(coordinator, ThisYear));
        await EditAsync(
            grain,
            RecordEdit.Put(InitiativeOf("i-a", InitiativeStage.Closed, Places[0], Partners[0])),
            RecordEdit.Put(Paper("two", "10.1000/3", new(2025, 6, 1)))
        );
        Assert.Equal(Totals((Figure.Publications, 2, 2)), await TotalsAsync(coordinator));
        Assert.Equal(Totals((Figure.JointInitiatives, 2, 2)), await TotalsAsync(coordinator, ThisYear));
        using var registrar = hub.As(Role.Registrar, Places[0]);
        var line = Assert.Single((await RowsAsync(registrar, $"figure=jointInitiatives&{ThisYear}")).Rows);
        Assert.Equal(("initiative", "i-a", "연구"), (line.Thing.Kind, line.Thing.Id, line.Thing.Name?.Ko));
        Assert.Equal("i-a/two", Assert.Single((await RowsAsync(registrar, $"figure=publications&{Period}")).Rows).Thing.Id);
    }

    [Fact]
    public async Task A_report_stays_the_same_after_later_changes_and_one_of_an_earlier_release_has_no_new_figure()
    {
        await using var hub = new ScorecardHub();
        await hub.SeedAsync([], ["s-0"]);
        var programme = await ProgrammeAsync(hub, "p-a", ProgrammeKind.StaffTraining, Partners[0], [Places[0]], Park, Lee);
        var gone = await ProgrammeAsync(hub, "p-gone", ProgrammeKind.StaffTraining, Partners[0], [Places[0]]);
        var initiative = hub.Grains.GetGrain<IInitiativeGrain>("i-a");
        await EditAsync(
            initiative,
            RecordEdit.Put(InitiativeOf("i-a", InitiativeStage.Idea, Places[0], Partners[0])),
            RecordEdit.Put(Paper("one", "10.1000/1", new(2025, 5, 1)))
        );
        using var coordinator = hub.As(Role.Coordinator);
        var report = await StoreAsync(coordinator);
        var (csv, rows) = (
            await TextAsync(coordinator, $"reports/{report}.csv"),
            await TextAsync(coordinator, $"rows.csv?figure=trainedPeople&report={report}")
        );
        Assert.Equal(await TextAsync(coordinator, $"figures.csv?{Period}"), csv);
        Assert.Contains("2025-12-31,trainings,total,,2,1,0", csv, StringComparison.Ordinal);

        // A report of the release before: it has neither figures nor positions of programmes.
        var question = new ReportQuestion(new(2025, 1, 1), new(2025, 12, 31), "Asia/Dubai", new(), [new() { Network = new("ehs") }]);
        var old = Guid.NewGuid();
        await hub.Grains.GetGrain<IScorecardReportsGrain>("ehs").StoreAsync(new(new("p-1"), Role.Coordinator), old, question, []);
        var oldCsv = await TextAsync(coordinator, $"reports/{old}.csv");
        Assert.Contains("2025-12-31,taught,total,,0,0,0", oldCsv, StringComparison.Ordinal);
        Assert.All(New, figure => Assert.DoesNotContain($",{figure},", oldCsv, StringComparison.OrdinalIgnoreCase));
        var answer = (
            await coordinator.GetFromJsonAsync<ScorecardsApi.ScorecardAnswer>(
                new Uri($"api/scorecards/ehs/reports/{old}", UriKind.Relative),
                HubJson.Options
            )
        )!;
        Assert.Equal(Figure.Taught, answer.Figures[^1].Figure);
        Assert.Equal(0, (await RowsAsync(coordinator, $"figure=trainings&report={old}")).Count);

        await WithdrawAsync(programme, Park);
        await EditAsync(gone, new(new("cohort", "c"), null), new(new("profile"), null));
        await ProgrammeAsync(hub, "p-new", ProgrammeKind.Leadership, null, [Places[1]], Choi);
        await EditAsync(
            initiative,
            RecordEdit.Put(InitiativeOf("i-a", InitiativeStage.Closed, Places[1], Partners[1])),
            new(new("output", "one"), null)
        );
        Assert.Equal(
            Totals((Figure.Trainings, 1, 1), (Figure.TrainedPeople, 2, 2), (Figure.LeadershipCohorts, 1, 1)),
            await TotalsAsync(coordinator)
        );
        Assert.Equal(csv, await TextAsync(coordinator, $"reports/{report}.csv"));
        Assert.Equal(rows, await TextAsync(coordinator, $"rows.csv?figure=trainedPeople&report={report}"));
        Assert.Equal(oldCsv, await TextAsync(coordinator, $"reports/{old}.csv"));
    }

    /// <summary>The hub's grains live in March 2025 here, and the web in the present.</summary>
    [Fact]
    public async Task What_is_over_in_a_report_is_decided_by_the_time_of_the_report()
    {
        await using var hub = new ScorecardHub { Hub = new() { Clock = new StandingClock() } };
        await hub.SeedAsync([], ["s-0"]);
        await ProgrammeAsync(hub, "p-a", ProgrammeKind.ResidencyElective, null, [Places[0]], Park);
        using var coordinator = hub.As(Role.Coordinator);
        Assert.Equal(new Score(1, 1, 0), (await ReadAsync(coordinator))[Figure.Electives].Total);
        var report = await StoreAsync(coordinator);
        Assert.Contains(
            "2025-12-31,electives,total,,1,0,0",
            await TextAsync(coordinator, $"reports/{report}.csv"),
            StringComparison.Ordinal
        );
    }

    /// <summary>A clock that stands on the last day of the tests' cohorts.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2025, 3, 31, 12, 0, 0, TimeSpan.Zero);
    }
}
