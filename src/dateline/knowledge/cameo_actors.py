"""A PLOVER sector or body in, what CAMEO calls it out, from ``data/ontology/cameo_actors.csv``; most are the same."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from msgspec import Struct

from dateline.knowledge import files


class CameoActor(Struct, frozen=True):
    """A CAMEO role, and the known group that it is, empty where it is none."""

    role: str
    group: str = ""


def cameo_actor(sector: str) -> CameoActor:
    """The role of a PLOVER sector or body."""
    return load_cameo_actors().get(sector) or CameoActor(sector)


@functools.cache
def load_cameo_actors() -> Mapping[str, CameoActor]:
    """The rows that differ, by PLOVER code, read once."""
    table = files.rows(files.path("ontology", "cameo_actors.csv"), ("plover", "cameo", "group"))
    return {row["plover"]: CameoActor(row["cameo"], row["group"]) for row in table}
