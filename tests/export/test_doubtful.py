"""Lines below the threshold of showing, under their own types (``dateline.export.doubtful``)."""

from __future__ import annotations

import msgspec

from dateline.export.doubtful import with_doubtful
from dateline.export.text import to_text
from dateline.knowledge.ontology import OTHER
from tests.export.sample import sample_record


def test_a_doubtful_line_gets_the_type_of_its_act_and_the_others_stay() -> None:
    record = sample_record()
    first, *others = record.events
    doubtful = msgspec.structs.replace(first, type=OTHER, ontology="dateline", act="CONSULT")
    shown = with_doubtful(msgspec.structs.replace(record, events=(doubtful, *others)))
    assert (shown.events[0].type, shown.events[0].ontology) == ("CONSULT", "plover")
    assert list(shown.events[1:]) == others
    assert "2 ● meeting" in " ".join(to_text(shown).split())


def test_a_line_that_tells_no_act_stays_as_it_is() -> None:
    record = sample_record()
    nothing = msgspec.structs.replace(record.events[0], type=OTHER, act=None)
    assert with_doubtful(msgspec.structs.replace(record, events=(nothing,))).events == (nothing,)
