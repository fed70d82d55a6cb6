#!/bin/sh
# Resolve the locks again: every Python from 3.11 on, hashes, no release younger than the day given.
#   pip install uv && sh requirements/relock.sh 2026-11-16
set -eu
cd "$(dirname "$0")/.."
lock() { uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
  --exclude-newer "$day" --quiet "$@"; }
day=$1
lock --upgrade --group install --extra serve -o requirements/run.lock
lock --upgrade --group dev --extra serve --extra frames --extra exports --extra mcp -c requirements/run.lock -o requirements/dev.lock
