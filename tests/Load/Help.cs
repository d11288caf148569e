namespace ConsultHub.Load;

internal static class Help
{
    public const string Text = """
        Load tool of Consult Hub. It helps you to size an installation.
          dotnet run -c Release --project tests/Load -- <mode> [options]
        Without --hub it starts a hub of its own (src/Web with the demo network) in a folder that it removes afterwards. With --hub it
        works against running web nodes. It signs in as a coordinator, changes engagements of next week to and fro, and watches that
        week's board from separate processes. It writes all commands to a file and compares them with the roster's history afterwards.
        It also compares each item that watchers received with the history.
        Exit code: 0 on success; 1 if anything was lost, doubled, torn, missed, repeated or reordered; 2 if the tool could not run.

        Modes
          watch      N watchers, and changes at a rate. Measures how many changes are delivered, how soon, and how much memory that takes.
                     The same run measures a plain SignalR group broadcast for comparison.
                       watch --watchers 15000 --rate 40 --seconds 20
                       watch --hub http://127.0.0.1:5081 --hub http://127.0.0.1:5082 --pid 4711 --pid 4712 --watchers 10000
          stalled    10 % of the watchers stop reading. Measures the effect on the others, the cost of each, and when the hub ends them.
                       stalled --watchers 2000
          reconnect  kill -9 of the web node that the tool started, or of the first --pid. Measures the time until every watcher has
                     caught up.
                       reconnect --watchers 10000
                       reconnect --hub http://127.0.0.1:5081 --hub http://127.0.0.1:5082 --pid 4711
                         --restart 'deploy/cluster.sh restart web1'
          kills      kill -9 of a random process, again and again, during changes. Shows whether commands are lost, doubled or torn, and
                     how soon the next change arrives.
                       kills --kills 10
                       kills --kills 100 --hub http://127.0.0.1:5090 --pids <folder of the cluster>
                         --restart 'deploy/cluster.sh restart'
          during     runs a command, such as a rolling restart. Shows whether any other command fails meanwhile, and the longest wait.
                       during --hub http://127.0.0.1:5090 --run 'deploy/cluster.sh rolling'
          lecture    one speaker at a bitrate and N viewers. Measures how soon each frame reaches each viewer and how soon a joining
                     viewer has a picture, and measures the frames again with 10 % stalled viewers.
                       lecture --watchers 1000 --seconds 10
                     With --browser the speaker and one more viewer are pages in Chromium, and the tool measures the time from capture
                     to render. With more than one --hub and their --pid, the tool kills the last node (kill -9) and measures how long
                     its viewers have no picture.
                       lecture --watchers 500 --browser
                       lecture --watchers 1000 --hub http://127.0.0.1:5091 --hub http://127.0.0.1:5092 --pid 4711 --pid 4712
                         --restart 'deploy/cluster.sh restart web2'
          check      compares a file of operations with the hub's history and final state again.
                       check /tmp/hub-load-operations.jsonl --hub http://127.0.0.1:5081

        Options (with their defaults)
          --hub URL          a web node, http only; repeat it for several nodes: watchers and commands use them in turn
          --pid ID           the process of a --hub on this machine, in the same order: to read its memory, and to kill it in
                             reconnect and lecture
          --watchers N       1000; at most 100 in kills and during
          --per-process N    watchers in each process of this tool; 5000
          --rate N           changes a second; 20
          --seconds N        how long to measure; 10
          --warm-up N        watch: how many seconds of changes come before the measurement; 10
          --week 2026-W48    the week whose engagements are changed; the network's next week
          --person ID        the person to sign in through the demo's picker; p-coordinator
          --user U --password P   signs in with a password instead
          --file PATH        the file for operations; hub-load-operations.jsonl in the folder for temporary files
          --no-plain         watch: without the plain broadcast
          --browser          lecture: the speaker and one viewer in Chromium
          --session ID       lecture: the session of the demo's congress whose room is used; s14
          --megabits N       lecture: megabits that the speaker sends a second; 1
          --port N           the port of the hub that the tool starts; a free one
          --kills N          how many kills; 100
          --at-once N        kills: how many processes are killed each time; 1
          --pids FOLDER      kills: a folder with a file <name>.pid for each process
          --only PATTERNS    kills: the names of the processes that may be killed; silo*,web*
          --run COMMAND      during: the command to run
          --restart COMMAND  kills: starts a process again; its name is added as the last argument. reconnect and lecture: run as given
        """;
}
