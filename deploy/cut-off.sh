#!/usr/bin/env bash
# Tests the journal's fence. Three silos, two web nodes and PostgreSQL run in separate network namespaces (with iproute2, as root). Each
# silo in turn is cut off from the other silos for a while, together with one web node. The silo continues to serve that node's callers.
# Both sides reach the database. For the first seconds the silo is paused. When it continues, another silo has taken over its grains, and
# the paused silo may still have undecided commands. The load tool sends commands on both sides all the time. Afterwards it compares every
# answer with the history. At the end, the script removes the processes and the networks.
#   deploy/cut-off.sh [SECONDS]     how long each silo is cut off: at least 10, by default 20
# Environment variables and their defaults:
#   HUB_CUT_OFF_DIRECTORY    a new directory in /tmp
#   HUB_CUT_OFF_RATE         40 commands a second
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
pause=8 silos=(1 2 3) webs=(4 5) # node n has the address 10.77.n.2 and the gateway 10.77.n.1
export PATH=$PATH:/usr/sbin:/sbin

in_net() { ip netns exec hub-net "$@"; }
address() { echo "10.77.$1.2"; }

# Drops all packets between two sides in both directions, like a switch that has lost a cable.
between() { # add or del, a side, the other side
  for a in $2; do for b in $3; do
    in_net ip rule "$1" blackhole from "10.77.$a.0/24" to "10.77.$b.0/24"
    in_net ip rule "$1" blackhole from "10.77.$b.0/24" to "10.77.$a.0/24"
  done; done
}

start_node() { # number
  local settings=(
    "Hub__Cluster__Provider=postgresql" "Hub__Cluster__ConnectionString=${HUB_CUT_OFF_DATABASE/127.0.0.1/10.77.$1.1}"
    "DOTNET_gcServer=0" "Hub__AnchorPath=$directory/anchors"
  )
  local program=silo/ConsultHub.Silo.dll
  if [ "$1" -lt 4 ]; then settings+=("Hub__Silo__Address=$(address "$1")" Hub__Silo__SiloPort=11111 Hub__Silo__GatewayPort=30000)
  else program=web/ConsultHub.Web.dll; settings+=("ASPNETCORE_URLS=http://$(address "$1"):5080"); fi
  ip netns exec "hub-$1" env "${settings[@]}" setsid dotnet "$directory/program/$program" >>"$directory/$1.log" 2>&1 </dev/null &
  echo $! > "$directory/$1.pid"
  disown
}

wait_ready() {
  for web in "${webs[@]}"; do
    for try in $(seq 300); do
      [ "$(in_net curl -s -m 8 -o /dev/null -w '%{http_code}' "http://$(address "$web"):5080/health/ready" || true)" = 200 ] && break
      [ "$try" -lt 300 ] || { echo "Web node $web is not ready. See $directory/$web.log" >&2; exit 1; }
      sleep 0.3
    done
  done
}

if [ "${1:-}" = cut-each ]; then # the load tool calls the script with this argument, see below
  directory=$HUB_CUT_OFF_DIRECTORY
  for silo in "${silos[@]}"; do
    others=("${silos[@]/$silo/}")
    between add "$silo 4" "${others[*]} 5"
    # Pauses the silo long enough for the others to declare it dead. When it continues, it may still have undecided commands.
    kill -STOP "$(cat "$directory/$silo.pid")"
    sleep "$pause"
    kill -CONT "$(cat "$directory/$silo.pid")"
    sleep "$(($2 - pause))"
    between del "$silo 4" "${others[*]} 5"
    if ! kill -0 "$(cat "$directory/$silo.pid")" 2>/dev/null; then start_node "$silo"; fi # as its supervisor would do
    wait_ready
    sleep 5
  done
  exit
fi

[ "$(id -u)" = 0 ] || { echo "Network namespaces need root." >&2; exit 1; }
for tool in ip curl dotnet; do
  command -v $tool >/dev/null || {
    echo "$tool is missing. Needed: apt-get install iproute2 curl, and the .NET SDK" >&2
    exit 1
  }
done
seconds=${1:-20}
directory=${HUB_CUT_OFF_DIRECTORY:-$(mktemp -d /tmp/hub-cut-off-XXXXXX)}
mkdir -p "$directory" && chmod 755 "$directory"
export HUB_CUT_OFF_DIRECTORY=$directory

tidy() {
  for pid in "$directory"/*.pid; do kill -9 "$(cat "$pid")" 2>/dev/null || true; done
  in_net "$root/deploy/postgresql.sh" stop "$directory/postgresql" 2>/dev/null || true
  for n in "${silos[@]}" "${webs[@]}"; do ip netns del "hub-$n" 2>/dev/null || true; done
  ip netns del hub-net 2>/dev/null || true
}
trap tidy EXIT

for project in Silo Web; do
  dotnet publish "$root/src/$project" -c Release -o "$directory/program/${project,,}" -v quiet --nologo -p:SkipClient=true
done
dotnet build "$root/tests/Load" -c Release -v quiet --nologo -p:SkipClient=true

ip netns add hub-net
in_net ip link set lo up
in_net sysctl -q -w net.ipv4.ip_forward=1
for n in "${silos[@]}" "${webs[@]}"; do
  ip netns add "hub-$n"
  ip link add "up$n" netns hub-net type veth peer name eth0 netns "hub-$n"
  in_net ip address add "10.77.$n.1/24" dev "up$n"
  in_net ip link set "up$n" up
  ip -n "hub-$n" link set lo up
  ip -n "hub-$n" address add "$(address "$n")/24" dev eth0
  ip -n "hub-$n" link set eth0 up
  ip -n "hub-$n" route add default via "10.77.$n.1"
done

HUB_CUT_OFF_DATABASE=$(HUB_POSTGRESQL_ADDRESS=0.0.0.0 in_net "$root/deploy/postgresql.sh" start "$directory/postgresql" 5432)
Hub__Demo__Password=$(head -c 12 /dev/urandom | base64 | tr -d '+/=\n')
export HUB_CUT_OFF_DATABASE Hub__Demo__Password
for n in "${silos[@]}" "${webs[@]}"; do start_node "$n"; done
wait_ready

status=0
in_net dotnet "$root/tests/Load/bin/Release/net10.0/ConsultHub.Load.dll" during \
  --hub "http://$(address 4):5080" --hub "http://$(address 5):5080" \
  --user coordinator --password "$Hub__Demo__Password" --rate "${HUB_CUT_OFF_RATE:-40}" \
  --file "$directory/operations.jsonl" --run "$root/deploy/cut-off.sh cut-each $seconds" || status=$?
# Whether a silo has undecided commands when it continues depends on the timing. So these numbers do not change the exit code.
for silo in "${silos[@]}"; do
  stopped=$(grep -c '^ *InconsistentStateException' "$directory/$silo.log" || true)
  ended=$(grep -c '^Process terminated' "$directory/$silo.log" || true)
  echo "silo $silo: $stopped writes stopped by the fence; ended $ended times because it was declared dead"
done
exit $status
