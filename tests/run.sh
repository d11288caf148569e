#!/usr/bin/env bash
# Builds everything and runs every test. Installs what the tests need where it is missing and the user may.
# Ends with the tests that failed, each with its message, and one line: N passed, N failed, N skipped. Exit code 0 only where something ran and nothing failed.
#   tests/run.sh            everything
#   tests/run.sh Grains     only the test projects whose name contains the word
set -uo pipefail
cd "$(dirname "$0")/.."
only=${1:-}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=${CI:-true}
results=$(mktemp -d)
database=$(mktemp -d /tmp/hub-tests-XXXXXX)
trap 'deploy/postgresql.sh stop "$database" >/dev/null 2>&1; rm -rf "$results" "$database"' EXIT

# A browser, ffmpeg to look at recordings with, fonts in which Arabic and Korean show, a database, and what reads PDF files.
missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v ffprobe >/dev/null || missing+=(ffmpeg)
fc-list 2>/dev/null | grep -i 'NotoSansArabic\|Noto Sans Arabic' >/dev/null || missing+=(fonts-noto-core)
fc-list 2>/dev/null | grep -i CJK >/dev/null || missing+=(fonts-noto-cjk)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null || echo "Could not install ${missing[*]}."
  else
    echo "Missing: ${missing[*]} (the tests that need them report themselves skipped)."
  fi
fi

dotnet build Hub.sln -c Release -v quiet || { echo "The build failed."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# A PostgreSQL server for the tests alone; gone with them.
port=$(shuf -i 33000-39000 -n 1)
HUB_TEST_POSTGRESQL=$(deploy/postgresql.sh start "$database" "$port") && export HUB_TEST_POSTGRESQL || echo "PostgreSQL did not start."
export HUB_TEST_POSTGRESQL_RESTART="$PWD/deploy/postgresql.sh restart $database"

passed=0 failed=0 skipped=0
count() { # name passed failed skipped
  echo "$1: $2 passed, $3 failed, $4 skipped"
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  [[ -n $only && $name != *"$only"* ]] && continue
  echo "== $name"
  log=$results/$name.log
  dotnet run --project "$project" -c Release --no-build -- -noColor -parallelMode none 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  line=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -1)
  number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$line"; }
  if [ -z "$line" ]; then
    count "$name" 0 1 0
    continue
  fi
  bad=$(($(number Errors) + $(number Failed)))
  [ "$code" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
  count "$name" $(($(number Total) - $(number Failed) - $(number Skipped))) "$bad" "$(number Skipped)"
done

client=src/Web/client
if [ -f $client/package.json ] && [[ -z $only || client == *"$only"* ]]; then
  echo "== client"
  [ -d $client/node_modules ] || npm --prefix $client ci --silent
  npm --prefix $client run check --silent || count "client types" 0 1 0
  log=$results/client.json
  (cd $client && npx vitest run --reporter=json --outputFile="$log" --reporter=default)
  if [ -f "$log" ]; then
    field() { node -e "console.log(JSON.parse(require('fs').readFileSync('$log'))['$1'] ?? 0)"; }
    count client "$(field numPassedTests)" "$(field numFailedTests)" "$(field numPendingTests)"
  else
    count client 0 1 0
  fi
fi

grep -h -A 12 '\[FAIL\]' "$results"/*.log
[ "$passed" -eq 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
