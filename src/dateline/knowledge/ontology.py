"""The event ontology (``data/ontology``) in, typed tables out: PLOVER types, modes, contexts, CAMEO, wider types, what
acts and statuses count as."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeVar, get_args

import msgspec
from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge import files
from dateline.model import Event, Status

QUADS = {"VC": "verbal cooperation", "MC": "material cooperation", "VX": "verbal conflict", "MX": "material conflict"}
_CONTENTS = ("REQUEST", "REJECT", "THREATEN")
"""Acts in words whose mode is that of their content."""


class EventType(Struct, frozen=True, kw_only=True):
    """A PLOVER type. ``planned`` and ``refused`` are the types that a future or a refused act of it is coded as;
    ``modes`` maps a mode to its score on the scale from conflict (-10) to cooperation (10)."""

    name: str
    quad: str
    score: float
    definition: str
    unless: str
    recipient_required: bool = False
    planned: str | None = None
    refused: str | None = None
    modes: Mapping[str, float]
    mode_definitions: Mapping[str, str]


class Act(Struct, frozen=True, kw_only=True):
    """What is known of an act: the columns of ``ontology/acts.csv``. An act without a row has none of it."""

    spoken: bool = False
    """In words: where they were spoken is not where the story stands, and the story's scene is not theirs."""
    only_said: bool = False
    """Nothing but a saying: another thing each time, and no news of the day it is said on."""
    object_is_topic: bool = False
    """What its verb's object names, where no role took it, is what it is about; else what it is done to."""
    any_recipient: bool = False
    """Whatever its object or subject names is the other side, no party or thing that is known alone."""
    domestic: bool = False
    """A titled person without a country ("President X") is taken to be at home in it."""
    felt_at_home: bool = False
    """The country where it happens is at the other end when the words name nobody."""
    abroad: bool = False
    """The other side is often abroad: one side's country says nothing of the other's."""
    unknown_hand: bool = False
    """Where a laid bomb does it and nobody is seen, unknown armed men did."""
    either_way: bool = False
    """The sides are told either way round ("X met Y", "Y received X")."""
    done_with_many: bool = False
    """One party does it with many: other words tell the same one only with two shared parties or the day."""
    needs_day_or_thing: bool = False
    """Told either way round it is the same only on the same day or with the same equipment."""
    many_told_in_report: bool = False
    """A report tells many: only equal parties and things make two of them the same."""
    many_told_in_story: bool = False
    """The reports of a story tell many: that two tellings share it says little."""
    mutual: bool = False
    """Between the parties, not from one to the other."""
    slight: bool = False
    """Shown in short, after what was done on the same day."""
    untyped: bool = False
    """No type fits it: two tellings of it share nothing."""
    hidden_in_report: bool = False
    """Kept in the record and left out of a report's chronology."""
    hidden_in_archive: bool = False
    """Left out of the chronicle of many reports unless asked for."""


class EventStatus(Struct, frozen=True, kw_only=True):
    """What is known of a status: the columns of ``ontology/statuses.csv``."""

    family: Literal["done", "open", "denied"]
    """A plan, its fulfilment and its denial are different tellings."""
    leads: int
    """Where tellings differ in status and weigh the same, the one with the lowest number leads."""
    settled: bool
    """Outweighs what others tell of as still open, however many they are."""
    took_place: bool
    """Told as having taken place, or as going on."""
    unsure: int
    """Of two statuses that leave the act open the lower number stands; 0 for one that does not."""
    stays_under_open_claim: bool
    """A source that only wishes or expects takes nothing away from it."""
    opens_for_source: bool
    """A word that gives it ("proposed to") leaves the act open for the source too."""
    planned_where_agreed: bool
    """What is agreed or offered is planned, though its own words say this."""
    threat_on_condition: bool
    """Announced on a condition ("unless they talk") it may be a threat."""
    hidden_in_archive: bool
    """Left out of the chronicle of many reports unless asked for."""
    colour: str
    sign: str
    """For the terminal; ``page_sign`` is the page's."""
    page_sign: str


class ContentMode(Struct, frozen=True):
    """A row of ``ontology/content_modes.csv``: the mode of a demand (REQUEST), refusal (REJECT) or threat (THREATEN) of
    this act; ``on_condition`` where announcing it on a condition is a threat."""

    act: str
    mode: str | None
    modes: Mapping[str, str]
    on_condition: bool


