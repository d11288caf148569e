using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Accounts;

namespace ConsultHub.Tests.Hosting;

/// <summary>
/// A hub that runs as one process with the default limits. The tests check what another user of the machine can reach, and what happens to
/// a person who guesses passwords.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class OneProcessTests(OneProcessTests.OneProcess one) : IClassFixture<OneProcessTests.OneProcess>
{
    private readonly HubHost _hub = one.Hub;

    [Fact]
    public async Task Wrong_passwords_are_logged_and_counted_and_the_right_one_still_works_from_the_same_address()
    {
        using var caller = Caller.Nobody(_hub.Address);
        var wrong = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => caller.Http.PostAsJsonAsync("api/session", new { userName = "coordinator", password = $"guess {i}" }))
        );
        Assert.All(wrong, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await caller.Http.PostAsJsonAsync("api/session", new { userName = "typed secret", password = "guess" })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await caller.Http.PostAsJsonAsync("api/session", new { userName = "coordinator", password = HubHost.Password })).StatusCode
        );
        await Eventually.Async(() => _hub.Said.Contains("account unknown, address 127.0.0.1", StringComparison.Ordinal));
        Assert.Equal(20, _hub.Said.Split("account coordinator, address 127.0.0.1").Length - 1);
        Assert.DoesNotContain("guess", _hub.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("typed secret", _hub.Said, StringComparison.Ordinal);
        Assert.Matches("hub_refused_total\\{[^}]*hub_code=\"session.denied\"[^}]*\\} 21", await caller.Http.GetStringAsync("metrics"));
    }

    [Fact]
    public void The_answer_is_delayed_by_at_most_four_seconds_from_the_fourth_wrong_password_on()
    {
        var delays = Enumerable.Range(0, 40).Select(WrongTries.DelayAfter).ToList();
        Assert.All(delays.Take(3), d => Assert.Equal(TimeSpan.Zero, d)); // a person may make typing mistakes
        Assert.Equal(delays.Order(), delays);
        Assert.True(delays[3] > TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(4), delays[^1]);
    }

    [Fact]
    public async Task Only_the_HTTP_port_listens_and_only_the_owner_can_read_the_stored_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This test reads the open sockets from /proc."); // it also checks Unix file modes
        using var coordinator = await Caller.SignInAsync(_hub.Address, "p-coordinator");
        Assert.NotEmpty(await coordinator.HospitalsAsync()); // grains answer although no Orleans port is open
        Assert.Equal([_hub.Address.Port], Listening(_hub.ProcessId));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_hub.DataPath));
        var files = Directory.GetFiles(_hub.DataPath, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => Path.GetFileName(f) == "hub.db");
        Assert.Contains(files, f => Path.GetFileName(f) == "hub.db-wal");
        Assert.Contains(files, f => f.Contains("/keys/", StringComparison.Ordinal));
        Assert.All(files, f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        Assert.All(
            Directory.GetDirectories(_hub.DataPath, "*", SearchOption.AllDirectories),
            f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(f))
        );
    }

    /// <summary>The TCP ports on which a process listens, and the ports of its UDP sockets.</summary>
    private static IEnumerable<int> Listening(int process)
    {
        var own = Directory
            .GetFiles($"/proc/{process}/fd")
            .Select(f => new FileInfo(f).LinkTarget)
            .Where(t => t?.StartsWith("socket:[", StringComparison.Ordinal) == true)
            .Select(t => t!["socket:[".Length..^1])
            .ToHashSet();
        Assert.NotEmpty(own);
        return from table in (string[])["tcp", "tcp6", "udp", "udp6"]
            from line in File.ReadLines($"/proc/{process}/net/{table}").Skip(1)
            let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where own.Contains(words[9]) && (words[3] == "0A" || table.StartsWith("udp", StringComparison.Ordinal))
            select int.Parse(words[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    public sealed class OneProcess : IAsyncLifetime
    {
        private HubHost? _hub;

        public HubHost Hub => _hub!;

        public async ValueTask InitializeAsync()
        {
            // The hub inherits a umask that removes no permissions, because some supervisors start it this way.
            var before = SetMask(0);
            try
            {
                _hub = await HubHost.StartAsync(environment: new Dictionary<string, string> { ["Hub__Limits__Times"] = "1" });
            }
            finally
            {
                _ = SetMask(before);
            }
        }

        public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    [DllImport("libc", EntryPoint = "umask"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
