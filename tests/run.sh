#!/usr/bin/env bash
# Builds everything, checks the format of the sources and runs every test. If root runs this script, it first installs the missing programs
# that the tests need.
# Each project keeps two processors busy. So with fewer than four processors the projects run one after the other. Otherwise one project
# runs for every two processors. Projects that run side by side print their whole log when they end. At the end come the ten slowest tests,
# the tests that failed with their messages, and one line: N passed, N failed, N skipped. The exit code is 0 only if something ran and
# nothing failed.
#   tests/run.sh                        everything
#   tests/run.sh Grains                 only the parts whose name contains the word: Browser.Tests, Web.Tests, Grains.Tests, client, checks
#   tests/run.sh Web CommandTests       only the test class or the test with this name in these parts ("" for all projects)
#   tests/run.sh Grains '*Silence*'     * at the beginning or the end of the name stands for any text
# HUB_TEST_SIDE_BY_SIDE=2 runs two projects at a time.
set -uo pipefail
cd "$(dirname "$0")/.."
only=${1:-} filter=${2:-}
processors=$(nproc)
side_by_side=${HUB_TEST_SIDE_BY_SIDE:-$((processors < 4 ? 1 : processors / 2))}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=${CI:-true}
export DOTNET_TieredPGO=0 # otherwise .NET measures code for a second compilation, which costs short processes a tenth of their time
client=src/Web/client
results=$(mktemp -d)
databases=$(mktemp -d /tmp/hub-tests-XXXXXX)
chmod o+x "$databases" # PostgreSQL runs as another user, who must reach its folder
compiler=hub-tests-$$ # the name of a compiler server that only this run uses

stop_compiler() {
  pkill -f -- "-pipename:$compiler\$"
  rm -rf "${TMPDIR:-/tmp}/$compiler"
}
stop_parts() {
  local group
  for group in $(jobs -p); do kill -- "-$group" 2>/dev/null; done
}
clean() {
  local database
  stop_parts
  stop_compiler
  for database in "$databases"/*/; do deploy/postgresql.sh stop "$database" >/dev/null 2>&1; done
  rm -rf "$results" "$databases"
}
trap clean EXIT
trap 'exit 130' INT TERM

# A part has a name. Its log is $results/<name>.log, and $results/<name>.count has its counts: passed, failed, skipped.
count() { echo "$1 $2 $3" >"$results/$name.count"; }

is_wanted() { [[ -z $only || $1 == *"$only"* ]]; }

# Runs a part and prints its log: at once if parts run one after the other, or else as one piece when the part ends.
part() { # name command...
  local name=$1 since=$SECONDS passed failed skipped
  shift
  count 0 1 0 # the part counts as failed if it ends before it can count
  if [ "$side_by_side" -eq 1 ]; then
    echo "== $name"
    "$@" 2>&1 | tee "$results/$name.log"
  else
    "$@" >"$results/$name.log" 2>&1
  fi
  {
    flock 9
    if [ "$side_by_side" -ne 1 ]; then
      echo "== $name"
      cat "$results/$name.log"
    fi
    read -r passed failed skipped <"$results/$name.count"
    echo "$name: $passed passed, $failed failed, $skipped skipped ($((SECONDS - since)) s)"
  } 9>"$results/lock"
}

# Starts a part beside the others when there is a free place.
start() { # name command...
  is_wanted "$1" || return
  while [ "$(jobs -rp | wc -l)" -ge "$side_by_side" ]; do wait -n; done
  part "$@" &
}

# A check counts as one test. It fails if it finds something, and is skipped if its tool is missing (exit code 77).
check() { # command
  local found code
  found=$("$@" 2>&1)
  code=$?
  case $code in
    0) count 1 0 0 ;;
    77) count 0 0 1 ;;
    *) count 0 1 0 && echo "    $name [FAIL]" ;;
  esac
  [ -z "$found" ] || echo "$found"
}

is_formatted() {
  local said
  said=$(dotnet tool restore 2>&1) || { echo "CSharpier could not be restored."; echo "$said"; return 77; }
  dotnet csharpier check .
}

# Counts characters, not bytes. A row of a Markdown table cannot be broken, so it may be longer.
has_no_long_line() {
  local lines
  lines=$(
    git ls-files --cached --others --exclude-standard -- '*.cs' '*.ts' '*.tsx' '*.css' '*.md' '*.sh' '.ci/*' |
      grep -vE "^$client/src/(i18n/.*\.json|api/schema\.ts)$" |
      LC_ALL=C.UTF-8 xargs -d '\n' grep -sHnE '^.{141,}$' |
      grep -vE '^[^:]*\.md:[0-9]+:\|'
  )
  [ -z "$lines" ] && return
  echo "$(wc -l <<<"$lines") lines have more than 140 columns:"
  head -40 <<<"$lines" | cut -c 1-120
  return 1
}

is_checked() { npm --prefix $client run check --silent; }

# Runs a test project with a PostgreSQL server and with ports that no other project uses.
run_project() { # number
  local database=$databases/$1 filters=() output=$results/$name.out code line bad
  # Most hubs of these tests live for seconds. So .NET compiles nothing a second time in the first 30 s (0x7530 ms) of a process.
  [ "$name" = Grains.Tests ] || export DOTNET_TC_CallCountingDelayMs=7530
  export HUB_TEST_PORTS=$((20000 + 4000 * $1))-$((23999 + 4000 * $1))
  HUB_TEST_POSTGRESQL=$(deploy/postgresql.sh start "$database" $((33000 + 2000 * $1 + RANDOM % 2000))) && export HUB_TEST_POSTGRESQL ||
    echo "PostgreSQL did not start."
  export HUB_TEST_POSTGRESQL_RESTART="$PWD/deploy/postgresql.sh restart $database"
  [ -z "$filter" ] || filters=(-filter "/*/*/$filter/*" -filter "/*/*/*/$filter")
  "tests/$name/bin/Release/net10.0/ConsultHub.$name" -noColor -parallelMode none -result-xml "$results/$name.xml" "${filters[@]}" 2>&1 |
    tee "$output"
  code=${PIPESTATUS[0]}
  deploy/postgresql.sh stop "$database" >/dev/null 2>&1
  line=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$output" | tail -1)
  if [ -z "$line" ]; then
    if [ -n "$filter" ] && [ "$code" -eq 0 ]; then count 0 0 0; else count 0 1 0; fi
    return
  fi
  number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$line"; }
  bad=$(($(number Errors) + $(number Failed)))
  [ "$code" -ne 0 ] && [ "$bad" -eq 0 ] && [ "$(number Total)" -gt 0 ] && bad=1
  count $(($(number Total) - $(number Failed) - $(number Skipped))) "$bad" "$(number Skipped)"
}

run_vitest() {
  local json=$results/client.json chosen=() word=${filter//\*/}
  if [ -n "$word" ]; then
    chosen=(-t "$word")
    [ -z "$(find $client/src -path "*$word*.test.ts*")" ] || chosen=("$word")
  fi
  (cd $client && npx vitest run --reporter=json --outputFile="$json" --reporter=default --passWithNoTests "${chosen[@]}")
  if [ ! -f "$json" ]; then
    count 0 1 0
    return
  fi
  # A file that does not load has no tests. It counts as one failed test.
  # shellcheck disable=SC2046
  count $(node -e "
    const said = JSON.parse(require('fs').readFileSync('$json'))
    const unread = said.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
    console.log(said.numPassedTests, said.numFailedTests + unread, '$word' ? 0 : said.numPendingTests + said.numTodoTests)
  ")
}

