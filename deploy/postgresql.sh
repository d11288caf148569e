#!/usr/bin/env bash
# Runs a separate PostgreSQL server on this machine, from Debian's package, in its own directory, on its own port, by default on loopback.
#   deploy/postgresql.sh start <directory> <port>     makes the database if it is missing; prints the connection string
#   deploy/postgresql.sh stop <directory>             also: restart, and kill (ends it as a crash would)
# If HUB_POSTGRESQL_ADDRESS is not 127.0.0.1, other machines in the networks of this machine may connect with the password.
# If root runs this script, the server runs as user postgres, because PostgreSQL refuses root. Otherwise the server runs as the caller.
# If user postgres cannot enter the directory, for example below a home directory of mode 0700, the database is in /var/lib/consult-hub,
# and <directory>/database is a link to it.
set -euo pipefail
action=${1:?start, stop, restart or kill} directory=${2:?a directory} port=${3:-}
address=${HUB_POSTGRESQL_ADDRESS:-127.0.0.1}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is missing. Install it with: apt-get install postgresql" >&2; exit 1; }

as_owner() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$directory" "$@"
  else
    "$@"
  fi
}

# Puts the database into another directory if user postgres cannot enter the given one.
find_place() {
  [ "$(id -u)" = 0 ] && [ ! -L "$directory/database" ] || return 0
  if (cd / && as_owner test -x "$directory") 2>/dev/null; then return 0; fi
  [ ! -f "$directory/data/PG_VERSION" ] || {
    echo "User postgres can no longer enter $directory, which contains the database. Run chmod o+x on the directories above it." >&2
    exit 1
  }
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
      (cd "$directory" && as_owner "$bin/initdb" -D "$directory/data" -U hub --auth=scram-sha-256 \
        --pwfile="$directory/password" -E UTF8 --locale=C.UTF-8 >/dev/null)
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
  restart) go_there; control -m fast -l "$directory/log" restart ;; # without -l, the server would keep the caller's output open
  kill) go_there; control -m immediate stop ;;
  *) echo "The action is start, stop, restart or kill, not $action." >&2; exit 1 ;;
esac
