"""A parsed report as the learned reader sees it: a Record in; cues, and what each word is to a cue or trigger, out."""

from __future__ import annotations

import functools
import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dateline.errors import ModelError
from dateline.knowledge.files import path
from dateline.learned.encoder import Encoder
from dateline.learned.heads import PERCEPTRON, Evidence, Heads, Matrix, Perceptron, Seen
from dateline.learned.windows import Tree, cut, distances, head_of, relation_to
from dateline.learned.wordpiece import Vocabulary
from dateline.model import Record
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
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise ModelError(f"{folder / name} is not the file this release was made with; reinstall dateline")
        self.vocabulary = Vocabulary.load(folder / "vocab.txt")
        self.encoder = Encoder(folder / "encoder.onnx")
        with np.load(folder / "heads.npz") as weights:
            self.heads = Heads(weights)
        self.fillers = _fillers(folder / "fillers.npz")
        self.labels: dict[str, list[str]] = self.about["labels"]
        self.conventions: list[str] = self.about["conventions"]


def _fillers(file: Path) -> dict[str, Perceptron]:
    """The networks that weigh who fills a role, by role; a reader that was not weighed yet has none."""
    if not file.exists():
        return {}
    with np.load(file) as weights:
        roles = sorted({name.partition(".")[0] for name in weights.files})
        return {role: Perceptron({part: weights[f"{role}.{part}"] for part in PERCEPTRON}) for role in roles}


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

    def __init__(self, record: Record, reader: LearnedReader) -> None:
        self.reader = reader
        self.tree = Tree(
            [t.form for t in record.tokens],
            [t.head for t in record.tokens],
            [t.deprel for t in record.tokens],
            [(s.first, s.last) for s in record.sentences],
            quoted_tokens(record),
        )
        self.windows = cut(self.tree, reader.vocabulary)
        self._firsts = [window.first for window in self.windows]
        self._shares: dict[str, Matrix] = {}
        self._projected: dict[tuple[str, int], Matrix] = {}

    @functools.cached_property
    def _states(self) -> list[Matrix]:
        found = self.reader.encoder.states(self.windows)[::-1]
        quoted = self.tree.quoted
        # popped one by one: of a very long report the states fill hundreds of megabytes
        return [self.reader.heads.words(found.pop(), quoted[window.first : window.last]) for window in self.windows]

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

    def roles(self, i: int, acts: Matrix, kinds: list[int], grammar: Mapping[int, int]) -> tuple[int, Matrix]:
        """The first token of the window around an act's trigger, and for each of its tokens the share of each role
        (``reader.labels["roles"]``). ``grammar`` gives the words that the grammar ties to the act."""
        number = bisect_right(self._firsts, i) - 1
        window, words = self.windows[number], self._states[number]
        first, last = window.first, window.last
        tied = [0] * (last - first)
        for k, side in grammar.items():
            if first <= k < last:
                tied[k - first] = side
        far, how = distances(i, first, last), relation_to(self.tree, i, first, last)
        seen = Seen(far, how, kinds[first:last], tied, acts)
        convention = self.reader.conventions.index("records")
        return first, self.reader.heads.roles(self._words("event", number), words[i - first], seen, convention)

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
        far, how = distances(anchor, first, last), relation_to(self.tree, anchor, first, last)
        near = self._words(task, number)[first - window.first : last - window.first]
        return first, self.reader.heads.pairs(task, near, state, far, how, self.reader.conventions.index(convention))


@functools.lru_cache(maxsize=1)
def _sight(holder: _Held) -> Sight:
    return Sight(holder.record, load_reader())


class _Held:
    """A record that compares by its tokens' identity: stages hand on new records over the same tokens."""

    __slots__ = ("record",)

    def __init__(self, record: Record) -> None:
        self.record = record

    def __hash__(self) -> int:
        return id(self.record.tokens)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.record.tokens is self.record.tokens


def sight_of(record: Record) -> Sight:
    """The reader's view of a report; the last one is kept, for the stages that follow."""
    return _sight(_Held(record))


def lead_states(record: Record, size: int) -> Matrix:
    """The states (words, width) of a report's first words, at most ``size``. They are read by themselves, a window at a
    time, so that they are the same whatever follows them and whatever is read beside them."""
    reader, tokens = load_reader(), record.tokens[:size]
    sentences = [(s.first, min(s.last, size)) for s in record.sentences if s.first < size]
    tree = Tree([t.form for t in tokens], [], [], sentences, [0] * len(tokens))
    states = [reader.encoder.states([window])[0] for window in cut(tree, reader.vocabulary)]
    found = np.concatenate(states) if states else np.zeros((0, 1), dtype=np.float32)
    return reader.heads.words(found, tree.quoted[: len(found)]) if states else found


def quoted_tokens(record: Record) -> list[int]:
    """1 for each token that stands in quotation marks."""
    starts, ends = [t.start for t in record.tokens], [t.end for t in record.tokens]
    found = [0] * len(starts)
    for quotation in find_quotations(record.article.text, record.article.blocks):
        span = quotation.span
        for k in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
            found[k] = 1
    return found
