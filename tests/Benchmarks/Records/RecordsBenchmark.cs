using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConsultHub.Benchmarks.Live;
using ConsultHub.Benchmarks.Roster;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Microsoft.Data.Sqlite;
using static ConsultHub.Benchmarks.Figures;

namespace ConsultHub.Benchmarks.Records;

/// <summary>
/// Measures lists and searches over 5,000 consultants beside plain queries of the same rows in the same run, how soon 16 rosters have
/// checked their engagements after a fact has changed, and how long the preview of a large file takes.
/// </summary>
internal static class RecordsBenchmark
{
    private const int People = 5_000,
        Weeks = 16,
        PerWeek = 40,
        Changes = 20,
        FileRows = 20_000;

    /// <summary>A second change within this time is told together with later ones. See <c>OutboxPump</c>.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.2);

    private static readonly HospitalId Hospital = new("h-records");
    private static readonly PersonId Busy = new("c-busy");
    private static readonly string[] Family = ["Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Cho", "Yoon", "Jang", "Lim"],
        Korean = ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임"];

    public static async Task RunAsync(Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            await using var web = await BenchWeb.StartAsync(folder);
            await BenchNetwork.EnterAsync(web.Grains);
            var people = Enumerable.Range(0, People).Select(NewConsultant).ToList();
            foreach (var some in people.Chunk(100))
                await Task.WhenAll(
                    some.Select(c => web.Grains.GetGrain<IConsultantGrain>(c.Id.Value).PutAsync(BenchNetwork.Coordinator, c))
                );
            using var http = new HttpClient { BaseAddress = web.Address };
            http.DefaultRequestHeaders.Add("Cookie", web.CookieOf(BenchNetwork.Coordinator.Person, Guid.NewGuid()));
            http.DefaultRequestHeaders.Add("X-Hub", "1");
            await ListAsync(figures, http, people);
            await RecheckAsync(figures, web.Grains);
            await PreviewAsync(figures, http);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Consultant NewConsultant(int i) =>
        new()
        {
            Id = new($"c-{i:00000}"),
            Name = new($"{Family[i % 10]} Number {i / 10}", null, $"{Korean[i % 10]}번호{i / 10}"),
            HomeTimeZone = "Asia/Seoul",
            Specialties = [Specialties.All[i % Specialties.All.Length].Code],
            Languages = ["ko", "en"],
            Networks = [BenchNetwork.Id],
        };

    /// <summary>
    /// Compares lists with the same answers of a plain ASP.NET Core endpoint, which queries a SQLite table and knows no rights.
    /// </summary>
    private static async Task ListAsync(Figures figures, HttpClient http, List<Consultant> people)
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        Fill(database, people);
        await using var plainHub = await PlainRows.StartAsync(database);
        using var plainHttp = new HttpClient { BaseAddress = new(plainHub.Urls.First()) };
        foreach (
            var (what, query, sql) in ((string, string, string)[])
                [
                    ("first page of 5,000 consultants by name", "sort=name.en", "ORDER BY name LIMIT 50"),
                    ("search for a Korean name", "search=%EA%B9%80%EB%B2%88%ED%98%B84", "WHERE text LIKE '%김번호4%' LIMIT 50"),
                    (
                        "filter, sort and page",
                        "specialties=cardiology&sort=name.ko&descending=true&offset=100",
                        "WHERE specialty = 'cardiology' ORDER BY korean DESC LIMIT 50 OFFSET 100"
                    ),
                ]
        )
        {
            var (hub, plain) = (
                await PlainRows.AskAsync(http, $"/api/tables/consultants?network={BenchNetwork.Id}&{query}"),
                await PlainRows.AskAsync(plainHttp, $"/rows?sql={Uri.EscapeDataString($"SELECT id, name, korean, specialty FROM c {sql}")}")
            );
            figures.Add(
                $"{what}, {PlainRows.Callers} callers, p50 and p99",
                "100 ms p99",
                $"{Ms(hub.P50)} and {Ms(hub.P99)}",
                $"{Ms(plain.P50)} and {Ms(plain.P99)}"
            );
        }
    }

