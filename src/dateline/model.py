"""The nouns: what an article says, as immutable values that every layer of the house passes on.

A :class:`Record` is what one report says. Every annotation carries the exact words it was read from
(:class:`Span`, code points of ``Article.text``, end exclusive) and the name of the rule or model that made it
(``by``). Ids are a letter and a number in text order (``m3``, ``e1``, ``t0``) and are stable between runs.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

BlockRole = Literal["headline", "standfirst", "byline", "dateline", "paragraph", "caption"]
MentionKind = Literal["NAM", "NOM", "PRO"]
MentionType = Literal["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "VEH", "WEA", "EVT", "MISC"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["speech", "belief", "attitude", "evidence"]
Status = Literal["happened", "ongoing", "planned", "possible", "suspected", "denied", "hypothetical", "unknown"]
FactValue = Literal["CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "CTu", "Uu"]
AUTHOR = "AUTHOR"
"""The holder of what the report itself commits to."""


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A stretch of ``Article.text``: ``text[start:end]``, code points, 0-based, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Block(Struct, frozen=True, array_like=True, gc=False):
    """A piece of the article with one role; sentences never cross its edges."""

    span: Span
    role: BlockRole = "paragraph"


class Article(Struct, frozen=True, kw_only=True, gc=False):
    """What was published. ``text`` is kept as it came; every offset indexes it. ``published_words`` is a day that was
    given in a form that cannot be read safely ("03-02-2009")."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    published_words: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    dateline: Span | None = None
    retrieved: date | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()
    origin: str | None = None


class Token(Struct, frozen=True, array_like=True, gc=False):
    """One word in Universal Dependencies. ``head`` is an index into ``Record.tokens``, -1 for a root.

    ``deprel`` carries its preposition (``obl:in``, ``nmod:of``); ``xpos`` is the Penn tag; ``feats`` is the CoNLL-U
    string; ``entity`` is the parser's own name tag in BIO form (``B-PERSON``), empty outside names.
    """

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    sentence: int
    entity: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Sentence(Struct, frozen=True, array_like=True, gc=False):
    """Tokens ``first`` to ``last`` (exclusive) of ``Record.tokens``, in block number ``block``."""

    first: int
    last: int
    block: int = 0


class Annotation(Struct, frozen=True, kw_only=True, gc=False):
    """What every reading has: an id, its words, what made it (a rule id or model name), how sure the machine is."""

    id: str
    span: Span
    by: str = ""
    score: float | None = None


class Mention(Annotation, frozen=True, kw_only=True):
    """Words that refer to something. ``first``/``last`` (exclusive) and ``head`` index ``Record.tokens``."""

    kind: MentionKind
    type: MentionType
    head: int
    first: int
    last: int


class Link(Struct, frozen=True, kw_only=True, gc=False):
    """A tie to a row of our knowledge. ``id`` is the row's id (``country:RUS``, ``person:sergei-shoigu``)."""

    id: str
    name: str
    score: float
    why: str = ""


class Role(Struct, frozen=True, kw_only=True, gc=False):
    """A post held: ``title`` at ``of`` (a knowledge id or words), from ``since`` to ``until`` where known."""

    title: str
    of: str | None = None
    since: date | None = None
    until: date | None = None
    span: Span | None = None


class Entity(Struct, frozen=True, kw_only=True, gc=False):
    """A coreference cluster of this report. ``country`` is ISO 3166-1 alpha-3 (or a PLOVER body code),
    ``sector`` a PLOVER sector (``GOV``, ``MIL``); ``mentions`` are ids in text order."""

    id: str
    type: MentionType
    name: str
    mentions: tuple[str, ...]
    links: tuple[Link, ...] = ()
    roles: tuple[Role, ...] = ()
    country: str | None = None
    sector: str | None = None
    by: str = ""


class Timex(Annotation, frozen=True, kw_only=True):
    """A TIMEX3 expression. ``anchor`` says what it was counted from: ``published``, ``dateline``, ``derived`` or a
    timex id. ``earliest``/``latest`` are the calendar days it covers, both inclusive."""

    type: TimexType
    value: str
    mod: str | None = None
    anchor: str | None = None
    earliest: date | None = None
    latest: date | None = None


class ReferenceDay(Struct, frozen=True, kw_only=True, gc=False):
    """The day the report speaks from: given (``by="published"``), or derived from the words of ``span``."""

    day: date
    by: str
    span: Span | None = None


class Candidate(Struct, frozen=True, kw_only=True, gc=False):
    """One thing a toponym may stand for. ``country`` is alpha-3; ``id`` is a GeoNames id or an id of our tables."""

    id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    score: float = 0.0
    why: str = ""


class DistanceClaim(Struct, frozen=True, kw_only=True, gc=False):
    """What "nearly 8,000 km east of Moscow" says, on Moscow's place: ``km`` and compass point, either may be missing.
    ``place`` is the id of the place that is said to lie there, where it stands beside the phrase; ``holds`` whether
    the coordinates agree, None where that cannot be checked."""

    span: Span
    km: float | None = None
    direction: str | None = None
    place: str | None = None
    holds: bool | None = None


