"""Text in, the ISO 639-1 code of its language out, or None where there is too little to tell."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    "the of and to in that is was for on with said by has from it he she his her at as an be are were this".split()  # noqa: SIM905
)
_SAMPLE = 4000
_FEW, _ENOUGH = 8, 25
_ENGLISH_SHARE, _HINT = 0.12, 0.05


def language_of(text: str) -> str | None:
    """The language of a text. English is seen by its function words, which spares loading the classifier for nearly
    every report; the classifier errs on headlines, so below 25 different words it is asked only for other scripts."""
    words = _WORDS.findall(text[:_SAMPLE])
    if len(words) < _FEW:
        return None
    english = sum(word.lower() in _FUNCTION_WORDS for word in words)
    if english > _ENGLISH_SHARE * len(words):
        return "en"
    foreign = sum(word > "\u024f" for word in words) > len(words) / 2
    if len(set(words)) < _ENOUGH and not foreign:
        return None
    if english > _HINT * len(words):
        return None
    import py3langid

    return str(py3langid.classify(text[:_SAMPLE])[0])
