"""What goes in and out of an archive beside records: inputs, outcomes, queries, hits, placements, judgements;
immutable."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Ending = Literal["record", "duplicate", "error"]
JudgementKind = Literal[
    "same", "different", "rename", "retype", "place", "day", "status", "actor", "recipient", "no event"
]


class Provenance(Struct, frozen=True, kw_only=True):
    """One thing that was handed in, named before it is parsed. ``origin`` is the file or address, ``offset`` the
    number or byte of a report in it, ``id`` its own name there; ``fingerprint`` is a hash of the raw bytes as the
    importer met them. The four together are the input's key in the ledger (:func:`dateline.store.input_key`): the same
    four are one input, however often they are handed in. Without a fingerprint the store takes the hash of what came
    of it, and such an input cannot be told finished before it is read."""

    origin: str
    offset: int | None = None
    id: str | None = None
    fingerprint: str = ""


class Key(Struct, frozen=True, order=True, array_like=True):
    """A word by which reports that may belong together find each other; both parts are the merge room's own."""

    kind: str
    key: str


class SketchRow(Struct, frozen=True, kw_only=True):
    """What the merge room keeps of a report to compare it with others: opaque bytes, and the keys it is found by."""

    data: bytes
    keys: tuple[Key, ...] = ()


class Receipt(Struct, frozen=True, kw_only=True):
    """How one input ended. ``report`` is the report it is (``record``) or is a repetition of (``duplicate``), None for
    an error. ``edition_of`` is the first seen edition, where the archive held another one. ``counted`` is false where
    the ledger knew this very input already and nothing was changed."""

    kind: Ending
    report: str | None = None
    edition_of: str | None = None
    counted: bool = True


class Report(Struct, frozen=True, kw_only=True, gc=False):
    """A report without its record: what was published, where it came from, where the merge put it. ``edition_of`` is
    the first seen edition (None for that one itself); ``component``, ``story`` and ``copy_of`` are None until
    placed. ``faults`` are stages that failed on it or had nothing to go by: their layers are missing."""

    id: str
    article: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    language: str | None
    origin: str | None
    added_at: datetime
    made_by: str
    edition_of: str | None = None
    merged: bool = False
    component: str | None = None
    story: str | None = None
    copy_of: str | None = None
    faults: int = 0


class Query(Struct, frozen=True, kw_only=True):
    """What to look for; every field that is given must hold, several values of one field are alternatives.

    ``words`` are looked for in the sentence that tells an event and the names of its parties, place and sources (with
    ``whole``, and where reports are asked for, in title and text of the whole report), ``"words in quotes"`` as a
    phrase; letters are compared without case and accents, and nothing in it is syntax. ``actor``, ``recipient`` and
    each of ``between`` (in either direction) match whole words of a name in any spelling (``Zelenskyy`` finds
    ``Zelensky``), everybody whom the tables know by it, a knowledge id, or the beginning of a code (``RUS`` finds
    ``RUSMIL``); ``about`` matches as they do, in either role; ``code`` is the beginning of a code of either side.
    ``holder`` is who says so, by name or knowledge id; ``AUTHOR`` finds what rests on no source. ``place`` matches
    whole words of the place's name, in any spelling of the gazetteer; ``country`` is ISO 3166-1 alpha-3, ``box`` is
    (south, west, north, east) in degrees and may cross the 180th meridian. ``since`` and ``until`` (inclusive) match
    events whose days overlap them; one without a day counts for the day of the report that tells it. ``publisher``
    matches whole words. ``limit`` None is everything."""

    words: str | None = None
    whole: bool = False
    actor: str | None = None
    recipient: str | None = None
    about: str | None = None
    between: tuple[str, str] | None = None
    code: str | None = None
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    box: tuple[float, float, float, float] | None = None
    since: date | None = None
    until: date | None = None
    holder: str | None = None
    publisher: str | None = None
    reports: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ()
    limit: int | None = 100
    offset: int = 0


class Party(Struct, frozen=True, kw_only=True, gc=False):
    """An argument of an event: its role, what to call it, its PLOVER code, and the knowledge id it is linked to."""

    role: str
    name: str
    code: str | None = None
    link: str | None = None


class Holder(Struct, frozen=True, kw_only=True, gc=False):
    """Who vouches for an event, outermost first, and how surely (-3 to +3)."""

    name: str
    factuality: float


class Hit(Struct, frozen=True, kw_only=True, gc=False):
    """One event as one report tells it. ``start`` and ``end`` are the trigger ``words`` in the report's text,
    ``sentence`` the one that holds them; ``factuality`` is the author's own; ``same_as`` is the first mention in this
    report; ``world`` the event of the world, once placed."""

    report: str
    event: str
    type: str
    ontology: str
    mode: str | None
    status: str
    factuality: float
    earliest: date | None
    latest: date | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    actor_code: str | None
    recipient_code: str | None
    words: str
    start: int
    end: int
    same_as: str
    world: str | None
    parties: tuple[Party, ...]
    holders: tuple[Holder, ...]
    title: str | None
    publisher: str | None
    published: date | None
    story: str | None
    url: str | None = None
    sentence: str = ""


class WorldHits(Struct, frozen=True, kw_only=True, gc=False):
    """An event of the world among the hits of a query: its days, and how many reports and tellings of it were hit."""

    id: str
    earliest: date | None
    latest: date | None
    reports: int
    tellings: int


class Story(Struct, frozen=True, kw_only=True):
    """A story: how many reports it has and the days on which the first and the last were published."""

    id: str
    reports: int
    first: date | None
    last: date | None


class Edition(Struct, frozen=True, kw_only=True):
    """One edition of a report, and which fields differ from the edition seen before it (empty for the first)."""

    report: Report
    changed: tuple[str, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """A stretch that differs between two editions: ``field`` is ``title``, ``text``, ``publisher``, ``published`` or
    ``url``; ``was`` is empty for words that were put in, ``now`` for words that were taken out."""

    field: str
    was: str
    now: str


class Placement(Struct, frozen=True, kw_only=True, gc=False):
    """Where the merge put a report. ``events`` are pairs of an event id of this report and the world's event."""

    report: str
    component: str
    story: str
    copy_of: str | None = None
    events: tuple[tuple[str, str], ...] = ()


class Judgement(Struct, frozen=True, kw_only=True):
    """What a person decided in one act. ``left`` and ``right`` are what it is about: a name, or tellings
    (``report@start``; ``left`` holds all that the act touches, with a space between), ``value`` the new name, type,
    place, day, status or party. ``reports`` are those that must be merged again for it."""

    id: int
    kind: JudgementKind
    left: str
    right: str | None
    value: str | None
    by: str
    at: datetime
    note: str
    reports: tuple[str, ...]
    withdrawn_at: datetime | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The tellings that ``left`` names, or the name."""
        return (self.left,) if self.kind == "rename" else tuple(self.left.split())


class Status(Struct, frozen=True, kw_only=True):
    """Counts of an archive: ``inputs`` is always ``records + duplicates + errors``. ``stale`` are reports to be
    merged, ``worlds`` events of the world, ``size`` bytes; ``made_by`` how many records each version of the reader
    made; ``faulty`` how many reports a stage failed on, and the first of them by id."""

    inputs: int
    records: int
    duplicates: int
    errors: int
    forgotten: int
    editions: int
    events: int
    worlds: int
    stories: int
    stale: int
    judgements: int
    size: int
    schema: str
    engine: str
    made_by: dict[str, int]
    faulty: int
    faulty_first: tuple[str, ...]