class Place(Annotation, frozen=True, kw_only=True):
    """A toponym. Candidates stand best first; ``resolved`` is false where the first one could not be told.
    ``acts`` marks a capital or palace that stands for its government ("Moscow has discussed"): no event's place."""

    name: str
    candidates: tuple[Candidate, ...] = ()
    resolved: bool = False
    radius_km: float = 0.0
    acts: bool = False
    mention: str | None = None
    claims: tuple[DistanceClaim, ...] = ()
    """Distance and direction phrases measured from here: nothing happened here because of them."""

    @property
    def best(self) -> Candidate | None:
        """The chosen candidate, or None while unresolved."""
        return self.candidates[0] if self.resolved and self.candidates else None


class Attribution(Annotation, frozen=True, kw_only=True):
    """Source, cue, content (PARC). ``span`` covers all three. ``entity`` is the source's entity id; ``name`` how
    to call the source, also where no entity is known; ``within`` the id of the attribution this one stands in."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    entity: str | None = None
    name: str | None = None
    kind: QuoteKind = "indirect"
    stance: Stance = "speech"
    within: str | None = None


class Predicate(Annotation, frozen=True, kw_only=True):
    """An event-denoting verb, noun or adjective, typed or not. ``token`` indexes ``Record.tokens``. ``status`` is
    how a reader would list it; ``cues`` are the words that decided."""

    token: int
    negated: bool = False
    status: Status = "unknown"
    cues: tuple[Span, ...] = ()


class Factuality(Struct, frozen=True, kw_only=True, gc=False):
    """How sure one holder is of one predicate. ``holder`` is AUTHOR or an attribution id; ``value`` is FactBank's;
    ``number`` runs from -3 (certainly not) over 0 (open) to +3 (certainly)."""

    predicate: str
    holder: str
    value: FactValue
    number: float
    cues: tuple[Span, ...] = ()
    by: str = ""


class Argument(Struct, frozen=True, kw_only=True, gc=False):
    """A part of an event. ``ref`` is the id of the entity, place or timex it is; ``code`` a PLOVER code.
    ``name`` is what to show: the canonical name when known, else the words; ``score`` how likely it is right, where
    the learned reader was asked."""

    role: str
    span: Span
    ref: str | None = None
    name: str | None = None
    code: str | None = None
    by: str = ""
    score: float | None = None


class Event(Annotation, frozen=True, kw_only=True):
    """What happened (``span`` is the trigger). ``type`` is the PLOVER type as coded (a future AID is an AGREE) or,
    when ``ontology`` is ``dateline``, one of our wider types; ``act`` is the bare act before time and negation.

    ``earliest``/``latest`` are its days and ``day_by`` how they were found; ``same_as`` is the id of the first
    mention of the same event in this report (its own id when it is the first), ``same_by`` the reason. ``score`` is
    how likely the line is right (act, and nothing false in parties and status); ``weight`` how likely it is one that a
    chronology must list. ``others`` are acts that it might be instead, ``open`` arguments that were too doubtful to
    fill a role. ``predicate`` is empty where no predicate stands at the trigger. A line too doubtful to show
    has the type ``other`` and keeps its act.
    """

    type: str
    ontology: Literal["plover", "dateline"] = "plover"
    act: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    predicate: str = ""
    arguments: tuple[Argument, ...] = ()
    actor_code: str | None = None
    recipient_code: str | None = None
    earliest: date | None = None
    latest: date | None = None
    day_by: str | None = None
    place: str | None = None
    status: Status = "unknown"
    attributions: tuple[str, ...] = ()
    weight: float | None = None
    others: tuple[tuple[str, float], ...] = ()
    open: tuple[Argument, ...] = ()
    same_as: str = ""
    same_by: str = ""


class Fault(Struct, frozen=True, kw_only=True, gc=False):
    """Something that went wrong or was not done. ``error`` stops the layers that need it; ``warning`` marks doubt."""

    stage: str
    reason: str
    kind: Literal["error", "warning"] = "error"


class MadeBy(Struct, frozen=True, kw_only=True, gc=False):
    """Versions behind a record: the program, the parser model, the hash of the knowledge files."""

    dateline: str = ""
    model: str = ""
    knowledge: str = ""


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """What one report says, one tuple a layer. A layer that is not in ``layers`` was not read: its empty tuple
    does not mean that nothing was found."""

    article: Article
    layers: tuple[str, ...] = ()
    reference: ReferenceDay | None = None
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    timexes: tuple[Timex, ...] = ()
    places: tuple[Place, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    factualities: tuple[Factuality, ...] = ()
    events: tuple[Event, ...] = ()
    faults: tuple[Fault, ...] = ()
    made_by: MadeBy = MadeBy()

    def __repr__(self) -> str:
        day = f", {self.article.published}" if self.article.published else ""
        faults = f", {len(self.faults)} faults" if self.faults else ""
        counts = f"{len(self.events)} events, {len(self.attributions)} attributions, {len(self.places)} places"
        return f"<Record {self.article.id!r}{day}: {counts}{faults}>"


class Rejection(Struct, frozen=True, kw_only=True, gc=False):
    """An input that ended as an error: which one (``id``), at which stage, why, and what to do about it. ``origin`` is
    the file or address it came from and ``offset`` where in it (a record's number, or a byte) for inputs that hold
    several reports."""

    id: str
    stage: str
    reason: str
    hint: str | None = None
    origin: str | None = None
    offset: int | None = None
