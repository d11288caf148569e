using System.Diagnostics;
using System.Globalization;
using ConsultHub.Tests.Fixtures;
using Npgsql;

namespace ConsultHub.Tests.Cluster;

public sealed class PrivateFolderTests
{
    public static bool CannotRun => Environment.UserName != "root" || !Directory.Exists("/usr/lib/postgresql");

    /// <summary>The test folder is like a checkout below root's home, which the user postgres cannot enter.</summary>
    [Fact(Skip = "This test needs root and PostgreSQL on this machine.", SkipWhen = nameof(CannotRun))]
    public async Task A_database_keeps_its_data_over_a_restart_in_a_folder_that_only_root_can_enter()
    {
        var closed = Directory.CreateTempSubdirectory("hub-private-"); // 0700
        var folder = Path.Combine(closed.FullName, "postgresql");
        var port = HubHost.FreePort().ToString(CultureInfo.InvariantCulture);
        try
        {
            var first = await RunAsync("start", folder, port);
            await using (var database = NpgsqlDataSource.Create(first))
            await using (var command = database.CreateCommand("CREATE TABLE Kept AS SELECT 7 AS Number"))
                await command.ExecuteNonQueryAsync();
            await RunAsync("stop", folder);
            Assert.Equal(first, await RunAsync("start", folder, port));
            await using (var database = NpgsqlDataSource.Create(first))
            await using (var command = database.CreateCommand("SELECT Number FROM Kept"))
                Assert.Equal(7, await command.ExecuteScalarAsync());
        }
        finally
        {
            await RunAsync("stop", folder);
            var place = new FileInfo(Path.Combine(folder, "database")).LinkTarget;
            if (place is not null)
                Directory.Delete(place, recursive: true);
            closed.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Hub.sln")))
            root = root.Parent!;
        using var script = Process.Start(
            new ProcessStartInfo(Path.Combine(root.FullName, "deploy", "postgresql.sh"), arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = script.StandardError.ReadToEndAsync();
        // The server keeps the output open, so the test reads one line and does not wait for the end of the output.
        var said = arguments[0] == "start" ? await script.StandardOutput.ReadLineAsync() : "";
        await script.WaitForExitAsync();
        Assert.True(script.ExitCode == 0, script.ExitCode == 0 ? "" : await errors);
        return said ?? "";
    }
}