class CameoCode(Struct, frozen=True, kw_only=True):
    """A CAMEO code with the PLOVER type and mode it crosses to; ``plover`` is None for what PLOVER drops."""

    cameo: str
    name: str
    plover: str | None
    mode: str | None
    context: str | None


class Ontology(Struct, frozen=True, kw_only=True):
    """All of it. ``wider`` maps our own types to their definitions; ``context_words`` a lemma to contexts;
    ``contents`` acts and their modes to what they make of a demand, refusal or threat of them."""

    types: Mapping[str, EventType]
    wider: Mapping[str, str]
    contexts: Mapping[str, str]
    context_words: Mapping[str, tuple[str, ...]]
    cameo: Mapping[str, CameoCode]
    contents: Mapping[tuple[str, str | None], ContentMode]

    def is_plover(self, name: str) -> bool:
        """Whether this is one of the 16 types."""
        return name in self.types

    def score(self, name: str, mode: str | None = None) -> float | None:
        """The score of a type in a mode, None for our wider types."""
        known = self.types.get(name)
        if known is None:
            return None
        return known.modes.get(mode, known.score) if mode else known.score

    def cameo_of(self, name: str, mode: str | None = None) -> str | None:
        """The widest CAMEO code that crosses to a type in a mode, else to the type; None where none does."""
        codes = sorted((c for c in self.cameo.values() if c.plover == name), key=lambda c: (len(c.cameo), c.cameo))
        of_mode = next((c.cameo for c in codes if mode and c.mode == mode and len(c.cameo) > 2), None)
        plain = (c.cameo for c in codes if not c.mode and not c.context and len(c.cameo) > 2)
        return of_mode or next(plain, codes[0].cameo if codes else None)

    def planned(self, act: str) -> str:
        """The type that an act still to come is coded as."""
        known = self.types.get(act)
        return (known.planned if known else None) or act

    def refused(self, act: str) -> str | None:
        """The type that a refusal of the act is coded as, None where a refusal is no event of its own."""
        known = self.types.get(act)
        return known.refused if known else None

    def content_mode(self, governing: str, act: str, mode: str | None) -> str | None:
        """The mode of a demand, refusal or threat by what is demanded, refused or threatened."""
        rows = (self.contents.get((act, mode)), self.contents.get((act, None)))
        return next((row.modes[governing] for row in rows if row and governing in row.modes), None)

    def threatens(self, act: str, mode: str | None) -> bool:
        """Whether it is a threat where it is announced on a condition."""
        row = self.contents.get((act, mode))
        return row is not None and row.on_condition


OTHER = "other"
"""The type of a line that is too doubtful to show; as an act, what fits no other."""
HAPPENING = "happening"
"""The type of a line that is shown and fits no other."""
CERTAIN = 3.0
"""Factuality of what is stated flatly."""


def shown_as(kind: str) -> str:
    """The type under which a line of a type or act is shown."""
    return HAPPENING if kind == OTHER else kind


def unheard(event: Event) -> float:
    """Factuality where the rules of certainty say nothing of a holder; of an event without a predicate they say nothing
    at all, and its status tells: done 3, open 0, denied -3."""
    if event.predicate:
        return CERTAIN
    return {"done": CERTAIN, "open": 0.0, "denied": -CERTAIN}[status_of(event.status).family]


def act_of(name: str | None) -> Act:
    """What is known of an act."""
    return load_acts().get(name or "", _NOTHING_KNOWN)


def status_of(name: str) -> EventStatus:
    """What is known of a status; raises KeyError for a word that is none."""
    return load_statuses()[name]


_NOTHING_KNOWN = Act()
_ANSWERS: Mapping[str, bool] = {"yes": True, "no": False}
_Known = TypeVar("_Known", bound=Struct)


@functools.cache
def load_acts() -> Mapping[str, Act]:
    """What is known of each act, by name. Raises :class:`KnowledgeError` for a cell that is neither yes nor no."""
    return _by_name("acts.csv", "act", Act)


@functools.cache
def load_statuses() -> Mapping[str, EventStatus]:
    """What is known of each status, by name. Raises :class:`KnowledgeError` where a status has no row."""
    found = _by_name("statuses.csv", "status", EventStatus)
    _same_names("statuses.csv", found, get_args(Status))
    if len({status.leads for status in found.values()}) < len(found):
        raise KnowledgeError("ontology/statuses.csv: leads: each status has a number of its own")
    return found


