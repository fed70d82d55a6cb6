"""A parsed report as the learned reader sees it: a Record in; cues, and what each word is to a cue or trigger, out."""

from __future__ import annotations

import functools
import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dateline.errors import ModelError
from dateline.grammar import tree_of
from dateline.knowledge.files import path
from dateline.learned import boosted
from dateline.learned.boosted import Boosted
from dateline.learned.encoder import Encoder
from dateline.learned.heads import Evidence, Heads, Matrix, Numbers, Seen
from dateline.learned.windows import Tree, Window, cut, distances, head_of, relation_to, stretches
from dateline.learned.wordpiece import Vocabulary
from dateline.model import Record, Token
from dateline.quotations import find_quotations
from dateline.settings import settings


class FoundCue(NamedTuple):
    """Tokens of a cue and how sure the reader is that they are one."""

    words: tuple[int, ...]
    score: float


class LearnedReader:
    """Encoder, heads and vocabulary, loaded once a process."""

    def __init__(self, folder: Path) -> None:
        self.about: dict[str, Any] = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
        for name, expected in self.about["sha256"].items():
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != expected:
                raise ModelError(f"{folder / name} is not the file this release was made with; reinstall dateline")
        self.vocabulary = Vocabulary.load(folder / "vocab.txt")
        self.encoder = Encoder(folder / "encoder.onnx")
        with np.load(folder / "heads.npz") as weights:
            self.heads = Heads(weights)
        self.trees = _trees(folder / "trees.npz")
        self.labels: dict[str, list[str]] = self.about["labels"]
        self.conventions: list[str] = self.about["conventions"]


def _trees(file: Path) -> dict[str, Boosted]:
    """What weighs who fills a role, by role, and how likely a line is right (``line``); a reader that was not weighed
    yet has none."""
    if not file.exists():
        return {}
    with np.load(file) as weights:
        names = sorted({name.partition(".")[0] for name in weights.files})
        return {name: Boosted({part: weights[f"{name}.{part}"] for part in boosted.PARTS}) for name in names}


@functools.cache
def load_reader(folder: str = "") -> LearnedReader:
    """The reader of a folder, by default the one of the settings, else the shipped one. Raises :class:`ModelError`
    where its files were changed."""
    chosen = folder or settings().reader
    return LearnedReader(Path(chosen) if chosen else path("learned", "reader.json").parent)


class Lines(NamedTuple):
    """A row a token: shares of the acts ("none" the first), of the certainties, and that a line must be listed."""

    acts: Matrix
    status: Matrix
    weight: Matrix


def _cut(evidence: Evidence, first: int, last: int) -> Evidence:
    return Evidence(
        evidence.kinds[first:last],
        evidence.standings[first:last],
        evidence.fitting[first:last],
        evidence.possible[first:last],
    )


