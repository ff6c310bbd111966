#!/usr/bin/env bash
# install_clients.sh FOLDER: puts the npm packages that some tests read our formats with (tests/clients/npm) into
# FOLDER/node_modules. Does nothing when they are there; without npm, or when its packages cannot be had, it says so
# and ends well: the tests then skip what they lack.
set -euo pipefail
if [ $# -ne 1 ] || [ "$1" = -h ] || [ "$1" = --help ]; then
  sed -n '2,4s/^# \{0,1\}//p' "$0"
  [ $# -eq 1 ] && exit 0 || exit 2
fi
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../tests/clients/npm" && pwd)
folder=$1

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
  echo "clients: npm is not installed; the tests with clients of npm will be skipped"
  exit 0
fi
mkdir -p "$folder"
if [ -d "$folder/node_modules" ] && cmp -s "$source/package-lock.json" "$folder/package-lock.json"; then
  exit 0
fi
rm -rf "$folder/node_modules" "$folder/package-lock.json"
work=$(mktemp -d "$folder/install-XXXXXX")
trap 'rm -rf "$work"' EXIT
cp "$source/package.json" "$source/package-lock.json" "$work/"
echo "clients: installing the npm packages of tests/clients/npm"
if (cd "$work" && timeout 120 npm ci --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 \
  --fetch-timeout=20000 </dev/null); then
  mv "$work/node_modules" "$folder/"
  cp "$source/package-lock.json" "$folder/" # last: it says that all is there
else
  echo "clients: npm could not get its packages; the tests with clients of npm will be skipped"
fi