def _by_name(table: str, key: str, kind: type[_Known]) -> dict[str, _Known]:
    """The rows of a table whose columns are the fields of a struct."""
    found: dict[str, _Known] = {}
    for row in files.rows(files.path("ontology", table), (key, *kind.__struct_fields__)):
        name = row.pop(key)
        if name in found:
            raise KnowledgeError(f"ontology/{table}: {name} stands twice")
        cells = {column: _ANSWERS.get(cell, cell) for column, cell in row.items()}
        try:
            found[name] = msgspec.convert(cells, kind, strict=False)
        except msgspec.ValidationError as error:
            raise KnowledgeError(f"ontology/{table}: {name}: {error} (for bool write yes or no)") from None
    return found


def _same_names(table: str, found: Iterable[str], names: Iterable[str]) -> None:
    """Raises :class:`KnowledgeError` where a table lacks a row, or has one for what there is not."""
    for name in sorted({*found} ^ {*names}):
        raise KnowledgeError(f"ontology/{table}: {name}: {'no such name' if name in found else 'no row'}")


@functools.cache
def load_ontology() -> Ontology:
    """The shipped ontology, read once. Raises :class:`KnowledgeError` where a table names an unknown type or mode."""
    types = {row["name"]: _type(row) for row in files.document(files.path("ontology", "types.yaml"))}
    contexts = {
        r["context"]: r["definition"]
        for r in files.rows(files.path("ontology", "contexts.csv"), ("context", "definition"))
    }
    words: dict[str, list[str]] = {}
    for row in files.rows(files.path("ontology", "context_words.csv"), ("lemma", "context")):
        if row["context"] not in contexts:
            raise KnowledgeError(f"ontology/context_words.csv: {row['lemma']}: no context {row['context']!r}")
        words.setdefault(row["lemma"], []).append(row["context"])
    wider = {row["name"]: row["definition"] for row in files.document(files.path("ontology", "wider_types.yaml"))}
    _same_names("acts.csv", load_acts(), {*types, *wider})
    return Ontology(
        types=types,
        wider=wider,
        contexts=contexts,
        context_words={lemma: tuple(found) for lemma, found in words.items()},
        cameo={code.cameo: code for code in _cameo(types, contexts)},
        contents={(row.act, row.mode): row for row in _content_modes(types)},
    )


def _type(row: Mapping[str, Any]) -> EventType:
    modes = row.get("modes", {})
    if row["quad"] not in QUADS:
        raise KnowledgeError(f"ontology/types.yaml: {row['name']}: quad {row['quad']!r} is not one of {sorted(QUADS)}")
    return EventType(
        name=row["name"],
        quad=row["quad"],
        score=float(row["score"]),
        definition=row["definition"],
        unless=row.get("unless", ""),
        recipient_required=row.get("recipient") == "required",
        planned=row.get("planned"),
        refused=row.get("refused"),
        modes={name: float(mode["score"]) for name, mode in modes.items()},
        mode_definitions={name: mode["definition"] for name, mode in modes.items()},
    )


def _content_modes(types: Mapping[str, EventType]) -> Iterator[ContentMode]:
    for row in files.rows(files.path("ontology", "content_modes.csv"), ("act", "mode", *_CONTENTS, "on_condition")):
        for name, mode in ((row["act"], row["mode"]), *((name, row[name]) for name in _CONTENTS)):
            if name not in types or (mode and mode not in types[name].modes):
                raise KnowledgeError(f"ontology/content_modes.csv: {row['act']}: {name} has no mode {mode!r}")
        if row["on_condition"] not in _ANSWERS:
            raise KnowledgeError(f"ontology/content_modes.csv: {row['act']}: on_condition is yes or no")
        modes = {name: row[name] for name in _CONTENTS if row[name]}
        yield ContentMode(row["act"], row["mode"] or None, modes, _ANSWERS[row["on_condition"]])


def _cameo(types: Mapping[str, EventType], contexts: Mapping[str, str]) -> list[CameoCode]:
    found = []
    for row in files.rows(files.path("ontology", "cameo.csv"), ("cameo", "name", "plover", "mode", "context")):
        plover, mode, context = row["plover"] or None, row["mode"] or None, row["context"] or None
        if plover is not None and (plover not in types or (mode and mode not in types[plover].modes)):
            raise KnowledgeError(f"ontology/cameo.csv: {row['cameo']}: {plover} has no mode {mode!r}")
        if context is not None and context not in contexts:
            raise KnowledgeError(f"ontology/cameo.csv: {row['cameo']}: no context {context!r}")
        found.append(CameoCode(cameo=row["cameo"], name=row["name"], plover=plover, mode=mode, context=context))
    return found
