using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ConsultHub.Benchmarks.Live;
using ConsultHub.Benchmarks.Programmes;
using ConsultHub.Benchmarks.Roster;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Rostering;
using Microsoft.Data.Sqlite;
using static ConsultHub.Benchmarks.Figures;

namespace ConsultHub.Benchmarks.Scorecards;

/// <summary>
/// Measures a scorecard of five years over HTTP: 260 weeks of 250 engagements. Beside it, in the same run, a table in SQLite has the same
/// engagements as rows, and plain statements sum them. The scorecard also asks 260 rosters what is new. Then 1,000 programmes with 10,000
/// applications and 500 initiatives are entered, and the scorecard is measured again.
/// </summary>
internal static class ScorecardsBenchmark
{
    private const int Weeks = 260,
        PerWeek = 250,
        People = 120,
        Callers = 2;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);
    private static readonly Week Last = Week.Of(DateTimeOffset.UtcNow.AddDays(-7), TimeZoneInfo.Utc);

    public static async Task RunAsync(Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            await using var web = await BenchWeb.StartAsync(folder);
            using var database = new SqliteConnection("Data Source=:memory:");
            database.Open();
            await FillAsync(web.Grains, database);
            using var http = new HttpClient { BaseAddress = web.Address };
            http.DefaultRequestHeaders.Add("Cookie", web.CookieOf(BenchNetwork.Coordinator.Person, Guid.NewGuid()));
            var period = string.Create(
                CultureInfo.InvariantCulture,
                $"from={Last.Monday.AddDays(-7 * (Weeks - 1)):yyyy-MM-dd}&to={Last.Monday.AddDays(6):yyyy-MM-dd}"
            );
            var began = Stopwatch.GetTimestamp();
            await http.GetStringAsync($"api/scorecards/{BenchNetwork.Id}?{period}");
            var first = Stopwatch.GetElapsedTime(began);
            var plain = await Latencies.MeasureAsync(1, Each, (_, _) => Task.FromResult(Sum(database) > 0));
            foreach (
                var (what, address) in ((string, string)[])
                    [
                        ("scorecard of five years", $"?{period}"),
                        ("the same of one hospital", $"?{period}&hospital=h-1"),
                        ("first page of the rows behind a figure", $"/rows?figure=operations&{period}"),
                    ]
            )
                await MeasureAsync($"{what}, {Weeks * PerWeek:N0} engagements", address, $"{Ms(plain.P50)} and {Ms(plain.P99)}");
            await ProgrammesBenchmark.EnterAsync(web.Grains, BenchNetwork.Id, ProgrammesBenchmark.Many);
            await ProgrammesBenchmark.InitiativesAsync(web.Grains);
            await SpreadAsync(web.Grains);
            await http.GetStringAsync($"api/scorecards/{BenchNetwork.Id}?{period}");
            await MeasureAsync(
                $"scorecard of five years with {ProgrammesBenchmark.Many:N0} programmes and {ProgrammesBenchmark.Initiatives} initiatives",
                $"?{period}",
                ""
            );
            await MeasureAsync("first page of the cohorts behind a figure", $"/rows?figure=trainedPeople&{period}", "");
            figures.Add("the first scorecard of a web node", "", Ms(first.TotalMilliseconds));

            async Task MeasureAsync(string what, string address, string plainly)
            {
                var hub = await Latencies.MeasureAsync(
                    Callers,
                    Each,
                    async (_, _) => (await http.GetByteArrayAsync($"api/scorecards/{BenchNetwork.Id}{address}")).Length > 100
                );
                figures.Add($"{what}, {Callers} callers, p50 and p99", "300 ms p99", $"{Ms(hub.P50)} and {Ms(hub.P99)}", plainly);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Gives each programme two hosts, and moves its cohort to a day of the five years. Nobody could apply for it there. Gives each
    /// initiative four publications.
    /// </summary>
    private static async Task SpreadAsync(IGrainFactory grains)
    {
        foreach (var some in Enumerable.Range(0, ProgrammesBenchmark.Many).Chunk(50))
            await Task.WhenAll(
                some.Select(async n =>
                {
                    var grain = grains.GetGrain<IProgrammeGrain>(ProgrammesBenchmark.IdOf(BenchNetwork.Id, n));
                    var programme = (await grain.GetAsync())!;
                    var from = DayOf(n * Weeks * 7 / ProgrammesBenchmark.Many);
                    var cohort = programme.Cohorts[0] with
                    {
                        From = from,
                        To = from.AddDays(30),
                        ApplyBy = new(from.AddDays(-30).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                    };
                    var profile = programme.Profile with { Hospitals = [new($"h-{n % 10}"), new($"h-{(n + 1) % 10}")] };
                    await EditAsync(grain, RecordEdit.Put(profile), RecordEdit.Put(cohort));
                })
            );
        foreach (var some in Enumerable.Range(0, ProgrammesBenchmark.Initiatives).Chunk(50))
            await Task.WhenAll(
                some.Select(n =>
                    EditAsync(
                        grains.GetGrain<IInitiativeGrain>($"i-{n:000}"),
                        [
                            .. Enumerable
                                .Range(0, 4)
                                .Select(o => new ResearchOutput($"o-{o}", OutputKind.Publication, "A paper", Date: DayOf(n + (365 * o)))
                                {
                                    Doi = $"10.1000/{n}-{o}",
                                })
                                .Select(output => RecordEdit.Put(output)),
                        ]
                    )
                )
            );

        static async Task EditAsync(IRecordOwner owner, params ImmutableArray<RecordEdit> edits)
        {
            if (await owner.EditAsync(BenchNetwork.Coordinator, new(Guid.NewGuid(), edits)) is RecordsRefused refused)
                throw new InvalidOperationException(refused.Faults[0].Message);
        }

        static DateOnly DayOf(int day) => Last.Monday.AddDays(-day);
    }

    private static async Task FillAsync(IGrainFactory grains, SqliteConnection database)
    {
        await grains
            .GetGrain<INetworkGrain>(BenchNetwork.Id.Value)
            .PutAsync(
                BenchNetwork.Coordinator,
                new Network
                {
                    Id = BenchNetwork.Id,
                    Name = new("Bench"),
                    TimeZone = "Asia/Dubai",
                    Policy = new()
                    {
                        Credential = Strictness.Ignore,
                        Visit = Strictness.Ignore,
                        HospitalLimit = Strictness.Ignore,
                    },
                }
            );
        for (var h = 0; h < 10; h++)
            await grains
                .GetGrain<IHospitalGrain>($"h-{h}")
                .PutAsync(
                    BenchNetwork.Coordinator,
                    new Hospital
                    {
                        Id = new($"h-{h}"),
                        Network = BenchNetwork.Id,
                        Name = new("Bench"),
                        City = "Dubai",
                        TimeZone = "Asia/Dubai",
                    }
                );
        await Task.WhenAll(
            Enumerable
                .Range(0, People)
                .Select(i =>
                    grains
                        .GetGrain<IConsultantGrain>($"c-{i}")
                        .PutAsync(
                            BenchNetwork.Coordinator,
                            new Consultant
                            {
                                Id = new($"c-{i}"),
                                Name = new("Bench"),
                                HomeTimeZone = "Asia/Seoul",
                                Home = new PartnerId($"p-{i % 3}"),
                                Networks = [BenchNetwork.Id],
                                Visits = VisitsOf(i),
                            }
                        )
                )
        );
        using var create = database.CreateCommand();
        create.CommandText = "CREATE TABLE e (kind INT, month TEXT, hospital TEXT, specialty TEXT, partner TEXT, count INT)";
        create.ExecuteNonQuery();
        using var transaction = database.BeginTransaction();
        for (var (n, week) = (0, Last); n < Weeks; n++, week = week.Previous)
        {
            var plans = Enumerable.Range(0, PerWeek).Select(i => NewPlan(week, i)).ToList();
            foreach (var some in plans.SelectMany(p => (RosterCommand[])[p, NewCompletion(p)]).Chunk(CommandLimits.MostCommands))
            {
                var replies = await grains.GetGrain<IRosterGrain>($"{BenchNetwork.Id}/{week}").DecideAllAsync(Actor.System, [.. some]);
                if (replies is not [Decided, ..])
                    throw new InvalidOperationException($"A week was not planned: {replies[0]}");
            }
            foreach (var plan in plans)
                Insert(database, plan);
        }
        transaction.Commit();
    }

    /// <summary>Two stays a year.</summary>
    private static ImmutableArray<Visit> VisitsOf(int person) =>
        [
            .. Enumerable
                .Range(0, Weeks / 26)
                .Select(n =>
                {
                    var arrival = Last.StartIn(TimeZoneInfo.Utc).AddDays((-7 * 26 * n) - (person % 90));
                    return new Visit(new($"v-{person}-{n}"), BenchNetwork.Id, arrival, arrival.AddDays(12));
                }),
        ];

    private static Plan NewPlan(Week week, int i)
    {
        var start = week.StartIn(TimeZoneInfo.Utc).AddDays(i % 5).AddHours(5 + (2 * (i / 5 / People)));
        return new Plan
        {
            CommandId = Guid.NewGuid(),
            Engagement = new($"e-{i}"),
            Kind = (EngagementKind)(i % Enum.GetValues<EngagementKind>().Length),
            Title = $"Engagement {i}",
            Hospital = new($"h-{i % 10}"),
            Consultants = [new($"c-{i / 5 % People}")],
            Specialty = Specialties.All[i % Specialties.All.Length].Code,
            Start = start,
            End = start.AddHours(1),
            Confirmed = true,
            Quiet = true,
        };
    }

    private static Complete NewCompletion(Plan plan) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = plan.Engagement,
            Work = new(1, 1, 1, 1, 1),
        };

    private static void Insert(SqliteConnection database, Plan plan)
    {
        using var insert = database.CreateCommand();
        insert.CommandText = "INSERT INTO e VALUES ($kind, $month, $hospital, $specialty, $partner, 1)";
        insert.Parameters.AddWithValue("$kind", (int)plan.Kind);
        insert.Parameters.AddWithValue("$month", plan.Start.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        insert.Parameters.AddWithValue("$hospital", plan.Hospital.Value);
        insert.Parameters.AddWithValue("$specialty", plan.Specialty);
        insert.Parameters.AddWithValue("$partner", $"p-{plan.Consultants[0].Value[^1]}");
        insert.ExecuteNonQuery();
    }

    /// <summary>The sums that a scorecard has: by kind, and by kind and each of the four parts.</summary>
    private static long Sum(SqliteConnection database)
    {
        long lines = 0;
        foreach (var by in (string[])["kind", "kind, month", "kind, hospital", "kind, specialty", "kind, partner"])
        {
            using var command = database.CreateCommand();
            command.CommandText = $"SELECT {by}, COUNT(*), SUM(count) FROM e GROUP BY {by}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                lines++;
        }
        return lines;
    }
}