class Sight:
    """One report as the reader sees it. States are computed when first asked for, once for all stages."""

    def __init__(self, record: Record, reader: LearnedReader, seen: Encoded | None = None) -> None:
        self.reader = reader
        self.tree = Tree(
            [t.form for t in record.tokens],
            [t.head for t in record.tokens],
            [t.deprel for t in record.tokens],
            [(s.first, s.last) for s in record.sentences],
            quoted_tokens(record),
        )
        self._seen = seen
        self.windows = seen.windows if seen else cut(self.tree.words, _stretches(record), reader.vocabulary)
        self._firsts = [window.first for window in self.windows]
        self._shares: dict[str, Matrix] = {}
        self._projected: dict[tuple[str, int], Matrix] = {}
        self._related: dict[int, tuple[int, list[int]]] = {}

    @functools.cached_property
    def _states(self) -> list[Matrix]:
        states = self._seen.states if self._seen else self.reader.encoder.states(self.windows)
        quoted = self.tree.quoted
        found = [
            self.reader.heads.words(states, quoted[window.first : window.last])
            for window, states in zip(self.windows, states, strict=True)
        ]
        self._seen = None
        return found

    def words(self) -> Matrix:
        """For each token of the report its state (tokens, size)."""
        return np.concatenate(self._states) if self.windows else np.zeros((0, 1), dtype=np.float32)

    def state(self, i: int) -> Matrix:
        """The state of one token (size)."""
        number = bisect_right(self._firsts, i) - 1
        state: Matrix = self._states[number][i - self.windows[number].first]
        return state

    def cue_shares(self, head: str) -> Matrix:
        """For each token of the report the shares of O, B, I under one of the two cue heads."""
        if not self.windows:
            return np.zeros((0, 3), dtype=np.float32)
        if head not in self._shares:
            self._shares[head] = np.concatenate([self.reader.heads.cues(states, head) for states in self._states])
        return self._shares[head]

    def cues(self, head: str, least: float) -> list[FoundCue]:
        """Groups of neighbouring tokens that are a cue with a share of at least ``least``, in text order."""
        shares = self.cue_shares(head)
        inside = 1.0 - shares[:, 0]
        found: list[FoundCue] = []
        k, size = 0, len(shares)
        while k < size:
            if inside[k] < least:
                k += 1
                continue
            first = k
            k += 1
            while k < size and inside[k] >= least and shares[k, 2] >= shares[k, 1]:
                k += 1
            found.append(FoundCue(tuple(range(first, k)), float(inside[first:k].mean())))
        return found

    def _words(self, task: str, number: int) -> Matrix:
        """The words of a window as a task's pairs see them."""
        found = self._projected.get((task, number))
        if found is None:
            found = self._projected[task, number] = self.reader.heads.projected(task, self._states[number])
        return found

    def lines(self, evidence: Evidence) -> Lines:
        """For each token of the report: the shares of acts, of certainties, and of a line that must be listed."""
        heads = self.reader.heads
        told = [
            heads.told(words, _cut(evidence, window.first, window.last))
            for words, window in zip(self._states, self.windows, strict=True)
        ]
        if not told:
            none = np.zeros((0, 1), dtype=np.float32)
            return Lines(none, none, none[:, 0])
        joined = np.concatenate(told)
        return Lines(heads.shares(joined, "act"), heads.shares(joined, "status"), heads.weight(joined))

    def roles(
        self, acts: Mapping[int, int], asked: Numbers, kinds: Numbers, grammar: Callable[[int], Mapping[int, int]]
    ) -> dict[int, tuple[int, Matrix]]:
        """For each trigger of an act the first token of the window around it, and for each of the window's tokens the
        share of each role (``reader.labels["roles"]``). ``acts`` gives the number of each trigger's act, ``asked`` the
        tokens (in text order) whose shares are wanted, all others have none; ``kinds`` what stands at each token, and
        ``grammar`` the words that the grammar ties to an act."""
        near: dict[int, list[int]] = {}
        for i in acts:
            near.setdefault(bisect_right(self._firsts, i) - 1, []).append(i)
        convention = self.reader.conventions.index("records")
        found: dict[int, tuple[int, Matrix]] = {}
        for number, triggers in near.items():
            window, words = self.windows[number], self._states[number]
            first, last = window.first, window.last
            inside = asked[np.searchsorted(asked, first) : np.searchsorted(asked, last)] - first
            self._related.update((i, (first, relation_to(self.tree, i, first, last))) for i in triggers)
            seen = Seen(
                np.stack([distances(i, first, last) for i in triggers]),
                np.array([self._related[i][1] for i in triggers]),
                np.array([_tied(grammar(i), first, last) for i in triggers]),
                kinds[first:last],
                np.array([acts[i] for i in triggers]),
                inside,
            )
            anchors = [words[i - first] for i in triggers]
            shares = self.reader.heads.roles(self._words("event", number), anchors, seen, convention)
            found.update((i, (first, shares[n])) for n, i in enumerate(triggers))
        return found

    def relation(self, anchor: int, word: int) -> int:
        """The number of a word's relation (``windows.RELATIONS``) to an anchor; of acts it was worked out with their
        roles."""
        first, numbers = self._related.get(anchor, (0, ()))
        if first <= word < first + len(numbers):
            return numbers[word - first]
        return relation_to(self.tree, anchor, word, word + 1)[0]

    def parts(self, task: str, group: Sequence[int], convention: str, reach: int | None = None) -> tuple[int, Matrix]:
        """The first token of the stretch around an anchor, and for each of its tokens the shares of the task's labels
        (``reader.labels[task]``). The stretch is the anchor's window, or what of it lies within ``reach`` words."""
        number = bisect_right(self._firsts, group[0]) - 1
        window, words = self.windows[number], self._states[number]
        inside = [k for k in group if window.first <= k < window.last]
        anchor = head_of(self.tree, inside)
        first, last = window.first, window.last
        if reach is not None:
            first, last = max(first, anchor - reach), min(last, anchor + reach + 1)
        state = words[[k - window.first for k in inside]].mean(axis=0)
        far, how = distances(anchor, first, last), np.array(relation_to(self.tree, anchor, first, last))
        near = self._words(task, number)[first - window.first : last - window.first]
        return first, self.reader.heads.pairs(task, near, state, far, how, self.reader.conventions.index(convention))


