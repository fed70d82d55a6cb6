"""Words with their tags in, base forms out (dateline.stages.syntax.lemmas)."""

from __future__ import annotations

import pytest

from dateline.stages.syntax.lemmas import lemma_of

CASES = """
killed VERB VBD kill | hoped VERB VBD hope | swinging VERB VBG swing | hoping VERB VBG hope | said VERB VBD say
stopped VERB VBN stop | carries VERB VBZ carry | frigates NOUN NNS frigate | wives NOUN NNS wife | men NOUN NNS man
is AUX VBZ be | n’t PART RB not | ’ll AUX MD will | ’s PART POS ’s | him PRON PRP he | her PRON PRP$ her
Odesa PROPN NNP Odesa | States PROPN NNPS States | worst ADJ JJS bad | taxes NOUN NNS tax | left VERB VBD leave
droned VERB VBD drone | remotely ADV RB remotely | geofenced VERB VBN geofence | vloggers NOUN NNS vlogger
"""


@pytest.mark.parametrize("case", [c.strip() for line in CASES.strip().splitlines() for c in line.split("|")])
def test_base_forms(case: str) -> None:
    form, upos, xpos, lemma = case.split()
    assert lemma_of(form, upos, xpos) == lemma
