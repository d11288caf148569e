using ConsultHub.Load;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Lectures;
using ConsultHub.Load.Modes;
using ConsultHub.Load.Watching;

switch (args)
{
    case [WatcherProcess.Command]:
        await WatcherProcess.RunAsync();
        return 0;
    case [LectureViewerProcess.Command]:
        await LectureViewerProcess.RunAsync();
        return 0;
    case [PlainServer.Command]:
        await PlainServer.RunAsync();
        return 0;
    case [] or ["--help" or "-h" or "help", ..] or [_, "--help" or "-h"]:
        Console.WriteLine(Help.Text);
        return 0;
}
try
{
    var options = Options.Parse(args);
    var report = new Report();
    switch (options.Mode)
    {
        case "watch":
            await WatchMode.RunAsync(options, report);
            break;
        case "stalled":
            await StalledMode.RunAsync(options, report);
            break;
        case "reconnect":
            await ReconnectMode.RunAsync(options, report);
            break;
        case "kills":
            await KillsMode.RunAsync(options, report);
            break;
        case "during":
            await DuringMode.RunAsync(options, report);
            break;
        case "lecture":
            await LectureMode.RunAsync(options, report);
            break;
        case "check":
            await CheckMode.RunAsync(options, report);
            break;
        default:
            throw new LoadException($"{options.Mode} is not known. --help lists the modes.");
    }
    return report.Print();
}
catch (Exception e) when (e is LoadException or HttpRequestException)
{
    Console.Error.WriteLine(e is LoadException ? e.Message : $"The hub cannot be reached: {e.Message}");
    return 2;
}
