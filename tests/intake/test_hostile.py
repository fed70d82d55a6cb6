"""Spoilt and hostile inputs: each ends as articles or as rejections with a reason, and none touches another."""

# ruff: noqa: E501 - sample texts stand on one line
from __future__ import annotations

import gzip
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from dateline.intake.found import Found
from dateline.intake.inputs import Input
from dateline.intake.sources import articles_of, outcome_of, pieces_of
from dateline.model import Rejection
from dateline.settings import Settings
from tests.intake.samples import SAMPLES, record, spoilt

SPOILT, CLEAN = 1000, 50


def test_a_thousand_spoilt_inputs_end_in_order_and_leave_the_clean_ones_alone(tmp_path: Path) -> None:
    rng = random.Random(20240518)
    kinds = sorted(SAMPLES)
    clean = {f"clean{n:02}": SAMPLES[kinds[n % len(kinds)]] for n in range(CLEAN)}
    inputs = {f"bad{n:04}": spoilt(SAMPLES[kinds[n % len(kinds)]], rng) for n in range(SPOILT)} | clean
    for name, raw in inputs.items():
        (tmp_path / name).write_bytes(raw)
    alone: dict[str, bytes] = {}
    for name in clean:
        given = Input(id=name, origin=name, path=str(tmp_path / name).encode())
        alone[name] = _bytes([outcome_of(p, Settings()) for p in pieces_of(given, Settings()) if p is not None])
    together: dict[str, list[object]] = {name: [] for name in inputs}
    order = sorted(inputs, key=lambda name: (hash_of(name), name))
    for outcome in articles_of([str(tmp_path / name) for name in order], Settings()):
        name = (outcome.article.id if isinstance(outcome, Found) else outcome.id).partition("#")[0]
        together[name].append(outcome)
        if isinstance(outcome, Rejection):
            assert outcome.reason
            assert outcome.origin is not None
            assert Path(outcome.origin).name == name
            assert "a reader failed" not in outcome.reason, outcome
    assert [name for name, found in together.items() if not found] == []
    strip = str(tmp_path).encode() + b"/"
    assert {name: _bytes(together[name]).replace(strip, b"") for name in clean} == alone


def hash_of(name: str) -> int:
    return int(name[-2:])  # mixes clean ones and spoilt ones


def _bytes(outcomes: list[object]) -> bytes:
    return msgspec.json.encode(outcomes)


def bombs() -> dict[str, bytes]:
    zeros = gzip.compress(b"\0" * (1 << 26), 9)
    gib = gzip.compress(b"The ship left. " * (1 << 16), 9) * 1092  # a member a MB: one GiB
    return {
        "gzip of 1 GiB": gib,
        "gzip in gzip in an archive": gzip.compress(record(zeros * 16, headers="Content-Encoding: gzip\r\n"), 9),
        "gzip in gzip": gzip.compress(gib),
        "a million nested tags": b"<html><body>" + b"<div>" * 1_000_000 + b"<p>The ship left.",
        "a million attributes": b"<html><body><p " + b" ".join(b"a%d=x" % n for n in range(1_000_000)) + b">The ship left.",
        "billion laughs": _laughs(),
        "a line of 50 MB": b"The ship left. " * 3_500_000,
        "rows: a line of 50 MB": b'{"text": "' + b"a" * 50_000_000 + b'"}\n',
        "deep JSON": b'{"a": ' + b"[" * 1_000_000 + b"\n",
        "a cell of 30 MB": b'id,text\n1,"' + b"a" * 30_000_000 + b'"\n',
        "many open CDATA": b"<rss><channel>" + b"<item><![CDATA[<!--" * 10_000,
        "many declarations": b"<!DOCTYPE r [" + b"<!ENTITY " * 200_000 + b"<rss>",
    }  # fmt: skip


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "lol">{entities}]>'
    return f"{head}<rss><channel><item><title>&a9;</title></item></channel></rss>".encode()


WEIGH = """
import re, sys, time
from dateline.intake.sources import articles_of
from dateline.settings import Settings
started = time.process_time()
found = [getattr(o, "reason", None) or repr(o.faults) for o in articles_of(sys.argv[1:], Settings())]
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(time.process_time() - started, peak, found[-1][:300])
"""
LIMITS = {
    "gzip of 1 GiB": "max_bytes",
    "gzip in gzip in an archive": "max_bytes",
    "gzip in gzip": "gzip",
    "a million nested tags": "max_depth",
    "a line of 50 MB": "max_bytes",
    "rows: a line of 50 MB": "max_bytes",
    "a cell of 30 MB": "max_bytes",
}


@pytest.mark.parametrize("name", bombs())
def test_a_bomb_costs_little_time_and_memory_and_names_the_limit(name: str, tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(bombs()[name])
    done = subprocess.run(
        [sys.executable, "-c", WEIGH, str(tmp_path / "bomb")], capture_output=True, timeout=120, check=True
    )
    seconds, megabytes, said = done.stdout.decode().split(" ", 2)
    print(name, seconds, megabytes, said)
    assert float(seconds) < 10
    assert int(megabytes) < 768
    assert LIMITS.get(name, "") in said
