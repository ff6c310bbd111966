#!/usr/bin/env bash
# evaluate.sh [GOLD_FOLDER] [--errors]: scores the extractor against gold graphs.
# GOLD_FOLDER (../shared/gold when none is given) holds NAME.json, the gold graph of text/NAME.txt, and beside
# the folder tools/score_graph.py, the scorer. Where they are absent nothing is scored, which is no failure.
#   --errors   also list what is missing and what is wrong, article by article
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

gold=../shared/gold
options=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --*) options+=("$argument") ;;
    *) gold=$argument ;;
  esac
done

scorer=$gold/../tools/score_graph.py
for needed in "$gold/text" "$scorer"; do
  if [ ! -e "$needed" ]; then
    echo "evaluate: skipped, there is no $needed"
    exit 0
  fi
done

scripts/build.sh release relata
exec python3 scripts/evaluate_graphs.py "${options[@]}" --relata build/release/cli/relata --scorer "$scorer" \
  --out build/evaluation "$gold"
