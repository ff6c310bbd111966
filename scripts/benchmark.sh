#!/usr/bin/env bash
# benchmark.sh [NAME...]: builds the benchmarks graph and reader and runs those named, or both.
# docs/measurements.md says what each one measures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = -h ] || [ "${1:-}" = --help ]; then
  sed -n '2,3s/^# \{0,1\}//p' "$0"
  exit 0
fi

names=("$@")
[ ${#names[@]} -gt 0 ] || names=(graph reader)
for name in "${names[@]}"; do
  echo "== $name"
  case "$name" in
    graph)
      scripts/build.sh release relata_bench
      build/release/tests/relata_bench
      ;;
    reader)
      scripts/build.sh release bench_reader
      build/release/tests/bench_reader models/reader.rlm samples/ceasefire.txt
      ;;
    *)
      echo "benchmark: there is no benchmark $name; there are graph and reader" >&2
      exit 1
      ;;
  esac
done
