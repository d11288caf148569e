using System.Diagnostics;

namespace ConsultHub.Load.Hosting;

/// <summary>Runs commands that the operator gives.</summary>
internal static class Shell
{
    /// <param name="arguments">Added unchanged after the command.</param>
    /// <exception cref="LoadException">The command fails. The message contains its output.</exception>
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
        // Waits for the end of the command and not for the end of the output. A process that the command starts may keep the output open
        // after the command has ended.
        while (!process.HasExited)
            await Task.Delay(20);
        if (process.ExitCode != 0)
            throw new LoadException($"{command} {string.Join(' ', arguments)} failed:\n{said}");
    }
}
