"""Texts in, words and marks out (dateline.stages.syntax.tokens)."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.stages.syntax.tokens import tokens_of

CASES = """
The minister's aide didn't speak. | The minister 's aide did n't speak .
“We’ll see,” she said. | “ We ’ll see , ” she said .
U.S. troops left at 5 p.m. on Jan. 5. | U.S. troops left at 5 p.m. on Jan. 5 .
Sen. Smith (R-Calif.) spoke. | Sen. Smith ( R - Calif. ) spoke .
a well-known anti-war rally | a well - known anti - war rally
He paid $1.5m, 20% down. | He paid $ 1.5 m , 20 % down .
See https://news.example/a-b?c=1 now | See https://news.example/a-b?c=1 now
write to desk@news.example! | write to desk@news.example !
from 2019-05-03 to 7-8 May | from 2019-05-03 to 7 - 8 May
the town—or what is left... | the town — or what is left ...
5km away at 10:30am | 5 km away at 10:30 am
We cannot go. | We can not go .
the '90s and rock 'n' roll | the '90s and rock ' n ' roll
"Yes"?! he asked | " Yes " ? ! he asked
Q&A with AT&T | Q&A with AT&T
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_words_and_marks(case: str) -> None:
    text, expected = (part.strip() for part in case.split("|"))
    assert " ".join(text[a:b] for a, b in tokens_of(text)) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_every_letter_stands_in_one_token_and_no_space_does(text: str) -> None:
    found = tokens_of(text)
    assert all(a < b for a, b in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert "".join(text[a:b] for a, b in found) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("unit", ['"', "(", "?", "<p>x", "“”", "x.", "'s", "--", "a-"])
def test_long_stretches_of_marks_are_read_whole(unit: str) -> None:
    text = unit * 40_000
    assert "".join(text[a:b] for a, b in tokens_of(text)) == text
