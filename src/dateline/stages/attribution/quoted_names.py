"""Tells names of things in quotation marks from words that somebody said: quotations in, those that are speech out.

`goes by the name "Lefty"`, `her novel "The Long Winter"`, `Juan "El Gato" Perez`: nobody is quoted there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.grammar import Tree
from dateline.knowledge.nominals import word_set
from dateline.model import Span
from dateline.quotations import Quotation
from dateline.stages.attribution.draft import MARKS, Draft, Reading

_WORD = re.compile(r"[\w’'.-]+")
_LONGEST = 7
"""Words of a title in quotation marks."""
_SMALL = frozenset(
    (
        *("a", "al", "an", "and", "at", "by", "da", "de", "der", "des", "di", "du", "el", "for", "from", "in", "la"),
        *("le", "of", "on", "or", "the", "to", "van", "von", "with", "y"),
    )
)
"""Words that a title leaves in lower case."""
_BETWEEN = frozenset({"as", "of", "by", "the", "a", "an", "simply", "only", "is", "was", ",", ":"})
_THING = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ"})
"""What is given the name: `named the old dog "Rex"`, `calls itself "Rex"`."""
_KNOWN = frozenset({"know", "refer"})
_GOES = frozenset({"go", "goes", "went", "going"})


def without_names(quotations: Sequence[Quotation], tree: Tree) -> tuple[list[Quotation], list[Span]]:
    """The quotations without those that are names, and the spans of the names."""
    names = {q.span for q in quotations if _is_name(q, tree, tree.starting_at(q.span.start))}
    return [q for q in quotations if q.span not in names], sorted(names)


def without_naming(reading: Reading, drafts: Sequence[Draft], names: Sequence[Span]) -> list[Draft]:
    """The drafts without those that only give something a name: a verb of naming with the name as its content, or one
    whose whole content is a name."""
    return [draft for draft in drafts if not any(_names(reading, draft, name) for name in names)]


def _names(reading: Reading, draft: Draft, name: Span) -> bool:
    if all(name.start - 1 <= span.start and span.end <= name.end + 1 for span in draft.content):
        return bool(draft.content)
    lemma = reading.tokens[draft.head].lemma.lower()
    naming = lemma in word_set("naming") or lemma in _KNOWN
    return naming and any(span.end in {name.end, name.end - 1, name.start} for span in draft.content)


def _is_name(quotation: Quotation, tree: Tree, at: int | None) -> bool:
    """True where the words in marks are written like a name and what stands beside them says that they are one."""
    words = _WORD.findall(tree.text, quotation.inner.start, quotation.inner.end)
    if at is None or not quotation.closed or not 0 < len(words) <= _LONGEST:
        return False
    if not _written_like_a_name(quotation, tree):
        return False
    return _introduced(tree, at) or _inserted(tree, at, quotation)


def _written_like_a_name(quotation: Quotation, tree: Tree) -> bool:
    inner = quotation.inner.of(tree.text).strip().rstrip(",")
    words = _WORD.findall(inner)
    if inner[-1:] in {".", "?", "!", ";"} and len(words) > 1:
        return False
    capitals = [word for word in words if word not in _SMALL]
    return bool(capitals) and all(word[0].isupper() or word[0].isdigit() for word in capitals)


def _introduced(tree: Tree, at: int) -> bool:
    """A verb of naming, a noun of names, or a thing with a title stands right before the opening mark."""
    tokens = tree.tokens
    k = at - 1
    while k >= 0 and k > at - 6 and tokens[k].sentence == tokens[at].sentence:
        lemma, form = tokens[k].lemma.lower(), tokens[k].form.lower()
        if lemma in word_set("name-word") or lemma in word_set("naming") or form in word_set("naming"):
            return True
        if lemma in _KNOWN and any(t.form.lower() == "as" for t in tokens[k:at]):
            return True
        if form in _GOES and any(t.form.lower() == "by" for t in tokens[k:at]):
            return True
        if k == at - 1 and not word_set("titled").isdisjoint({lemma, form}):
            return True
        if form not in _BETWEEN and tokens[k].upos not in _THING:
            return False
        k -= 1
    return False


def _inserted(tree: Tree, at: int, quotation: Quotation) -> bool:
    """`Juan "El Gato" Perez`: between the parts of a person's name."""
    tokens = tree.tokens
    after = next((k for k in range(at, len(tokens)) if tokens[k].start >= quotation.span.end), len(tokens))
    if at == 0 or after >= len(tokens) or tokens[after].sentence != tokens[at].sentence:
        return False
    before, behind = tokens[at - 1], tokens[after]
    return all(t.upos == "PROPN" and t.form[0].isupper() and t.form not in MARKS for t in (before, behind))
