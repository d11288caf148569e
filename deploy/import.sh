#!/usr/bin/env bash
# Imports a folder of CSV files into a network. The files have the names of tables, such as hospitals.csv. They are imported in the order in
# which they need each other. A file with a row that is refused is not stored, and the script stops there. Correct the row, and run
# the script again: rows that are stored already stay as they are.
#   HUB_TOKEN=... deploy/import.sh https://hub.example ehs folder
#   HUB_REASON="The plan of 2027"   the reason, if planned engagements would suffer or the rosters warn
# docs/interface.md describes the files. The token needs the actions that change the tables.
set -euo pipefail
hub=${1:?Name the address of the hub} network=${2:?Name the network} folder=${3:?Name the folder}
: "${HUB_TOKEN:?Set HUB_TOKEN to a token}"
tables="specialties policy partners hospitals rooms hours holidays closures travel people rota consultants procedures credentials
  visits absences engagements conferences sessions"
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# Sends a request with the token. The token is not in the command line, where others could read it.
send() {
  curl -sS -o "$answer" -w '%{http_code}' -H @- "$@" <<<"Authorization: Bearer $HUB_TOKEN"
}

percent_encoded() { printf %s "$1" | od -An -v -tx1 | tr -d '\n' | tr ' ' '%'; }

found=0
for table in $tables; do
  file=$folder/$table.csv
  [ -f "$file" ] || continue
  found=1
  status=$(send -X POST -H 'Content-Type: text/csv' -H "X-Reason: $(percent_encoded "${HUB_REASON:-}")" \
    --data-binary "@$file" "$hub/api/tables/$table?network=$network")
  while [ "$status" = 202 ] || { [ "$status" = 200 ] && grep -q '"finished":false' "$answer"; }; do # a long import goes on by itself
    import=$(sed -n 's/.*"import":"\([^"]*\)".*/\1/p' "$answer")
    sleep 1
    status=$(send "$hub/api/tables/imports/$import")
  done
  if [ "$status" != 200 ] || grep -q '"impossible":\[{' "$answer"; then
    echo "$table: refused ($status)" >&2
    cat "$answer" >&2
    echo >&2
    exit 1
  fi
  echo "$table: stored"
done
if [ "$found" = 0 ]; then
  echo "There is no CSV file of a table in $folder." >&2
  exit 1
fi
