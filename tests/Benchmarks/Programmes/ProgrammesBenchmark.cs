using System.Collections.Immutable;
using System.Diagnostics;
using ConsultHub.Benchmarks.Live;
using ConsultHub.Benchmarks.Roster;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using Microsoft.Data.Sqlite;
using static ConsultHub.Benchmarks.Figures;

namespace ConsultHub.Benchmarks.Programmes;

/// <summary>
/// Measures lists and searches over 1,000 programmes with 10,000 applications and over 500 initiatives, beside plain queries of the same
/// rows in the same run. Measures also whether an application costs more in a network with 1,000 programmes than in one with 10.
/// </summary>
internal static class ProgrammesBenchmark
{
    internal const int Many = 1_000,
        ApplicationsOfEach = 10,
        Initiatives = 500;

    private const int Few = 10,
        Rounds = 6,
        PerRound = 200;

    private static readonly NetworkId Small = new("small");
    private static readonly string[] Subjects = ["liver transplantation", "stroke care", "cardiac imaging", "oncology", "intensive care"];

    public static async Task RunAsync(Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            await using var web = await BenchWeb.StartAsync(folder);
            await BenchNetwork.EnterAsync(web.Grains);
            await web
                .Grains.GetGrain<INetworkGrain>(Small.Value)
                .PutAsync(
                    BenchNetwork.Coordinator,
                    new Network
                    {
                        Id = Small,
                        Name = new("Small"),
                        TimeZone = "Asia/Dubai",
                    }
                );
            await EnterAsync(web.Grains, Small, Few);
            await EnterAsync(web.Grains, BenchNetwork.Id, Many);
            await InitiativesAsync(web.Grains);
            using var http = new HttpClient { BaseAddress = web.Address };
            http.DefaultRequestHeaders.Add("Cookie", web.CookieOf(BenchNetwork.Coordinator.Person, Guid.NewGuid()));
            await ListAsync(figures, http);
            await ChangesAsync(figures, web.Grains);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static string IdOf(NetworkId network, int n) => $"{network}-{n:0000}";

    private static string NameOf(int n) => $"Programme {n} in {Subjects[n % Subjects.Length]}";

    /// <summary>Enters programmes with one cohort each, and ten applications for it. Five of them get a place.</summary>
    internal static async Task EnterAsync(IGrainFactory grains, NetworkId network, int count)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var some in Enumerable.Range(0, count).Chunk(50))
            await Task.WhenAll(
                some.Select(async n =>
                {
                    var programme = grains.GetGrain<IProgrammeGrain>(IdOf(network, n));
                    var profile = new ProgrammeProfile(
                        new(IdOf(network, n)),
                        network,
                        (ProgrammeKind)(n % 7),
                        new(NameOf(n), null, $"프로그램 {n}"),
                        new("Four weeks with the team."),
                        null,
                        new("asan"),
                        [],
                        AtPartner: true,
                        ["en"],
                        BenchNetwork.Coordinator.Person,
                        null,
                        1,
                        Admission.FirstCome,
                        Public: false
                    );
                    var cohort = new Cohort(
                        "c",
                        new("Cohort"),
                        today.AddDays(60),
                        today.AddDays(90),
                        DateTimeOffset.UtcNow.AddDays(30),
                        ApplicationsOfEach / 2,
                        7
                    );
                    ImmutableArray<RecordEdit> edits = [RecordEdit.Put(profile), RecordEdit.Put(cohort)];
                    if (await programme.EditAsync(BenchNetwork.Coordinator, new(Guid.NewGuid(), edits)) is RecordsRefused refused)
                        throw new InvalidOperationException(refused.Faults[0].Message);
                    for (var a = 0; a < ApplicationsOfEach; a++)
                        await ApplyAsync(programme, $"t-{IdOf(network, n)}-{a}");
                })
            );
    }

    private static async Task ApplyAsync(IProgrammeGrain programme, string person)
    {
        var reply = await programme.DecideAsync(new(new(person), Role.Trainee), new Apply { CommandId = Guid.NewGuid(), Cohort = "c" });
        if (reply.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
    }

    internal static async Task InitiativesAsync(IGrainFactory grains)
    {
        foreach (var some in Enumerable.Range(0, Initiatives).Chunk(50))
            await Task.WhenAll(
                some.Select(async n =>
                {
                    var profile = new InitiativeProfile(
                        new($"i-{n:000}"),
                        BenchNetwork.Id,
                        InitiativeKind.JointResearch,
                        new($"Initiative {n} in {Subjects[n % Subjects.Length]}"),
                        new("To learn together."),
                        null,
                        null,
                        [],
                        BenchNetwork.Coordinator.Person,
                        null,
                        InitiativeStage.Idea
                    );
                    if (
                        await grains
                            .GetGrain<IInitiativeGrain>(profile.Id.Value)
                            .EditAsync(BenchNetwork.Coordinator, new(Guid.NewGuid(), [RecordEdit.Put(profile)]))
                        is RecordsRefused refused
                    )
                        throw new InvalidOperationException(refused.Faults[0].Message);
                })
            );
    }

    /// <summary>
    /// Compares lists with the same answers of a plain ASP.NET Core endpoint, which queries SQLite tables and knows no rights.
    /// </summary>
    private static async Task ListAsync(Figures figures, HttpClient http)
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        Fill(database);
        await using var plainHub = await PlainRows.StartAsync(database);
        using var plainHttp = new HttpClient { BaseAddress = new(plainHub.Urls.First()) };
        const string Taken =
            "SELECT p.id, p.name, count(a.person) FROM p LEFT JOIN a ON a.programme = p.id AND a.accepted = 1 WHERE {0} "
            + "GROUP BY p.id ORDER BY p.name LIMIT 50";
        foreach (
            var (what, address, sql) in ((string, string, string)[])
                [
                    ($"first page of {Many:N0} programmes with free places", "programmes?take=50&", string.Format(null, Taken, "1")),
                    ("search for programmes", "programmes?search=STROKE&take=50&", string.Format(null, Taken, "p.name LIKE '%stroke%'")),
                    (
                        $"search in {Initiatives} initiatives",
                        "tables/initiatives?search=oncology&take=50&",
                        "SELECT id, name, 0 FROM i WHERE name LIKE '%oncology%' ORDER BY name LIMIT 50"
                    ),
                    (
                        "applications of one programme",
                        $"topics/programme/{IdOf(BenchNetwork.Id, 500)}/applications?",
                        $"SELECT person, programme, accepted FROM a WHERE programme = '{IdOf(BenchNetwork.Id, 500)}'"
                    ),
                ]
        )
        {
            var (hub, plain) = (
                await PlainRows.AskAsync(http, $"/api/{address}network={BenchNetwork.Id}"),
                await PlainRows.AskAsync(plainHttp, $"/rows?sql={Uri.EscapeDataString(sql)}")
            );
            figures.Add(
                $"{what}, {PlainRows.Callers} callers, p50 and p99",
                "100 ms p99",
                $"{Ms(hub.P50)} and {Ms(hub.P99)}",
                $"{Ms(plain.P50)} and {Ms(plain.P99)}"
            );
        }
    }

    private static void Fill(SqliteConnection database)
    {
        using var create = database.CreateCommand();
        create.CommandText =
            "CREATE TABLE p (id TEXT PRIMARY KEY, name TEXT); CREATE TABLE i (id TEXT PRIMARY KEY, name TEXT); "
            + "CREATE TABLE a (programme TEXT, person TEXT, accepted INT); CREATE INDEX ai ON a (programme)";
        create.ExecuteNonQuery();
        using var transaction = database.BeginTransaction();
        for (var n = 0; n < Many; n++)
        {
            Insert("INSERT INTO p VALUES ($a, $b)", IdOf(BenchNetwork.Id, n), NameOf(n), 0);
            for (var a = 0; a < ApplicationsOfEach; a++)
                Insert("INSERT INTO a VALUES ($a, $b, $c)", IdOf(BenchNetwork.Id, n), $"t-{n}-{a}", a < ApplicationsOfEach / 2 ? 1 : 0);
        }
        for (var n = 0; n < Initiatives; n++)
            Insert("INSERT INTO i VALUES ($a, $b)", $"i-{n:000}", $"Initiative {n} in {Subjects[n % Subjects.Length]}", 0);
        transaction.Commit();

        void Insert(string sql, string a, string b, int c)
        {
            using var insert = database.CreateCommand();
            insert.CommandText = sql;
            insert.Parameters.AddWithValue("$a", a);
            insert.Parameters.AddWithValue("$b", b);
            insert.Parameters.AddWithValue("$c", c);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Applications in both networks in turn, so that both meet the same disturbances.</summary>
    private static async Task ChangesAsync(Figures figures, IGrainFactory grains)
    {
        List<double> few = [],
            many = [];
        for (var round = 0; round < Rounds; round++)
        for (var n = 0; n < PerRound; n++)
            foreach (var (network, times) in new[] { (Small, few), (BenchNetwork.Id, many) })
            {
                var start = Stopwatch.GetTimestamp();
                await ApplyAsync(grains.GetGrain<IProgrammeGrain>(IdOf(network, 3)), $"u-{network}-{round}-{n}");
                if (round > 0) // the first round is a rehearsal
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        var (small, large) = (Latencies.Of(1, default, few), Latencies.Of(1, default, many));
        figures.Add(
            $"an application in a network of {Many:N0} programmes, beside one of {Few}, p50 and p99",
            "1.1 times",
            $"{Ms(large.P50)} and {Ms(large.P99)}",
            $"{Ms(small.P50)} and {Ms(small.P99)}"
        );
    }
}
