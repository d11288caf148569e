using System.Globalization;

namespace ConsultHub.Load.Hosting;

/// <summary>Reads how much memory a process on this machine uses.</summary>
internal static class Memory
{
    /// <summary>
    /// The working set of a process in bytes, as the system counts it. Null if the process is not on this machine or has ended.
    /// </summary>
    public static long? Of(int? process)
    {
        try
        {
            return process is not { } id
                ? null
                : File.ReadLines($"/proc/{id}/status")
                    .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
                    .Select(line =>
                        long.Parse(
                            line.AsSpan(6, line.Length - 6 - 3),
                            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                            CultureInfo.InvariantCulture
                        ) * 1024
                    )
                    .FirstOrDefault();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The growth of the memory for each connection, as text.</summary>
    public static string Each(long? before, long? after, int connections) =>
        before is null || after is null
            ? "unknown: no process id"
            : FormattableString.Invariant($"{(after - before) / 1024.0 / connections:F1} KB");
}
