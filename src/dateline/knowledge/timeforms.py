"""The forms of time expressions: ``data/rules/times/forms.yaml`` in, patterns over coded words out.

Each word of a text becomes one character that stands for its set of classes, and each form a regular expression over
those characters: all work on letters is one dictionary look-up a word, and a text without words of time costs no more.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dateline.errors import KnowledgeError
from dateline.knowledge import calendar, files
from dateline.knowledge.documents import document

OTHER = "\u0100"
"""The code of a word that no form knows."""
ABBREVIATED = frozenset({"month"})
_PIECES = re.compile(r"<[^>]+>|@[\w-]+|\([\w-]+=|[()\[\]|?*+]|[^\s()\[\]|?*+<>@]+")


@dataclass(frozen=True)
class Form:
    """One row of ``forms.yaml``: ``pattern`` runs over coded words, ``starts`` are the codes it may begin with.

    ``slots``: the groups of the pattern, each with its piece (0 outside pieces), field, and class ("" for a phrase).
    """

    id: str
    source: str
    slots: dict[str, tuple[int, str, str]]
    starts: frozenset[str]
    make: str
    fixed: dict[str, str]
    after: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    after_quantity: bool

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first asks for it: a short report needs a third of the forms."""
        return re.compile(self.source)


@dataclass
class Node:
    """A part of a form while it is compiled: its pattern, the classes it may begin with, whether it may be empty."""

    pattern: str
    first: frozenset[str]
    empty: bool = False

    def grouped(self) -> Node:
        return Node(f"(?:{self.pattern})", self.first, self.empty)


@dataclass
class Codes:
    """Words to characters. ``by_word`` holds every spelling we know; numbers are coded when they are met."""

    by_word: dict[str, str] = field(default_factory=dict)
    of_classes: dict[frozenset[str], str] = field(default_factory=dict)
    literals: frozenset[str] = frozenset()
    by_class: dict[str, set[str]] = field(default_factory=dict)

    def code(self, classes: frozenset[str]) -> str:
        """The character of a set of classes; a new set gets the next free one."""
        return self.of_classes.setdefault(classes, chr(0x101 + len(self.of_classes)))

    def of_class(self, class_: str) -> frozenset[str]:
        """All characters whose words are of a class. Asked for only when every word has its code."""
        if not self.by_class:
            for classes, char in self.of_classes.items():
                for each in classes:
                    self.by_class.setdefault(each, set()).add(char)
        return frozenset(self.by_class.get(class_, ()))

    def classes(self, word: str) -> frozenset[str]:
        """Classes of a spelling, ``=word`` for a word that stands in a form itself."""
        own = set(calendar.classes_of(word))
        if word.lower() in self.literals:
            own.add("=" + word.lower())
        return frozenset(own)

    def of(self, word: str) -> str:
        """The character of a word met in a text."""
        known = self.by_word.get(word)
        if known is not None:
            return known
        if word[0] in "0123456789":
            return self.of_classes.get(frozenset(calendar.number_classes(word)), OTHER)
        return OTHER


@dataclass(frozen=True)
class Grammar:
    """All forms, the codes they run on, the forms by the code they begin with, and the codes worth a closer look."""

    codes: Codes
    forms: tuple[Form, ...]
    by_start: dict[str, tuple[Form, ...]]
    anchor: re.Pattern[str]


