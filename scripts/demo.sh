#!/usr/bin/env bash
# demo.sh [ARTICLE]: sets up, builds, and shows the main job on a sample article (or on the text file given): the graph
# as JSON and as a picture, and how two of its actors are connected. A second run builds only what changed.
set -euo pipefail
case "${1:-}" in
  -h | --help) sed -n '2,3s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
article=${1:+$(realpath "$1")}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sample=samples/ceasefire.txt
article=${article:-$sample}

echo "== Set-up and build (minutes the first time, seconds after that)"
scripts/build.sh release relata

relata=build/release/cli/relata
out=build/demo
mkdir -p "$out"

run() {
  printf '\n$ relata %s\n' "$(printf '%q ' "$@")"
  "$relata" "$@"
}

echo
echo "== The graph of $article"
run build "$article" --overwrite -o "$out/graph.json"
run build "$article" --overwrite -o "$out/graph.svg"
run build "$article" --overwrite -o "$out/graph.png"
run stats "$out/graph.json"
if [ "$article" = "$sample" ]; then
  echo
  echo "== How is Russia's president connected with the town that fell?"
  run path "$out/graph.json" Putin Shusha
fi

cat <<TEXT

== What was made
$out/graph.svg, $out/graph.png   the picture: open one in a browser or an image viewer
$out/graph.json                        the graph with all its evidence

== What to try next
alias relata=$PWD/$relata
relata show $out/graph.json Azerbaijan           # a node and its edges
relata why $out/graph.json Turkey Azerbaijan     # every sentence that joins the two
relata build samples/*.txt -o case.graphml             # several articles, one graph, for Gephi, yEd or NetworkX
relata analyze samples/trial.txt | less                # what each stage reads in the text
relata --help
TEXT
