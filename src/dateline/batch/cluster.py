"""The same steps on Ray Data (extra ``cluster``): each actor holds one step open and is handed one shard after the
other. Ray is asked for nothing but to hand out shards and to start anew what dies: what is done stands in the ledgers
of the shards, and what was written by a run that was killed is found there by the next one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody; must stand before Ray is imported
if not os.environ.get("RAY_ADDRESS"):  # listen on loopback alone, which Ray has no other switch for, even on Linux
    os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")

import msgspec
import ray as engine
from ray.data import ActorPoolStrategy, DataContext, from_items

from dateline.batch.planning import Shard
from dateline.batch.shards import Ended, Heard, Stepping

AHEAD = 8
"""Blocks of shards that Ray makes for each worker, at least: what it hands out at once."""


def ray(stepping: Stepping, told: bytes, shards: Sequence[Shard], workers: int, heard: Heard) -> Iterator[Ended]:
    """The step in ``workers`` actors, on the cluster that RAY_ADDRESS names, or on one that is started on this machine
    and seen by no other. Shards end in any order."""
    if not shards:
        return
    with _cluster(workers):
        context = DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        blocks = min(len(shards), max(AHEAD * workers, 200))
        items = from_items([{"shard": msgspec.msgpack.encode(s)} for s in shards], override_num_blocks=blocks)
        ended = items.map_batches(
            Hand,
            fn_constructor_args=(stepping, told),
            batch_size=1,
            compute=ActorPoolStrategy(min_size=1, max_size=workers),
            num_cpus=1,
        )
        for row in ended.iter_rows():
            heard(row["inputs"])
            yield Ended(row["number"], row["inputs"])


class Hand:
    """An actor: a step, kept open."""

    def __init__(self, stepping: Stepping, told: bytes) -> None:
        sys.modules["__main__"].__dict__.pop("__file__", None)  # else the processes behind the fence load Ray too
        self._step = stepping(told, 1)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        shards = [msgspec.msgpack.decode(raw, type=Shard) for raw in batch["shard"]]
        ended = list(self._step(shards, lambda _inputs: None))
        return {"number": [e.number for e in ended], "inputs": [e.inputs for e in ended]}


@contextmanager
def _cluster(workers: int) -> Iterator[None]:
    """One more CPU than actors, always: actors that hold all of them leave none to those that hand out, and the job
    would stand still without a word."""
    if os.environ.get("RAY_ADDRESS"):
        engine.init(log_to_driver=False)
    else:
        engine.init(num_cpus=workers + 1, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    try:
        yield
    finally:
        engine.shutdown()
