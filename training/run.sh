#!/usr/bin/env bash
# From the corpora to the weights of the English engine: training/run.sh CORPORA OUT
# CORPORA holds ud/ and polnear/; OUT gets what is made on the way, engine.safetensors,
# and told.jsonl, to which a test holds the Rust engine.
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
# One thread: two would wait for each other as soon as anything else runs.
OMP_NUM_THREADS=1 python3 training/train.py "$out" "$corpora" "$out" packs/en --epochs 16 --seed 1 --threads 1
python3 training/export.py "$out/network.pt" "$out/engine.safetensors"
cargo run --quiet --release -p onrecord-scoring -- units crates/language/tests/pinned/story.txt >"$out/story.jsonl"
python3 training/pin.py "$out/network.pt" "$out/story.jsonl" >"$out/told.jsonl"
