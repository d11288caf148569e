using System.Globalization;
using ConsultHub.Benchmarks;
using ConsultHub.Benchmarks.Accounts;
using ConsultHub.Benchmarks.Live;
using ConsultHub.Benchmarks.Programmes;
using ConsultHub.Benchmarks.Records;
using ConsultHub.Benchmarks.Roster;
using ConsultHub.Benchmarks.Scorecards;
using ConsultHub.Benchmarks.Screens;

if (args is [FirstAnswer.Command, var stored])
{
    await FirstAnswer.RunAsync(stored);
    return 0;
}
if (args is [WatcherProcess.Command, var hub, var invocation, var count, var cookie])
{
    await WatcherProcess.RunAsync(
        new Uri(hub),
        invocation,
        int.Parse(count, CultureInfo.InvariantCulture),
        cookie.Length == 0 ? null : cookie
    );
    return 0;
}
if (args is not ["roster" or "live" or "board" or "access" or "records" or "scorecards" or "programmes" or "all"])
{
    Console.Error.WriteLine(
        "dotnet run -c Release --project tests/Benchmarks -- roster|live|board|access|records|scorecards|programmes|all"
    );
    return 1;
}
var figures = new Figures();
try
{
    if (args[0] is "roster" or "all")
        await RosterBenchmark.RunAsync(figures);
    if (args[0] is "live" or "all")
        await LiveBenchmark.RunAsync(figures);
    if (args[0] is "board" or "all")
        await BoardBenchmark.RunAsync(figures);
    if (args[0] is "access" or "all")
        await AccessBenchmark.RunAsync(figures);
    if (args[0] is "records" or "all")
        await RecordsBenchmark.RunAsync(figures);
    if (args[0] is "scorecards" or "all")
        await ScorecardsBenchmark.RunAsync(figures);
    if (args[0] is "programmes" or "all")
        await ProgrammesBenchmark.RunAsync(figures);
}
finally
{
    figures.Print();
}
return 0;
