using System.Diagnostics;
using System.Security.Claims;
using ConsultHub.Accounts;
using ConsultHub.Benchmarks.Live;
using ConsultHub.Benchmarks.Roster;
using ConsultHub.Load.Wire;
using ConsultHub.Web;
using ConsultHub.Web.Rostering;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Benchmarks.Figures;

namespace ConsultHub.Benchmarks.Accounts;

/// <summary>
/// Measures how long a decision about a right takes, how fast many watchers are admitted when they all come back at once, and how soon an
/// open connection learns that its sign-in has ended. For comparison, it measures the plain framework in the same run.
/// </summary>
internal static class AccessBenchmark
{
    private const int Decisions = 200_000,
        Rounds = 5,
        People = 10_000,
        Open = 5_000,
        Ended = 200;

    private static readonly string Topic = $"board/{BenchNetwork.RosterKey}";

    public static async Task RunAsync(Figures figures)
    {
        await DecideAsync(figures);
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            var calls = new GrainCalls();
            await using var web = await BenchWeb.StartAsync(folder, calls);
            await BenchNetwork.PlanAsync(web.Grains);
            var people = Enumerable.Range(0, People).Select(i => new PersonId($"p-bench-{i}")).ToList();
            foreach (var some in people.Chunk(200))
                await Task.WhenAll(some.Select(web.OpenAccountAsync));
            var cookies = Path.Combine(folder, "cookies");
            await File.WriteAllLinesAsync(cookies, people.Select(person => web.CookieOf(person, Guid.NewGuid())));
            await AdmitAsync(figures, web, calls, $"@{cookies}");
            await EndAsync(figures, web, $"@{cookies}", people);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Compares a decision with a policy of ASP.NET Core, which knows the role alone and no scope.</summary>
    private static async Task DecideAsync(Figures figures)
    {
        Grant Of(Role role, string network) =>
            new(Guid.NewGuid(), role, new() { Network = new NetworkId(network) }, DateTimeOffset.UnixEpoch, null, new("p-1"));
        var account = new Account
        {
            Person = new("p-1"),
            UserName = "p-1",
            Name = new("One"),
            Grants = [Of(Role.Auditor, "first"), Of(Role.Attendee, "second"), Of(Role.Coordinator, "third")],
        };
        var ticket = new SignInTicket(account.Person, Guid.NewGuid(), DateTimeOffset.MaxValue, null, false);
        var viewer = new Viewer(ticket, account, account.Grants, false);
        var subject = new Subject(new NetworkId("third")) { Hospital = new HospitalId("h-1") };
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddAuthorizationCore(options => options.AddPolicy("plan", policy => policy.RequireRole("coordinator")))
            .BuildServiceProvider();
        var plain = services.GetRequiredService<IAuthorizationService>();
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, "coordinator")], "test"));
        List<double> hubs = [],
            plains = [];
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Decisions; i++)
                Check(Access.May(viewer, RosterActions.Plan, subject));
            hubs.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / Decisions);
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Decisions; i++)
                Check((await plain.AuthorizeAsync(user, null, "plan")).Succeeded);
            plains.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / Decisions);
        }
        figures.Add("one decision about a right, third of three roles", "1 µs", Ns(hubs), Ns(plains));
    }

    private static async Task AdmitAsync(Figures figures, BenchWeb web, GrainCalls calls, string cookies)
    {
        List<double> hubs = [],
            plains = [];
        int[] before = [];
        var asked = 0;
        for (var round = 0; round < 2; round++)
        {
            before = [calls.Of("account"), calls.Of("access")];
            var start = Stopwatch.GetTimestamp();
            using (await WatcherProcess.StartAsync(new Uri(web.Address, "hubs/live?packed=1"), Watching, People, cookies))
                hubs.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            asked = calls.Of("account") - before[0];
            Console.WriteLine($"{People:N0} admitted: {asked} calls of accounts, {calls.Of("access") - before[1]} of the access grain");
            start = Stopwatch.GetTimestamp();
            using (await WatcherProcess.StartAsync(new Uri(web.Address, "plain"), Joining, People, cookies))
                plains.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        figures.Add($"{People:N0} watchers come back with a sign-in each", "", Seconds(hubs), Seconds(plains));
        figures.Add($"reads of an account while {People:N0} come back", "0", $"{asked}");
    }

    private static async Task EndAsync(Figures figures, BenchWeb web, string cookies, List<PersonId> people)
    {
        using var others = await WatcherProcess.StartAsync(new Uri(web.Address, "hubs/live?packed=1"), Watching, Open, cookies);
        List<double> hubs = [],
            plains = [];
        foreach (var (person, i) in people.Take(Ended).Select((person, i) => (person, i)))
        {
            var signIn = Guid.NewGuid();
            var now = DateTimeOffset.UtcNow;
            var account = web.Grains.GetGrain<IAccountGrain>(person.Value);
            await account.BeginAsync(new(signIn, now, "Benchmark", "127.0.0.1", now, now.AddDays(1), now, false), null);
            hubs.Add(
                await HeardAsync(
                    new Uri(web.Address, "hubs/live?packed=1"),
                    Watching,
                    web.CookieOf(person, signIn),
                    () => account.EndAsync(new(person, Role.System), signIn, null)
                )
            );
            plains.Add(
                await HeardAsync(
                    new Uri(web.Address, $"plain?one=one-{i}"),
                    Joining,
                    web.CookieOf(person, signIn),
                    () => web.Plain.Clients.Group($"one-{i}").SendAsync("SignedOut", "session.ended")
                )
            );
        }
        var (hub, plain) = (Latencies.Of(1, default, hubs), Latencies.Of(1, default, plains));
        figures.Add(
            $"end of a sign-in until its socket knows, {Open:N0} open, p50 and p99",
            "1 s p99",
            $"{Ms(hub.P50)} and {Ms(hub.P99)}",
            $"{Ms(plain.P50)} and {Ms(plain.P99)}"
        );
    }

    private static string Watching => $$"""{"type":1,"target":"Watch","arguments":["{{Topic}}",null]}""";

    private static string Joining => """{"type":1,"target":"Join","arguments":[]}""";

    /// <summary>Opens a connection, waits for its first items, ends its sign-in, and waits for the message that says so.</summary>
    /// <returns>Milliseconds from the request to end the sign-in until the message arrived.</returns>
    private static async Task<double> HeardAsync(Uri hub, string invocation, string cookie, Func<Task> end)
    {
        using var socket = await SignalRSocket.ConnectAsync(hub, cookie);
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<long> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = socket.ReadAsync(message =>
        {
            if (message.IndexOf("\"SignedOut\""u8) >= 0)
                heard.TrySetResult(Stopwatch.GetTimestamp());
            else if (message.IndexOf("\"type\":1"u8) >= 0)
                open.TrySetResult();
        });
        _ = reading.ContinueWith(
            failed =>
            {
                open.TrySetException(failed.Exception!);
                heard.TrySetException(failed.Exception!);
            },
            TaskContinuationOptions.OnlyOnFaulted
        );
        await socket.SendAsync(invocation);
        await open.Task;
        var start = Stopwatch.GetTimestamp();
        await end();
        return Stopwatch.GetElapsedTime(start, await heard.Task).TotalMilliseconds;
    }

    private static void Check(bool allowed)
    {
        if (!allowed)
            throw new InvalidOperationException("The right was refused.");
    }

    private static string Ns(List<double> runs) => FormattableString.Invariant($"{runs.Min():F0} to {runs.Max():F0} ns");

    private static string Seconds(List<double> runs) =>
        string.Join(" and ", runs.Select(seconds => FormattableString.Invariant($"{seconds:F1} s")));
}
