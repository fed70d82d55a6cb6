"""A step and shards in, what ended out: in this process, or on an engine that spreads them over machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Literal

from dateline.batch.planning import Shard
from dateline.batch.shards import Ended, Heard, Stepping
from dateline.errors import InputError

Name = Literal["local", "ray"]
NAMES: tuple[Name, ...] = ("local", "ray")
Engine = Callable[[Stepping, bytes, Sequence[Shard], int, Heard], Iterator[Ended]]
"""(what opens the step, what it is told, the shards that are not done, workers, who hears) -> shards as they end."""


def local(stepping: Stepping, told: bytes, shards: Sequence[Shard], workers: int, heard: Heard) -> Iterator[Ended]:
    """The step in this process, which keeps ``workers`` others busy."""
    with closing(stepping(told, workers)) as step:
        yield from step(shards, heard)


def engine(name: Name) -> Engine:
    """An engine by its name. Raises :class:`InputError` where it is not installed."""
    if name == "local":
        return local
    try:
        from dateline.batch.cluster import ray
    except ImportError:
        raise InputError('the engine ray is not installed: pip install "dateline[cluster]"') from None
    return ray