class _Compiler:
    """Turns one form into a regular expression by recursive descent."""

    def __init__(self, text: str, macros: dict[str, str], codes: Codes) -> None:
        self.codes = codes
        self.words = list(_expand(text, macros))
        self.at = self.piece = self.pieces = 0
        self.slots: dict[str, tuple[int, str, str]] = {}

    def parse(self) -> Node:
        node = self._alternatives()
        if self.at < len(self.words):
            raise KnowledgeError(f"unexpected {self.words[self.at]!r}")
        return node

    def _peek(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def _take(self) -> str:
        self.at += 1
        return self.words[self.at - 1]

    def _alternatives(self) -> Node:
        nodes = [self._sequence()]
        while self._peek() == "|":
            self._take()
            nodes.append(self._sequence())
        if len(nodes) == 1:
            return nodes[0]
        pattern = "(?:" + "|".join(n.pattern for n in nodes) + ")"
        return Node(pattern, frozenset().union(*(n.first for n in nodes)), any(n.empty for n in nodes))

    def _sequence(self) -> Node:
        pattern, first, empty = "", frozenset[str](), True
        while self._peek() not in {"", "|", ")", "]"}:
            node = self._item()
            pattern += node.pattern
            if empty:
                first |= node.first
                empty = node.empty
        return Node(pattern, first, empty)

    def _item(self) -> Node:
        node = self._atom()
        while self._peek() in {"?", "*", "+"}:
            sign = self._take()
            node = Node(f"(?:{node.pattern}){sign}", node.first, node.empty or sign != "+")
        return node

    def _atom(self) -> Node:
        word = self._take()
        if word == "[":
            return self._bracket()
        if word[0] == "(":
            node = self._alternatives()
            self._close(")")
            return self._named(word[1:-1], "", node) if word != "(" else node.grouped()
        if word[0] == "<":
            class_, _, name = word[1:-1].partition(":")
            return self._named(name or class_, class_, self._slot(class_))
        literal, _, name = word.partition(":") if len(word) > 1 else (word, "", "")
        slot = self._slot("=" + literal)
        return self._named(name, "", slot) if name else slot

    def _bracket(self) -> Node:
        self.pieces += 1
        self.piece = self.pieces
        node = self._alternatives()
        self._close("]")
        self.piece = 0
        return Node(f"(?P<piece{self.pieces}>{node.pattern})", node.first, node.empty)

    def _close(self, sign: str) -> None:
        if self._peek() != sign:
            raise KnowledgeError(f"missing {sign}")
        self._take()

    def _named(self, name: str, class_: str, node: Node) -> Node:
        label = f"slot{len(self.slots)}"
        self.slots[label] = (self.piece, name.replace("-", "_"), class_)
        return Node(f"(?P<{label}>{node.pattern})", node.first, node.empty)

    def _slot(self, class_: str) -> Node:
        chars = self.codes.of_class(class_)
        if not chars:
            raise KnowledgeError(f"no word of class {class_}")
        tail = f"[{''.join(sorted(self.codes.of_class('=.')))}]?" if class_ in ABBREVIATED else ""
        return Node("[" + "".join(sorted(chars)) + "]" + tail, chars)


def _expand(text: str, macros: dict[str, str], depth: int = 0) -> Iterator[str]:
    """The marks and words of a form with its macros written out."""
    if depth > 6:
        raise KnowledgeError("macros that call each other")
    for word in _PIECES.findall(text):
        if word[0] == "@" and word[1:] in macros:
            yield from _expand(f"({macros[word[1:]]})", macros, depth + 1)
        elif word[0] == "@":
            raise KnowledgeError(f"no macro {word}")
        else:
            yield word


def _holiday_macro() -> str:
    """The names of feasts, longest first, as words of a form."""
    names = sorted(calendar.load_holidays(), key=lambda name: (-len(name), name))
    return "holiday= " + " | ".join(" ".join(calendar.WORD.findall(name)) for name in names)


def _literals(text: str, macros: dict[str, str]) -> Iterator[str]:
    for word in _expand(text, macros):
        if word[0] not in "<[]()|?*+":
            yield word.partition(":")[0] if len(word) > 1 else word


def _codes(texts: list[str], macros: dict[str, str]) -> Codes:
    """Codes for every spelling of every word that a form or the word table knows, and for every shape of number."""
    codes = Codes(literals=frozenset(word for text in texts for word in _literals(text, macros)))
    for word in sorted(codes.literals | set(calendar.load_words())):
        for spelling in dict.fromkeys((word, word.capitalize(), word.upper())):
            classes = codes.classes(spelling)
            if classes:
                codes.by_word[spelling] = codes.code(classes)
    shapes = [str(n) for n in range(2600)] + [f"{n:02d}" for n in range(10)] + [f"{n:04d}" for n in range(1000)]
    shapes += [f"{n}{end}" for n in range(130) for end in ("st", "nd", "rd", "th", "s")]
    shapes += [f"{n}s" for n in range(1000, 2100)]
    for shape in [*shapes, "9999", "99999", "1,500", "9:30", "23:30", "1.5", "10.30", "3.4.1999", "½"]:
        classes = frozenset(calendar.number_classes(shape))
        if classes:
            codes.by_word[shape] = codes.code(classes | {"=" + shape} if shape in codes.literals else classes)
    return codes


def _form(entry: dict[str, Any], macros: dict[str, str], codes: Codes) -> Form:
    try:
        compiler = _Compiler(entry["form"], macros, codes)
        node = compiler.parse()
    except (KnowledgeError, KeyError) as error:
        raise KnowledgeError(f"rules/times/forms.yaml: form {entry.get('id')}: {error}") from None
    return Form(
        id=entry["id"],
        source=node.pattern,
        slots=compiler.slots,
        starts=node.first,
        make=entry["make"],
        fixed=dict(entry.get("with", {})),
        after=frozenset(entry.get("after", ())),
        not_after=frozenset(entry.get("not_after", ())),
        not_before=frozenset(entry.get("not_before", ())),
        after_quantity=bool(entry.get("after_quantity")),
    )


def load_entries() -> dict[str, Any]:
    """``forms.yaml`` as it stands: ``anchor_classes``, ``anchor_words``, ``macros`` and ``forms``."""
    content: dict[str, Any] = document(files.path("rules", "times", "forms.yaml"))
    return content


@functools.cache
def load_grammar() -> Grammar:
    """The compiled forms. Raises :class:`KnowledgeError` that names the form and what is wrong with it."""
    content = load_entries()
    macros = {**content["macros"], "holiday": _holiday_macro()}
    entries = content["forms"]
    codes = _codes([entry["form"] for entry in entries], macros)
    forms = tuple(_form(entry, macros, codes) for entry in entries)
    chars = sorted(codes.of_classes.values())
    by_start = {char: tuple(form for form in forms if char in form.starts) for char in chars}
    telling = {*content["anchor_classes"].split(), *("=" + word for word in content["anchor_words"].split())}
    anchors = sorted(char for classes, char in codes.of_classes.items() if classes & telling)
    quotes = "".join(codes.of(mark) for mark in "'’‘")
    twos = "".join(char for classes, char in codes.of_classes.items() if "two" in classes)
    numbers = "".join(char for classes, char in codes.of_classes.items() if "number" in classes)
    slash = codes.of("/")
    anchor = re.compile(f"[{''.join(anchors)}]|[{quotes}][{twos}]|[{numbers}]{slash}[{numbers}]{slash}[{numbers}]")
    return Grammar(codes=codes, forms=forms, by_start=by_start, anchor=anchor)
