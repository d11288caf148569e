namespace ConsultHub.Load;

internal static class Help
{
    public const string Text = """
        Load tool of Consult Hub: for whoever sizes an installation.

          dotnet run -c Release --project tests/Load -- <mode> [options]

        Without --hub it starts a hub of its own (src/Web with the demo network, in a folder that it removes afterwards); with --hub it works against web nodes that run. It
        signs in as a coordinator, changes engagements of next week to and fro, and watches that week's board from processes of its own. All commands are written to a file
        and compared with the roster's history afterwards; what watchers were sent is compared with it too, item by item.
        Exit code: 0; 1 where anything was lost, doubled, torn, missed, repeated or reordered; 2 where it could not run.

        Modes
          watch      N watchers and changes at a rate: how many deliveries, how soon, at what memory; a plain SignalR group broadcast in the same run as the yardstick.
                       watch --watchers 15000 --rate 40 --seconds 20
                       watch --hub http://127.0.0.1:5081 --hub http://127.0.0.1:5082 --pid 4711 --pid 4712 --watchers 10000
          stalled    10 % of the watchers stop reading: what the others feel, what each costs, when the hub ends them.
                       stalled --watchers 2000
          reconnect  kill -9 of the web node that it started, or of the first --pid: how long until every watcher has caught up.
                       reconnect --watchers 10000
                       reconnect --hub http://127.0.0.1:5081 --hub http://127.0.0.1:5082 --pid 4711 --restart 'deploy/cluster.sh restart web1'
          kills      kill -9 of a random process, over and over, under changes: are commands lost, doubled or torn, and how soon does the next change arrive.
                       kills --kills 10
                       kills --kills 100 --hub http://127.0.0.1:5090 --pids <folder of the cluster> --restart 'deploy/cluster.sh restart'
          during     whatever a command does to the hub, such as a rolling restart: does a command of anybody's fail, and how long does the slowest wait.
                       during --hub http://127.0.0.1:5090 --run 'deploy/cluster.sh rolling'
          lecture    one speaker at a bitrate and N viewers: how soon each frame is with each viewer, how soon a joiner has a picture, and both again with 10 % stalled viewers.
                       lecture --watchers 1000 --seconds 10
                     With --browser the speaker and one more viewer are pages in Chromium: from capture to render. With more than one --hub and their --pid: kill -9 of the last, and
                     how long its viewers see nothing.
                       lecture --watchers 500 --browser
                       lecture --watchers 1000 --hub http://127.0.0.1:5091 --hub http://127.0.0.1:5092 --pid 4711 --pid 4712 --restart 'deploy/cluster.sh restart web2'
          check      compares a file of operations with the hub's history and final state once more.
                       check /tmp/hub-load-operations.jsonl --hub http://127.0.0.1:5081

        Options
          --hub URL          a web node, http; repeat it for more: watchers and commands take them in turn
          --pid ID           the process of a --hub on this machine, in the same order: for its memory, and for reconnect
          --watchers N       1000; in kills and during 100 at most
          --per-process N    watchers a process of this program; 5000
          --rate N           changes a second; 20
          --seconds N        how long; 10
          --week 2026-W48    the week whose engagements are changed; the network's next
          --person ID        whom the demo's picker signs in; p-coordinator
          --user U --password P   signs in with a password instead
          --file PATH        where operations are written; hub-load-operations.jsonl in the folder for temporary files
          --no-plain         watch: without the yardstick
          --browser          lecture: speaker and one viewer in Chromium
          --session ID       lecture: the session of the demo's congress whose room is used; s14
          --megabits N       lecture: what the speaker sends a second; 1
          --port N           where its own hub listens; a free one
          --kills N          100
          --at-once N        kills: how many processes each time; 1
          --pids FOLDER      kills: holds a file <name>.pid for each process
          --only PATTERNS    kills: which of them; silo*,web*
          --run COMMAND      during: the command
          --restart COMMAND  kills: brings a process back, given its name as the last argument; reconnect and lecture: run as it is
        """;
}