# The programs that the tests need: a browser, ffmpeg for recordings, fonts for Arabic and Korean, a database, and a reader of PDF files.
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
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null ||
      echo "Could not install ${missing[*]}."
  else
    echo "Missing: ${missing[*]} (the tests that need them report themselves skipped)."
  fi
fi

# With a compiler server, no compiler has to start for each project. The server ends after the build, so that the tests have its memory.
build() {
  UseSharedCompilation=true dotnet build "$1" -c Release -v quiet -p:SharedCompilationId=$compiler && return
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}
if [ -z "$only" ]; then
  build Hub.sln
else
  for name in Browser.Tests Web.Tests Grains.Tests; do ! is_wanted $name || build tests/$name; done
  [ -d $client/node_modules ] || npm --prefix $client ci --silent
fi
# The provider of OpenID Connect with which people sign in in Web.Tests.
! is_wanted Web.Tests || [ -d tests/Oidc/node_modules ] || npm --prefix tests/Oidc ci --silent
# The mail server that takes the hub's mails in Web.Tests.
! is_wanted Web.Tests || [ -d tests/Smtp/node_modules ] || npm --prefix tests/Smtp ci --silent
# The program that verifies badges in Web.Tests.
! is_wanted Web.Tests || [ -d tests/Badges/node_modules ] || npm --prefix tests/Badges ci --silent
stop_compiler
echo "The build took $SECONDS s."

# The longest part comes first. Each part is a process group, so that an interrupted run ends everything that it has started.
set -m
start Browser.Tests run_project 0
start Web.Tests run_project 1
start Grains.Tests run_project 2
start client run_vitest
if [ -z "$filter" ]; then
  start "client checks" check is_checked
  start "format C# checks" check is_formatted
  start "line length checks" check has_no_long_line
fi
wait
set +m

node tests/slowest.mjs "$results"/*.xml "$results"/*.json
grep -h -A 12 '\[FAIL\]' "$results"/*.log
passed=0 failed=0 skipped=0
while read -r one two three; do
  passed=$((passed + one)) failed=$((failed + two)) skipped=$((skipped + three))
done < <(cat "$results"/*.count 2>/dev/null)
[ "$passed" -eq 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
