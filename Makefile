# Two commands on a fresh machine with git, make and Python 3.11 or newer:
#   make demo    set up, read a report, show the record, write it as HTML and JSON
#   make test    set up what is still missing, then lint, spelling, types, layers, tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
GOLD ?= ../shared/gold
SCORE ?= ../shared/score
ENGINE ?= local
REPORT := examples/harbour-exercise.txt
PUBLISHED := 2024-05-18
DURATIONS ?= 10

.PHONY: demo test lint types layers spelling needs check coverage matrix manual listings wheel bench profile bench-archive bench-batch kills spans floors reader golden help clean

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
	@echo "           (. $(BIN)/activate puts dateline on the path of this shell)"
	@$(BIN)/dateline add examples/archive -a out/example.db > out/example.log 2>&1 || { cat out/example.log; exit 1; }
	@echo
	@echo "Many reports: an archive of 23 (written for this project) is in out/example.db. Look at it in a browser:"
	@echo "           $(BIN)/dateline serve -a out/example.db"

test: lint spelling needs types layers check  ## lint, spelling, dependencies, types, layers, tests; the slowest are listed

lint: $(VENV)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev
	@$(BIN)/mypy
	@MYPYPATH=training/reader $(BIN)/mypy training/reader/*.py

layers: $(VENV)/dev
	@$(BIN)/lint-imports --config .importlinter

spelling: $(VENV)/dev  ## words that are known misspellings, in code, tables and docs
	@$(BIN)/codespell

needs: $(VENV)/dev  ## packages that are imported and not asked for, or asked for and not imported
	@$(BIN)/deptry src

check: $(VENV)/dev
	@$(BIN)/pytest --durations=$(DURATIONS) --durations-min=2

coverage: $(VENV)/dev  ## which lines no test reaches, room by room (the tests, half as slow again)
	@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage report

matrix: $(VENV)/dev  ## the wheel on each Python from 3.11 on that is at hand; make matrix TESTS=--tests runs the tests there too
	@$(BIN)/python -m evals.matrix $(TESTS)

manual: $(VENV)/dev  ## write the pages of the manual that are made of the program
	@$(BIN)/python -m evals.manual

listings: $(VENV)/dev  ## write the listings of the manual from what the commands print (a minute)
	@$(BIN)/python -m evals.listings

wheel: $(VENV)/dev  ## build the wheel, try it in an empty environment: make wheel PYTHON=python3.12
	@$(BIN)/python -m evals.wheel $(PYTHON)

spans: $(VENV)/dev  ## every span of every layer on the corpora beside the project: make spans GOLD=../shared/gold
	@$(BIN)/python -m evals.spans $(GOLD) --workers 2

floors: $(VENV)/dev  ## figures that may not fall, on the corpora beside the project
	@$(BIN)/python evals/floors.py $(GOLD) $(SCORE)

bench: $(VENV)/dev  ## ratios taken in one run: reading against the bare parse, start-up, memory, rate; writes the page of costs
	@$(BIN)/python -m evals.bench --keep

profile: $(VENV)/dev  ## where the time of a reading goes, stage by stage and function by function
	@$(BIN)/python -m evals.profile

bench-archive: $(VENV)/dev  ## what adding to an archive costs as it grows, against reading (about ten minutes)
	@$(BIN)/python -m evals.archive

bench-batch: $(VENV)/dev  ## rate and memory of a batch of 73,374 feed items with one worker and with two (hours)
	@$(BIN)/python -m evals.rate $(GOLD)/feeds/feeds-2023-h1.jsonl.gz out/rate --items 73374 --learned

kills: $(VENV)/dev  ## a batch of 2,000 reports and its workers killed at random; ENGINE=ray with the extra cluster
	@$(BIN)/python -m evals.kills out/kills --engine $(ENGINE)

reader: $(VENV)/dev  ## train the learned reader again from the corpora beside the project (about two hours)
	@training/reader/make.sh $(GOLD) $(SCORE) out/reader

golden: $(VENV)/dev  ## write the golden records again, to be reviewed as a diff
	@$(BIN)/python -m tests.golden_records

clean:  ## remove the environment and everything made
	rm -rf $(VENV) $(VENV)-3.* out .coverage .mypy_cache .ruff_cache .import_linter_cache
