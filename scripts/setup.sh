#!/usr/bin/env bash
# Installs the Debian packages of scripts/packages.txt that are missing; does nothing when all are there.
# Works as root or with sudo, and asks no question of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v dpkg-query >/dev/null; then
  echo "setup: this is no Debian system; install what scripts/packages.txt names with your package manager" >&2
  exit 1
fi

missing=()
while read -r package; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' scripts/packages.txt)
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: packages are missing and neither root nor sudo is at hand; run as root:" >&2
    echo "  apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
  [ -t 0 ] || as_root=(sudo -n)
fi

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null
}
install() {
  apt install -y --no-install-recommends "${missing[@]}"
}

echo "setup: installing ${missing[*]}"
if ! apt-cache show "${missing[@]}" >/dev/null 2>&1; then
  apt update
  install
elif ! install; then
  echo "setup: the list of packages may be old; reading it anew"
  apt update
  install
fi
