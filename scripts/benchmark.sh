#!/usr/bin/env bash
# benchmark.sh [NAME...]: builds the benchmarks and runs those named, or all of them. A benchmark NAME is the program
# tests/bench/relata_bench_NAME of the build; docs/measurements.md says what each one measures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = -h ] || [ "${1:-}" = --help ]; then
  sed -n '2,3s/^# \{0,1\}//p' "$0"
  exit 0
fi

scripts/build.sh release
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  mapfile -t names < <(find build/release -name 'relata_bench_*' -type f -executable -printf '%f\n' | sed 's/^relata_bench_//' | sort)
fi
for name in "${names[@]}"; do
  program=$(find build/release -name "relata_bench_$name" -type f -executable)
  if [ -z "$program" ]; then
    echo "benchmark: there is no benchmark $name" >&2
    exit 1
  fi
  echo "== $name"
  "$program"
done
