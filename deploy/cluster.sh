#!/usr/bin/env bash
# Runs a whole cluster on this machine, only on the loopback address: PostgreSQL, silos, web nodes, and nginx in front of them.
#   deploy/cluster.sh start           publishes if sources changed, starts what is down, waits until all is ready, prints the address
#   deploy/cluster.sh stop            stops everything; stored data stays
#   deploy/cluster.sh status          prints one line for each process: name, pid, up or down, ready or not
#   deploy/cluster.sh restart NAME    restarts silo1 …, web1 …, nginx or postgresql gracefully; starts it if it is down
#   deploy/cluster.sh kill NAME       ends the process at once (kill -9)
#   deploy/cluster.sh rolling         restarts all silos and web nodes one after another, without refusing any request
#   deploy/cluster.sh publish         builds a new release next to the running one; restart or rolling uses it
# Environment variables and their defaults:
#   HUB_CLUSTER_DIRECTORY  cluster    folder for database, slides and recordings, programs, logs, secrets (0600) and <name>.pid
#   HUB_CLUSTER_PORT       5090       the proxy's port. The other ports are this number plus: n for web node n; 20 + n for silo n,
#                                     40 + n for its gateway and 60 + n for its metrics; 90 for the database.
#   HUB_CLUSTER_SILOS      3          at most 9
#   HUB_CLUSTER_WEBS       2          at most 9
# Other settings of the hub (Hub__…, OTEL_…) are passed to all nodes.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
dir=${HUB_CLUSTER_DIRECTORY:-$root/cluster}
port=${HUB_CLUSTER_PORT:-5090}
mapfile -t silos < <(seq -f 'silo%g' 1 "${HUB_CLUSTER_SILOS:-3}")
mapfile -t webs < <(seq -f 'web%g' 1 "${HUB_CLUSTER_WEBS:-2}")
database_port=$((port + 90))
action=${1:-} name=${2:-}

fail() { echo "$*" >&2; exit 1; }
number() { echo "${1//[!0-9]/}"; }
pid_of() { [ -f "$dir/$1.pid" ] && head -1 "$dir/$1.pid" || true; }

# After a process has ended, the system may give its number to another program. So the process must also belong to this cluster.
is_up() {
  local pid; pid=$(pid_of "$1")
  [ -n "$pid" ] && tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | grep -qF -e "$dir/" -e "$(database)/"
}

# The folder of PostgreSQL's data, see deploy/postgresql.sh.
database() { readlink -e "$dir/postgresql/database" || echo "$dir/postgresql"; }

load_secrets() {
  [ -f "$dir/environment" ] || fail "There is no cluster in $dir. Make one with: deploy/cluster.sh start"
  set -a
  . "$dir/environment"
  set +a
}

# A web node says itself whether it is ready. A silo is ready if the table of the cluster's members lists it as active. A killed silo stays
# in that table for a while. So the start time in the table must not be before the start of the present process.
ready_of() {
  case $1 in
    web*)
      local answer; answer=$(curl -s -m 8 -w ' %{http_code}' "http://127.0.0.1:$((port + $(number "$1")))/health/ready" 2>/dev/null || true)
      [[ $answer == *" 200" ]] && echo ready || echo "not ready$(sed -nE 's/.*"notReady":\[([^]]*)\].*/: \1/p' <<<"$answer" | tr -d '"')" ;;
    silo*)
      local password=${Hub__Cluster__ConnectionString##*Password=}
      [ "$(PGPASSWORD=$password PGCONNECT_TIMEOUT=3 psql -h 127.0.0.1 -p $database_port -U hub -d hub -qtAc \
        "SELECT count(*) FROM OrleansMembershipTable WHERE DeploymentId = 'consult-hub' AND Status = 3 AND Port = $((
          port + 20 + $(number "$1"))) \
          AND StartTime > to_timestamp($(stat -c %Y "$dir/$1.pid") - 1)" 2>/dev/null)" = 1 ] && echo ready || echo "not ready" ;;
    nginx)
      [ "$(curl -s -m 8 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/health/live" || true)" = 200 ] &&
        echo ready || echo "not ready" ;;
    postgresql)
      "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)/pg_isready" -q -h 127.0.0.1 -p $database_port &&
        echo ready || echo "not ready" ;;
  esac
}

