using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;

namespace ConsultHub.Load.Modes;

/// <summary>Compares a file of operations with the hub again, for example after a restore.</summary>
internal static class CheckMode
{
    public static async Task RunAsync(Options options, Report report)
    {
        if (!File.Exists(options.File))
            throw new LoadException($"There is no file {options.File}.");
        var (header, operations) = OperationLog.Read(options.File);
        var nodes = await Task.WhenAll(
            (options.Hubs.Count > 0 ? options.Hubs : [.. header.Hubs]).Select(hub => Node.SignInAsync(hub, options, null))
        );
        var history = await HistoryCheck.ReadAsync(nodes[0], header.Network, header.Week, header.From);
        report.Add("commands in the file", "", Report.Count(operations.Count));
        report.Add("commands acknowledged", "", Report.Count(operations.Count(o => o.Outcome == Outcome.Accepted)));
        report.Add("entries of the history since", "", Report.Count(history.Count));
        report.Never(await HistoryCheck.RunAsync(nodes, header, operations, history));
    }
}
