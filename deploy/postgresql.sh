#!/usr/bin/env bash
# A PostgreSQL of its own for this machine: Debian's package, in a directory and on a port of its own, loopback only.
#   deploy/postgresql.sh start <directory> <port>     makes it where it is missing; prints the connection string
#   deploy/postgresql.sh stop <directory>             also: restart, kill (as a crash does)
# HUB_POSTGRESQL_ADDRESS instead of 127.0.0.1 lets the machines of the same networks in, by password.
# Run as root it runs as user postgres, since PostgreSQL refuses root; else as whoever runs it.
set -euo pipefail
action=${1:?start, stop, restart or kill} directory=${2:?a directory} port=${3:-}
address=${HUB_POSTGRESQL_ADDRESS:-127.0.0.1}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; exit 1; }

as_owner() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$directory" "$@"; else "$@"; fi; }
control() { (cd "$directory" && as_owner "$bin/pg_ctl" -D "$directory/data" -w -s "$@"); }

case $action in
  start)
    : "${port:?a port}"
    mkdir -p "$directory"
    directory=$(cd "$directory" && pwd)
    if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$directory"; fi
    if [ ! -f "$directory/data/PG_VERSION" ]; then
      (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '+/=\n' > "$directory/password")
      if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$directory/password"; fi
      (cd "$directory" && as_owner "$bin/initdb" -D "$directory/data" -U hub --auth=scram-sha-256 --pwfile="$directory/password" -E UTF8 --locale=C.UTF-8 >/dev/null)
      if [ "$address" != 127.0.0.1 ]; then echo "host all all samenet scram-sha-256" >> "$directory/data/pg_hba.conf"; fi
    fi
    control status >/dev/null 2>&1 || control -l "$directory/log" -o "-p $port -h $address -k $directory -c max_connections=200" start
    password=$(cat "$directory/password")
    PGPASSWORD=$password "$bin/psql" -h 127.0.0.1 -p "$port" -U hub -d postgres -qtAc "SELECT 1 FROM pg_database WHERE datname = 'hub'" | grep -q 1 ||
      PGPASSWORD=$password "$bin/createdb" -h 127.0.0.1 -p "$port" -U hub hub
    echo "Host=127.0.0.1;Port=$port;Database=hub;Username=hub;Password=$password"
    ;;
  stop) control -m fast stop ;;
  restart) control -m fast -l "$directory/log" restart ;; # else the server holds on to whatever output its caller has
  kill) control -m immediate stop ;;
  *) echo "start, stop, restart or kill, not $action" >&2; exit 1 ;;
esac
