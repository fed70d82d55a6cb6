"""The order of reading: an Article through the stages, a Record out. A stage that raises leaves a fault."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import msgspec

from dateline.errors import DatelineError, PipelineError
from dateline.intake.doubts import doubts_of
from dateline.knowledge.files import knowledge_hash
from dateline.model import Article, Fault, MadeBy, Record, ReferenceDay
from dateline.settings import STAGES, Settings, settings
from dateline.version import __version__

Layers = dict[str, Any]
BATCH = 16
"""Articles parsed together, where the parser gains by it."""


class Stage(Protocol):
    """One room of the house: what it needs, what it gives, and the reading itself."""

    name: str
    needs: frozenset[str]
    gives: frozenset[str]

    def __call__(self, record: Record) -> Layers: ...


BUILT_IN = {
    "mentions": "dateline.stages.mentions:Mentions",
    "coreference": "dateline.stages.coreference:Coreference",
    "times": "dateline.stages.times:Times",
    "places": "dateline.stages.places:Places",
    "attribution": "dateline.stages.attribution:Attributions",
    "factuality": "dateline.stages.factuality:Factualities",
    "events": "dateline.stages.events:Events",
}
LEARNED = frozenset({"coreference", "attribution", "events"})
"""Stages that ask the learned reader beside their rules, where the settings allow it."""


class Pipeline:
    """Stages in order. Raises :class:`PipelineError` when one needs a layer that none before it gives."""

    def __init__(self, stages: Sequence[Stage], language: str = "en", configured: Settings | None = None) -> None:
        self.stages, self.language, self._settings = tuple(stages), language, configured or Settings()
        given: set[str] = set()
        for stage in self.stages:
            missing = stage.needs - given
            if missing:
                raise PipelineError(
                    f"stage {stage.name!r} needs {', '.join(sorted(missing))}, which no stage before it gives"
                )
            given |= stage.gives

    @property
    def made_by(self) -> MadeBy:
        """What stands in the records that it makes."""
        return _made_by(self.stages[0])

    def read(self, article: Article) -> Record:
        """The record of one article."""
        return next(self.read_all([article]))

    def read_all(self, articles: Iterable[Article]) -> Iterator[Record]:
        """The records of many articles, in order."""
        batch: list[Article] = []
        for article in articles:
            batch.append(article)
            if len(batch) == BATCH:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, articles: list[Article]) -> Iterator[Record]:
        first, rest = self.stages[0], self.stages[1:]
        readable = [a for a in articles if a.language in {None, self.language}]
        layers = iter(self._first(first, readable))
        for article in articles:
            doubts = doubts_of(article, self._settings.day)
            record = Record(article=article, reference=_given(article), faults=doubts, made_by=_made_by(first))
            if article.language not in {None, self.language}:
                yield _with_fault(record, Fault(stage="intake", reason=_foreign(article.language or "")))
                continue
            record = _filed(record, next(layers))
            for stage in rest:
                record = run(stage, record)
            yield record

    def _first(self, stage: Stage, articles: list[Article]) -> Iterable[Layers | Fault]:
        """The first stage's layers, of many articles at once where it can; else, and where that fails (none spoils the
        others), of each when its turn comes: what the reader saw of it is kept only until the next."""
        many = getattr(stage, "many", None)
        if many is not None:
            try:
                return list(many(articles))
            except DatelineError:
                raise
            except Exception:  # noqa: BLE001,S110 - read one by one below, where the culprit gets its own fault
                pass
        return (_attempt(stage, Record(article=article)) for article in articles)


def run(stage: Stage, record: Record) -> Record:
    """The record with the stage's layers filed, or with a fault where it could not or may not run."""
    missing = sorted(stage.needs - set(record.layers))
    if missing:
        return _with_fault(record, Fault(stage=stage.name, reason=f"not read: {', '.join(missing)} missing"))
    return _filed(record, _attempt(stage, record))


def _attempt(stage: Stage, record: Record) -> Layers | Fault:
    try:
        layers = stage(record)
    except (DatelineError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - the fence: one report's failure is that report's fault alone
        return Fault(stage=stage.name, reason=f"{type(error).__name__}: {str(error)[:200]}")
    if set(layers) != set(stage.gives):
        return Fault(stage=stage.name, reason=f"gave {sorted(layers)}, promised {sorted(stage.gives)}")
    return layers


def _filed(record: Record, layers: Layers | Fault) -> Record:
    if isinstance(layers, Fault):
        return _with_fault(record, layers)
    read = tuple(dict.fromkeys((*record.layers, *sorted(layers))))
    if "reference" in layers and layers["reference"] is None:
        layers = {**layers, "reference": record.reference}
    return msgspec.structs.replace(record, layers=read, **layers)


def _with_fault(record: Record, fault: Fault) -> Record:
    return msgspec.structs.replace(record, faults=(*record.faults, fault))


def _foreign(language: str) -> str:
    return f"the text is not English (it looks like {language!r}); nothing was read from it"


def _given(article: Article) -> ReferenceDay | None:
    return ReferenceDay(day=article.published, by="published") if article.published else None


def _made_by(first: Stage) -> MadeBy:
    return MadeBy(dateline=__version__, model=getattr(first, "made_by", ""), knowledge=knowledge_hash())


def _load(name: str, configured: Settings) -> Stage:
    """A stage by name: built in, or from an entry point of group ``dateline.stages`` that names a factory."""
    if name == "syntax":
        from dateline.stages.syntax import Syntax

        return Syntax(configured.model, configured.max_paragraph)
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        factory = getattr(importlib.import_module(module), attribute)
        stage: Stage = factory(configured.learned) if name in LEARNED else factory()
        return stage
    from importlib.metadata import entry_points

    for entry in entry_points(group="dateline.stages"):
        if entry.name == name:
            other: Stage = entry.load()()
            return other
    raise PipelineError(
        f"no stage named {name!r}; the stages are {', '.join(STAGES)} and entry points of 'dateline.stages'"
    )


@functools.cache
def pipeline(configured: Settings | None = None) -> Pipeline:
    """The pipeline of some settings (this process's own by default), loaded once."""
    chosen = configured or settings()
    return Pipeline([_load(name, chosen) for name in chosen.stages], configured=chosen)
