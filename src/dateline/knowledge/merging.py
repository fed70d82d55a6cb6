"""The fitted weights by which reports and tellings are laid together: ``data/learned/merging.json``, made by
``training/merge_weights.py``."""

from __future__ import annotations

import functools

import msgspec
from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files


class Merging(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights on a logistic scale. ``stories``: by what is compared of two reports that may be of one story.
    ``start``: of a pair of which nothing is known. ``tellings``: by feature of two tellings, ``+`` for agreement and
    ``-`` for a clash. ``reports``: by what is compared of their two reports."""

    stories: dict[str, float]
    start: float
    tellings: dict[str, float]
    reports: dict[str, float]


@functools.cache
def load_merging() -> Merging:
    """The weights that ship. Raises :class:`KnowledgeError` for a file of another form."""
    file = files.path("learned", "merging.json")
    try:
        return msgspec.json.decode(file.read_bytes(), type=Merging)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{files.name_of(file)}: {error}") from None
