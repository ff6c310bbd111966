#!/usr/bin/env bash
# test.sh [--asan | --dev] [CTEST OPTIONS...]: sets up, builds and runs every test. Ends with CTest's summary;
# the exit status is not 0 when a test failed.
#   --asan   build and run with the address and undefined-behaviour sanitizers
#   --dev    build and run with warnings as errors and assertions
# Everything else goes to CTest: `scripts/test.sh -R graph` runs the tests with "graph" in their name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=release
case "${1:-}" in
  --asan) preset=asan; shift ;;
  --dev) preset=dev; shift ;;
  -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac

scripts/build.sh "$preset"
scripts/install_clients.sh "build/$preset/clients"
exec ctest --preset "$preset" --parallel "$(nproc)" "$@"
