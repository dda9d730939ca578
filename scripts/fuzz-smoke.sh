#!/bin/sh
# Runs every fuzz target shortly; what the toolchain does not allow is told as SKIPPED.
# usage: scripts/fuzz-smoke.sh [SECONDS]     SECONDS for each target: 10 unless named
set -eu
seconds=${1:-10}
cd "$(dirname "$0")/.."

if ! cargo +nightly --version >/dev/null 2>&1; then
  echo "SKIPPED: fuzzing: no nightly toolchain (rustup toolchain install nightly)"
  exit 0
fi
if ! command -v cargo-fuzz >/dev/null; then
  echo "SKIPPED: fuzzing: cargo-fuzz is not installed (cargo install cargo-fuzz)"
  exit 0
fi

corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
for target in $(cargo +nightly fuzz list); do
  seeds=fuzz/seeds/$target
  test -d "$seeds" || seeds=tests/fixtures
  mkdir "$corpus/$target"
  cargo +nightly fuzz run "$target" "$corpus/$target" "$seeds" -- \
    -max_total_time="$seconds" -rss_limit_mb=1024 -verbosity=0 -print_final_stats=1 2>"$corpus/$target.log" || {
    cat "$corpus/$target.log"
    echo "FOUND: fuzz target $target; the input is named above" >&2
    exit 1
  }
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$corpus/$target.log")
  echo "fuzz $target: ${runs:-0} runs in $seconds s, nothing found"
done