    private static void Fill(SqliteConnection database, List<Consultant> people)
    {
        using var create = database.CreateCommand();
        create.CommandText = "CREATE TABLE c (id TEXT, name TEXT, korean TEXT, specialty TEXT, text TEXT)";
        create.ExecuteNonQuery();
        using var transaction = database.BeginTransaction();
        foreach (var c in people)
        {
            using var insert = database.CreateCommand();
            insert.CommandText = "INSERT INTO c VALUES ($id, $name, $korean, $specialty, $text)";
            insert.Parameters.AddWithValue("$id", c.Id.Value);
            insert.Parameters.AddWithValue("$name", c.Name.En);
            insert.Parameters.AddWithValue("$korean", c.Name.Ko);
            insert.Parameters.AddWithValue("$specialty", c.Specialties[0]);
            insert.Parameters.AddWithValue("$text", $"{c.Id} {c.Name.En} {c.Name.Ko} {c.Specialties[0]}");
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    /// <summary>Measures from a change of a hospital until all rosters that use it have marked their engagements.</summary>
    private static async Task RecheckAsync(Figures figures, IGrainFactory grains)
    {
        var first = BenchNetwork.Week;
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");
        var from = first.StartIn(zone);
        var hospital = grains.GetGrain<IHospitalGrain>(Hospital.Value);
        var open = new Hospital
        {
            Id = Hospital,
            Network = BenchNetwork.Id,
            Name = new("Hospital"),
            City = "Dubai",
            TimeZone = "Asia/Dubai",
            Rooms = [new(new("r-1"), new("Room"), 10)],
        };
        await hospital.PutAsync(BenchNetwork.Coordinator, open);
        await grains
            .GetGrain<IConsultantGrain>(Busy.Value)
            .PutAsync(
                BenchNetwork.Coordinator,
                NewConsultant(0) with
                {
                    Id = Busy,
                    Specialties = ["cardiology"],
                    Credentials = [new(Hospital, "cardiology", from.AddDays(-1), from.AddDays(7 * Weeks))],
                    Visits = [new(new("v-1"), BenchNetwork.Id, from.AddDays(-1), from.AddDays(7 * Weeks))],
                }
            );
        var rosters = new List<IRosterGrain>();
        for (var (week, n) = (first, 0); n < Weeks; (week, n) = (week.Next, n + 1))
        {
            var roster = grains.GetGrain<IRosterGrain>($"{BenchNetwork.Id}/{week}");
            rosters.Add(roster);
            for (var i = 0; i < PerWeek; i++)
            {
                var start = week.StartIn(zone).AddDays(i / 8).AddHours(8 + (i % 8));
                var plan = new Plan
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new($"w{n}-{i}"),
                    Kind = EngagementKind.Consultation,
                    Title = "Consultation",
                    Hospital = Hospital,
                    Room = new("r-1"),
                    Consultants = [Busy],
                    Specialty = "cardiology",
                    Start = start,
                    End = start.AddMinutes(50),
                };
                if (await roster.DecideAsync(BenchNetwork.Coordinator, plan) is Refused refused)
                    throw new InvalidOperationException(refused.Findings[0].Message);
            }
        }
        List<double> took = [];
        for (var i = 0; i < Changes; i++)
        {
            var isClosed = i % 2 == 0;
            await Task.Delay(Rest);
            var start = Stopwatch.GetTimestamp();
            await hospital.PutAsync(
                BenchNetwork.Coordinator,
                open with
                {
                    Closures = isClosed ? [new(null, from, from.AddDays(7 * Weeks), "all")] : [],
                }
            );
            await Task.WhenAll(rosters.Select(roster => UntilMarkedAsync(roster, isClosed)));
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var times = Latencies.Of(1, default, took);
        figures.Add(
            $"a changed fact until {Weeks} rosters with {PerWeek} engagements each are re-checked, p50 and largest",
            "500 ms",
            $"{Ms(times.P50)} and {Ms(took.Max())}"
        );
    }

    private static async Task UntilMarkedAsync(IRosterGrain roster, bool marked)
    {
        while ((await roster.ReadSinceAsync(null)).Items.OfType<Engagement>().Any(e => e.Attention.IsEmpty == marked))
            await Task.Delay(2);
    }

    private static async Task PreviewAsync(Figures figures, HttpClient http)
    {
        var file = new StringBuilder("consultant,hospital,specialty,from,to,licence\n");
        for (var i = 0; i < FileRows; i++)
            file.Append(
                CultureInfo.InvariantCulture,
                $"c-{i % People:00000},{Hospital},{Specialties.All[i / People].Code},2027-01-01,2027-12-31,L-{i}\n"
            );
        var start = Stopwatch.GetTimestamp();
        using var body = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
        using var answer = await http.PostAsync($"/api/tables/credentials?network={BenchNetwork.Id}&preview=true", body);
        var report = await answer.Content.ReadAsStringAsync();
        if (!report.Contains($"\"added\":{FileRows},", StringComparison.Ordinal))
            throw new InvalidOperationException(report[..Math.Min(report.Length, 500)]);
        figures.Add(
            $"preview of {FileRows:N0} credentials of {People:N0} consultants",
            "10 s",
            FormattableString.Invariant($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s")
        );
    }
}
