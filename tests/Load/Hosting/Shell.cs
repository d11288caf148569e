using System.Diagnostics;

namespace ConsultHub.Load.Hosting;

/// <summary>Commands of the operator's own.</summary>
internal static class Shell
{
    /// <param name="arguments">Follow the command as they are.</param>
    /// <exception cref="LoadException">The command fails; its output says why.</exception>
    public static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", command + " \"$@\" 2>&1", "sh", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            }
        )!;
        process.StandardInput.Close();
        var said = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginOutputReadLine();
        // What it starts may keep the output open; the command itself has ended then all the same.
        while (!process.HasExited)
            await Task.Delay(20);
        if (process.ExitCode != 0)
            throw new LoadException($"{command} {string.Join(' ', arguments)} failed:\n{said}");
    }
}
