#!/usr/bin/env bash
# From the corpora to the weights of the English engine: training/run.sh CORPORA OUT
# CORPORA holds ud/ and polnear/; OUT gets what is made on the way, and engine.safetensors.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: training/run.sh CORPORA OUT" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpora=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
cd "$root"
for part in train dev; do
  cargo run --quiet --release -p onrecord-scoring -- units "$corpora/polnear/$part/text"/*.txt >"$out/polnear-$part.jsonl"
  for bank in ewt gum; do
    cargo run --quiet --release -p onrecord-scoring -- units "$corpora/ud/$bank-$part.conllu" >"$out/$bank-$part.jsonl"
  done
done
python3 training/train.py "$out" "$corpora" "$out" packs/en --epochs 10 --seed 1
python3 training/export.py "$out/network.pt" "$out/engine.safetensors"
