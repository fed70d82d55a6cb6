"""The nouns of what a person sees: plain values that the terminal text and the page are both written from.

Every string here has passed :func:`dateline.export.visible.one_line`: nothing in it can steer a terminal.
"""

from __future__ import annotations

from msgspec import Struct


class Quote(Struct, frozen=True):
    """Words of the report and where they stand: code points of the article's text, end exclusive."""

    words: str
    start: int
    end: int


class Party(Struct, frozen=True):
    """Somebody or something in an event. ``ref`` is an entity's id where one is known, ``href`` the address of a page
    of its own."""

    name: str
    ref: str | None = None
    code: str | None = None
    href: str = ""


class Moment(Struct, frozen=True):
    """When: ``label`` to read, ``precision`` ("one day"), ``how`` it was found. ``earliest`` is empty without a day."""

    label: str
    precision: str
    how: str
    earliest: str = ""
    latest: str = ""
    exact: str = ""


class Spot(Struct, frozen=True, kw_only=True):
    """Where. ``lat`` is None while the report does not tell which place of that name it is; ``note`` says so.
    ``whole`` marks a whole country: the event was somewhere in it."""

    id: str
    name: str
    detail: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    whole: bool = False
    note: str = ""
    quote: Quote | None = None


class Step(Struct, frozen=True, kw_only=True):
    """One link of a chain of sources: who, with which word, and how sure that holder is."""

    name: str
    attribution: str
    cue: Quote | None = None
    sure: str = ""
    stance: str = ""


class Detail(Struct, frozen=True):
    """A further part of an event under its role's name."""

    role: str
    parties: tuple[Party, ...]


class Line(Struct, frozen=True, kw_only=True):
    """One event of the chronology with every telling of it. ``around`` is the sentence of the first telling, cut.
    ``chains`` are outermost source first; an empty chain is the report's own voice. ``slight`` marks a mere
    statement, whose content stands in the chain of sources. ``likely`` says how likely the machine holds the line to be
    right and what made it. ``weight`` counts independent sources where those of several reports are known."""

    id: str
    number: int
    what: str
    code: str
    quad: str
    mutual: bool = False
    slight: bool = False
    who: tuple[Party, ...]
    whom: tuple[Party, ...]
    details: tuple[Detail, ...]
    equipment: tuple[Party, ...]
    place: Spot | None
    moment: Moment
    chains: tuple[tuple[Step, ...], ...]
    status: str
    status_words: str
    likely: str = ""
    sure: str
    quotes: tuple[Quote, ...]
    around: str = ""
    cues: tuple[Quote, ...]
    tellings: tuple[str, ...]
    same: str = ""
    weight: int = 0


class Day(Struct, frozen=True):
    """A heading of the chronology and its lines."""

    label: str
    key: str
    lines: tuple[Line, ...]


class Person(Struct, frozen=True, kw_only=True):
    """A line of who is who (people, bodies, equipment): what it is and how the report calls it."""

    id: str
    name: str
    kind: str
    type: str
    belongs: str
    roles: tuple[str, ...]
    also: tuple[str, ...]
    links: tuple[str, ...]
    count: int
    quote: Quote
    lines: tuple[int, ...]


class Saying(Struct, frozen=True, kw_only=True):
    """One attribution: with which word, what is said, and the chronology lines that rest on it."""

    id: str
    cue: Quote | None
    content: tuple[Quote, ...]
    kind: str
    lines: tuple[int, ...]


class Source(Struct, frozen=True, kw_only=True):
    """A source, what it says itself, and the sources it passes on."""

    name: str
    says: tuple[Saying, ...]
    sources: tuple[Source, ...]
    lines: tuple[int, ...] = ()


class Open(Struct, frozen=True, kw_only=True):
    """Something left unresolved: what kind, the words, why, and what it could be."""

    kind: str
    quote: Quote | None
    why: str
    candidates: tuple[str, ...] = ()
    ref: str = ""
    lines: tuple[int, ...] = ()


class Chronicle(Struct, frozen=True, kw_only=True):
    """All that is shown of one record, apart from the marked text itself."""

    title: str
    publisher: str
    published: str
    reference: str
    byline: str
    url: str
    days: tuple[Day, ...]
    people: tuple[Person, ...]
    sources: Source
    opens: tuple[Open, ...]
    faults: tuple[tuple[str, str, str], ...]
    unread: tuple[str, ...]
    made_by: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line in order."""
        return tuple(line for day in self.days for line in day.lines)
