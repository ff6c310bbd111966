#!/usr/bin/env bash
# check_style.sh [--all] [--fix] [--no-tidy] [FILES...]: clang-format and clang-tidy (version 14) on the C++ files
# named, or on those that changed against origin/main or are not committed, or with --all on every one.
#   --fix       let clang-format write its changes
#   --no-tidy   formatting alone, which takes a second; clang-tidy takes several for each file
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

all=false fix=false tidy=true files=()
for argument in "$@"; do
  case "$argument" in
    --all) all=true ;;
    --fix) fix=true ;;
    --no-tidy) tidy=false ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) files+=("$argument") ;;
  esac
done

find_tool() {
  for name in "$1-14" "$1"; do
    if command -v "$name" >/dev/null && "$name" --version | grep -q 'version 14\.'; then
      echo "$name"
      return
    fi
  done
  echo "check_style: $1 14 is missing; Debian's package is $1-14" >&2
  exit 1
}

if [ ${#files[@]} -eq 0 ]; then
  if $all; then
    mapfile -t files < <(git ls-files '*.cpp' '*.h' '*.inl')
  else
    base=$(git merge-base HEAD origin/main 2>/dev/null || git rev-parse HEAD)
    mapfile -t files < <({ git diff --name-only --diff-filter=d "$base" -- '*.cpp' '*.h' '*.inl'
      git ls-files --others --exclude-standard -- '*.cpp' '*.h' '*.inl'; } | sort -u)
  fi
fi
if [ ${#files[@]} -eq 0 ]; then
  echo "check_style: no C++ file has changed"
  exit 0
fi

format=$(find_tool clang-format)
if $fix; then
  "$format" -i "${files[@]}"
else
  "$format" --dry-run -Werror "${files[@]}"
fi
$tidy || exit 0

clang_tidy=$(find_tool clang-tidy)
[ -e build/release/compile_commands.json ] || cmake --preset release >/dev/null
# Headers are checked with the sources that include them; a source without a compile command is no part of the build.
sources=()
for file in "${files[@]}"; do
  if [[ $file == *.cpp ]] && grep -qF "/$file\"" build/release/compile_commands.json; then sources+=("$file"); fi
done
[ ${#sources[@]} -gt 0 ] || exit 0
printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "${JOBS:-$(nproc)}" "$clang_tidy" -p build/release --quiet