wait_ready() {
  for _ in $(seq 300); do
    [ "$(ready_of "$1")" = ready ] && return
    is_up "$1" || fail "$1 has ended. $(tail -3 "$dir/log/$1.log")"
    sleep 0.2
  done
  fail "$1 is $(ready_of "$1") after a minute. See $dir/log/$1.log"
}

publish() {
  local next; next="$dir/program-$(date +%Y%m%d%H%M%S)"
  echo "Publishing" >&2
  for project in Silo Web; do
    dotnet publish "$root/src/$project" -c Release -o "$next/${project,,}" -v quiet --nologo >&2
  done
  ln -sfn "$next" "$dir/program"
  # Deletes old programs, except those that a node still runs.
  for old in "$dir"/program-*; do
    [ "$old" = "$next" ] || grep -qlaF "$old/" /proc/[0-9]*/cmdline 2>/dev/null || rm -rf "$old"
  done
}

write_proxy() {
  sed -e "s|@directory@/temp|$temp|g" -e "s|@directory@|$dir|g" -e "s|@port@|$port|g" \
    -e "s|@servers@|$(for web in "${webs[@]}"; do
      printf 'server 127.0.0.1:%s max_fails=1 fail_timeout=2s; ' $((port + $(number "$web")))
    done)|" \
    "$root/deploy/nginx.conf" > "$dir/nginx.conf"
}

start_node() { # name, program, settings
  local node=$1 program=$2; shift 2
  # Several nodes share this machine, so each gets one heap instead of one for each core.
  env DOTNET_gcServer=0 Hub__Cluster__Provider=postgresql Hub__DataPath="${Hub__DataPath:-$dir/data}" \
    Hub__Drain="${Hub__Drain:-00:00:05}" "$@" \
    setsid dotnet "$(readlink -f "$dir/program")/$program" >>"$dir/log/$node.log" 2>&1 </dev/null &
  echo $! > "$dir/$node.pid"
}

start_one() {
  is_up "$1" && return
  local n; n=$(number "$1")
  case $1 in
    silo*)
      start_node "$1" silo/ConsultHub.Silo.dll "Hub__Silo__SiloPort=$((port + 20 + n))" \
        "Hub__Silo__GatewayPort=$((port + 40 + n))" "Hub__Silo__MetricsPort=$((port + 60 + n))" ;;
    # Callers come only through the proxy, so web nodes can trust the caller's address in its headers.
    web*)
      start_node "$1" web/ConsultHub.Web.dll "ASPNETCORE_URLS=http://127.0.0.1:$((port + n))" \
        ASPNETCORE_FORWARDEDHEADERS_ENABLED=true ;;
    nginx) find_temp; write_proxy; nginx -c "$dir/nginx.conf" -p "$dir" -e "$dir/log/nginx.log" ;;
    postgresql)
      # After a crash, the last processes of PostgreSQL hold the shared memory for a moment.
      for try in $(seq 20); do
        "$root/deploy/postgresql.sh" start "$dir/postgresql" $database_port > "$dir/connection" 2>"$dir/log/postgresql.log" && break
        [ "$try" -lt 20 ] || fail "PostgreSQL does not start: $(cat "$dir/log/postgresql.log")"
        sleep 0.5
      done
      head -1 "$(database)/data/postmaster.pid" > "$dir/postgresql.pid" ;;
    *) fail "There is no $1 in this cluster." ;;
  esac
}

