"""Makes the rows that the scorer of coreference learns from: annotated reports in; states, figures and gold clusters of
the reader's own mentions out. Runs in the project's environment."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dateline.intake.text import article_from_text, readable_day
from dateline.learned.reader import sight_of
from dateline.model import Record
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
    mentions = sorted(
        (m for m in report.gold["entities"] if m["cluster"] is not None), key=lambda m: m["end"] - m["start"]
    )
    found = [_cluster(item.mention.span, item.mention.kind, mentions) for item in sieves.clusters.items]
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


def _cluster(span: Any, kind: str, mentions: list[Gold]) -> str | None:
    """The cluster of the smallest gold mention that is the same phrase: one holds the other, and their heads agree."""
    for mention in mentions:
        start, end = mention["start"], mention["end"]
        if (start, end) == (span.start, span.end):
            return str(mention["cluster"])
        if start <= span.start and span.end <= end:
            first, last = mention.get("head") or (end, end)
            if (span.start <= first and last <= span.end) or (kind != "NAM" and end == span.end and first == end):
                return str(mention["cluster"])
        elif span.start <= start and end == span.end and (end - start) * 2 > span.end - span.start:
            return str(mention["cluster"])
    return None
