using System.Globalization;

namespace ConsultHub.Load;

/// <summary>The options of the command line. <see cref="Help"/> explains each.</summary>
internal sealed record Options
{
    public required string Mode { get; init; }
    public List<Uri> Hubs { get; } = [];
    public List<int> Processes { get; } = [];
    public int Watchers { get; private set; } = 1000;
    public int PerProcess { get; private set; } = 5000;
    public double Rate { get; private set; } = 20;
    public double Seconds { get; private set; } = 10;
    public double WarmUp { get; private set; } = 10;
    public Week? Week { get; private set; }
    public string Person { get; private set; } = "p-coordinator";
    public string User { get; private set; } = "coordinator";
    public string? Password { get; private set; }
    public string File { get; private set; } = Path.Combine(Path.GetTempPath(), "hub-load-operations.jsonl");
    public string Session { get; private set; } = "s14";
    public double Megabits { get; private set; } = 1;
    public bool Plain { get; private set; } = true;
    public bool Browser { get; private set; }
    public int Port { get; private set; }
    public int Kills { get; private set; } = 100;
    public int AtOnce { get; private set; } = 1;
    public string? Pids { get; private set; }
    public string Only { get; private set; } = "silo*,web*";
    public string? Run { get; private set; }
    public string? Restart { get; private set; }

    public TimeSpan Time => TimeSpan.FromSeconds(Seconds);

    public TimeSpan WarmTime => TimeSpan.FromSeconds(WarmUp);

    /// <exception cref="LoadException">The message says which option is wrong.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options { Mode = args[0] };
        for (var i = 1; i < args.Length; i++)
        {
            try
            {
                if (options.Mode == "check" && !args[i].StartsWith('-'))
                    options.File = args[i];
                else if (args[i] == "--no-plain")
                    options.Plain = false;
                else if (args[i] == "--browser")
                    options.Browser = true;
                else if (i + 1 < args.Length)
                    options.Set(args[i], args[++i]);
                else
                    throw new LoadException($"{args[i]} needs a value or is not known. --help lists the options.");
            }
            catch (FormatException)
            {
                throw new LoadException($"{args[i]} is not a valid value of {args[i - 1]}.");
            }
        }
        return options;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--hub":
                Hubs.Add(
                    Uri.TryCreate(value, UriKind.Absolute, out var hub) && hub.Scheme == "http"
                        ? new Uri(hub.GetLeftPart(UriPartial.Authority))
                        : throw new FormatException()
                );
                break;
            case "--pid":
                Processes.Add(Number(value));
                break;
            case "--watchers":
                Watchers = Number(value);
                break;
            case "--per-process":
                PerProcess = Number(value);
                break;
            case "--rate":
                Rate = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "--seconds":
                Seconds = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "--warm-up":
                WarmUp = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "--week":
                Week = ConsultHub.Week.Parse(value, null);
                break;
            case "--person":
                Person = value;
                break;
            case "--user":
                User = value;
                break;
            case "--password":
                Password = value;
                break;
            case "--file":
                File = value;
                break;
            case "--session":
                Session = value;
                break;
            case "--megabits":
                Megabits = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "--port":
                Port = Number(value);
                break;
            case "--kills":
                Kills = Number(value);
                break;
            case "--at-once":
                AtOnce = Number(value);
                break;
            case "--pids":
                Pids = value;
                break;
            case "--only":
                Only = value;
                break;
            case "--run":
                Run = value;
                break;
            case "--restart":
                Restart = value;
                break;
            default:
                throw new LoadException($"{name} is not known. --help lists the options.");
        }
    }

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
