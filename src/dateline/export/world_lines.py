"""Events of the world in, lines of a chronology out: what the drawings of one record are made from draws many reports
too."""

from __future__ import annotations

from dateline.export.archive_text import headline_of, what_of
from dateline.export.moments import span_label
from dateline.export.view import Line, Moment, Party
from dateline.export.visible import in_words, one_line
from dateline.knowledge.ontology import act_of
from dateline.merge.slots import Value
from dateline.merge.worlds import World


def line_of(world: World, party: dict[str, list[Party]]) -> Line:
    """The line of an event. ``party`` holds who stands at its ends, by slot. It has no number, and no quotes."""
    low, high = (day.isoformat() if day else "" for day in (world.earliest, world.latest))
    label, precision = span_label(world.earliest, world.latest)
    return Line(
        id=world.id,
        number=0,
        what=what_of(world),
        code=one_line(" ".join(part for part in (world.type, world.mode) if part)),
        quad=in_words("quad", world.type, "NN"),
        slight=act_of(world.act).slight,
        mutual=act_of(world.act).mutual and world.mode != "visit",
        who=tuple(party.get("actor", ())),
        whom=tuple(party.get("recipient", ())),
        details=(),
        equipment=(),
        place=None,
        moment=Moment(label, precision, "", low, high, low if low == high else f"{low} to {high}"),
        chains=(),
        status=world.status,
        status_words=in_words("status", world.status),
        sure="",
        quotes=(),
        cues=(),
        tellings=(),
        around=headline_of(world),
        weight=world.independent,
    )


def party_of(value: Value, href: str) -> Party:
    """A value of a side as a party, with the address of its page."""
    return Party(one_line(value.name), value.key, None, href)
