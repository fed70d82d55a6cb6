# Two commands on a fresh machine with git, make and Python 3.11 or newer:
#   make demo    set up, read a report, show the record, write it as HTML and JSON
#   make test    set up what is still missing, then lint, types, layers, tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
GOLD ?= ../shared/gold
SCORE ?= ../shared/score
REPORT := examples/harbour-exercise.txt
PUBLISHED := 2024-05-18

.PHONY: demo test lint types layers check bench bench-archive spans floors reader golden help clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/run: requirements/run.lock pyproject.toml
	@echo "Setting up in $(VENV) (about half a minute; nothing outside this folder but the cache is touched) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dateline needs Python 3.11 or newer; say which one with: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes --only-binary :all: -r requirements/run.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements/dev.lock $(VENV)/run
	@$(PIP) --require-hashes --only-binary :all: -r requirements/dev.lock
	@touch $@

demo: $(VENV)/run  ## read a report that ships with the project
	@mkdir -p out
	@$(BIN)/dateline read $(REPORT) --published $(PUBLISHED) --to json --overwrite -o out/record.json
	@$(BIN)/dateline read $(REPORT) --published $(PUBLISHED) --to html --overwrite -o out/record.html
	@$(BIN)/dateline read $(REPORT) --published $(PUBLISHED)
	@echo
	@echo "Read:      $(REPORT) (written for this project)"
	@echo "HTML:      $(CURDIR)/out/record.html   (open it in a browser)"
	@echo "JSON:      $(CURDIR)/out/record.json"
	@echo "Your own:  $(BIN)/dateline read REPORT.txt --published 2024-05-18"
	@$(BIN)/dateline add examples/archive -a out/example.db > out/example.log 2>&1 || { cat out/example.log; exit 1; }
	@echo
	@echo "Many reports: an archive of 23 (written for this project) is in out/example.db. Look at it in a browser:"
	@echo "           $(BIN)/dateline serve -a out/example.db"

test: lint types layers check  ## lint, types, layers, tests

lint: $(VENV)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev
	@$(BIN)/mypy

layers: $(VENV)/dev
	@$(BIN)/lint-imports --config .importlinter

check: $(VENV)/dev
	@$(BIN)/pytest

spans: $(VENV)/dev  ## every span of every layer on the corpora beside the project: make spans GOLD=../shared/gold
	@$(BIN)/python -m evals.spans $(GOLD) --workers 2

floors: $(VENV)/dev  ## figures that may not fall, on the corpora beside the project
	@$(BIN)/python evals/floors.py $(GOLD) $(SCORE)

bench: $(VENV)/dev  ## ratios taken in one run: reading against the bare parse, start-up, memory
	@$(BIN)/python evals/bench.py

bench-archive: $(VENV)/dev  ## what adding to an archive costs as it grows, against reading (about ten minutes)
	@$(BIN)/python evals/archive.py

reader: $(VENV)/dev  ## train the learned reader again from the corpora beside the project (about two hours)
	@training/reader/make.sh $(GOLD) $(SCORE) out/reader

golden: $(VENV)/dev  ## write the golden records again, to be reviewed as a diff
	@$(BIN)/python -m tests.golden_records

clean:  ## remove the environment and everything made
	rm -rf $(VENV) out .mypy_cache .ruff_cache .import_linter_cache
