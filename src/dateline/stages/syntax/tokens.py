"""A text in, the stretches of its words and marks out, in the manner of the English treebanks: clitics, marks and the
parts of hyphenated words stand alone. Offsets are exact; work grows with the length of the text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from dateline.knowledge.files import path, rows

Stretch = tuple[int, int]

LONGEST = 400
"""Characters of a stretch without a space that are looked at together; a longer one is cut wherever it is."""
_CHUNK = re.compile(rf"\S{{1,{LONGEST}}}")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”‘’]+[\w/=&]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[@#][A-Za-z]\w+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|gov|edu|info|int|mil|co\.uk|co\.za)(?:/[^\s<>\"'“”‘’]*[\w/])?",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?:[A-Za-z]\.){2,}(?:[A-Z](?![A-Za-z]))?|[A-Za-z]\.")
"""U.S., a.m., J."""
_OPENING = frozenset("\"'“”‘’„‚«»`´([{<¿¡*§%=—–+#$£€¥₽₹₩฿₪…~|^_•·►→✓©®™/\\,:;!?.)]}>&@-‒―")
_CLOSING = frozenset("\"'“”‘’„‚«»`´)]}>,:;!?*…—–~|^_•·►→=([{</\\#§-‒―%°©®™")
_GROUP = re.compile(r"\.{2,}|-{2,}|\?{2,}|!{2,}|'{2}|`{2}|_{2,}|={2,}|\*{2,}")
_CLITIC = re.compile(r"(?:['’](?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)|['’]em)$")
_NOT = re.compile(r"n['’]t$", re.IGNORECASE)
_UNIT = re.compile(
    r"\d(km²|km|kms|mm|cm|m²|m|kg|g|mg|ft|lb|lbs|mph|kph|kmh|mw|MW|GW|kW|MB|GB|TB|bn|BN|tn|am|pm|AM|PM|bps)$"
)
_CURRENCY = re.compile(r"^((?:US|A|C|NZ|HK|S|R|Rs|CA|AU)\$|[A-Z]{1,3}(?=[€£¥$]))")
_INNER = re.compile(
    r"(?<=[^\W\d_])(?:[-‐‑~]|—|–|--+)(?=[^\W\d_])"
    r"|(?<=\w)(?:—|–|--+)(?=[\w\"'“”‘’$])"
    r"|(?<=[^\W_])(?:\.{2,}|…)"
    r"|(?<=\d)[+*^–—-](?=[\d])"
    r"|(?<=[\d])-(?=[^\W\d_]{3,})"
    r"|(?<=[a-zà-ÿ])\.(?=[A-ZÀ-Þ\"“])"
    r"|(?<=[^\W\d_]),(?=[^\W\d_])"
    r"|(?<=[\w)])[:<>=/](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[\"“”()\[\]](?=\w)"
)
_DATE = re.compile(r"\d{1,4}[-–]\d{1,2}[-–]\d{1,4}|\d{1,2}-[A-Z][a-z]{2}-\d{2,4}")
_WORDS = {"cannot": (3,), "gonna": (3,), "gotta": (3,), "wanna": (3,), "'tis": (2,), "'twas": (2,)}
"""Words of two, and where the second begins."""


@functools.cache
def abbreviations() -> dict[str, str]:
    """Words that end in a full stop of their own, with what follows: a name (``title``) or anything (``end``)."""
    return {row["word"]: row["kind"] for row in rows(path("grammar", "abbreviations.csv"), ("word", "kind"))}


def tokens_of(text: str) -> list[Stretch]:
    """(start, end) of every word and mark of a text, in order."""
    found: list[Stretch] = []
    for chunk in _CHUNK.finditer(text):
        base = chunk.start()
        found += [(base + start, base + end) for start, end in _cut(chunk[0])]
    return found


@functools.lru_cache(maxsize=10_000)
def _cut(chunk: str) -> tuple[Stretch, ...]:
    """The tokens of a stretch without a space."""
    if chunk.isalpha() and chunk.lower() not in _WORDS:
        return ((0, len(chunk)),)
    low, high = 0, len(chunk)
    before: list[Stretch] = []
    after: list[Stretch] = []
    while low < high and not _whole(chunk, low, high):
        size = _opening(chunk, low, high)
        if not size:
            break
        before.append((low, low + size))
        low += size
    while low < high and not _whole(chunk, low, high):
        size = _closing(chunk, low, high)
        if not size:
            break
        after.append((high - size, high))
        high -= size
    return (*before, *_inner(chunk, low, high), *reversed(after))


def _whole(chunk: str, low: int, high: int) -> bool:
    """Whether what is left is one token, whatever marks stand in it."""
    if high - low > LONGEST or high - low < 2:
        return False
    word = chunk[low:high]
    return word in abbreviations() or bool(_LETTERED.fullmatch(word)) or bool(_ADDRESS.fullmatch(word))


def _opening(chunk: str, low: int, high: int) -> int:
    """How many characters at the start are a mark."""
    group = _GROUP.match(chunk, low, high)
    if group:
        return group.end() - low
    letter = chunk[low]
    money = _CURRENCY.match(chunk[low : low + 4])
    if money and high - low > money.end() and chunk[low + money.end()].isdigit():
        return money.end()
    if letter not in _OPENING:
        return 0
    if letter in "'’" and _clitic_first(chunk, low, high):
        return 0
    if letter in "-+.,#@" and high - low > 1 and (chunk[low + 1].isdigit() or letter in "@#"):
        return 0 if letter != "-" or low == 0 else 1
    return 1


def _clitic_first(chunk: str, low: int, high: int) -> bool:
    rest = chunk[low + 1 : high].lower()
    return rest in {"s", "re", "ve", "ll", "d", "m", "em", "til", "cause", "tis", "twas"} or (
        rest[:2].isdigit() and len(rest) <= 3
    )


def _closing(chunk: str, low: int, high: int) -> int:
    """How many characters at the end are a mark, a clitic or a unit."""
    for size in range(2, min(8, high - low) + 1):
        if chunk[high - size] not in ".-?!'`_=*":
            break
        if _GROUP.fullmatch(chunk, high - size, high) and (
            high - size == low or chunk[high - size - 1] != chunk[high - 1]
        ):
            return size
    tail = chunk[max(low, high - 8) : high]
    found = _CLITIC.search(tail)
    if found and high - low > len(found[0]):
        return len(found[0])
    found = _NOT.search(tail)
    if found and high - low > 3:
        return 3
    letter = chunk[high - 1]
    if letter == "." and high - low > 1:
        last = tail[tail.rfind("-") + 1 :] if "-" in tail else ""
        return 0 if last and (last in abbreviations() or _LETTERED.fullmatch(last)) else 1
    if letter in _CLOSING and high - low > 1:
        return 1
    unit = _UNIT.search(tail)
    return len(unit[1]) if unit else 0


def _inner(chunk: str, low: int, high: int) -> Iterator[Stretch]:
    """The parts of what is left between the marks."""
    if low >= high:
        return
    word = chunk[low:high]
    at = _WORDS.get(word.lower())
    if at:
        yield low, low + at[0]
        yield low + at[0], high
        return
    if _whole(chunk, low, high) or _DATE.fullmatch(word):
        yield low, high
        return
    start = low
    for mark in _INNER.finditer(chunk, low, high):
        if mark.start() > start:
            yield from _clitics(chunk, start, mark.start())
        yield mark.span()
        start = mark.end()
    if start < high:
        yield from _clitics(chunk, start, high)


def _clitics(chunk: str, low: int, high: int) -> Iterator[Stretch]:
    """A part of a hyphenated word without the clitic at its end."""
    found = _CLITIC.search(chunk, max(low, high - 4), high) or _NOT.search(chunk, max(low, high - 4), high)
    if found and found.start() > low:
        yield low, found.start()
        yield found.span()
    else:
        yield low, high
