using System.Diagnostics;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Load;

/// <summary>Runs the load tool with small numbers, as a person does who wants to know which machines a hub needs.</summary>
public sealed class LoadToolTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Fifty_watchers_miss_no_change_and_every_command_is_in_the_history()
    {
        var file = Path.GetTempFileName();
        var (code, said) = await WatchAsync("--watchers", "50", "--seconds", "2", "--rate", "20", "--file", file);
        output.WriteLine(said);
        Assert.Equal(0, code);
        Assert.Contains("commit to receipt, p99", said, StringComparison.Ordinal);
        Assert.True(File.ReadLines(file).Count() > 20, "The file has at most 20 lines.");
        File.Delete(file);
    }

    [Fact]
    public async Task The_check_reports_a_command_in_the_file_that_the_hub_does_not_know()
    {
        await using var hub = await HubHost.StartAsync();
        var file = Path.GetTempFileName();
        var (code, said) = await WatchAsync("--watchers", "5", "--seconds", "1", "--file", file, "--hub", hub.Address.ToString());
        Assert.True(code == 0, said);
        var lines = await File.ReadAllLinesAsync(file);
        var last = lines[^1];
        var known = last[(last.IndexOf("\"command\":\"", StringComparison.Ordinal) + 11)..][..36];
        await File.AppendAllLinesAsync(file, [last.Replace(known, Guid.NewGuid().ToString(), StringComparison.Ordinal)]);
        (code, said) = await RunAsync("check", file);
        Assert.True(code == 1, said);
        Assert.Contains("acknowledged commands lost: 1", said, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static Task<(int Code, string Said)> WatchAsync(params string[] arguments) =>
        RunAsync(["watch", "--no-plain", "--warm-up", "1", .. arguments]);

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ConsultHub.Load.dll"), .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }
}
