#!/usr/bin/env bash
# evaluate_halves.sh [--relata COMMAND] [--scorer FILE] [--errors]: scores the two halves of the gold graphs beside it.
#   --relata  the command to score (build/release/cli/relata of this checkout when none is given)
#   --scorer  score_graph.py (../shared/tools/score_graph.py when none is given); without it nothing is scored
#   --errors  also list what is missing and what is wrong, of the tuning half alone
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

relata=build/release/cli/relata
scorer=../shared/tools/score_graph.py
errors=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' tests/gold/evaluate_halves.sh; exit 0 ;;
    --relata) relata=${2:?--relata needs a command}; shift ;;
    --scorer) scorer=${2:?--scorer needs a file}; shift ;;
    --errors) errors=(--errors) ;;
    *) echo "evaluate_halves: unknown argument $1" >&2; exit 2 ;;
  esac
  shift
done
if [ ! -e "$scorer" ]; then
  echo "evaluate_halves: skipped, there is no $scorer"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for gold in tests/gold/[0-9][0-9]-*.json; do
  name=$(basename "$gold" .json)
  half=dev
  if [ "$((10#${name%%-*}))" -gt 7 ]; then half=held-out; fi
  mkdir -p "$work/$half/text"
  cp "$gold" "$work/$half/"
  cp "tests/gold/text/$name.txt" "$work/$half/text/"
done
for half in dev held-out; do
  printf '## %s\n\n' "$half"
  options=()
  if [ "$half" = dev ]; then options=("${errors[@]}"); fi
  python3 scripts/evaluate_graphs.py "${options[@]}" --relata "$relata" --scorer "$scorer" --out "$work/graphs-$half" "$work/$half"
  echo
done
