#!/usr/bin/env bash
# A PostgreSQL of its own for this machine: Debian's package, in a directory and on a port of its own, loopback only.
#   deploy/postgresql.sh start <directory> <port>     makes it where it is missing; prints the connection string
#   deploy/postgresql.sh stop <directory>             also: restart, kill (as a crash does)
# HUB_POSTGRESQL_ADDRESS instead of 127.0.0.1 lets the machines of the same networks in, by password.
# If root runs it, the server runs as user postgres, because PostgreSQL refuses root. Otherwise it runs as the present user. If user
# postgres cannot enter the directory, as below a home of mode 0700, the database lies in /var/lib/consult-hub, and <directory>/database
# leads there.
set -euo pipefail
action=${1:?start, stop, restart or kill} directory=${2:?a directory} port=${3:-}
address=${HUB_POSTGRESQL_ADDRESS:-127.0.0.1}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; exit 1; }

as_owner() {
  if [ "$(id -u)" != 0 ]; then "$@"; return; fi
  setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$directory" "$@"
}

# Makes a place that user postgres reaches, where the directory is none.
find_place() {
  [ "$(id -u)" = 0 ] && [ ! -L "$directory/database" ] || return 0
  if (cd / && as_owner test -x "$directory") 2>/dev/null; then return 0; fi
  if [ -f "$directory/data/PG_VERSION" ]; then
    echo "User postgres cannot enter $directory any more, where its database is: chmod o+x the directories above it." >&2
    exit 1
  fi
  local place; place=/var/lib/consult-hub/$(printf %s "$directory" | sha256sum | head -c 16)
  (umask 022 && mkdir -p "$place")
  ln -s "$place" "$directory/database"
}
go_there() { if [ -L "$directory/database" ]; then directory=$(readlink "$directory/database"); fi; }

control() { (cd "$directory" && as_owner "$bin/pg_ctl" -D "$directory/data" -w -s "$@"); }

case $action in
  start)
    : "${port:?a port}"
    mkdir -p "$directory"
    directory=$(cd "$directory" && pwd)
    if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$directory"; fi
    find_place
    go_there
    if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$directory"; chmod 700 "$directory"; fi
    if [ ! -f "$directory/data/PG_VERSION" ]; then
      (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '+/=\n' > "$directory/password")
      if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$directory/password"; fi
      (cd "$directory" && as_owner "$bin/initdb" -D "$directory/data" -U hub --auth=scram-sha-256 --pwfile="$directory/password" \
        -E UTF8 --locale=C.UTF-8 >/dev/null)
      if [ "$address" != 127.0.0.1 ]; then echo "host all all samenet scram-sha-256" >> "$directory/data/pg_hba.conf"; fi
    fi
    control status >/dev/null 2>&1 || control -l "$directory/log" -o "-p $port -h $address -k $directory -c max_connections=200" start
    password=$(cat "$directory/password")
    PGPASSWORD=$password "$bin/psql" -h 127.0.0.1 -p "$port" -U hub -d postgres -qtAc \
      "SELECT 1 FROM pg_database WHERE datname = 'hub'" | grep -q 1 ||
      PGPASSWORD=$password "$bin/createdb" -h 127.0.0.1 -p "$port" -U hub hub
    echo "Host=127.0.0.1;Port=$port;Database=hub;Username=hub;Password=$password"
    ;;
  stop) go_there; control -m fast stop ;;
  restart) go_there; control -m fast -l "$directory/log" restart ;; # else the server holds on to whatever output its caller has
  kill) go_there; control -m immediate stop ;;
  *) echo "start, stop, restart or kill, not $action" >&2; exit 1 ;;
esac
