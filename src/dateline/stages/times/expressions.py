"""Finds time expressions: the text in, stretches with the form they have and the fields it filled out."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.knowledge import calendar
from dateline.knowledge.timeforms import OTHER, Form, Grammar

REACH = 24
"""Words that one form may cover: keeps the work on a text made of numbers alone linear."""
LEFT = 10
_LEADING = frozenset({"in", "on", "over", "during", "by", "from", "between", "of", "for", "until", "till", "since"})
_GLUED_PREFIXES = frozenset({"pre", "post", "mid", "early", "late", "then", "since"})


@dataclass
class Expression:
    """Words of time: where they stand, which form they have, and what its slots hold."""

    start: int
    end: int
    words: str
    form: str
    make: str
    fields: dict[str, str] = field(default_factory=dict)
    before: str = ""
    piece: int = 0
    sentence: int = -1


def find(text: str, grammar: Grammar, edges: frozenset[int] = frozenset()) -> list[Expression]:
    """All expressions of a text, in order. ``edges`` are offsets where a block begins: no form crosses one."""
    words = list(calendar.WORD.finditer(text))
    code = grammar.codes.of
    codes = "".join([code(word.group()) for word in words])
    starts = [word.start() for word in words] if len(edges) > 1 else []
    stops = sorted(bisect.bisect_left(starts, edge) for edge in edges) if starts else []
    found: list[Expression] = []
    done = 0
    for hit in grammar.anchor.finditer(codes):
        anchor = hit.start()
        if anchor < done:
            continue
        i = anchor
        while i > done and anchor - i < LEFT and codes[i - 1] != OTHER:
            i -= 1
        while i < hit.end():
            match, form = _longest(text, words, codes, i, _stop(stops, i), grammar)
            if match is None or form is None:
                i += 1
                continue
            found.extend(_expressions(words, match, form))
            i = match.end()
        done = max(done, i)
    return found


def _stop(stops: list[int], i: int) -> int:
    """Where a form that begins at word ``i`` must end: at the next block, or out of reach."""
    at = bisect.bisect_right(stops, i)
    return min(i + REACH, stops[at]) if at < len(stops) else i + REACH


def _longest(
    text: str, words: list[re.Match[str]], codes: str, i: int, stop: int, grammar: Grammar
) -> tuple[re.Match[str] | None, Form | None]:
    best, best_form = None, None
    for form in grammar.by_start.get(codes[i], ()):
        match = form.pattern.match(codes, i, stop)
        if match is None or match.end() <= i or (best is not None and match.end() <= best.end()):
            continue
        if _fits(text, words, match, form):
            best, best_form = match, form
    return best, best_form


def _word(words: list[re.Match[str]], i: int) -> str:
    return words[i].group().lower() if 0 <= i < len(words) else ""


def _fits(text: str, words: list[re.Match[str]], match: re.Match[str], form: Form) -> bool:
    """The neighbours allow this form, and its first number is no tail of a designator ("Mk-2000") or a sum."""
    before, after = _word(words, match.start() - 1), _word(words, match.end())
    if form.after and before not in form.after:
        return False
    if before in form.not_after or after in form.not_before:
        return False
    return not _glued(text, words, match, _dated(match, form))


def _dated(match: re.Match[str], form: Form) -> bool:
    """True where the words hold a month: a dash behind them is a dash ("on 2 May 1950-the day after")."""
    return any(class_ == "month" and match.start(label) >= 0 for label, (_, _, class_) in form.slots.items())


def _glued(text: str, words: list[re.Match[str]], match: re.Match[str], dated: bool) -> bool:
    first, last = words[match.start()], words[match.end() - 1]
    start, end = first.start(), last.end()
    if first.group()[0].isdigit() and start and not text[start - 1].isspace():
        if text[start - 1] in "$£€¥#@_.:" or text[start - 1].isalnum():
            return True
        if text[start - 1] in "-/" and start > 1 and text[start - 2].isalnum():
            glued_to = _word(words, match.start() - 2)
            return glued_to not in _GLUED_PREFIXES and "month" not in calendar.classes_of(glued_to.capitalize())
    if last.group()[-1].isdigit() and end < len(text):
        if text[end] == "-" and text[end + 1 : end + 2].isalpha():
            return not dated and "month" not in calendar.classes_of(_word(words, match.end() + 1).capitalize())
        return text[end].isalpha() or text[end] in "%_@"
    return False


def _value(words: list[re.Match[str]], start: int, end: int, class_: str) -> str:
    if not class_ or class_.startswith("="):
        return " ".join(words[i].group().lower() for i in range(start, end))
    return calendar.classes_of(words[start].group()).get(class_, words[start].group())


def _fields(words: list[re.Match[str]], match: re.Match[str], form: Form) -> dict[int, dict[str, str]]:
    """piece -> field -> value; piece 0 holds what stands outside brackets."""
    found: dict[int, dict[str, str]] = {0: dict(form.fixed)}
    for label, (piece, name, class_) in form.slots.items():
        start, end = match.span(label)
        if start >= 0 and end > start:
            found.setdefault(piece, {}).setdefault(name, _value(words, start, end, class_))
    for fields in found.values():
        if "tens" in fields and form.make != "spelled":
            fields["year"] = str(1900 + int(fields.pop("tens")) + int(fields.pop("ones", "0")))
    return found


def _expressions(words: list[re.Match[str]], match: re.Match[str], form: Form) -> Iterator[Expression]:
    fields = _fields(words, match, form)
    pieces = [(n, match.span(name)) for n, name in _pieces(match) if match.start(name) >= 0]
    for piece, (first, last) in pieces or [(0, match.span())]:
        start, end = _trimmed(words, first, last)
        own = {**fields[0], **fields.get(piece, {})} if piece else fields[0]
        if piece:
            own = _shared(own, piece, [fields.get(n, {}) for n, _ in pieces])
        span = (words[start].start(), words[end - 1].end())
        yield Expression(
            start=span[0],
            end=span[1],
            words=" ".join(words[i].group().lower() for i in range(start, end)),
            form=form.id,
            make=form.make,
            fields=own,
            before=_word(words, start - 1),
            piece=piece,
        )


def _pieces(match: re.Match[str]) -> list[tuple[int, str]]:
    return [(int(name[5:]), name) for name in match.re.groupindex if name.startswith("piece")]


def _shared(own: dict[str, str], piece: int, pieces: list[dict[str, str]]) -> dict[str, str]:
    """A piece takes month, year, part of day and unit from a neighbour: "13 to 17 September"; and "1950-53"."""
    full = next((each["year"] for each in pieces if len(each.get("year", "")) == 4), "")
    if full and len(own.get("year", "")) == 2:
        own = {**own, "year": full[:2] + own["year"] if own["year"] > full[2:] else ""}
    if "weekday" in own and "month" not in own and len(pieces) == 2:
        own = {**own, "joined": pieces[2 - piece].get("weekday", ""), "piece": str(piece)}
    for name in ("month", "year", "unit", "part"):
        if name not in own and not (name == "month" and "day" not in own):
            given = next((each[name] for each in reversed(pieces) if name in each), None)
            if given is not None:
                own = {**own, name: given}
    return own


def _trimmed(words: list[re.Match[str]], first: int, last: int) -> tuple[int, int]:
    """Without prepositions in front and marks behind."""
    while first < last - 1 and _word(words, first) in _LEADING:
        first += 1
    while last - 1 > first and _word(words, last - 1) in {",", ".", "-"}:
        last -= 1
    return first, last
