#!/usr/bin/env bash
# build.sh [PRESET [TARGET...]]: sets up what is missing, configures and builds a preset of CMakePresets.json
# (release when none is given) in build/PRESET. Only what changed is built again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=${1:-release}
shift || true
targets=()
for target in "$@"; do targets+=(--target "$target"); done

scripts/setup.sh

# A compiler process may take 1.5 GB; more of them than the memory carries would make the machine swap.
cores=$(nproc)
by_memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo)
jobs=$((by_memory < 1 ? 1 : by_memory < cores ? by_memory : cores))

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! cmake --preset "$preset" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
cmake --build "build/$preset" --parallel "$jobs" "${targets[@]}"
