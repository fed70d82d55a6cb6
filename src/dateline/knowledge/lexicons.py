"""Words that report, denote events or weigh certainty: the CSV files of ``data/lexicons`` in, typed rows out."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple, cast, get_args

from dateline.errors import KnowledgeError
from dateline.knowledge.files import name_of, path, rows
from dateline.model import Stance, Status

POS = frozenset({"verb", "noun", "adj", "adv", "prep"})
FRAMES = frozenset(
    (
        *(
            "clause",
            "quote",
            "ing",
            "to",
            "wh",
            "obj",
            "small",
            "obj_to",
            "obj_of",
            "obj_as",
            "obj_for",
            "obj_to_n",
            "obj_event",
            "obj_quoted",
        ),
        *("about", "about_to", "out_at", "addressee", "of", "attributive", "sentence", "source_of"),
    )
)
COMMITMENTS = frozenset({"certain", "probable", "possible", "denied", "open"})
CERTAINTY_POS = frozenset({"modal", "verb", "noun", "adj", "adv", "mark", "det"})


class Cue(NamedTuple):
    """A word that attributes. ``frames`` are the complements that carry the content; ``prepositions`` belong to the
    frames ``about``, ``about_to``, ``out_at`` and ``of``; ``commitment`` is how sure the source makes itself."""

    word: str
    pos: str
    stance: Stance
    frames: frozenset[str]
    prepositions: frozenset[str]
    commitment: str

    @property
    def id(self) -> str:
        """The row, as annotations name it."""
        return f"cues:{self.word}/{self.pos}"


class EventNoun(NamedTuple):
    """A noun that denotes an event: always (``event``) or with a complement or a light verb only (``context``).
    ``verb`` is the verb it stands for, empty where there is none."""

    noun: str
    verb: str
    reading: str


class Certainty(NamedTuple):
    """What a word does to the predicate it governs. ``number`` (-3 to 3) is the author's commitment to that predicate,
    ``negated`` the same where the word itself is negated; ``status`` is empty where the predicate keeps its own."""

    word: str
    pos: str
    frame: str
    number: float
    negated: float
    status: Status | None

    @property
    def id(self) -> str:
        """The row, as annotations name it."""
        return f"certainty:{self.word}/{self.pos}/{self.frame}"


def _check(file: Any, row: dict[str, str], column: str, allowed: frozenset[str], values: list[str]) -> None:
    wrong = [value for value in values if value not in allowed]
    if wrong:
        raise KnowledgeError(f"{name_of(file)}: {row}: {column} {wrong[0]!r} is none of {', '.join(sorted(allowed))}")


@functools.cache
def load_cues() -> dict[tuple[str, str], Cue]:
    """Cues by (word, part of speech); the word of a particle verb is ``point out``. Raises :class:`KnowledgeError`."""
    file = path("lexicons", "cues.csv")
    found = {}
    for row in rows(file, ("cue", "pos", "stance", "frames", "commitment")):
        parts = [frame.partition(":") for frame in row["frames"].split()]
        _check(file, row, "frames", FRAMES, [name for name, _, _ in parts])
        _check(file, row, "pos", POS, [row["pos"]])
        _check(file, row, "stance", frozenset(get_args(Stance)), [row["stance"]])
        _check(file, row, "commitment", COMMITMENTS, [row["commitment"]])
        found[row["cue"], row["pos"]] = Cue(
            row["cue"],
            row["pos"],
            cast("Stance", row["stance"]),
            frozenset(name for name, _, _ in parts),
            frozenset(word for _, _, words in parts for word in words.split(",") if word),
            row["commitment"],
        )
    return found


@functools.cache
def load_event_nouns() -> dict[str, EventNoun]:
    """Event nouns by lemma. Raises :class:`KnowledgeError`."""
    file = path("lexicons", "event_nouns.csv")
    found = {}
    for row in rows(file, ("noun", "verb", "reading")):
        _check(file, row, "reading", frozenset({"event", "context"}), [row["reading"]])
        found[row["noun"]] = EventNoun(row["noun"], row["verb"], row["reading"])
    return found


@functools.cache
def load_certainty() -> dict[tuple[str, str, str], Certainty]:
    """Effects by (word, part of speech, frame). Raises :class:`KnowledgeError`."""
    file = path("lexicons", "certainty.csv")
    found = {}
    for row in rows(file, ("word", "pos", "frame", "number", "negated", "status")):
        _check(file, row, "pos", CERTAINTY_POS, [row["pos"]])
        _check(file, row, "status", frozenset({*get_args(Status), ""}), [row["status"]])
        try:
            number, negated = float(row["number"]), float(row["negated"])
        except ValueError:
            raise KnowledgeError(f"{name_of(file)}: {row}: number and negated must be numbers") from None
        status = cast("Status", row["status"]) if row["status"] else None
        found[row["word"], row["pos"], row["frame"]] = Certainty(
            row["word"], row["pos"], row["frame"], number, negated, status
        )
    return found


@functools.cache
def load_states() -> frozenset[str]:
    """Verbs that denote no event, by lemma. Raises :class:`KnowledgeError`."""
    return frozenset(row["verb"] for row in rows(path("lexicons", "states.csv"), ("verb",)))