def _tied(grammar: Mapping[int, int], first: int, last: int) -> list[int]:
    """How the grammar ties each word of a window to an act, a number a word."""
    tied = [0] * (last - first)
    for k, side in grammar.items():
        if first <= k < last:
            tied[k - first] = side
    return tied


class Encoded(NamedTuple):
    """The windows of a report and the states of their words (words, size), as the encoder gave them for the tasks and
    for the grammar."""

    windows: list[Window]
    states: list[Matrix]
    grammar: list[Matrix]


def encode(words: Sequence[str], apart: Sequence[tuple[int, int]], reader: LearnedReader) -> Encoded:
    """The windows and states of a report's words, of which it is known what stretches sentences do not go beyond."""
    windows = cut(words, apart, reader.vocabulary)
    found = list(reader.encoder.both(windows))
    return Encoded(windows, [states for states, _ in found], [grammar for _, grammar in found])


class _Last:
    """The report that was read last: its tokens, what the encoder gave for them, and the reader's view of it."""

    tokens: Sequence[Token] = ()
    seen: Encoded | None = None
    sight: Sight | None = None


def keep(tokens: Sequence[Token], seen: Encoded) -> None:
    """Keep what the encoder gave for a report's tokens until the next report, for the stages that follow."""
    _Last.tokens, _Last.seen, _Last.sight = tokens, seen, None


def sight_of(record: Record) -> Sight:
    """The reader's view of a report; the last one is kept, for the stages that follow."""
    if _Last.tokens is not record.tokens:
        _Last.tokens, _Last.seen, _Last.sight = record.tokens, None, None
    if _Last.sight is None:
        _Last.sight, _Last.seen = Sight(record, load_reader(), _Last.seen), None
    return _Last.sight


def _stretches(record: Record) -> list[tuple[int, int]]:
    """The stretches of a report's words, as its parser saw them."""
    blocks = [s.block for s in record.sentences]
    breaks = {s.first for k, s in enumerate(record.sentences) if k and s.block != blocks[k - 1]}
    return stretches([t.form for t in record.tokens], breaks)


def lead_states(record: Record, size: int) -> Matrix:
    """The states (words, width) of a report's first words, at most ``size``. They are read by themselves, a window at a
    time, so that they are the same whatever follows them and whatever is read beside them."""
    reader, words = load_reader(), [token.form for token in record.tokens[:size]]
    parts = [(first, min(last, size)) for first, last in _stretches(record) if first < size]
    windows = cut(words, parts, reader.vocabulary)
    states = [found for window in windows for found in reader.encoder.states([window])]
    if not states:
        return np.zeros((0, 1), dtype=np.float32)
    return reader.heads.words(np.concatenate(states), [0] * len(words))


def quoted_tokens(record: Record) -> list[int]:
    """1 for each token that stands in quotation marks."""
    tree = tree_of(record)
    found = [0] * len(record.tokens)
    for quotation in find_quotations(record.article.text, record.article.blocks):
        span = quotation.span
        for k in range(bisect_right(tree.ends, span.start), tree.token_from(span.end)):
            found[k] = 1
    return found