# If root starts nginx, its workers run as another user. They keep long requests in files. If that user cannot enter the cluster's
# directory, for example below a home directory of mode 0700, the files go to /var/lib/consult-hub.
find_temp() {
  temp=$dir/temp
  local above=$dir
  while [ "$(id -u)" = 0 ] && [ "$above" != / ]; do
    [ -n "$(find "$above" -maxdepth 0 -perm -o+x)" ] || {
      temp=/var/lib/consult-hub/$(printf %s "$dir" | sha256sum | head -c 16)-nginx
      break
    }
    above=$(dirname "$above")
  done
  (umask 022 && mkdir -p "$temp")
}

stop_one() {
  is_up "$1" || { rm -f "$dir/$1.pid"; return; }
  local pid; pid=$(pid_of "$1")
  case $1 in
    postgresql) "$root/deploy/postgresql.sh" stop "$dir/postgresql" ;;
    nginx) kill -QUIT "$pid"; sleep 0.2; kill -TERM "$pid" 2>/dev/null || true ;;
    *) kill -TERM "$pid" ;;
  esac
  for _ in $(seq 300); do is_up "$1" || break; sleep 0.2; done
  is_up "$1" && fail "$1 (process $pid) has not ended within a minute. See $dir/log/$1.log"
  rm -f "$dir/$1.pid"
}

stop_all_of() { local each; for each in "$@"; do stop_one "$each" & done; wait; }

restart_one() { stop_one "$1"; start_one "$1"; wait_ready "$1"; }

case $action in
  start)
    for tool in nginx curl psql dotnet; do
      command -v $tool >/dev/null ||
        fail "$tool is missing. Needed: apt-get install nginx curl postgresql, and the .NET SDK"
    done
    umask 077
    mkdir -p "$dir/log" "$dir/temp"
    chmod 755 "$dir" "$dir/temp" # for PostgreSQL and nginx's workers, which run as other users
    dir=$(cd "$dir" && pwd)
    if [ ! -e "$dir/program" ] || [ -n "$(find "$root/src" -newer "$dir/program/web" -type f \
      \( -name '*.cs' -o -name '*.csproj' -o -name '*.sql' -o -name '*.json' -o -name '*.ts*' -o -name '*.css' \) \
      -not -path '*/obj/*' -not -path '*/bin/*' -not -path '*/node_modules/*' -not -path '*/dist/*' -print -quit)" ]; then publish; fi
    start_one postgresql
    if [ ! -f "$dir/environment" ]; then
      printf 'Hub__Cluster__ConnectionString=%q\nHub__Demo__Password=%q\n' "$(cat "$dir/connection")" \
        "${Hub__Demo__Password:-$(head -c 12 /dev/urandom | base64 | tr -d '+/=\n')}" > "$dir/environment"
    fi
    rm -f "$dir/connection"
    load_secrets
    for each in "${silos[@]}" "${webs[@]}"; do start_one "$each"; done
    for each in "${silos[@]}" "${webs[@]}"; do wait_ready "$each"; done
    start_one nginx
    wait_ready nginx
    echo "http://localhost:$port" ;;
  stop)
    stop_one nginx
    stop_all_of "${webs[@]}"
    stop_all_of "${silos[@]}"
    stop_one postgresql ;;
  status)
    load_secrets
    for each in postgresql "${silos[@]}" "${webs[@]}" nginx; do
      if is_up "$each"; then echo "$each $(pid_of "$each") up $(ready_of "$each")"; else echo "$each - down not ready"; fi
    done ;;
  restart) load_secrets; restart_one "${name:?which process, such as silo1?}" ;;
  kill) is_up "${name:?which process, such as silo1?}" || fail "$name is down."; kill -9 "$(pid_of "$name")" ;;
  rolling)
    load_secrets
    # The silos go first: a new web node may call what only a new silo has.
    for each in "${silos[@]}" "${webs[@]}"; do
      echo "$each"
      restart_one "$each"
      # Waits until all web nodes reach their grains, and until the proxy again uses the nodes that it skipped.
      for web in "${webs[@]}"; do wait_ready "$web"; done
      sleep 3
    done ;;
  publish) publish ;;
  *) sed -n '2,/^set /p' "$0" | sed -e '/^set /d' -e 's/^# \{0,1\}//'; exit 1 ;;
esac
