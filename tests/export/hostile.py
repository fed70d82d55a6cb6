"""The sample record with hostile words in every place where a stranger's words can stand."""

from __future__ import annotations

from dateline.model import (
    Article,
    Attribution,
    Block,
    Candidate,
    Entity,
    Event,
    Fault,
    Mention,
    Place,
    Record,
    Role,
    Span,
)

SCRIPT = "<script>alert(1)</script>"
IMAGE = "\"><img src=x onerror=alert(2)>'"
ESCAPE = "\x1b[31m\x1b]0;owned\x07"
TURNED = "\u202etxt.exe\u2066"
NASTY = f"{SCRIPT} {IMAGE} {ESCAPE} {TURNED} \x00\x7f\x9b2J {{{{ 7*7 }}}} </style></title>"


def hostile_record() -> Record:
    """Every free string is hostile; spans cover the hostile words."""
    text = f"{NASTY}\n\n{NASTY} met {NASTY}."
    whole, met = Span(0, len(NASTY)), Span(text.index("met"), text.index("met") + 3)
    candidate = Candidate(id=NASTY, name=NASTY, kind=NASTY, lat=44.0, lon=28.0, country=NASTY, admin1=NASTY)
    return Record(
        article=Article(
            id=NASTY,
            text=text,
            title=NASTY,
            publisher=NASTY,
            byline=NASTY,
            url="javascript:alert(3)",
            blocks=(Block(whole, "headline"), Block(Span(len(NASTY) + 2, len(text)))),
        ),
        layers=("mentions", "entities", "timexes", "places", "attributions", "predicates", "events"),
        mentions=(Mention(id="m0", span=whole, kind="NAM", type="PER", head=0, first=0, last=1),),
        entities=(
            Entity(
                id="n0", type="PER", name=NASTY, mentions=("m0",), roles=(Role(title=NASTY, of=NASTY),), country=NASTY
            ),
        ),
        places=(
            Place(id="p0", span=whole, name=NASTY, candidates=(candidate,), resolved=True, radius_km=10),
            Place(id="p1", span=met, name=NASTY, candidates=(candidate, candidate)),
        ),
        attributions=(Attribution(id="a0", span=whole, source=(whole,), cue=(met,), content=(whole,), name=NASTY),),
        events=(
            Event(
                id="e0",
                span=met,
                type=NASTY,
                mode=NASTY,
                predicate="v0",
                place="p0",
                attributions=("a0",),
                same_by=NASTY,
            ),
        ),
        faults=(Fault(stage=NASTY, reason=NASTY),),
    )
