"""Reports of a few stories in, how far two of one story tell of the same out: by what they do not share with the
rest of it. The words that every report of a war has say nothing of which of its days is told."""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from dateline.knowledge.headlines import form_of
from dateline.knowledge.merging import load_merging
from dateline.learned.heads import Matrix
from dateline.learned.likeness import unpacked
from dateline.merge.neighbours import cosine, nearness
from dateline.merge.sketches import Sketch

SLOW = 3.0
"""Reports that a story must have before its middle counts for half of what it would."""
SELF = {"words": 0.6, "vector": 0.6, "own words": 0.3, "own vector": 0.3}
"""What a report is taken to be like itself: two tellings that its own reading kept apart may still be of one event."""


class Within:
    """What the reports beside each other are to one another, in view of the ``stories`` in which they stand."""

    def __init__(self, sketches: Iterable[Sketch], stories: Mapping[str, str]) -> None:
        self._sketches = {sketch.id: sketch for sketch in sketches}
        self._stories = stories
        self._members: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._sketches):
            self._members[stories[name]].append(name)
        self._spread = functools.cache(self._count)
        self._words = functools.cache(self._own_words)
        self._middle = functools.cache(self._mean)
        self._vector = functools.cache(self._own_vector)
        self._form = functools.cache(lambda name: form_of(self._sketches[name].title))
        self.of = functools.cache(self._of)

    def _of(self, left: str, right: str) -> float:
        """What two reports say for (above 0) or against a telling of one being of an event that the other tells."""
        weights = load_merging().reports
        return math.fsum(weights[name] * value for name, value in sorted(self.compared(left, right).items()))

    def compared(self, left: str, right: str) -> dict[str, float]:
        """What is compared of two reports of one story, by name; zeros are left out."""
        if left == right:
            return SELF
        one, other = self._sketches[left], self._sketches[right]
        found = {
            "words": cosine(one.words, other.words),
            "own words": cosine(self._words(left), self._words(right)),
            **{f"one {form}": 1.0 for form in {self._form(left), self._form(right)} - {""}},
        }
        if one.vector and other.vector:
            found["vector"] = nearness(one.vector, other.vector)
            found["own vector"] = float(self._vector(left) @ self._vector(right))
        else:
            found["no vector"] = 1.0
        if one.published and other.published and one.published != other.published:
            found["next day" if abs((one.published - other.published).days) == 1 else "later"] = 1.0
        return {name: value for name, value in found.items() if value}

    def _count(self, story: str) -> Counter[str]:
        """In how many of a story's reports each word stands."""
        return Counter(word for name in self._members[story] for word in self._sketches[name].words)

    def _own_words(self, name: str) -> dict[str, float]:
        """The words of a report, those that many of its story have for less; of length 1."""
        story = self._stories[name]
        size, spread = len(self._members[story]), self._spread(story)
        whole = math.log(size + 1.5)
        words = {
            word: weight * math.log((size + 1.5) / (spread[word] + 0.5)) / whole
            for word, weight in self._sketches[name].words.items()
        }
        length = math.sqrt(math.fsum(weight**2 for weight in words.values())) or 1.0
        return {word: weight / length for word, weight in words.items()}

    def _mean(self, story: str) -> Matrix:
        """Where the middle of a story's vectors lies, nearer to nothing for a small one."""
        some = [unpacked(self._sketches[name].vector) for name in self._members[story] if self._sketches[name].vector]
        return np.asarray(np.sum(some, axis=0) / (len(some) + SLOW), dtype=np.float32)

    def _own_vector(self, name: str) -> Matrix:
        """A report's vector as seen from the middle of its story; of length 1."""
        apart = unpacked(self._sketches[name].vector) - self._middle(self._stories[name])
        return np.asarray(apart / (np.linalg.norm(apart) + 1e-6), dtype=np.float32)
