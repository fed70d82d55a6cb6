"""Makes the rows that the scorer of coreference learns from: annotated reports in; states, figures and gold clusters of
the reader's own mentions out. Runs in the project's environment."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dateline.grammar import Tree
from dateline.intake.days import readable_day
from dateline.intake.text import article_from_text
from dateline.learned.reader import sight_of
from dateline.model import Mention, Record
from dateline.pipeline import Pipeline, pipeline
from dateline.settings import settings
from dateline.stages.coreference.evidence import Evidence
from dateline.stages.coreference.learned import item_states
from dateline.stages.coreference.sieves import Sieves

CORPORA = ("gum_news", "np4e", "gum_interview", "gum_speech", "wikievents_entities")
PARTIAL = frozenset({"wikievents_entities"})
"""Corpora in which a mention without gold may be one that was not annotated: it teaches nothing."""
FOLDS = 5
Gold = dict[str, Any]


class Report(NamedTuple):
    """An annotated report as the stages before coreference read it, with the states of its words."""

    corpus: str
    gold: Gold
    record: Record
    words: Any

    @property
    def fold(self) -> int:
        """By the report's id, the same on every run."""
        return zlib.crc32(self.gold["id"].encode()) % FOLDS


def reports(folder: Path) -> Iterator[Report]:
    """The reports of all corpora."""
    stages = pipeline(settings()).stages
    before = Pipeline(stages[: [stage.name for stage in stages].index("coreference")])
    for corpus in CORPORA:
        lines = (folder / "entities" / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
        documents = [json.loads(line) for line in lines]
        for document, record in zip(documents, before.read_all(map(_article, documents)), strict=True):
            yield Report(corpus, document, record, sight_of(record).words().astype(np.float16))


def _article(document: Gold) -> Any:
    published, unclear = readable_day(document.get("published"))
    return article_from_text(
        document["text"],
        id=document["id"],
        title=document.get("title"),
        published=published,
        published_words=unclear,
        url=document.get("url"),
    )


def row(report: Report) -> dict[str, Any]:
    """What the scorer sees of a report, and for each of its mentions the number of its gold cluster: -1 where it has
    none, -2 where that teaches nothing."""
    sieves = Sieves(report.record)
    verdict = sieves.verdict()
    evidence = Evidence(sieves.clusters, sieves.tree, verdict)
    pairs = evidence.pairs()
    gold = _labels(report, sieves)
    return {
        "states": item_states(sieves.clusters, report.words.astype(np.float32)).astype(np.float16),
        "alone": evidence.alone.astype(np.float16),
        "later": pairs.later,
        "earlier": pairs.earlier,
        "figures": pairs.figures.astype(np.float16),
        "open": np.array([k for k in evidence.open() if gold[k] > -2], dtype=np.int64),
        "gold": gold,
        "fold": report.fold,
    }


def _labels(report: Report, sieves: Sieves) -> Any:
    """Gold clusters by mention; one without takes that of most mentions that are surely the same."""
    numbers: dict[str, int] = {}
    known = Phrases(report, sieves.tree)
    found = [known.cluster(item.mention) for item in sieves.clusters.items]
    missing = -2 if report.corpus in PARTIAL else -1
    labels = np.full(len(found), missing, dtype=np.int64)
    for members in sieves.clusters.members.values():
        said = Counter(found[k] for k in members if found[k] is not None)
        most = said.most_common(1)[0][0] if said else None
        for k in members:
            name = found[k] or most
            if name is not None:
                labels[k] = numbers.setdefault(name, len(numbers))
    return labels


class Phrases:
    """The gold mentions of a report by their head words, the shortest first."""

    def __init__(self, report: Report, tree: Tree) -> None:
        self.tree, self.starts = tree, [t.start for t in tree.tokens]
        self.ends = [t.end for t in tree.tokens]
        self.by_head: dict[int, list[tuple[int, int, str]]] = {}
        self.exact: dict[tuple[int, int], str] = {}
        for mention in report.gold["entities"]:
            if mention["cluster"] is not None:
                self._add(mention)

    def _add(self, mention: Gold) -> None:
        start, end = mention.get("head") or (mention["start"], mention["end"])
        inside = range(bisect_right(self.ends, start), bisect_left(self.starts, end))
        whole = range(bisect_right(self.ends, mention["start"]), bisect_left(self.starts, mention["end"]))
        if inside:
            head = next((k for k in inside if self.tree.tokens[k].head not in inside), inside[0])
            self.by_head.setdefault(head, []).append((whole.start, whole.stop, str(mention["cluster"])))
            self.exact.setdefault((whole.start, whole.stop), str(mention["cluster"]))

    def cluster(self, mention: Mention) -> str | None:
        """That of the same phrase, else of the shortest whose head stands in the mention, unless it is several."""
        if (mention.first, mention.last) in self.exact:
            return self.exact[mention.first, mention.last]
        fitting = [
            (last - first, name)
            for head in range(mention.first, mention.last)
            for first, last, name in self.by_head.get(head, ())
            if (head == mention.head or mention.kind == "NAM")
            and not any(mention.last <= k < last for k in self.tree.kids(head, "conj"))
            and (first <= mention.first or last == mention.last)
        ]
        return min(fitting)[1] if fitting else None
