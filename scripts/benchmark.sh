#!/usr/bin/env bash
# benchmark.sh [NAME...]: builds the benchmarks build, graph, graphml, growth, reader and store and runs those named, or all but growth.
# docs/measurements.md says what each one measures; growth draws docs/growth.svg.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = -h ] || [ "${1:-}" = --help ]; then
  sed -n '2,3s/^# \{0,1\}//p' "$0"
  exit 0
fi

names=("$@")
[ ${#names[@]} -gt 0 ] || names=(build graph graphml reader store)
for name in "${names[@]}"; do
  echo "== $name"
  case "$name" in
    build)
      scripts/build.sh release relata
      tests/bench/bench_build.py build/release/cli/relata samples/*.txt tests/gold/text/*.txt
      ;;
    graph)
      scripts/build.sh release relata_bench
      build/release/tests/relata_bench
      ;;
    growth)
      scripts/build.sh release relata_bench
      figures=$(mktemp -d)
      trap 'rm -rf "$figures"' EXIT
      for nodes in 10000 100000 1000000; do
        build/release/tests/relata_bench --figures "$nodes" | tee "$figures/$nodes"
      done
      build/release/tests/relata_bench --figures --topology 10000000 | tee "$figures/10000000"
      scripts/plot_growth.py "$figures"/* -o docs/growth.svg
      ;;
    graphml)
      scripts/build.sh release bench_graphml
      build/release/tests/bench_graphml
      folder=$(mktemp -d)
      trap 'rm -rf "$folder"' EXIT
      build/release/tests/bench_graphml read "$folder/graph.graphml" "${NODES:-1000000}" "${EDGES:-5000000}"
      ;;
    reader)
      scripts/build.sh release bench_reader
      build/release/tests/bench_reader models/reader.rlm samples/ceasefire.txt
      ;;
    store)
      scripts/build.sh release bench_store
      bench=$PWD/build/release/tests/bench_store
      folder=$(mktemp -d)
      trap 'rm -rf "$folder"' EXIT
      "$bench" make "$folder/graph.kg" "${NODES:-1000000}" "${EDGES:-5000000}"
      for _ in 1 2 3; do "$bench" open "$folder/graph.kg"; done
      for _ in 1 2 3; do "$bench" add "$folder/graph.kg"; done
      "$bench" follow "$folder/graph.kg"
      rm "$folder"/graph.kg*
      for texts in 1000 10000 "${TEXTS:-100000}"; do
        "$bench" texts "$folder/texts.kg" "$texts"
        "$bench" add "$folder/texts.kg" 20 | tail -2
        for _ in 1 2; do "$bench" open "$folder/texts.kg"; done
        "$bench" follow "$folder/texts.kg"
        rm "$folder"/texts.kg*
      done
      ;;
    *)
      echo "benchmark: there is no benchmark $name; there are build, graph, graphml, growth, reader and store" >&2
      exit 1
      ;;
  esac
done
